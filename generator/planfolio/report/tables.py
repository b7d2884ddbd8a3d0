"""Tables for a terminal, which fit its width."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from planfolio.message_text import visible
from planfolio.report.text import Paint, clipped, width

_GAP = "  "
_ENOUGH = 20
"""Columns that a column of titles keeps as long as others can be left out."""

_NARROWEST = 12
"""Columns that a column of titles keeps, however narrow the terminal is."""


class TableColumn(NamedTuple):
    """A column by its head; a `number` is aligned to the right.

    `title` columns are cut where the table is too wide. Where they would keep too little, `spare`
    columns are left out first, those with the highest number before the others.
    """

    head: str
    title: bool = False
    number: bool = False
    spare: int = 0


class TableCell(NamedTuple):
    """Text in a tone."""

    text: str
    tone: str = ""


def text_table(
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[TableCell]],
    *,
    max_width: int | None,
    paint: Paint,
    notes: Sequence[Sequence[str]] = (),
) -> str:
    """Return a table, one line for the head and one for each row, made safe for a terminal.

    `max_width` is the width of the terminal, if it is one. `notes` are, for each row, the lines
    below it, from the second column on.
    """
    cells = [[TableCell(column.head, "quiet") for column in columns], *rows]
    # Some terminals draw a no-break space, which is for pages, as something else.
    texts = [[visible(cell.text.replace("\u00a0", " ")) for cell in row] for row in cells]
    widths = [max(map(width, column)) for column in zip(*texts, strict=True)]
    shown = list(range(len(columns)))
    if max_width is not None:
        shown = _shown(columns, widths, max_width=max_width)
        _cut_titles([i for i in shown if columns[i].title], shown, widths, max_width=max_width)
    lines = []
    indent = " " * (widths[0] + len(_GAP))
    for row, row_texts, below in zip_longest(cells, texts, [(), *notes], fillvalue=()):
        parts = []
        for i in shown:
            text = row_texts[i]
            if width(text) > widths[i]:
                text = clipped(text, last=widths[i] - 1).rstrip() + "…"
            blanks = " " * (widths[i] - width(text))
            painted = paint(text, row[i].tone)
            parts.append(blanks + painted if columns[i].number else painted + blanks)
        lines.append(_GAP.join(parts).rstrip() + "\n")
        for note in below:
            space = max_width - len(indent) if max_width is not None else None
            lines += [f"{indent}{paint(line, 'quiet')}\n" for line in wrapped_note(note, space)]
    return "".join(lines)


def wrapped_note(note: str, max_width: int | None) -> list[str]:
    """Return a note as lines that fit, broken between words."""
    lines = [""]
    for word in visible(note.replace("\u00a0", " ")).split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if max_width is None or width(longer) <= max_width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _shown(columns: Sequence[TableColumn], widths: Sequence[int], *, max_width: int) -> list[int]:
    """Return the columns that fit while titles keep enough."""
    shown = list(range(len(columns)))
    least = [min(w, _ENOUGH) if c.title else w for c, w in zip(columns, widths, strict=True)]
    for left_out in sorted(shown, key=lambda i: -columns[i].spare):
        if columns[left_out].spare and _total(shown, least) > max_width:
            shown.remove(left_out)
    return shown


def _cut_titles(titles: list[int], shown: list[int], widths: list[int], *, max_width: int) -> None:
    """Narrow the columns of titles, the widest first, until the table fits."""
    while titles and _total(shown, widths) > max_width:
        widest = max(titles, key=lambda i: widths[i])
        if widths[widest] <= _NARROWEST:
            return
        widths[widest] -= 1


def _total(shown: Sequence[int], widths: Sequence[int]) -> int:
    return sum(widths[i] for i in shown) + len(_GAP) * (len(shown) - 1)
