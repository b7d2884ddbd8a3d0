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
    widths = {i: max(map(width, column)) for i, column in enumerate(zip(*texts, strict=True))}
    if max_width is not None:
        widths = _fitted(widths, columns, max_width=max_width)
    lines = []
    indent = " " * (widths[0] + len(_GAP))
    for row, row_texts, below in zip_longest(cells, texts, [(), *notes], fillvalue=()):
        parts = []
        for i, room in widths.items():
            text = row_texts[i]
            if width(text) > room:
                text = clipped(text, last=room - 1).rstrip() + "…"
            blanks = " " * (room - width(text))
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


def _fitted(
    wanted: dict[int, int], columns: Sequence[TableColumn], *, max_width: int
) -> dict[int, int]:
    """Return the widths of the columns that fit, where titles and then spare columns give way."""
    widths = dict(wanted)
    while sum(widths.values()) + len(_GAP) * (len(widths) - 1) > max_width:
        spare = [i for i in widths if columns[i].spare]
        least = _ENOUGH if spare else _NARROWEST
        titles = [i for i in widths if columns[i].title and widths[i] > least]
        if titles:
            widths[max(titles, key=lambda i: widths[i])] -= 1
        elif spare:
            left_out = max(spare, key=lambda i: columns[i].spare)
            widths = {i: wanted[i] for i in widths if i != left_out}
        else:
            break
    return widths
