"""Tables for a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planfolio.report.width import fitting, width
from planfolio.spelling import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.report.text import Paint

_GAP = "  "
_NARROWEST = 12
"""Columns that the elastic column keeps, however narrow the terminal is."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """Text in a tone; numbers are aligned to the right."""

    text: str
    tone: str = ""
    number: bool = False


def text_table(
    head: Sequence[str],
    rows: Sequence[Sequence[TableCell]],
    *,
    elastic: int,
    columns: int | None,
    paint: Paint,
) -> str:
    """Return a table, one line for the head and one for each row, made safe for a terminal.

    Where the table is wider than `columns`, the cells of the column numbered `elastic` are cut.
    """
    numbers = [any(row[i].number for row in rows) for i in range(len(head))]
    cells = [[TableCell(word, "quiet") for word in head], *rows]
    # Some terminals draw a no-break space, which is for pages, as something else.
    texts = [[visible(cell.text.replace("\u00a0", " ")) for cell in row] for row in cells]
    widths = [max(map(width, column)) for column in zip(*texts, strict=True)]
    if columns is not None:
        excess = sum(widths) + len(_GAP) * (len(head) - 1) - columns
        narrowed = widths[elastic] - max(0, excess)
        widths[elastic] = max(min(widths[elastic], _NARROWEST), narrowed)
    lines = []
    for row, row_texts in zip(cells, texts, strict=True):
        parts = []
        for cell, text, columns_here, is_number in zip(
            row, row_texts, widths, numbers, strict=True
        ):
            shown = fitting(text, columns=columns_here)
            blanks = " " * (columns_here - width(shown))
            painted = paint(shown, cell.tone)
            parts.append(blanks + painted if is_number else painted + blanks)
        lines.append(_GAP.join(parts).rstrip() + "\n")
    return "".join(lines)
