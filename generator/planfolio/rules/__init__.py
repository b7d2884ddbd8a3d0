"""The rules: what planfolio has to say about a plan, and why.

To add a rule, write a function under `@rule(…)` in the module of its letter and name it in the
`RULES` at that module's end.
"""

from __future__ import annotations

import difflib
from types import MappingProxyType
from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Diagnostic
from planfolio.model.source_tree import locate
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
from planfolio.rules.apply_settings import fitting, settled
from planfolio.rules.context import RuleContext
from planfolio.rules.rule import Rule
from planfolio.rules.structure import structure, without_cycles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planfolio.analyse.results import Analysis
    from planfolio.model.plan import Plan
    from planfolio.model.settings import CheckSettings
    from planfolio.model.source_tree import Loc, Node

__all__ = ["RULES", "Rule", "apply_settings", "run", "structure", "unknown_codes", "without_cycles"]

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

RULES: Mapping[str, Rule] = MappingProxyType(
    dict(sorted((rule.code, rule) for module in _MODULES for rule in module.RULES))
)
"""All rules by code, those included whose faults are found while a plan is read and resolved."""


def run(
    plan: Plan,
    analysis: Analysis,
) -> list[Diagnostic]:
    """Ask all rules about a plan; a finding of a rule that is off by default has severity OFF.

    The plan has no cycles (`structure` finds them). Takes time in proportion to the plan.
    """
    context = RuleContext(plan=plan, analysis=analysis)
    return [
        Diagnostic(
            code=rule.code,
            name=rule.name,
            severity=finding.severity or rule.severity,
            path=finding.path,
            span=finding.span,
            message=finding.message,
            hint=finding.hint,
            subject=finding.subject,
        )
        for rule in RULES.values()
        if rule.check is not None
        for finding in rule.check(context)
    ]


def apply_settings(
    diagnostics: Iterable[Diagnostic], check: CheckSettings, *, node: Node | None = None
) -> list[Diagnostic]:
    """Apply `[check] ignore` and `severity` of site.toml, and leave out what is off.

    A code is a whole one (`S101`) or its beginning (`S`, `S1`); the longest that fits gives the
    severity, and an ignore beats it. Errors that say that a record could not be taken as written
    can be neither ignored nor lowered. With `node`, which is site.toml as read, codes of it that
    stand for no rule are reported there.
    """
    found = list(diagnostics)
    if node is not None:
        found.extend(_unknown(code, check, node) for code in unknown_codes(check))
    return settled(found, check, rules=RULES)


def unknown_codes(check: CheckSettings) -> list[str]:
    """Return the codes of `[check]` that stand for no rule, in the order of site.toml."""
    written = dict.fromkeys((*check.ignore, *check.severity))
    return [code for code in written if not fitting(code, codes=RULES)]


def _unknown(code: str, check: CheckSettings, node: Node) -> Diagnostic:
    ignored = code in check.ignore
    loc: Loc = ("ignore", check.ignore.index(code)) if ignored else ("severity", code)
    near = difflib.get_close_matches(code.upper(), RULES, n=1)
    return Diagnostic(
        code=form.BAD_VALUE.code,
        name="unknown-code",
        severity=form.BAD_VALUE.severity,
        path="site.toml",
        span=locate(node, ("check", *loc), key=not ignored),
        message=f"no rule has the code `{code}`",
        hint=f"did you mean `{near[0]}`?" if near else "planfolio explain lists the rules by code",
    )
