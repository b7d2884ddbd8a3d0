"""The formats in which `check` prints findings, and their counts in words."""

import json
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from planfolio.model.diagnostics import Diagnostic
from planfolio.model.formatting import count, listing
from planfolio.report.text import (
    SEVERITY_WORDS,
    Lines,
    Paint,
    ShowPath,
    full_text,
    headline,
    without_colour,
)


class Format(StrEnum):
    """A format of findings."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"

    @property
    def for_hosts(self) -> bool:
        """Whether a code host reads it, which knows files by their path in the repository."""
        return self in {Format.GITHUB, Format.SARIF}


def report(
    diagnostics: Sequence[Diagnostic],
    *,
    form: Format,
    lines: Lines,
    paint: Paint = without_colour,
    show_path: ShowPath = lambda path: path,
) -> str:
    """Return diagnostics as text that ends with a line end, or as nothing if there are none.

    JSON and SARIF are a document in any case, in ASCII. The paths of JSON are those of the
    diagnostics, relative to the folder of site.toml. For GitHub and SARIF `show_path` has to return
    paths relative to the repository.
    """
    match form:
        case Format.JSON:
            return json.dumps([as_json(d) for d in diagnostics], indent=2) + "\n"
        case Format.CONCISE:
            return "".join(f"{headline(d, paint, show_path)}\n" for d in diagnostics)
        case Format.FULL:
            return full_text(diagnostics, lines=lines, paint=paint, show_path=show_path)
        case Format.GITHUB:
            from planfolio.report.code_hosts import workflow_commands

            return workflow_commands(diagnostics, show_path=show_path)
        case Format.SARIF:
            from planfolio.report.code_hosts import sarif

            return sarif(diagnostics, lines=lines, show_path=show_path)


def as_json(d: Diagnostic) -> dict[str, object]:
    """Return a finding as values of JSON, under the names that all of its readers know."""
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


def counts(diagnostics: Sequence[Diagnostic]) -> str:
    """Return how many findings there are: `2 errors, 1 warning and 3 notes in 2 files`."""
    amounts = counts_by_severity(diagnostics)
    if not amounts:
        return "nothing to report"
    return f"{amounts} in {count(len({d.path for d in diagnostics}), 'file')}"


def counts_by_severity(diagnostics: Sequence[Diagnostic]) -> str:
    """Return how many findings there are, without their files; nothing if there are none."""
    found = Counter(d.severity for d in diagnostics)
    levels = SEVERITY_WORDS.items()
    return listing([count(found[level], word) for level, word in levels if found[level]])
