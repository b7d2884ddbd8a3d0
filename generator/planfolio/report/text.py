"""Findings for a person at a terminal: in full with source lines, or concise, a line each."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from planfolio.report.excerpt import excerpt
from planfolio.report.printable import printable, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from planfolio.model.diagnostics import Diagnostic

Paint: TypeAlias = "Callable[[str, str], str]"
"""Takes text and its tone (error, warning, info, quiet, help, strong); returns it painted."""

Lines: TypeAlias = "Callable[[str], Sequence[str]]"
"""Takes a path as diagnostics have it and returns the lines of the file, or none."""

Place: TypeAlias = "Callable[[str], str]"
"""Takes a path as diagnostics have it and returns it as the reader can open it."""

_LONGEST = 600
"""How many characters of a message or a hint are shown; a plan may hold a line of any length."""


def concise(diagnostics: Iterable[Diagnostic], *, paint: Paint, place: Place) -> str:
    """Return a line for each finding."""
    return "".join(_headline(d, paint, place) + "\n" for d in diagnostics)


def full(diagnostics: Iterable[Diagnostic], *, lines: Lines, paint: Paint, place: Place) -> str:
    """Return each finding with its line of the source and its hint, set apart by blank lines."""
    parts = []
    for path, found in groupby(diagnostics, key=lambda d: d.path):
        source = lines(path)
        for d in found:
            shown = [_headline(d, paint, place), *excerpt(d, source, paint=paint)]
            if d.hint:
                shown.append(f"  {paint('help:', 'help')} {said(d.hint)}")
            parts.append("\n".join(shown) + "\n")
    return "\n".join(parts)


def said(text: str) -> str:
    """Return a message or a hint as one line that steers no terminal and fills no screen."""
    return shortened(printable(text), most=_LONGEST)


def _headline(d: Diagnostic, paint: Paint, place: Place) -> str:
    where = f"{printable(place(d.path))}:{d.span.line}:{d.span.column}:"
    kind = paint(f"{d.severity.value}[{d.code}]", d.severity.value)
    return f"{where} {kind} {d.name}: {said(d.message)}"
