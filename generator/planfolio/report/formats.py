"""The formats of `check`: full, with source lines; concise, a line each; json."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from planfolio.diagnostics import Severity
from planfolio.report.printable import printable, width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planfolio.diagnostics import Diagnostic

    Paint: TypeAlias = Callable[[str, str], str]
    """Takes text and one of error, warning, info, quiet, help; returns it coloured, or as it was."""

    Lines: TypeAlias = Callable[[str], Sequence[str]]
    """Takes a path as diagnostics have it and returns the lines of the file, or none."""


class Format(StrEnum):
    """How findings are printed."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"


def report(diagnostics: Sequence[Diagnostic], *, form: Format, lines: Lines, paint: Paint) -> str:
    """Return all diagnostics as text that ends with a line end, or the empty string for none."""
    match form:
        case Format.JSON:
            return json.dumps([_plain(d) for d in diagnostics], ensure_ascii=False, indent=2) + "\n"
        case Format.CONCISE:
            return "".join(_headline(d, paint) + "\n" for d in diagnostics)
        case Format.FULL:
            return "\n".join(_full(d, lines, paint) for d in diagnostics)


def counted(diagnostics: Sequence[Diagnostic]) -> str:
    """Return the count of findings in words: `2 errors, 1 warning and 3 notes in 2 files`."""
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    parts = []
    for severity, name in names.items():
        count = sum(d.severity is severity for d in diagnostics)
        if count:
            parts.append(f"{count} {name}{'s' * (count != 1)}")
    if not parts:
        return "nothing to report"
    files = len({d.path for d in diagnostics})
    listed = ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else parts[0]
    return f"{listed} in {files} file{'s' * (files != 1)}"


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


def _headline(d: Diagnostic, paint: Paint) -> str:
    place = f"{printable(d.path)}:{d.span.line}:{d.span.column}:"
    kind = paint(f"{d.severity.value}[{d.code}]", d.severity.value)
    return f"{place} {kind} {d.name}: {printable(d.message)}"


def _full(d: Diagnostic, lines: Lines, paint: Paint) -> str:
    parts = [_headline(d, paint)]
    source = lines(d.path)
    if 0 < d.span.line <= len(source):
        parts.extend(_excerpt(d, source[d.span.line - 1], paint))
    if d.hint:
        parts.append(f"  {paint('help:', 'help')} {printable(d.hint)}")
    return "\n".join(parts) + "\n"


def _excerpt(d: Diagnostic, line: str, paint: Paint) -> list[str]:
    """Return the source line and the underline, cut around the place where the line is long."""
    start = d.span.column - 1
    end = d.span.end_column - 1 if d.span.end_line == d.span.line else len(line)
    if not line.strip() or start > len(line):
        return []
    end = max(min(end, len(line)), start + 1)
    cut = max(0, start - 60)
    shown = line[cut : cut + 120]
    before = printable(line[cut:start])
    marked = printable(line[start : min(end, cut + 120)])
    number = str(d.span.line)
    gutter = " " * len(number)
    lead = "…" if cut else ""
    tail = "…" if cut + 120 < len(line) else ""
    underline = " " * (width(before) + len(lead)) + "^" * max(1, width(marked))
    return [
        f"  {paint(number + ' |', 'quiet')} {lead}{printable(shown.rstrip())}{tail}",
        f"  {paint(gutter + ' |', 'quiet')} {paint(underline, d.severity.value)}",
    ]
