"""HTML of blocks, and the headings, tasks and prose found in them."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from itertools import zip_longest
from typing import TYPE_CHECKING

from planfolio.markdown.anchors import Anchors
from planfolio.markdown.body import Heading, Note, Task
from planfolio.markdown.highlight import UnknownLanguageError, highlight
from planfolio.markdown.inline_html import footnote_reference_id, words
from planfolio.model.visibility import Visibility

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from markdown_it.token import Token

    from planfolio.markdown.body import Piece
    from planfolio.markdown.footnotes import Footnote
    from planfolio.markdown.inline_html import InlineWriter
    from planfolio.markdown.places import SourceLines

_FIXED: Mapping[str, str] = {
    "hr": "<hr>\n",
    "blockquote_open": "<blockquote>\n",
    "blockquote_close": "</blockquote>\n",
    "alert_title_open": '<p class="alert-title">',
    "alert_title_close": "</p>\n",
    "alert_close": "</div>\n",
    "audience_close": "</div>\n",
    "bullet_list_close": "</ul>\n",
    "ordered_list_close": "</ol>\n",
    "dl_open": "<dl>\n",
    "dl_close": "</dl>\n",
    "dt_open": "<dt>",
    "dt_close": "</dt>\n",
    "dd_open": "<dd>",
    "dd_close": "</dd>\n",
    "table_close": "</table></div>\n",
    "thead_open": "<thead>\n",
    "thead_close": "</thead>\n",
    "tbody_open": "<tbody>\n",
    "tbody_close": "</tbody>\n",
    "tr_open": "<tr>",
    "tr_close": "</tr>\n",
}

_BOX = (
    '<svg class="task-icon" viewBox="0 0 16 16" width="16" height="16" fill="none"'
    ' stroke="currentColor" stroke-width="1.5" aria-hidden="true">'
    '<rect x="1.5" y="1.5" width="13" height="13" rx="3"/>'
)
_TASK_MARKS: Mapping[bool, str] = {
    True: f'{_BOX}<path d="m4.5 8.5 2.5 2.5 4.5-6"/></svg>'
    '<span class="visually-hidden">done: </span>',
    False: f'{_BOX}</svg><span class="visually-hidden">to do: </span>',
}

_SEEN_BY: Mapping[Visibility, str] = {
    Visibility.MENTOR: "For mentors",
    Visibility.PRIVATE: "Private",
}

_LANGUAGE = re.compile(r"[^\s,{}]+")


class BlockWriter:
    """Writes the blocks of one body; what it finds are its public attributes."""

    def __init__(self, lines: SourceLines, *, inline: InlineWriter, prefix: str) -> None:
        self.pieces: list[Piece] = []
        self.tasks: list[Task] = []
        self.headings: list[Heading] = []
        self.notes: list[Note] = []
        self.prose: list[str | int] = []
        self._lines = lines
        self._inline = inline
        self._prefix = prefix
        self._anchors = Anchors(prefix=prefix)
        self._outline: list[int] = []
        self._ends: list[str] = []
        self._items: list[int | None] = []
        self._untitled: int | None = None
        self._tables = 0
        self._writers: Mapping[str, Callable[[Token, Token | None], None]] = {
            "inline": self._text,
            "paragraph_open": self._paragraph_open,
            "paragraph_close": self._paragraph_close,
            "heading_open": self._heading_open,
            "heading_close": self._close,
            "bullet_list_open": self._list_open,
            "ordered_list_open": self._list_open,
            "list_item_open": self._item_open,
            "list_item_close": self._item_close,
            "fence": self._code,
            "code_block": self._code,
            "alert_open": self._alert_open,
            "audience_open": self._audience_open,
            "table_open": self._table_open,
            "th_open": self._cell_open,
            "th_close": self._close,
            "td_open": self._cell_open,
            "td_close": self._close,
        }

    def write(self, tokens: Sequence[Token]) -> None:
        """Write blocks; each writer gets its token and the one that follows it."""
        for token, following in zip_longest(tokens, tokens[1:]):
            fixed = _FIXED.get(token.type)
            if fixed is not None:
                self.pieces.append(fixed)
            else:
                self._writers[token.type](token, following)

    def write_footnotes(self, footnotes: Iterable[Footnote]) -> None:
        """Write the list of footnotes; each leads back to where it is referred to."""
        self.pieces.append('<section class="footnotes">\n<ol>\n')
        for footnote in footnotes:
            self.pieces.append(f'<li id="{escape(self._prefix)}fn:{footnote.number}">')
            tokens = footnote.tokens
            last = tokens[-1:] if tokens and tokens[-1].type == "paragraph_close" else []
            self.write(tokens[: len(tokens) - len(last)])
            self.pieces.extend(self._way_back(footnote.number, use) for use in footnote.references)
            self.write(last)
            self.pieces.append("</li>\n")
        self.pieces.append("</ol>\n</section>\n")

    def _way_back(self, number: int, use: int) -> str:
        ref = footnote_reference_id(self._prefix, number, use)
        which = f"{number}, use {use + 1}" if use else f"{number}"
        return (
            f' <a class="footnote-back" href="#{ref}" role="doc-backlink"'
            f' aria-label="Back to reference {which}">↩\ufe0e</a>'
        )

    def _text(self, token: Token, _: Token | None) -> None:
        children = token.children or []
        if token.map is None:  # the title of an alert, which is not in the text
            self.pieces.extend(self._inline.write(token))
            return
        in_cell = token.meta.get("cell", False)
        place = self._lines.cell(token.content, token.map[0]) if in_cell else None
        self.pieces.extend(self._inline.write(token, place))
        if self._untitled is not None:
            task = self.tasks[self._untitled]
            self.tasks[self._untitled] = replace(task, text=_plain(token))
            self._untitled = None
        self.prose.extend(words(children))
        self.prose.append("\n")

    def _paragraph_open(self, token: Token, _: Token | None) -> None:
        if not token.hidden:
            self.pieces.append("<p>")

    def _paragraph_close(self, token: Token, _: Token | None) -> None:
        if not token.hidden:
            self.pieces.append("</p>\n")

    def _heading_open(self, token: Token, following: Token | None) -> None:
        """Open a heading below the page's own h1, one level deeper than the heading above it.

        So the outline has no gaps: `#` is h2, and so is a first `###`.
        """
        if following is None or not following.children:
            self._ends.append("")  # assistive technology stumbles over empty headings
            return
        written = int(token.tag[1:])
        while self._outline and self._outline[-1] >= written:
            self._outline.pop()
        self._outline.append(written)
        level = min(6, len(self._outline) + 1)
        text = _plain(following)
        anchor = self._anchors.name(text)
        place = self._lines.block((token.map or [0])[0])
        self.headings.append(Heading(level, text, anchor, place))
        self.pieces.append(f'<h{level} id="{escape(anchor)}">')
        self._ends.append(f"</h{level}>\n")

    def _close(self, _: Token, __: Token | None) -> None:
        self.pieces.append(self._ends.pop())

    def _list_open(self, token: Token, _: Token | None) -> None:
        kind = ' class="task-list"' if "contains-task-list" in str(token.attrs.get("class")) else ""
        start = f' start="{token.attrs["start"]}"' if "start" in token.attrs else ""
        self.pieces.append(f"<{token.tag}{kind}{start}>\n")

    def _item_open(self, token: Token, _: Token | None) -> None:
        self._untitled = None
        done = token.meta.get("checked")
        if done is None:
            self._items.append(None)
            self.pieces.append("<li>")
            return
        for index in self._items:
            if index is not None:
                self.tasks[index] = replace(self.tasks[index], leaf=False)
        self._untitled = len(self.tasks)
        self._items.append(self._untitled)
        place = self._lines.task((token.map or [0])[0])
        self.tasks.append(Task(text="", done=done, leaf=True, place=place))
        self.pieces.append(f'<li class="task {"done" if done else "to-do"}">{_TASK_MARKS[done]}')

    def _item_close(self, _: Token, __: Token | None) -> None:
        self._untitled = None
        self._items.pop()
        self.pieces.append("</li>\n")

    def _code(self, token: Token, _: Token | None) -> None:
        """Write a block of code; it can be reached by keyboard, since it scrolls sideways."""
        named = _LANGUAGE.search(token.info)
        language = named[0].lower() if named else ""
        try:
            html = highlight(token.content, language=language)
        except UnknownLanguageError:
            place = self._lines.block((token.map or [0])[0])
            self.notes.append(Note(f"unknown language {language!r}: shown as plain text", place))
            html = escape(token.content, quote=False)
        kind = f' class="language-{escape(language)}"' if language else ""
        self.pieces.append(f'<pre class="code" tabindex="0"><code{kind}>{html}</code></pre>\n')

    def _alert_open(self, token: Token, _: Token | None) -> None:
        kind = str(token.meta["kind"]).lower()
        self.pieces.append(f'<div class="alert alert-{kind}" role="note">\n')

    def _audience_open(self, token: Token, _: Token | None) -> None:
        """Open a block for a narrower audience, which says for whom it is."""
        visibility: Visibility = token.meta["visibility"]
        name = _SEEN_BY[visibility]
        self.pieces.append(
            f'<div class="narrower narrower-{visibility.word}" role="group" aria-label="{name}">\n'
            f'<p class="narrower-title" aria-hidden="true">{name}</p>\n'
        )

    def _table_open(self, _: Token, __: Token | None) -> None:
        """Open a table in a region that scrolls on narrow screens; regions need a name each."""
        self._tables += 1
        name = "Table" if self._tables == 1 else f"Table {self._tables}"
        self.pieces.append(
            f'<div class="table-scroll" tabindex="0" role="region" aria-label="{name}"><table>\n'
        )

    def _cell_open(self, token: Token, following: Token | None) -> None:
        side = str(token.attrs.get("style", "")).removeprefix("text-align:")
        kind = f' class="align-{side}"' if side else ""
        empty = True
        if following is not None and following.type == "inline":
            following.meta["cell"] = True
            empty = not following.content
        if token.tag == "th" and not empty:
            self.pieces.append(f'<th scope="col"{kind}>')
            self._ends.append("</th>")
        else:
            self.pieces.append(f"<td{kind}>")
            self._ends.append("</td>")


def _plain(block: Token) -> str:
    parts = (part for part in words(block.children or ()) if isinstance(part, str))
    return " ".join("".join(parts).split())
