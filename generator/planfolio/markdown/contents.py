"""What a body holds: one walk over its tokens, which prepares them for the renderer as well."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from planfolio.markdown.addresses import Dead, Outside, Within, read_address
from planfolio.markdown.body import Heading, Link, Task, anchor_slug
from planfolio.markdown.inline_rules import FILLER
from planfolio.markdown.parser import DEEPEST, LONGEST
from planfolio.markdown.renderer import highlight
from planfolio.model.diagnostics import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it.token import Token

    from planfolio.markdown.source_lines import InlineText, SourceLines
    from planfolio.model.diagnostics import Diagnostic
    from planfolio.model.source_tree import Span

_LANGUAGE = re.compile(r"[^\s,{}]+")
_TEXTS = frozenset({"text", "text_special", "code_inline", "raw_html"})
_BREAKS = frozenset({"softbreak", "hardbreak"})
_CONTAINERS = frozenset(
    ("alert_open", "audience_open", "blockquote_open", "dd_open", "list_item_open")
)
_PREPARED = frozenset(
    (
        *("paragraph_open", "heading_open", "bullet_list_open", "ordered_list_open"),
        *("list_item_open", "list_item_close", "table_open", "table_close", "tr_open"),
        *("th_open", "td_open", "fence", "code_block"),
    )
)


class Contents:
    """What is found in the tokens of one body, in public attributes.

    `references` are the link reference definitions by their label, as the parser has them.
    """

    def __init__(
        self, lines: SourceLines, *, references: Mapping[str, Any] = MappingProxyType({})
    ) -> None:
        self.links: list[Link] = []
        self.tasks: list[Task] = []
        self.headings: list[Heading] = []
        self.plain: list[str] = []
        self.diagnostics: list[Diagnostic] = []
        self.raw_html: list[Span] = []
        self.comments: list[Span] = []
        self._lines = lines
        self._references = references
        self._anchors: dict[str, int] = {}
        self._outline: list[int] = []
        self._items: list[int | None] = []
        self._row: list[str] = []
        self._text: InlineText | None = None
        self._tables = 0
        self._too_long = self._too_deep = False

    def walk(self, tokens: Sequence[Token]) -> None:
        """Look at each token once, and set what the renderer writes of it."""
        for at, token in enumerate(tokens):
            if token.type == "inline":
                self._inline(token)
            elif token.type in _PREPARED:
                self._prepare(token, tokens[at : at + 3])
            if token.level >= DEEPEST - 1 and token.type in _CONTAINERS and not self._too_deep:
                self._too_deep = True
                message = f"nested more than {DEEPEST} levels deep: what is deeper is left out"
                self._note(message, self._lines.block(_line(token)))

    def _prepare(self, token: Token, here: Sequence[Token]) -> None:
        """Prepare a token of a block, which is the first of three that follow each other."""
        match token.type:
            case "paragraph_open" if FILLER in here[1].content and _is_blank(here[1]):
                token.hidden = here[2].hidden = True  # it had only comments
            case "heading_open":
                self._heading(*here)
            case "bullet_list_open" | "ordered_list_open" if "class" in token.attrs:
                token.attrs["class"] = "task-list"
            case "list_item_open":
                self._item(token, here[-1])
            case "list_item_close":
                self._items.pop()
            case "table_open":
                self._tables += 1
                token.meta["number"] = self._tables
            case "table_close" | "tr_open":
                self._row = []
            case "th_open" | "td_open":
                self._cell(*here)
            case "fence" | "code_block":
                self._code(token)

    def note_raw_html(self) -> None:
        """Note that HTML is shown as text, once and at the first of it."""
        if self.raw_html:
            more = len(self.raw_html) - 1
            others = f", here and at {more} more place{'s' * (more > 1)}" if more else ""
            message = f"HTML is shown as text{others}"
            self._note(message, self.raw_html[0], code="F111", name="html-as-text")

    def note_unclosed(self, comment: Span) -> None:
        """Note that a comment without an end hides the rest of the body."""
        self._note("nothing closes this comment: all below it is left out", comment)

    def _note(
        self, message: str, span: Span, *, code: str = "F109", name: str = "not-as-written"
    ) -> None:
        problem = Problem(message, code=code, name=name)
        self.diagnostics.append(problem.at("", span, severity=Severity.INFO))

    def _inline(self, block: Token) -> None:
        self._text = None
        if "unread" in block.meta:
            self._unread(block)
        open_links: list[Token] = []
        for token in block.children or ():
            match token.type:
                case "link_open":
                    self._link(token, block, nested=bool(open_links))
                    open_links.append(token)
                case "link_close":
                    opening = open_links.pop()
                    token.meta, token.hidden = opening.meta, opening.hidden
                case "image":
                    self._image(token, block, nested=bool(open_links))
                case "raw_html":
                    self.raw_html.append(self._span(token, block))
                case "comment":
                    self._comment(token, block, 0)
        if block.map is None:
            return  # the title of an alert, which is not in the text
        if plain := _plain(block):
            self.plain.append(plain)

    def _heading(self, opening: Token, inline: Token, closing: Token) -> None:
        """Set a heading below the page's own h1, one level deeper than the heading above it.

        So the outline has no gaps: `#` is h2, and so is a first `###`.
        """
        if not inline.children:
            # Assistive technology stumbles over empty headings.
            opening.hidden = closing.hidden = True
            return
        written = int(opening.tag[1:])
        while self._outline and self._outline[-1] >= written:
            self._outline.pop()
        self._outline.append(written)
        level = min(6, len(self._outline) + 1)
        text = _plain(inline)
        anchor = self._anchor(text)
        self.headings.append(Heading(level, text, anchor, self._lines.block(_line(opening))))
        opening.tag = closing.tag = f"h{level}"
        opening.attrs = {"id": anchor}

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

    def _item(self, token: Token, inline: Token) -> None:
        """Prepare an item of a list; `inline` is what its first block holds, if it is inline."""
        done = token.meta.get("checked")
        if done is None:
            self._items.append(None)
            return
        for index in self._items:
            if index is not None:
                self.tasks[index] = replace(self.tasks[index], leaf=False)
        self._items.append(len(self.tasks))
        text = _plain(inline) if inline.type == "inline" else ""
        self.tasks.append(Task(text, done, leaf=True, span=self._lines.task(_line(token))))
        token.attrs = {"class": "task done" if done else "task to-do"}

    def _cell(self, opening: Token, inline: Token, closing: Token) -> None:
        self._row.append(inline.content)
        side = str(opening.attrs.get("style", "")).removeprefix("text-align:")
        opening.attrs = {"class": f"align-{side}"} if side else {}
        if opening.tag == "th" and not inline.children:
            opening.tag = closing.tag = "td"
        elif opening.tag == "th":
            opening.attrs = {"scope": "col", **opening.attrs}

    def _code(self, token: Token) -> None:
        named = _LANGUAGE.search(token.info)
        language = named[0].lower() if named else ""
        code = token.content.replace(FILLER, "")
        html = highlight(code, language=language)
        if html is None:
            span = self._lines.block(_line(token))
            self._note(f"unknown language {language!r}: shown as plain text", span)
            html = escape(code, quote=False)
        token.meta.update(language=language, html=html)
        token.hidden = FILLER in token.content and not code.strip()

    def _link(self, token: Token, block: Token, *, nested: bool) -> None:
        if nested:
            # An address in angle brackets within the label of a link: HTML does not nest links.
            token.hidden = True
            return
        wiki = token.meta.get("wiki")
        address = Within(*wiki) if wiki else read_address(str(token.attrs["href"]))
        match address:
            case Outside():
                token.attrs = _outside(address, token)
            case Dead():
                self._note(f"not made a link: {address.reason}", self._span(token, block))
                token.hidden = True
            case Within():
                self._add_link(address, token, block)

    def _image(self, token: Token, block: Token, *, nested: bool) -> None:
        """Make an image a hole, or its text; one on another host is a link to it.

        Pages load nothing from other hosts: whoever wants to see the image may go there.
        """
        for child in token.children or ():
            if child.type == "comment":
                self._comment(child, block, token.meta["inner"])
        alt = _words(token.children or ())
        address = read_address(str(token.attrs["src"]))
        token.content = alt
        match address:
            case Within():
                self._add_link(address, token, block, alt=alt)
            case Outside() if not nested:
                token.tag, token.attrs = "a", _outside(address, token)
                token.content = alt if alt.strip() else address.url
            case Dead():
                self._note(f"not made a link: {address.reason}", self._span(token, block))

    def _comment(self, token: Token, block: Token, before: int) -> None:
        start = before + token.meta["start"]
        self.comments.append(self._at(block, start, start))

    def _add_link(
        self, address: Within, token: Token, block: Token, *, alt: str | None = None
    ) -> None:
        token.meta["link"] = len(self.links)
        wiki = "wiki" in token.meta
        self.links.append(
            Link(
                target=address.target,
                fragment=address.fragment,
                wiki=wiki,
                image=alt is not None,
                labelled=not wiki or "labelled" in token.meta,
                span=self._span(token, block),
                title=str(token.attrs.get("title", "")),
                alt=alt or "",
            )
        )

    def _span(self, token: Token, block: Token) -> Span:
        """Return the span of a link's address or of raw HTML, else of the block's first line."""
        if definition := self._references.get(token.meta.get("label", "")):
            return self._lines.definition(*definition["map"])
        if "span" not in token.meta:
            return self._lines.block(_line(block))
        return self._at(block, *token.meta["span"])

    def _at(self, block: Token, start: int, end: int) -> Span:
        if self._text is None and self._row:
            self._text = self._lines.cell(self._row, _line(block))
        elif self._text is None:
            self._text = self._lines.inline(block.content, block.map or (0, 1))
        return self._text.span(start, end)

    def _unread(self, block: Token) -> None:
        span = self._lines.block(_line(block))
        if len(block.content) > LONGEST:
            self._note(f"over {LONGEST:,} characters in one paragraph: shown without markup", span)
        elif not self._too_long:
            self._too_long = True
            self._note("too much markup: from here on all is shown without", span)


def _words(tokens: Sequence[Token]) -> str:
    """Return inline text without markup; images say nothing here."""
    if len(tokens) == 1:
        return tokens[0].content if tokens[0].type in _TEXTS else ""
    return "".join(
        token.content if token.type in _TEXTS else " " if token.type in _BREAKS else ""
        for token in tokens
    )


def _plain(block: Token) -> str:
    return " ".join(_words(block.children or ()).split())


def _is_blank(block: Token) -> bool:
    kinds = {child.type for child in block.children or ()}
    return kinds <= _TEXTS | _BREAKS and not _plain(block)


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0


def _outside(address: Outside, token: Token) -> dict[str, str | int | float]:
    attributes: dict[str, str | int | float] = {"href": address.url}
    if not address.mail:
        attributes = {"class": "external", **attributes, "rel": "noopener"}
    return attributes | ({"title": token.attrs["title"]} if "title" in token.attrs else {})
