"""Each rule finds the right place in a bad plan, and nothing in a good one.

The plans stand in cases/, a file for each module of rules.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from planfolio.rules.registry import RULES

if TYPE_CHECKING:
    from tests.rules.conftest import CheckPlan

CASES: list[dict[str, Any]] = [
    case
    for file in sorted(Path(__file__).with_name("cases").glob("*.toml"))
    for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
]


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
    unread = [d for d in checked.diagnostics if RULES[d.code].check is None]
    assert unread == [], "the plan of a case must be readable"


def test_each_rule_with_a_check_has_a_bad_and_a_good_plan() -> None:
    """Each has a case with findings and one without."""
    checked = {code for code, rule in RULES.items() if rule.check is not None}
    assert len(checked) > 30
    assert {case["code"] for case in CASES if case["at"]} == checked
    assert {case["code"] for case in CASES if not case["at"]} == checked
