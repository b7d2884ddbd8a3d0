"""The five SMART checks of a goal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Severity
from planfolio.model.kinds.goal import SmartLetter
from planfolio.model.visibility import removed
from planfolio.portfolio.components import Check
from planfolio.portfolio.formats import sentence, with_days
from planfolio.rules.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planfolio.model.diagnostics import Diagnostic
    from planfolio.model.kinds.kind import Kind
    from planfolio.model.plan import Goal
    from planfolio.model.settings import Settings
    from planfolio.model.visibility import Visibility
    from planfolio.portfolio.scope import Scope

_WORDS = {
    SmartLetter.S: "Specific",
    SmartLetter.M: "Measurable",
    SmartLetter.A: "Achievable",
    SmartLetter.R: "Relevant",
    SmartLetter.T: "Timely",
}


def untold(kinds: Iterable[Kind], audience: Visibility, *, site: Settings) -> frozenset[str]:
    """Return the letters that an audience is told nothing about.

    A rule that rests on a field which the audience may see of no record would judge the plan by
    what is left of it: neither what it then finds nor its silence would say anything.
    """
    gone = removed(kinds, audience, site=site)
    return frozenset(rule.letter for rule in RULES.values() if not gone.isdisjoint(rule.reads))


def smart_findings(goal: Goal, *, scope: Scope) -> dict[SmartLetter, tuple[Diagnostic, ...]]:
    """Return what the rules found about a goal by letter; excepted letters are silent.

    So are those that this audience is told nothing about.
    """
    found = scope.findings.get(goal.key, ())
    excepted = goal.fields.smart.except_ if goal.fields.smart else ()
    return {
        letter: tuple(
            finding
            for finding in found
            if finding.code[:1] == letter
            and letter not in excepted
            and letter not in scope.untold
            and finding.severity is not Severity.OFF
        )
        for letter in SmartLetter
    }


def checks(goal: Goal, *, scope: Scope) -> tuple[Check, ...]:
    """Return the five checks, each with its findings or the reason for which it is excepted.

    Those that this audience is told nothing about are left out.
    """
    found = smart_findings(goal, scope=scope)
    return tuple(
        _check(letter, found[letter], goal=goal) for letter in found if letter not in scope.untold
    )


def _check(letter: SmartLetter, found: tuple[Diagnostic, ...], *, goal: Goal) -> Check:
    smart = goal.fields.smart
    if smart is not None and letter in smart.except_:
        reason = (sentence(smart.reason),) if smart.reason else ()
        return Check(letter.value, _WORDS[letter], "excepted", reason)
    words = tuple(dict.fromkeys(sentence(with_days(finding.message)) for finding in found))
    return Check(letter.value, _WORDS[letter], "found" if words else "passed", words)
