"""The formats of `check`, and how many findings there are in words."""

from __future__ import annotations

import json
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Severity
from planfolio.report.text import concise, full

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.model.diagnostics import Diagnostic
    from planfolio.report.text import Lines, Paint, Place


class Format(StrEnum):
    """How findings are printed."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"

    @property
    def for_hosts(self) -> bool:
        """Whether a code host reads it, which knows files by their path in the repository."""
        return self in {Format.GITHUB, Format.SARIF}

    @property
    def is_document(self) -> bool:
        """Whether a run prints one whole JSON document, even where there are no findings."""
        return self in {Format.JSON, Format.SARIF}


def report(
    diagnostics: Sequence[Diagnostic],
    *,
    form: Format,
    lines: Lines,
    paint: Paint = lambda text, tone: text,  # noqa: ARG005
    place: Place = lambda path: path,
) -> str:
    """Return all diagnostics as text that ends with a line end, or the empty string for none.

    JSON and SARIF are a document even of none; they are ASCII, so that no terminal is steered and
    no code page spoils them. The paths of JSON are those of the diagnostics: relative to the folder
    of site.toml. For GitHub and SARIF `place` has to return paths in the repository.
    """
    match form:
        case Format.JSON:
            return json.dumps([plain(d) for d in diagnostics], indent=2) + "\n"
        case Format.CONCISE:
            return concise(diagnostics, paint=paint, place=place)
        case Format.FULL:
            return full(diagnostics, lines=lines, paint=paint, place=place)
        case Format.GITHUB:
            from planfolio.report.github import workflow_commands

            return workflow_commands(diagnostics, place=place)
        case Format.SARIF:
            from planfolio.report.sarif import sarif

            return sarif(diagnostics, lines=lines, place=place)


def plain(d: Diagnostic) -> dict[str, object]:
    """Return a finding as what JSON can hold, by the names that every reader of it knows."""
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
