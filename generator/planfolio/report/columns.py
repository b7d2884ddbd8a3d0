"""Rows set in columns for a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planfolio.report.printable import fitting, printable, width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_BETWEEN = "  "
_LEAST = 12
"""Columns that the long cells keep however narrow the terminal is."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of text in a tone; of a number the last digits stand below each other."""

    text: str
    tone: str = ""
    number: bool = False


def in_columns(
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    long: int,
    columns: int | None,
    paint: Callable[[str, str], str],
) -> str:
    """Return a table with a line for the head and for each row, made safe for a terminal.

    Where all of it would take more than `columns`, the cells of the column `long` are cut.
    """
    numbers = [any(row[i].number for row in rows) for i in range(len(head))]
    table = [[Cell(word, "quiet") for word in head], *rows]
    # A no-break space is for pages; some terminals draw it as something else.
    texts = [[printable(cell.text.replace("\u00a0", " ")) for cell in row] for row in table]
    widths = [max(width(row[i]) for row in texts) for i in range(len(head))]
    if columns is not None:
        over = sum(widths) + len(_BETWEEN) * (len(head) - 1) - columns
        widths[long] = max(min(widths[long], _LEAST), widths[long] - max(0, over))
    lines = []
    for cells, row in zip(table, texts, strict=True):
        parts = []
        for index, (cell, text) in enumerate(zip(cells, row, strict=True)):
            shown = fitting(text, columns=widths[index]) if index == long else text
            gap = " " * (widths[index] - width(shown))
            painted = paint(shown, cell.tone)
            parts.append(gap + painted if numbers[index] else painted + gap)
        lines.append(_BETWEEN.join(parts).rstrip())
    return "\n".join(lines) + "\n"
