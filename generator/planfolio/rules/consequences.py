"""Findings that may only follow from an error: they are left out, so that one slip is one finding.

A rule looks at records as far as they could be read. Of a goal whose deadline is mistyped it would
say that it has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Severity
from planfolio.rules.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from planfolio.model.diagnostics import Diagnostic
    from planfolio.model.plan import Plan
    from planfolio.model.references import Key

_BOTH_WAYS = frozenset({"parent", "goal", "metrics", "levels"})
"""The fields by which two records take from each other."""


def without_consequences(
    findings: Sequence[Diagnostic], errors: Sequence[Diagnostic], *, unsure: Collection[Key]
) -> list[Diagnostic]:
    """Return what rules found without what may follow from errors in what was read.

    Warnings about a file with an error are left out, and all findings about records that take from
    one of it: by `parent`, `goal` or `after`, or as a review and its goals and skills. Rules about
    the whole plan are silent while anything is unread, and all but errors if site.toml is. `unsure`
    are those that `unsure_records` finds.
    """
    faulty = _faulty(errors)
    if not faulty:
        return list(findings)
    return [found for found in findings if _is_sure(found, faulty, unsure)]


def _faulty(errors: Iterable[Diagnostic]) -> set[str]:
    return {error.path for error in errors if error.severity is Severity.ERROR}


def _is_sure(found: Diagnostic, faulty: Collection[str], unsure: Collection[Key]) -> bool:
    if found.severity is Severity.ERROR and found.path in faulty:
        return True
    subjects = found.subjects or (found.subject,)
    if all(subject in unsure for subject in subjects):
        return False
    about_all = RULES[found.code].of_whole_plan or "site.toml" in faulty
    return found.severity is Severity.ERROR or not (about_all or found.path in faulty)


def unsure_records(plan: Plan, errors: Iterable[Diagnostic]) -> frozenset[Key]:
    """Return the records of files with errors, and those that take from them."""
    faulty = _faulty(errors)
    if not faulty:
        return frozenset()
    takers: dict[Key, list[Key]] = {}
    for edge in plan.edges:
        field = edge.loc[0]
        if field in _BOTH_WAYS or field == "after":
            takers.setdefault(edge.target, []).append(edge.source)
        if field in _BOTH_WAYS:
            takers.setdefault(edge.source, []).append(edge.target)
    unsure = {key for key, record in plan.records.items() if record.source.path in faulty}
    left = list(unsure)
    while left:
        for key in takers.get(left.pop(), ()):
            if key not in unsure:
                unsure.add(key)
                left.append(key)
    return frozenset(unsure)
