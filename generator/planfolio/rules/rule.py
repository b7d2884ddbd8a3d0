"""Rules: a code, why it exists, and the function that finds what it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from planfolio.model.diagnostics import Diagnostic
from planfolio.rules.finding import Finding

if TYPE_CHECKING:
    from planfolio.model.diagnostics import Severity
    from planfolio.rules.context import RuleContext

Check: TypeAlias = Callable[["RuleContext"], Iterator[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule as `planfolio explain` shows it.

    `summary` is a line, `why` a few sentences with the source where there is one; `bad` and `good`
    are small parts of a plan. `check` is None where findings are made while the plan is read or
    resolved. The errors of an `unsuppressible` rule mean that a record was not read: site.toml can
    neither ignore nor lower them. `reads` are the fields (`goal.due`, or `plan.capacity`) that a
    finding about one record depends on: an audience that does not see one of them does not see the
    check. Fields that only decide whether a goal is looked at are not among them.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    bad: str
    good: str
    unsuppressible: bool = False
    reads: frozenset[str] = frozenset()
    check: Check | None = None

    @property
    def letter(self) -> str:
        """What the rule is about: S, M, A, R, T, P(ractice), V(isibility), L(inks) or F(orm)."""
        return self.code[0]

    def diagnostic(self, finding: Finding, *, name: str = "") -> Diagnostic:
        """Return a finding of this rule as a diagnostic; `name` is another one than the rule's."""
        return Diagnostic(
            code=self.code,
            name=name or self.name,
            severity=finding.severity or self.severity,
            path=finding.path,
            span=finding.span,
            message=finding.message,
            hint=finding.hint,
            subject=finding.subject,
        )


def rule(
    code: str,
    name: str,
    severity: Severity,
    *,
    summary: str,
    why: str,
    bad: str,
    good: str,
    unsuppressible: bool = False,
    reads: frozenset[str] = frozenset(),
) -> Callable[[Check], Rule]:
    """Make a rule of the function that finds what it is about."""
    unchecked = Rule(
        code=code,
        name=name,
        severity=severity,
        summary=summary,
        why=why,
        bad=bad,
        good=good,
        unsuppressible=unsuppressible,
        reads=reads,
    )
    return lambda check: replace(unchecked, check=check)


def reading(**fields: str) -> frozenset[str]:
    """Return what a rule reads: for each kind its fields, as written, with spaces between."""
    return frozenset(f"{kind}.{field}" for kind, names in fields.items() for field in names.split())


MEASURE = reading(goal="metric milestones done_when cadence parent")
"""The fields by which a goal is measured; its children name it as their parent."""

DATES = reading(goal="start due when horizon", milestone="start due when")
"""The fields that give the dates of a goal or milestone."""
