"""The five SMART checks of a goal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Severity
from planfolio.model.kinds.goal import SmartLetter
from planfolio.model.visibility import removed
from planfolio.rules.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planfolio.model.diagnostics import Diagnostic
    from planfolio.model.kinds.kind import Kind
    from planfolio.model.plan import Goal
    from planfolio.model.settings import Settings
    from planfolio.model.visibility import Visibility
    from planfolio.portfolio.records import PortfolioRecords


class CheckState(StrEnum):
    """How a SMART check came out."""

    FINE = "fine"
    ATTENTION = "needs-attention"
    NOT_APPLIED = "not-applied"


@dataclass(frozen=True, slots=True)
class SmartCheck:
    """One of the five: its letter, its state, the codes and messages of what was found.

    `reason` is why a goal does without the letter.
    """

    letter: SmartLetter
    state: CheckState
    codes: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    reason: str = ""


def hidden_letters(
    kinds: Iterable[Kind], audience: Visibility, *, site: Settings
) -> frozenset[str]:
    """Return the letters whose checks an audience does not see.

    A rule that reads a field which the audience may not see would judge what is left of the plan:
    neither its findings nor its silence would mean anything.
    """
    gone = removed(kinds, audience, site=site)
    return frozenset(rule.letter for rule in RULES.values() if not gone.isdisjoint(rule.reads))


def smart_checks(goal: Goal, *, portfolio: PortfolioRecords) -> tuple[SmartCheck, ...]:
    """Return the checks of a goal in order, less those that the audience does not see."""
    found = portfolio.findings_about(goal.key)
    return tuple(
        _check(letter, found, goal=goal)
        for letter in SmartLetter
        if letter not in portfolio.hidden_letters
    )


def _check(letter: SmartLetter, found: Iterable[Diagnostic], *, goal: Goal) -> SmartCheck:
    smart = goal.fields.smart
    if smart is not None and letter in smart.except_:
        return SmartCheck(letter, CheckState.NOT_APPLIED, reason=smart.reason or "")
    own = [f for f in found if f.code[:1] == letter and f.severity is not Severity.OFF]
    return SmartCheck(
        letter,
        CheckState.ATTENTION if own else CheckState.FINE,
        codes=tuple(dict.fromkeys(finding.code for finding in own)),
        messages=tuple(dict.fromkeys(finding.message for finding in own)),
    )
