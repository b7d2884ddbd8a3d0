"""From an offset in the inline text of a block back to a line and column of the source.

The parser knows the lines of a block; of its text it takes the marks of quotes and lists off, and
the indentation.
"""

from collections.abc import Sequence

from planfolio.model.source_tree import Span


class SourceLines:
    """The lines of a body; line numbers that come in are the parser's, from 0."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    def block(self, first: int) -> Span:
        """Return the span of what is on a line, without the space around it."""
        line = self._lines[first]
        start = len(line) - len(line.lstrip())
        return Span(first + 1, start + 1, first + 1, max(start, len(line.rstrip())) + 1)

    def inline(self, content: str, lines: Sequence[int], start: int, end: int) -> Span:
        """Return the span between two offsets in the inline text of a block on these lines."""
        line, column = self._point(content, lines, start)
        if "\n" not in content[start:end]:
            return Span(line, column, line, column + end - start)
        return Span(line, column, *self._point(content, lines, end))

    def _point(self, content: str, lines: Sequence[int], offset: int) -> tuple[int, int]:
        start = content.rfind("\n", 0, offset) + 1
        text = content[start:].partition("\n")[0]
        bare = text.lstrip()
        first = lines[0] + content.count("\n", 0, start)
        for number in range(first, max(first + 1, lines[1])):
            # The text of a block ends its line, so the last fit is the right one.
            column = self._lines[number].rfind(bare)
            if column >= 0:
                return number + 1, column - len(text) + len(bare) + offset - start + 1
        return lines[0] + 1, 1  # as with an escaped bar in the cell of a table
