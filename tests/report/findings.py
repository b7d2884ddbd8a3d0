"""Findings to report."""

from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.source_tree import Span

EVIL = "\x1b]0;owned\x07 \x9b2J \u202e \u2028 \ud800 \r"
"""What steers terminals, turns the writing round, or is no text at all."""


def finding(**changes: object) -> Diagnostic:
    """Return the finding of the design's example, or one that differs from it."""
    fields: dict[str, object] = {
        "code": "F102",
        "name": "bad-date",
        "severity": Severity.ERROR,
        "path": "content/goals/cka.md",
        "span": Span(7, 6, 7, 16),
        "message": "February 2026 has 28 days",
        "hint": "write 2026-02-28, or the month: 2026-02",
    }
    return Diagnostic(**(fields | changes))  # type: ignore[arg-type]
