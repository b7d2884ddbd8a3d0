"""Spans in the text of a body.

The parser knows the lines of a block and hands on its inline text, with the marks of quotes and
lists and the indentation taken off. Here the way back is found: from an offset in that text to a
line and column of the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

from planfolio.model.source_tree import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_TASK_BOX = re.compile(r"\[[ xX]\]")
_DEFINED_ADDRESS = re.compile(r"(?<!\\)\]:[ \t]*(?:\n[ \t>]*)?<?(?P<address>[^\s>]+)")


class SourceLines:
    """The lines of a body; line numbers that come in are the parser's, from 0."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._cell = (-1, 0, 0)

    def block(self, first: int) -> Span:
        """Return the span of what stands on a line, without the space around it."""
        line = self._lines[first]
        start = len(line) - len(line.lstrip())
        return Span(first + 1, start + 1, first + 1, max(start, len(line.rstrip())) + 1)

    def task(self, first: int) -> Span:
        """Return the span of a task from its box to the end of its line."""
        whole = self.block(first)
        box = _TASK_BOX.search(self._lines[first])
        start = box.start() + 1 if box else whole.column
        return Span(whole.line, start, whole.line, max(start, whole.end_column))

    def definition(self, first: int, last: int) -> Span:
        """Return the span of the address in a link reference definition."""
        text = "\n".join(self._lines[first:last])
        found = _DEFINED_ADDRESS.search(text)
        if found is None:
            return self.block(first)
        before = text[: found.start("address")]
        line = first + before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        return Span(line, column, line, column + len(found["address"]))

    def inline(self, content: str, lines: Sequence[int]) -> InlineText:
        """Return the way back for the inline text of a block that covers these lines."""
        first, last = lines[0], max(lines[0] + 1, lines[1])
        pieces: list[tuple[int, int, int]] = []
        offset = 0
        for text in content.split("\n"):
            bare = text.lstrip()
            for number in range(first, last):
                # A block's text ends its line, so the last fit is the right one.
                column = self._lines[number].rfind(bare)
                if column >= 0:
                    pieces.append((offset, number, column - len(text) + len(bare)))
                    first = number + 1
                    break
            offset += len(text) + 1
        return InlineText(pieces or [(0, lines[0], 0)])

    def cell(self, row: Sequence[str], line: int) -> InlineText:
        """Return the way back for the last of these cells, which are the first ones of a row."""
        seen_line, seen, column = self._cell
        seen, column = (seen, column) if (seen_line, seen <= len(row)) == (line, True) else (0, 0)
        start = column
        for content in row[seen:]:
            # A bar is written `\|`, and is handed on without its backslash.
            written = content.replace("|", r"\|")
            start = max(column, self._lines[line].find(written, column))
            column = start + len(written)
        self._cell = line, len(row), column
        return InlineText([(0, line, start)], cell=row[-1])


class InlineText:
    """The way from an offset in the inline text of a block to its source.

    `pieces` are the lines of the text: offset, and line and column (from 0) where it stands.
    """

    def __init__(self, pieces: Sequence[tuple[int, int, int]], *, cell: str = "") -> None:
        self._pieces = pieces
        self._cell = cell

    def span(self, start: int, end: int) -> Span:
        """Return the span of the text from one offset to before another."""
        return Span(*self._point(start), *self._point(end))

    def _point(self, offset: int) -> tuple[int, int]:
        after = bisect_right(self._pieces, offset, key=itemgetter(0))
        begin, line, column = self._pieces[max(0, after - 1)]
        bars = self._cell.count("|", 0, offset)
        return line + 1, max(0, column + offset - begin + bars) + 1
