"""The formats of `check`: full, with source lines; concise, a line each; json."""

from __future__ import annotations

import json
from collections import Counter
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from planfolio.diagnostics import Severity
from planfolio.report.excerpt import excerpt
from planfolio.report.printable import printable, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from planfolio.diagnostics import Diagnostic

Paint: TypeAlias = "Callable[[str, str], str]"
"""Takes text and its tone (error, warning, info, quiet, help, strong); returns it painted."""

Lines: TypeAlias = "Callable[[str], Sequence[str]]"
"""Takes a path as diagnostics have it and returns the lines of the file, or none."""

Place: TypeAlias = "Callable[[str], str]"
"""Takes a path as diagnostics have it and returns it as the reader can open it."""

_LONGEST = 600
"""How many characters of a message or a hint are shown; a plan may hold a line of any length."""


class Format(StrEnum):
    """How findings are printed."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"


def report(
    diagnostics: Sequence[Diagnostic],
    *,
    form: Format,
    lines: Lines,
    paint: Paint = lambda text, tone: text,  # noqa: ARG005
    place: Place = lambda path: path,
) -> str:
    """Return all diagnostics as text that ends with a line end, or the empty string for none.

    JSON is a list even of none; it is ASCII, so that no terminal is steered and no code page spoils
    it, and its paths are those of the diagnostics: relative to the folder of site.toml.
    """
    match form:
        case Format.JSON:
            return json.dumps([_plain(d) for d in diagnostics], indent=2) + "\n"
        case Format.CONCISE:
            return "".join(_headline(d, paint, place) + "\n" for d in diagnostics)
        case Format.FULL:
            return "\n".join(_full(diagnostics, lines, paint, place))


def counted(diagnostics: Sequence[Diagnostic]) -> str:
    """Return the count of findings in words: `2 errors, 1 warning and 3 notes in 2 files`."""
    found = Counter(d.severity for d in diagnostics)
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    parts = [_amount(found[severity], name) for severity, name in names.items() if found[severity]]
    if not parts:
        return "nothing to report"
    listed = ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else parts[0]
    return f"{listed} in {_amount(len({d.path for d in diagnostics}), 'file')}"


def _amount(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"


def _plain(d: Diagnostic) -> dict[str, object]:
    return {
        "code": d.code,
        "name": d.name,
        "severity": d.severity.value,
        "path": d.path,
        "line": d.span.line,
        "column": d.span.column,
        "end_line": d.span.end_line,
        "end_column": d.span.end_column,
        "message": d.message,
        "hint": d.hint,
    }


def _full(
    diagnostics: Iterable[Diagnostic], lines: Lines, paint: Paint, place: Place
) -> Iterator[str]:
    for path, found in groupby(diagnostics, key=lambda d: d.path):
        source = lines(path)
        for d in found:
            parts = [_headline(d, paint, place), *excerpt(d, source, paint=paint)]
            if d.hint:
                parts.append(f"  {paint('help:', 'help')} {_said(d.hint)}")
            yield "\n".join(parts) + "\n"


def _headline(d: Diagnostic, paint: Paint, place: Place) -> str:
    where = f"{printable(place(d.path))}:{d.span.line}:{d.span.column}:"
    kind = paint(f"{d.severity.value}[{d.code}]", d.severity.value)
    return f"{where} {kind} {d.name}: {_said(d.message)}"


def _said(text: str) -> str:
    return shortened(printable(text), most=_LONGEST)
