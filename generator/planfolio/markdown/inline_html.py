"""HTML of inline text: its links become slots, live links, or nothing but their label."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from planfolio.markdown.body import Link, Note, Slot
from planfolio.markdown.links import Dead, Outside, Within, read_address
from planfolio.markdown.parser import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from markdown_it.token import Token

    from planfolio.markdown.body import Piece, Place
    from planfolio.markdown.places import InlineText, SourceLines

_FIXED: Mapping[str, str] = {
    "softbreak": "\n",
    "hardbreak": "<br>\n",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "em_open": "<em>",
    "em_close": "</em>",
    "s_open": "<s>",
    "s_close": "</s>",
}


class InlineWriter:
    """Writes the inline text of one body, block by block; finds its links on the way.

    `references` are the lines (from 0) of the link reference definitions by their label.
    """

    def __init__(
        self, lines: SourceLines, *, references: Mapping[str, tuple[int, int]], prefix: str
    ) -> None:
        self.links: list[Link] = []
        self.notes: list[Note] = []
        self._lines = lines
        self._references = references
        self._prefix = prefix
        self._block: Token
        self._text: InlineText | None = None
        self._pieces: list[Piece] = []
        self._ends: list[str | None] = []
        self._slot: tuple[int, str, list[Piece]] = (0, "", [])

    def write(self, block: Token, text: InlineText | None = None) -> list[Piece]:
        """Return the HTML of a block's inline text; `text` if the way to its places is known."""
        self._block, self._text, self._pieces = block, text, []
        if len(block.content) > LONGEST:
            message = f"over {LONGEST:,} characters in one paragraph: shown without markup"
            self.notes.append(Note(message, self._place(block)))
        for token in block.children or ():
            self._write(token)
        return self._pieces

    def _write(self, token: Token) -> None:
        fixed = _FIXED.get(token.type)
        if fixed is not None:
            self._pieces.append(fixed)
            return
        match token.type:
            case "code_inline":
                self._pieces.append(f"<code>{escape(token.content, quote=False)}</code>")
            case "link_open":
                self._open_link(token)
            case "link_close":
                self._close_link()
            case "image":
                self._image(token)
            case "footnote_ref":
                self._footnote_reference(token)
            case _:  # text
                self._pieces.append(escape(token.content, quote=False))

    def _open_link(self, token: Token) -> None:
        if self._ends:
            # An address in angle brackets within the label of a link: HTML does not nest links.
            self._ends.append("")
            return
        wiki = token.meta.get("wiki")
        address = Within(*wiki) if wiki else read_address(str(token.attrs["href"]))
        title = escape(str(token.attrs.get("title", "")))
        match address:
            case Outside():
                self._pieces.append(_outside(address, title))
                self._ends.append("</a>")
            case Dead():
                self._dead(address, token)
                self._ends.append("")
            case Within():
                labelled = not wiki or "labelled" in token.meta
                index = self._add_link(address, token, wiki=bool(wiki), labelled=labelled)
                if not labelled:
                    token.meta["title_of"] = index
                self._slot = (index, title, self._pieces)
                self._pieces = []
                self._ends.append(None)

    def _close_link(self) -> None:
        end = self._ends.pop()
        if end is not None:
            self._pieces.append(end)
            return
        index, title, outer = self._slot
        outer.append(Slot(index, joined(self._pieces), title))
        self._pieces = outer

    def _image(self, token: Token) -> None:
        alt = "".join(part for part in words(token.children or ()) if isinstance(part, str))
        address = read_address(str(token.attrs["src"]))
        title = escape(str(token.attrs.get("title", "")))
        match address:
            case Within():
                index = self._add_link(address, token, image=True)
                self._pieces.append(Slot(index, (escape(alt),), title))
            case Outside() if not self._ends:
                # Pages load nothing from another host: whoever wants to see it may go there.
                label = escape(alt if alt.strip() else address.url, quote=False)
                self._pieces.append(f"{_outside(address, title)}{label}</a>")
            case Outside():
                self._pieces.append(escape(alt, quote=False))
            case Dead():
                self._dead(address, token)
                self._pieces.append(escape(alt, quote=False))

    def _footnote_reference(self, token: Token) -> None:
        number = token.meta["id"] + 1
        ref = footnote_reference_id(self._prefix, number, token.meta["subId"])
        self._pieces.append(
            f'<sup class="footnote-ref"><a href="#{escape(self._prefix)}fn:{number}"'
            f' id="{ref}" role="doc-noteref">{number}</a></sup>'
        )

    def _add_link(
        self,
        address: Within,
        token: Token,
        *,
        wiki: bool = False,
        image: bool = False,
        labelled: bool = True,
    ) -> int:
        self.links.append(
            Link(
                target=address.target,
                fragment=address.fragment,
                wiki=wiki,
                image=image,
                labelled=labelled,
                place=self._place(token),
            )
        )
        return len(self.links) - 1

    def _dead(self, address: Dead, token: Token) -> None:
        self.notes.append(Note(f"not made a link: {address.reason}", self._place(token)))

    def _place(self, token: Token) -> Place:
        """Return the place of a link's address, or else that of the first line of the block."""
        if definition := self._references.get(token.meta.get("label", "")):
            return self._lines.definition(*definition)
        lines = self._block.map or [0, 1]
        if "span" not in token.meta:
            return self._lines.block(lines[0])
        if self._text is None:
            self._text = self._lines.inline(self._block.content, lines)
        return self._text.place(*token.meta["span"])


def words(tokens: Iterable[Token]) -> Iterator[str | int]:
    """Yield inline text without markup, and the link's index for each unlabelled wikilink.

    Images say nothing here. Indexes are known once the text has been written.
    """
    for token in tokens:
        match token.type:
            case "text" | "code_inline":
                yield token.content
            case "softbreak" | "hardbreak":
                yield " "
            case "link_open" if "title_of" in token.meta:
                yield token.meta["title_of"]


def joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return pieces with what is finished between two slots as one string."""
    out: list[Piece] = []
    for finished, run in groupby(pieces, key=lambda piece: isinstance(piece, str)):
        if finished:
            out.append("".join(map(str, run)))
        else:
            out.extend(run)
    return tuple(out)


def footnote_reference_id(prefix: str, number: int, use: int) -> str:
    """Return the escaped id of a reference to a footnote; a colon is in no heading's anchor."""
    return f"{escape(prefix)}fnref:{number}" + (f":{use + 1}" if use else "")


def _outside(address: Outside, title: str) -> str:
    attributes = f' title="{title}"' if title else ""
    if address.mail:
        return f'<a href="{escape(address.url)}"{attributes}>'
    return f'<a class="external" href="{escape(address.url)}" rel="noopener"{attributes}>'
