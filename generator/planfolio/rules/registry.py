"""All rules by code, the run of all of them, and the settings that ignore or change them.

To add a rule, write a function under `@Rule(…)` in the module of its letter.
"""

from __future__ import annotations

import difflib
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.memo import Memo
from planfolio.model.source_tree import locate
from planfolio.rules import (
    achievable,
    appointments,
    contradictions,
    form,
    links,
    measurable,
    metrics,
    narrower_values,
    practice,
    relevant,
    reviewing,
    specific,
    timely,
    visibility,
)
from planfolio.rules.context import RuleContext
from planfolio.rules.form import BAD_VALUE
from planfolio.rules.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from planfolio.analyse.analysis import Analysis
    from planfolio.model.plan import Plan
    from planfolio.model.references import Key
    from planfolio.model.settings import CheckSettings
    from planfolio.model.source_tree import Loc, Node

_MODULES = (
    *(specific, measurable, metrics, achievable, relevant, timely),
    *(appointments, reviewing, practice, visibility, narrower_values, links, form, contradictions),
)
_RULES = (each for module in _MODULES for each in vars(module).values() if isinstance(each, Rule))
RULES: Mapping[str, Rule] = MappingProxyType(
    {rule.code: rule for rule in sorted(_RULES, key=lambda rule: rule.code)}
)
"""All rules by code, including those whose findings are made while a plan is read and resolved."""


def run(
    plan: Plan,
    analysis: Analysis,
    *,
    memory: Memo | None = None,
    unsure: Collection[Key] = frozenset(),
) -> list[Diagnostic]:
    """Return what all rules find about a plan without cycles, and its numbers.

    A finding of a rule that is off by default has severity OFF. A finding about many records passes
    over those that are `unsure`. The time grows with the plan. `memory` makes it faster to check
    records of which most are the same objects as before.
    """
    memory = Memo() if memory is None else memory
    memory.begin((analysis.as_of, plan.settings))
    context = RuleContext(plan=plan, analysis=analysis, memory=memory, unsure=unsure)
    return [
        rule.diagnostic(finding)
        for rule in RULES.values()
        if rule.check is not None
        for finding in rule.check(context)
    ]


def apply_settings(
    diagnostics: Iterable[Diagnostic], check: CheckSettings, *, node: Node | None = None
) -> list[Diagnostic]:
    """Return the findings with the severities of `[check]`, without those that are off.

    A code of site.toml is a whole one (`S101`) or its beginning (`S`, `S1`). The longest that fits
    gives the severity, and an ignore comes before it. Errors of unsuppressible rules stay as they
    are. With `node`, which is site.toml as read, codes that stand for no rule are reported there.
    """

    @cache
    def severity_of(code: str) -> Severity | None:
        if any(_stands_for(prefix, code) for prefix in check.ignore):
            return Severity.OFF
        prefixes = [prefix for prefix in check.severity if _stands_for(prefix, code)]
        return check.severity[max(prefixes, key=len)] if prefixes else None

    kept = []
    unknown = _unknown_codes(check, node) if node is not None else ()
    for diagnostic in (*diagnostics, *unknown):
        severity = severity_of(diagnostic.code) or diagnostic.severity
        rule = RULES.get(diagnostic.code)
        if rule is not None and rule.unsuppressible and diagnostic.severity is Severity.ERROR:
            severity = Severity.ERROR
        if severity is not Severity.OFF:
            kept.append(replace(diagnostic, severity=severity))
    return kept


def _stands_for(prefix: str, code: str) -> bool:
    return prefix != "" and code.startswith(prefix.upper())


def _unknown_codes(check: CheckSettings, node: Node) -> Iterator[Diagnostic]:
    """Yield an error for each code that stands for no rule, at its first place in site.toml."""
    places: dict[str, Loc] = {code: ("severity", code) for code in check.severity}
    places |= {code: ("ignore", index) for index, code in reversed([*enumerate(check.ignore)])}
    for code, loc in places.items():
        if any(_stands_for(code, known) for known in RULES):
            continue
        same_letter = [known for known in RULES if known[0] == code[:1].upper()]
        near = difflib.get_close_matches(code.upper(), same_letter or RULES, n=1)
        yield BAD_VALUE.diagnostic(
            Finding(
                path="site.toml",
                span=locate(node, ("check", *loc), key=loc[0] == "severity"),
                message=f"no rule has the code `{code}`",
                hint=f"did you mean `{near[0]}`?"
                if near
                else "`planfolio explain` lists all rules by code",
            ),
            name="unknown-code",
        )
