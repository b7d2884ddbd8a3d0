"""The present outcome as data, for the page that shows what is wrong."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Severity
from planfolio.report.formats import plain
from planfolio.report.printable import printable, printable_lines, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.model.diagnostics import Diagnostic
    from planfolio.model.source_tree import Span
    from planfolio.serve.snapshot import Outcome

MOST_FINDINGS = 200
"""How many findings are handed to a page; the counts are of all."""

_BEFORE = 60
_MARKED = 200
_AFTER = 200
"""Characters of a source line that are shown before, in and after the place; a line may be long."""

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2, Severity.OFF: 3}


def state_of(outcome: Outcome) -> dict[str, object]:
    """Return an outcome as what JSON can hold.

    Each finding has the fields of `check --output-format json`, and as `source` the line that it
    is about, cut in three: `before`, `marked` and `after`; or null where there is no such line.
    What would turn the writing round is spelt, as it is in the terminal.
    """
    counts = Counter(d.severity for d in outcome.diagnostics)
    worst_first = sorted(outcome.diagnostics, key=lambda d: _RANK[d.severity])
    return {
        "number": outcome.number,
        "build": outcome.build,
        "ok": outcome.ok,
        "audience": outcome.audience.word,
        "as_of": None if outcome.as_of is None else outcome.as_of.isoformat(),
        "failure": printable_lines(outcome.failure),
        "errors": counts[Severity.ERROR] + bool(outcome.failure),
        "warnings": counts[Severity.WARNING],
        "notes": counts[Severity.INFO],
        "left_out": max(0, len(worst_first) - MOST_FINDINGS),
        "diagnostics": [
            _plain(d, lines=outcome.lines(d.path)) for d in worst_first[:MOST_FINDINGS]
        ],
    }


def _plain(d: Diagnostic, *, lines: Sequence[str]) -> dict[str, object]:
    spelt = {"message": printable(d.message), "hint": printable(d.hint)}
    return {**plain(d), **spelt, "source": _source(d.span, lines)}


def _source(span: Span, lines: Sequence[str]) -> dict[str, str] | None:
    if not 0 < span.line <= len(lines):
        return None
    line = lines[span.line - 1]
    start = span.column - 1
    if not line.strip() or start > len(line):
        return None
    end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    end = min(max(end, start + 1), max(len(line), start + 1))
    before, marked, after = line[:start], line[start:end], line[end:].rstrip()
    return {
        "before": printable(before if len(before) <= _BEFORE else "…" + before[-_BEFORE:]),
        "marked": printable(shortened(marked, most=_MARKED)),
        "after": printable(shortened(after, most=_AFTER)),
    }
