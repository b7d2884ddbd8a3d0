"""What a rule is: a code, why it exists, and how it finds what it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from planfolio.rules.finding import Finding

if TYPE_CHECKING:
    from planfolio.diagnostics import Severity
    from planfolio.rules.inquiry import Inquiry

Check: TypeAlias = Callable[["Inquiry"], Iterator[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule, as `explain` tells it.

    `summary` is a line, `why` a few sentences with the source where there is one; `bad` and `good`
    are small pieces of a plan. `check` is None where the fault is found while the plan is read or
    resolved. A `firm` rule's errors say that a record could not be taken as written: site.toml can
    neither silence nor lower them.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    bad: str
    good: str
    firm: bool = False
    check: Check | None = None

    @property
    def letter(self) -> str:
        """What the rule is about: S, M, A, R, T, P(ractice), V(isibility), L(inks) or F(orm)."""
        return self.code[0]


def rule(
    code: str,
    name: str,
    severity: Severity,
    *,
    summary: str,
    why: str,
    bad: str,
    good: str,
    firm: bool = False,
) -> Callable[[Check], Rule]:
    """Make a rule of the function that checks it."""

    def of(check: Check) -> Rule:
        return Rule(
            code=code,
            name=name,
            severity=severity,
            summary=summary,
            why=why,
            bad=bad,
            good=good,
            firm=firm,
            check=check,
        )

    return of
