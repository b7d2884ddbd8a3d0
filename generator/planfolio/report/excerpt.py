"""The line of the source that a diagnostic is about, with its place underlined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.report.printable import printable, width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planfolio.model.diagnostics import Diagnostic

_BEFORE = 50
_ALL = 110
"""Columns of a line that are shown before the place, and in all: a mark below must not wrap."""


def excerpt(
    diagnostic: Diagnostic, lines: Sequence[str], *, paint: Callable[[str, str], str]
) -> list[str]:
    """Return the source line and the underline below it; nothing where the place shows nothing.

    A long line is cut around the place. A place that goes on below is underlined to its line's end.
    """
    span = diagnostic.span
    if not 0 < span.line <= len(lines):
        return []
    line = lines[span.line - 1]
    start = span.column - 1
    if not line.strip() or start > len(line):
        return []
    end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    end = min(max(end, start + 1), max(len(line), start + 1))
    first = _back(line, start, columns=_BEFORE)
    last = _forth(line, first, columns=_ALL)
    before, marked = printable(line[first:start]), printable(line[start : min(end, last)])
    lead, tail = "…" * (first > 0), "…" * (last < len(line))
    shown = before + marked + printable(line[min(end, last) : last].rstrip())
    underline = " " * (width(before) + len(lead)) + "^" * max(1, width(marked))
    gutter = f"{span.line} |"
    blank = "|".rjust(len(gutter))
    return [
        f"  {paint(gutter, 'quiet')} {lead}{shown}{tail}",
        f"  {paint(blank, 'quiet')} {paint(underline, diagnostic.severity.value)}",
    ]


def _back(line: str, start: int, *, columns: int) -> int:
    """Return where to cut a line so that at most so many columns stand before `start`."""
    first = start
    while first > 0 and columns > 0:
        first -= 1
        columns -= width(printable(line[first]))
    while first < start and width(line[first]) == 0:
        first += 1  # no combining character without the one that it combines with
    return first


def _forth(line: str, first: int, *, columns: int) -> int:
    """Return where to cut a line so that at most so many columns stand after `first`."""
    last = first
    while last < len(line) and (columns := columns - width(printable(line[last]))) >= 0:
        last += 1
    return last
