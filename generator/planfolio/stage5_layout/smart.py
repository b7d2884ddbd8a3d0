"""The five SMART checks of a goal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.diagnostics import Severity
from planfolio.kinds.goal import SmartLetter
from planfolio.stage5_layout.components import Check
from planfolio.stage5_layout.formats import sentence

if TYPE_CHECKING:
    from planfolio.diagnostics import Diagnostic
    from planfolio.plan import Goal
    from planfolio.stage5_layout.scope import Scope

_WORDS = {
    SmartLetter.S: "Specific",
    SmartLetter.M: "Measurable",
    SmartLetter.A: "Achievable",
    SmartLetter.R: "Relevant",
    SmartLetter.T: "Timely",
}


def smart_findings(goal: Goal, *, scope: Scope) -> dict[SmartLetter, tuple[Diagnostic, ...]]:
    """Return what the rules found about a goal by letter; excepted letters are silent."""
    found = scope.findings.get(goal.key, ())
    excepted = goal.fields.smart.except_ if goal.fields.smart else ()
    return {
        letter: tuple(
            finding
            for finding in found
            if finding.code[:1] == letter
            and letter not in excepted
            and finding.severity is not Severity.OFF
        )
        for letter in SmartLetter
    }


def checks(goal: Goal, *, scope: Scope) -> tuple[Check, ...]:
    """Return the five checks, each with its findings or the reason for which it is excepted."""
    found = smart_findings(goal, scope=scope)
    return tuple(_check(letter, found[letter], goal=goal) for letter in SmartLetter)


def _check(letter: SmartLetter, found: tuple[Diagnostic, ...], *, goal: Goal) -> Check:
    smart = goal.fields.smart
    if smart is not None and letter in smart.except_:
        reason = (sentence(smart.reason),) if smart.reason else ()
        return Check(letter.value, _WORDS[letter], "excepted", reason)
    words = tuple(dict.fromkeys(sentence(finding.message) for finding in found))
    return Check(letter.value, _WORDS[letter], "found" if words else "passed", words)
