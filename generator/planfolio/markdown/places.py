"""Places in the text of a body.

The parser knows the lines of a block and hands on its inline text, with the marks of quotes and
lists and the indentation taken off. Here the way back is found: from an offset in that text to a
line and column of the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import attrgetter
from typing import NamedTuple

from planfolio.markdown.body import Place

_TASK_BOX = re.compile(r"\[[ xX]\]")
_DEFINED_ADDRESS = re.compile(r"(?<!\\)\]:[ \t]*(?:\n[ \t>]*)?<?(?P<address>[^\s>]+)")


class Stretch(NamedTuple):
    """A line of inline text from `offset` on, and the line and column (from 0) where it stands."""

    offset: int
    line: int
    column: int


class InlineText:
    """The inline text of a block, and the way back to the source."""

    def __init__(self, content: str, stretches: list[Stretch], *, cell: bool = False) -> None:
        self._content = content
        self._stretches = stretches
        self._cell = cell

    def place(self, start: int, end: int) -> Place:
        """Return the place of the text from offset `start` to before offset `end`."""
        first_line, first_column = self._point(start)
        last_line, last_column = self._point(end)
        return Place(first_line + 1, first_column + 1, last_line + 1, last_column + 1)

    def _point(self, offset: int) -> tuple[int, int]:
        after = bisect_right(self._stretches, offset, key=attrgetter("offset"))
        stretch = self._stretches[max(0, after - 1)]
        # In a cell a bar is written `\|`, and is handed on without its backslash.
        bars = self._content.count("|", 0, offset) if self._cell else 0
        return stretch.line, max(0, stretch.column + offset - stretch.offset + bars)


class SourceLines:
    """The lines of a body."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._cell_end = (0, 0)

    def block(self, first: int) -> Place:
        """Return the place of what stands on a line (from 0), without the space around it."""
        line = self._lines[first]
        start = len(line) - len(line.lstrip())
        return Place(first + 1, start + 1, first + 1, max(start, len(line.rstrip())) + 1)

    def task(self, first: int) -> Place:
        """Return the place of a task from its box to the end of its line."""
        whole = self.block(first)
        box = _TASK_BOX.search(self._lines[first])
        start = box.start() + 1 if box else whole.column
        return Place(whole.line, start, whole.line, max(start, whole.end_column))

    def definition(self, first: int, last: int) -> Place:
        """Return the place of the address in a link reference definition (lines from 0)."""
        text = "\n".join(self._lines[first:last])
        found = _DEFINED_ADDRESS.search(text)
        if found is None:
            return self.block(first)
        before = text[: found.start("address")]
        line = first + before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        return Place(line, column, line, column + len(found["address"]))

    def inline(self, content: str, lines: list[int]) -> InlineText:
        """Return the way back for the inline text of a block that covers these lines (from 0)."""
        first, last = lines[0], max(lines[0] + 1, lines[1])
        stretches: list[Stretch] = []
        offset = 0
        for text in content.split("\n"):
            bare = text.lstrip()
            indentation = len(text) - len(bare)
            for number in range(first, last):
                # A block's text ends its line, so the last fit is the right one.
                column = self._lines[number].rfind(bare)
                if column >= 0:
                    stretches.append(Stretch(offset, number, column - indentation))
                    first = number + 1
                    break
            offset += len(text) + 1
        return InlineText(content, stretches or [Stretch(0, lines[0], 0)])

    def cell(self, content: str, line: int) -> InlineText:
        """Return the way back for a cell of a table; the cells come from left to right."""
        written = content.replace("|", r"\|")
        seen_line, seen_column = self._cell_end
        start = seen_column if seen_line == line else 0
        column = max(start, self._lines[line].find(written, start))
        self._cell_end = (line, column + len(written))
        return InlineText(content, [Stretch(0, line, column)], cell=True)
