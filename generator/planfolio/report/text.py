"""Findings and tables as text for a terminal."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby, zip_longest
from typing import NamedTuple, TypeAlias

from planfolio.message_text import visible
from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.source_tree import Span

Paint: TypeAlias = Callable[[str, str], str]
"""Takes text and its tone (error, warning, info, quiet, help, strong); returns it painted."""

Lines: TypeAlias = Callable[[str], Sequence[str]]
"""Takes the path of a diagnostic and returns the lines of that file, or none."""

ShowPath: TypeAlias = Callable[[str], str]
"""Takes the path of a diagnostic and returns it as its reader can open it."""

SEVERITY_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
"""The word for each severity that is shown, the worst first."""

_LONGEST = 600
"""Characters of a message or a hint that are shown; a plan may hold a line of any length."""

_NARROW = "[ -~\xa0-\u02ff\u2010-\u2027]*"
"""Latin text with its dashes, quotes and ellipses: one column each, without the tables of wcwidth,
whose import takes 8 ms."""

_BEFORE = 50
_ALL = 110
"""Columns of a source line that are shown before the place and in all, so that it never wraps."""

_GAP = "  "
_ENOUGH = 20
"""Columns that a column of titles keeps as long as others can be left out."""

_NARROWEST = 12
"""Columns that a column of titles keeps, however narrow the terminal is."""


def without_colour(text: str, tone: str) -> str:  # noqa: ARG001
    """Return text without colour."""
    return text


def headline(d: Diagnostic, paint: Paint, show_path: ShowPath) -> str:
    """Return a finding in one line."""
    where = f"{visible(show_path(d.path))}:{d.span.line}:{d.span.column}:"
    kind = paint(f"{d.severity.value}[{d.code}]", d.severity.value)
    return f"{where} {kind} {d.name}: {one_line(d.message)}"


def full_text(
    diagnostics: Iterable[Diagnostic], *, lines: Lines, paint: Paint, show_path: ShowPath
) -> str:
    """Return each finding with its source line and its hint, separated by blank lines."""
    parts = []
    for path, found in groupby(diagnostics, key=lambda d: d.path):
        source = lines(path)
        for d in found:
            shown = [headline(d, paint, show_path), *excerpt(d, source, paint=paint)]
            if d.hint:
                shown.append(f"  {paint('help:', 'help')} {one_line(d.hint)}")
            parts.append("\n".join(shown) + "\n")
    return "\n".join(parts)


def one_line(text: str) -> str:
    """Return a message or a hint as one printable line of a bounded length."""
    return shortened(visible(text), most=_LONGEST)


def with_help(d: Diagnostic) -> str:
    """Return the message of a finding, and its hint as a second line."""
    return one_line(d.message) + (f"\nhelp: {one_line(d.hint)}" if d.hint else "")


def shortened(text: str, *, most: int) -> str:
    """Return text of at most `most` characters, with an ellipsis where its end was cut off."""
    return text if len(text) <= most else text[: most - 1] + "…"


def excerpt(diagnostic: Diagnostic, lines: Sequence[str], *, paint: Paint) -> list[str]:
    """Return the source line and an underline below it, or nothing where there is none to show.

    A long line is cut around the place. A place of several lines is underlined in its first.
    """
    span = diagnostic.span
    marked_line = line_at(span, lines)
    if marked_line is None:
        return []
    line, start, end = marked_line
    # No character takes less than one column, except those that combine with another.
    seen = line[: min(len(line.rstrip()), start + _ALL)]
    before = visible(seen[max(0, start - _BEFORE) : start])
    marked, after = visible(seen[start:end]), visible(seen[end:])
    too_wide = max(0, width(before) - _BEFORE)
    lead = "…" * (too_wide > 0 or start > _BEFORE)
    before = clipped(before, first=too_wide, last=width(before))
    room = _ALL - width(before)
    tail = "…" * (len(seen) < len(line.rstrip()) or width(marked + after) > room)
    if width(marked) > room:
        marked = clipped(marked, last=room).rstrip()
    after = clipped(after, last=max(0, room - width(marked)))
    underline = " " * width(lead + before) + "^" * max(1, width(marked))
    gutter = f"{span.line} |"
    return [
        f"  {paint(gutter, 'quiet')} {lead}{before}{marked}{after.rstrip()}{tail}",
        f"  {paint('|'.rjust(len(gutter)), 'quiet')} {paint(underline, diagnostic.severity.value)}",
    ]


def line_at(span: Span, lines: Sequence[str]) -> tuple[str, int, int] | None:
    """Return the line of a place, and where in it the place starts and ends.

    None where there is nothing to show. A place of several lines ends with its first.
    """
    line = lines[span.line - 1] if 0 < span.line <= len(lines) else ""
    start = span.column - 1
    if not line.strip() or start > len(line):
        return None
    end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    return line, start, max(start + 1, end)


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


def width(text: str) -> int:
    """Return how many columns of a terminal printable text takes."""
    if re.fullmatch(_NARROW, text):
        return len(text)
    import wcwidth

    return wcwidth.width(text)


def clipped(text: str, *, first: int = 0, last: int) -> str:
    """Return the columns of printable text from `first` up to, but without, `last`.

    A blank replaces a wide character that is half outside.
    """
    if re.fullmatch(_NARROW, text):
        return text[first:last]
    import wcwidth

    return wcwidth.clip(text, first, last)
