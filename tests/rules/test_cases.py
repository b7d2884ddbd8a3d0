"""Each rule finds the right place in a bad plan, nothing in a good one, and reads what it names.

The plans stand in cases/, a file for each module of rules, a table for each plan.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from tests.rules.conftest import CheckPlan

from planfolio.analyse.analysis import analyse
from planfolio.audience.narrow import narrow
from planfolio.model.kinds import KINDS
from planfolio.model.kinds.goal import SmartLetter
from planfolio.model.plan import Plan
from planfolio.model.references import Key
from planfolio.model.table import updated
from planfolio.model.visibility import Visibility
from planfolio.model.visibility_settings import CAPACITY, field_names
from planfolio.pipeline import CheckResult
from planfolio.rules.registry import FIELDS_READ_BY_LETTER, RULES, run_rules

FOUND_ON_READING = {
    *("F101", "F102", "F103", "F104", "F106", "F108", "F110", "F111", "L101", "L102", "L103")
}
"""The rules whose findings are made while a plan is read and resolved."""


def read_cases() -> Iterator[dict[str, Any]]:
    """Yield the cases: what each says, the places of its findings, and its files by path."""
    for file in sorted(Path(__file__).with_name("cases").glob("*.toml")):
        for code, cases in tomllib.loads(file.read_text(encoding="utf-8")).items():
            for case in cases:
                files = {path: text for path, text in case.items() if path not in {"says", "at"}}
                yield {"code": code, "says": case["says"], "at": case["at"], "files": files}


CASES = list(read_cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['code']} {case['says']}")
def test_a_rule_finds_these_places_and_no_other(
    case: dict[str, Any], check_plan: CheckPlan
) -> None:
    """A rule finds what the case says, at these lines and columns, and nothing else."""
    checked = check_plan(case["files"])
    found = [
        f"{d.path}:{d.span.line}:{d.span.column}"
        for d in checked.diagnostics
        if d.code == case["code"]
    ]
    assert found == case["at"]
    unread = [d for d in checked.diagnostics if d.code in FOUND_ON_READING]
    assert unread == [], "the plan of a case must be readable"


@pytest.mark.parametrize(
    "case", [c for c in CASES if c["code"] in {"S103", "A106"}], ids=lambda case: case["says"]
)
def test_a_hint_names_no_day_that_is_gone(case: dict[str, Any], check_plan: CheckPlan) -> None:
    """What is still to be done can be done on the day of the check, or later."""
    checked = check_plan(case["files"])
    hints = " ".join(d.hint for d in checked.diagnostics if d.code == case["code"])
    days = re.findall(r"\d{4}-\d\d-\d\d", hints)
    assert bool(days) == bool(case["at"])
    assert all(day >= str(checked.as_of) for day in days)


def test_each_rule_with_a_check_has_a_bad_and_a_good_plan() -> None:
    """Each has a case with findings and one without."""
    checked = RULES.keys() - FOUND_ON_READING
    assert len(checked) > 30
    assert {case["code"] for case in CASES if case["at"]} == checked
    assert {case["code"] for case in CASES if not case["at"]} == checked


SMART = [code for code in RULES if code[0] in "SMART"]
SMART_CASES = [case for case in CASES if case["code"] in SMART]
# These decide whether a goal is worked on at all, not what is then made of it.
GATES = {
    *("goal.status", "goal.done", "goal.dropped", "goal.paused", "goal.smart", "goal.kind"),
    *("goal.cadence", "goal.log", "milestone.dropped"),
    *("goal.parent", "goal.metric", "goal.milestones", "milestone.done", "review.metrics"),
    *("goal.weight", "milestone.weight", "review.date", "role.status"),
}


def about_goals(plan: Plan, checked: CheckResult) -> set[tuple[str, Key]]:
    """Return what is found about single goals: the codes and the goals."""
    found = run_rules(plan, analyse(plan, checked.as_of))
    return {
        (d.code, key)
        for d in found
        for key in (d.subject, *d.subjects)
        if d.code in SMART and key is not None and key.kind == "goal"
    }


def test_rules_read_fields_that_there_are() -> None:
    """A misspelt field would never be found to be hidden."""
    known = {f"{kind.name}.{field}" for kind in KINDS for field in field_names(kind)}
    assert list(FIELDS_READ_BY_LETTER) == list(SmartLetter)
    assert set().union(*FIELDS_READ_BY_LETTER.values()) <= known | {CAPACITY}


@pytest.mark.parametrize("case", SMART_CASES, ids=lambda case: f"{case['code']} {case['says']}")
def test_no_rule_depends_on_a_field_that_it_does_not_name(
    case: dict[str, Any], check_plan: CheckPlan
) -> None:
    """Without a field the same is found about goals, but for the rules that read it."""
    checked = check_plan(case["files"])
    whole = replace(checked.plan, settings=_shown(checked.plan, {}))
    before = about_goals(narrow(whole, Visibility.PUBLIC), checked)
    for kind in KINDS:
        for field in sorted(field_names(kind)):
            name = f"{kind.name}.{field}"
            if name in GATES:
                continue
            hidden = replace(checked.plan, settings=_shown(checked.plan, {name: Visibility.MENTOR}))
            after = about_goals(narrow(hidden, Visibility.PUBLIC), checked)
            changed = {code for code, _ in before ^ after}
            assert {
                code for code in changed if name not in FIELDS_READ_BY_LETTER[code[0]]
            } == set(), name


def _shown(plan: Plan, more: dict[str, Visibility]) -> Any:
    """Return settings that hide nothing but these fields."""
    everything = {
        f"{kind.name}.{field}": Visibility.PUBLIC
        for kind in KINDS
        for field in kind.field_visibility
    }
    own = {**everything, CAPACITY: Visibility.PUBLIC, **more}
    return updated(plan.settings, visibility=MappingProxyType(own))
