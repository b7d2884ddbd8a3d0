"""All rules by code, and the run of all of them.

To add a rule, write a function under `@rule(…)` in the module of its letter.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from planfolio.rules import (
    achievable,
    form,
    links,
    measurable,
    metrics,
    practice,
    relevant,
    specific,
    timely,
    visibility,
)
from planfolio.rules.context import RuleContext
from planfolio.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planfolio.analyse.results import Analysis
    from planfolio.model.diagnostics import Diagnostic
    from planfolio.model.plan import Plan

_MODULES = (
    specific,
    measurable,
    metrics,
    achievable,
    relevant,
    timely,
    practice,
    visibility,
    links,
    form,
)

_RULES = (
    value for module in _MODULES for value in vars(module).values() if isinstance(value, Rule)
)
RULES: Mapping[str, Rule] = MappingProxyType(
    {rule.code: rule for rule in sorted(_RULES, key=lambda rule: rule.code)}
)
"""All rules by code, including those whose findings are made while a plan is read and resolved."""


def run(plan: Plan, analysis: Analysis) -> list[Diagnostic]:
    """Return what all rules find about a plan without cycles, and its numbers.

    A finding of a rule that is off by default has severity OFF. The time grows with the plan.
    """
    context = RuleContext(plan=plan, analysis=analysis)
    return [
        rule.diagnostic(finding)
        for rule in RULES.values()
        if rule.check is not None
        for finding in rule.check(context)
    ]
