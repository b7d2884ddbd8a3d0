"""The HTML of a body, and what it holds: one walk over the tokens of the parser."""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from itertools import zip_longest
from typing import ClassVar

from markdown_it.token import Token

from planfolio.markdown.addresses import PlanAddress, read_address
from planfolio.markdown.code import highlighted
from planfolio.markdown.elements import TASK_ICONS, element, outside_link
from planfolio.markdown.inline_rules import FILLER
from planfolio.markdown.placeholders import PLACEHOLDER, word_placeholder
from planfolio.markdown.source_lines import SourceLines
from planfolio.markdown.task_marks import TASK_STATES, TaskState
from planfolio.model.body import Heading, Link, Task
from planfolio.model.diagnostics import Diagnostic, Problem, Severity
from planfolio.model.source_tree import Span
from planfolio.urls import anchor_slug

_LANGUAGE = re.compile(r"[^\s,{}]+")
_BREAKS = {"softbreak": " ", "hardbreak": " "}
_TEXTS = frozenset({"text", "text_special", "code_inline", "raw_html", *_BREAKS})
_INSTEAD_OF_HTML = "write it in Markdown, or between backticks if it is to be read"
_LIKE_DONE = "xX\u2713\u2714\u2705"


def note(message: str, span: Span, hint: str = "") -> Diagnostic:
    """Return a note that a body does not show something as it was written."""
    problem = Problem(message, hint, code="F111", name="not-as-written")
    return problem.as_diagnostic("", span, severity=Severity.INFO)


class Renderer:
    """Renders the tokens of one body; what was found in them is in public attributes."""

    def __init__(self, lines: SourceLines) -> None:
        self.links: list[Link] = []
        self.tasks: list[Task] = []
        self.headings: list[Heading] = []
        self.plain: list[str] = []
        self.diagnostics: list[Diagnostic] = []
        self._lines = lines
        self._anchors: dict[str, int] = {}
        self._outline: list[int] = []
        self._items: list[tuple[int | None, bool]] = []  # the task, and if it is cancelled
        self._text_of_task: Token | None = None
        self._open_links: list[str] = []  # how each is closed
        self._tables = 0
        self._noted: set[str] = set()

    def html(self, tokens: Sequence[Token]) -> str:
        """Return the HTML of tokens, with placeholders at both ends of a link and for an image."""
        pieces: list[str] = []
        for index, token in enumerate(tokens):
            if token.hidden:
                continue
            if token.type == "inline":
                pieces.append(self._inline(token))
            elif rule := self._BLOCKS.get(token.type):
                pieces.append(rule(self, token, tokens[index + 1 : index + 3]))
            else:
                pieces.append(element(token))
        return "".join(pieces)

    def _inline(self, block: Token) -> str:
        if block.map is None:  # the title of an alert, which is not in the text
            return word_placeholder(block.content)
        if "unread" in block.meta:
            self._note_once("too much markup: shown as it is typed", self._span(block, block))
        if block.children is None:
            html = escape(block.content, quote=False)
        else:
            html = "".join([self._within_block(token, block) for token in block.children])
        plain = _plain(block)
        if plain:
            self.plain.append(plain)
        if block is self._text_of_task:
            self.tasks[-1] = self.tasks[-1]._replace(text=plain)
        return f"<s>{html}</s>" if self._in_cancelled() else html

    def _within_block(self, token: Token, block: Token) -> str:
        if token.type == "text":
            return escape(token.content, quote=False)
        rule = self._INLINES.get(token.type)
        return rule(self, token, block) if rule else element(token)

    def _paragraph(self, _: object, following: Sequence[Token]) -> str:
        inline, closing = following
        if FILLER in inline.content and _is_blank(inline):
            closing.hidden = True  # it had only comments
            return ""
        return "<p>"

    def _heading(self, token: Token, following: Sequence[Token]) -> str:
        """Return a heading below the page's own h1, one level deeper than the heading above it.

        So no level is left out: `#` is h2, and so is a first `###`.
        """
        inline, closing = following
        if not _has_text(inline):
            # Assistive technology stumbles over empty headings.
            closing.hidden = True
            return ""
        written = int(token.tag[1:])
        while self._outline and self._outline[-1] >= written:
            self._outline.pop()
        self._outline.append(written)
        level = min(6, len(self._outline) + 1)
        text = _plain(inline)
        anchor = self._anchor(text)
        self.headings.append(Heading(level, text, anchor, self._lines.block(_line(token))))
        closing.tag = f"h{level}"
        return f'<h{level} id="{escape(anchor)}">'

    def _anchor(self, text: str) -> str:
        """Return an id for a heading that no earlier heading has."""
        wanted = anchor_slug(text) or "section"
        anchor, uses = wanted, self._anchors.get(wanted, 0)
        while anchor in self._anchors:
            uses += 1
            anchor = f"{wanted}-{uses}"
        self._anchors[wanted] = uses
        self._anchors.setdefault(anchor, 0)
        return anchor

    def _item(self, token: Token, _: object) -> str:
        """Return an item of a list, with the icon of a task."""
        cancelled = self._in_cancelled()
        mark = token.meta.get("mark")
        if mark is None:
            self._items.append((None, cancelled))
            return "<li>"
        state = TaskState.CANCELLED if cancelled else TASK_STATES.get(mark)
        if state is None:
            self._unknown_mark(token)
            state = TaskState.OPEN
        cancelled = state is TaskState.CANCELLED
        for index, _ in self._items:
            if index is not None and not cancelled:
                self.tasks[index] = self.tasks[index]._replace(leaf=False)
        self._items.append((len(self.tasks), cancelled))
        self.tasks.append(
            Task(
                text="",
                done=state is TaskState.DONE,
                cancelled=cancelled,
                leaf=not cancelled,
                span=self._lines.block(_line(token)),
            )
        )
        self._text_of_task = token.meta["inline"]
        icon, words = TASK_ICONS[state]
        label = f'<span class="visually-hidden">{words} </span>'
        return f'<li class="task {state.value}">{icon}{label}'

    def _item_end(self, *_: object) -> str:
        self._items.pop()
        return "</li>\n"

    def _in_cancelled(self) -> bool:
        return bool(self._items) and self._items[-1][1]

    def _unknown_mark(self, token: Token) -> None:
        mark, text = token.meta["mark"], token.meta["text"]
        span = self._lines.inline(text, token.map or (0, 1), 0, len(mark) + 2)
        message = f"unknown task mark [{mark}], which counts as open"
        near = "[x]" if mark.strip("\ufe0f ") in tuple(_LIKE_DONE) else "[ ]"
        self._note_once(message, span, f"write {near}; [x] is done, [ ] open, [-] cancelled")

    def _code(self, token: Token, _: object) -> str:
        """Return a block of code; it can be reached by keyboard, since it scrolls sideways."""
        named = _LANGUAGE.search(token.info.replace(FILLER, ""))
        language = named[0].lower() if named else ""
        code = token.content.replace(FILLER, "")
        html = highlighted(code, language=language)
        if html is None:
            message = f"unknown language {language!r}: shown as plain text"
            self.diagnostics.append(note(message, self._span(token, token)))
            html = escape(code, quote=False)
        if FILLER in token.content and not code.strip():
            return ""
        kind = f' class="language-{escape(language)}"' if language else ""
        return f'<pre class="code" tabindex="0"><code{kind}>{html}</code></pre>\n'

    def _table(self, *_: object) -> str:
        """Return a table in a region of its own name, which scrolls on narrow screens."""
        self._tables += 1
        name = word_placeholder("Table") + (f" {self._tables}" if self._tables > 1 else "")
        region = f'<div class="table-scroll" tabindex="0" role="region" aria-label="{name}">'
        return f"{region}<table>\n"

    def _cell(self, token: Token, following: Sequence[Token]) -> str:
        inline, closing = following
        side = str(token.attrs.get("style", "")).removeprefix("text-align:")
        attributes = f' class="align-{side}"' if side else ""
        if token.tag == "th" and _has_text(inline):
            return f'<th scope="col"{attributes}>'
        closing.tag = "td"
        return f"<td{attributes}>"

    def _link(self, token: Token, block: Token) -> str:
        opening = closing = ""
        if not self._open_links:  # the label of a link may have an address; HTML nests no links
            wiki = token.meta.get("wiki")
            address = PlanAddress(*wiki) if wiki else self._address("href", token, block)
            if isinstance(address, PlanAddress):
                number = token.meta["number"] = self._add_link(address, token, block)
                opening = f"{PLACEHOLDER}{number}{PLACEHOLDER}"
                closing = f"{PLACEHOLDER}/{number}{PLACEHOLDER}"
            elif address:
                opening, closing = outside_link(address, token), "</a>"
        self._open_links.append(closing)
        return opening

    def _plain_link(self, token: Token, block: Token) -> str:
        text = escape(token.content, quote=False)
        return f"{self._link(token, block)}{text}{self._link_end()}"

    def _link_end(self, *_: object) -> str:
        return self._open_links.pop()

    def _image(self, token: Token, block: Token) -> str:
        """Return a placeholder for an image, or its text; one on another host is a link to it.

        Pages load nothing from other hosts: whoever wants to see the image may go there.
        """
        address = self._address("src", token, block)
        alt = _words(token.children or ())
        if isinstance(address, PlanAddress):
            return f"{PLACEHOLDER}{self._add_link(address, token, block, alt=alt)}{PLACEHOLDER}"
        if address and not self._open_links:
            text = escape(alt if alt.strip() else address, quote=False)
            return f"{outside_link(address, token)}{text}</a>"
        return escape(alt, quote=False)

    def _address(self, attribute: str, token: Token, block: Token) -> PlanAddress | str:
        """Return where a link leads; outside of the plan its URL, or nothing if it is refused."""
        url = str(token.attrs[attribute])
        try:
            return read_address(url) or url
        except Problem as problem:
            message = f"not made a link: {problem.message}"
            self.diagnostics.append(note(message, self._span(token, block)))
            return ""

    def _add_link(
        self, address: PlanAddress, token: Token, block: Token, *, alt: str | None = None
    ) -> int:
        self.links.append(
            Link(
                target=address.target,
                fragment=address.fragment,
                wiki="wiki" in token.meta,
                image=alt is not None,
                span=self._span(token, block),
                title=str(token.attrs.get("title", "")),
                alt=alt or "",
            )
        )
        return len(self.links) - 1

    def _raw_html(self, token: Token, block: Token) -> str:
        self._note_once("HTML is shown as text", self._span(token, block), _INSTEAD_OF_HTML)
        return escape(token.content, quote=False)

    def _note_once(self, message: str, span: Span, hint: str = "") -> None:
        if message not in self._noted:
            self._noted.add(message)
            self.diagnostics.append(note(message, span, hint))

    def _span(self, token: Token, block: Token) -> Span:
        """Return the span of a link's address or of raw HTML, else of the block's first line."""
        if "span" not in token.meta:
            return self._lines.block(_line(block))
        return self._lines.inline(block.content, block.map or (0, 1), *token.meta["span"])

    _BLOCKS: ClassVar[Mapping[str, Callable[["Renderer", Token, Sequence[Token]], str]]] = {
        "paragraph_open": _paragraph,
        "heading_open": _heading,
        "list_item_open": _item,
        "list_item_close": _item_end,
        "fence": _code,
        "code_block": _code,
        "table_open": _table,
        "th_open": _cell,
        "td_open": _cell,
    }
    _INLINES: ClassVar[Mapping[str, Callable[["Renderer", Token, Token], str]]] = {
        "raw_html": _raw_html,
        "link_open": _link,
        "link_close": _link_end,
        "plain_link": _plain_link,
        "image": _image,
    }


def _words(tokens: Sequence[Token]) -> str:
    """Return inline text without markup, with placeholders for links without a label.

    Images say nothing here.
    """
    pieces = []
    for token, following in zip_longest(tokens, tokens[1:]):
        if token.type == "link_open" and following.type == "link_close" and "number" in token.meta:
            pieces.append(f"{PLACEHOLDER}{token.meta['number']}{PLACEHOLDER}")
        elif token.type != "image":
            pieces.append(_BREAKS.get(token.type, token.content))
    return "".join(pieces).replace("\n", " ")


def _plain(block: Token) -> str:
    text = block.content if block.children is None else _words(block.children)
    return " ".join(text.split())


def _has_text(block: Token) -> bool:
    return bool(block.content if block.children is None else block.children)


def _is_blank(block: Token) -> bool:
    kinds = {child.type for child in block.children or ()}
    return kinds <= _TEXTS and not _plain(block)


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0
