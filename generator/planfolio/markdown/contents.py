"""What a body holds: one walk over its tokens, which prepares them for the renderer as well."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from urllib.parse import unquote

from planfolio.markdown.parser import FILLER
from planfolio.markdown.renderer import highlight
from planfolio.markdown.task_marks import TASK_STATES, TaskState
from planfolio.model.body import Heading, Link, Task
from planfolio.model.diagnostics import Problem, Severity
from planfolio.urls import anchor_slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from planfolio.markdown.source_lines import SourceLines
    from planfolio.model.diagnostics import Diagnostic
    from planfolio.model.source_tree import Span

_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_WEB = re.compile(r"https?://[^/?#\\]", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^?]", re.IGNORECASE)
_IGNORED_BY_BROWSERS = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff\ufffd]")
_LANGUAGE = re.compile(r"[^\s,{}]+")
_TEXTS = frozenset({"text", "text_special", "code_inline", "raw_html"})
_BREAKS = frozenset({"softbreak", "hardbreak"})
_INSTEAD_OF_HTML = "write it in Markdown, or between backticks if it is to be read"
_LIKE_DONE = "xX\u2713\u2714\u2705"


class Outside(NamedTuple):
    """An address that a page may lead to as it is."""

    url: str
    mail: bool


class Within(NamedTuple):
    """A relative address, percent-decoded, in two parts at its first `#`."""

    target: str
    fragment: str


class Dead(NamedTuple):
    """An address that must not become a link; `reason` is for a note about it."""

    reason: str


Address: TypeAlias = Outside | Within | Dead


def read_address(href: str) -> Address:
    """Judge an address that is normalised as Markdown does it: unescaped, then percent-encoded.

    This is an allow-list, since every deny-list has been walked around: http, https and mailto lead
    out, a relative address is looked up in the plan, all else is no link.
    """
    if _WEB.match(href):
        return Outside(url=href, mail=False)
    if _MAIL.match(href):
        return Outside(url=href, mail=True)
    path, _, fragment = href.partition("#")
    target = unquote(path)
    # What a browser or a careless reader might make of it, once decoded, counts as well.
    bare = _IGNORED_BY_BROWSERS.sub("", target).replace("\\", "/")
    if scheme := _SCHEME.match(bare):
        name = scheme[1].lower()
        if name in {"http", "https", "mailto"}:
            return Dead(reason=f"nowhere to go after {name}:")
        return Dead(reason=f"only http, https and mailto lead out, not {name}")
    if bare.startswith("//"):
        return Dead(reason="an address on another host needs its https:")
    return Within(target=target, fragment=unquote(fragment))


def note(message: str, span: Span, hint: str = "") -> Diagnostic:
    """Return a note that a body does not show something as it was written."""
    problem = Problem(message, hint, code="F111", name="not-as-written")
    return problem.at("", span, severity=Severity.INFO)


class Contents:
    """What is found in the tokens of one body, in public attributes."""

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
        self._tables = 0
        self._noted: set[str] = set()

    def walk(self, tokens: Sequence[Token]) -> None:
        """Look at each token once, and set what the renderer writes of it."""
        for at, token in enumerate(tokens):
            if token.type == "inline":
                self._inline(token)
            elif token.nesting >= 0:
                self._prepare(token, tokens[at : at + 3])
            elif token.type == "list_item_close":
                self._items.pop()

    def _prepare(self, token: Token, here: Sequence[Token]) -> None:
        """Prepare a token of a block, which is the first of three that follow each other."""
        match token.type:
            case "paragraph_open":
                if FILLER in here[1].content and _is_blank(here[1]):
                    token.hidden = here[2].hidden = True  # it had only comments
            case "list_item_open":
                self._item(token, here[-1])
            case "heading_open":
                self._heading(*here)
            case "th_open" | "td_open":
                _prepare_cell(*here)
            case "table_open":
                self._tables += 1
                token.meta["number"] = self._tables
            case "fence" | "code_block":
                self._code(token)

    def _inline(self, block: Token) -> None:
        if "unread" in block.meta:
            self._note_once("too much markup: shown as it is typed", self._span(block, block))
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
                    span = self._span(token, block)
                    self._note_once("HTML is shown as text", span, _INSTEAD_OF_HTML)
        if self._in_cancelled():
            block.meta["struck"] = True
        if block.map is None:
            return  # the title of an alert, which is not in the text
        if plain := _plain(block):
            self.plain.append(plain)

    def _note_once(self, message: str, span: Span, hint: str = "") -> None:
        if message not in self._noted:
            self._noted.add(message)
            self.diagnostics.append(note(message, span, hint))

    def _heading(self, opening: Token, inline: Token, closing: Token) -> None:
        """Set a heading below the page's own h1, one level deeper than the heading above it.

        So no level is left out: `#` is h2, and so is a first `###`.
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
        cancelled = self._in_cancelled()
        mark = token.meta.get("mark")
        if mark is None:
            self._items.append((None, cancelled))
            return
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
                text=_plain(inline),
                done=state is TaskState.DONE,
                cancelled=cancelled,
                leaf=not cancelled,
                span=self._lines.block(_line(token)),
            )
        )
        token.meta["state"] = state
        token.attrs = {"class": f"task {state.value}"}

    def _in_cancelled(self) -> bool:
        return bool(self._items) and self._items[-1][1]

    def _unknown_mark(self, token: Token) -> None:
        mark, text = token.meta["mark"], token.meta["text"]
        span = self._lines.inline(text, token.map or (0, 1), 0, len(mark) + 2)
        message = f"unknown task mark [{mark}], which counts as open"
        near = "[x]" if mark.strip("\ufe0f ") in tuple(_LIKE_DONE) else "[ ]"
        self._note_once(message, span, f"write {near}; [x] is done, [ ] open, [-] cancelled")

    def _code(self, token: Token) -> None:
        named = _LANGUAGE.search(token.info.replace(FILLER, ""))
        language = named[0].lower() if named else ""
        code = token.content.replace(FILLER, "")
        html = highlight(code, language=language)
        if html is None:
            message = f"unknown language {language!r}: shown as plain text"
            self.diagnostics.append(note(message, self._span(token, token)))
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
                self._dead(address, token, block)
                token.hidden = True
            case Within():
                self._add_link(address, token, block)

    def _image(self, token: Token, block: Token, *, nested: bool) -> None:
        """Make an image a hole, or its text; one on another host is a link to it.

        Pages load nothing from other hosts: whoever wants to see the image may go there.
        """
        address = read_address(str(token.attrs["src"]))
        token.content = alt = _words(token.children or ())
        match address:
            case Within():
                self._add_link(address, token, block, alt=alt)
            case Outside() if not nested:
                token.tag, token.attrs = "a", _outside(address, token)
                token.content = alt if alt.strip() else address.url
            case Dead():
                self._dead(address, token, block)

    def _dead(self, address: Dead, token: Token, block: Token) -> None:
        message = f"not made a link: {address.reason}"
        self.diagnostics.append(note(message, self._span(token, block)))

    def _add_link(
        self, address: Within, token: Token, block: Token, *, alt: str | None = None
    ) -> None:
        token.meta["link"] = len(self.links)
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

    def _span(self, token: Token, block: Token) -> Span:
        """Return the span of a link's address or of raw HTML, else of the block's first line."""
        if "span" not in token.meta:
            return self._lines.block(_line(block))
        return self._lines.inline(block.content, block.map or (0, 1), *token.meta["span"])


def _prepare_cell(opening: Token, inline: Token, closing: Token) -> None:
    side = str(opening.attrs.get("style", "")).removeprefix("text-align:")
    opening.attrs = {"class": f"align-{side}"} if side else {}
    if opening.tag == "th" and not inline.children:
        opening.tag = closing.tag = "td"
    elif opening.tag == "th":
        opening.attrs = {"scope": "col", **opening.attrs}


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
