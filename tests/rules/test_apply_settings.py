"""Tests of `[check]` of site.toml: which findings are left out, and what severity they have."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.settings import CheckSettings
from planfolio.model.source_tree import Span
from planfolio.rules.registry import RULES, apply_settings

if TYPE_CHECKING:
    from tests.rules.conftest import CheckPlan


def finding(code: str, severity: Severity | None = None) -> Diagnostic:
    """Return a finding of a rule."""
    rule = RULES[code]
    return Diagnostic(
        code=code,
        name=rule.name,
        severity=severity or rule.severity,
        path="content/goals/a.md",
        span=Span(),
        message="found",
    )


def settings_of(
    ignore: tuple[str, ...] = (), severity: dict[str, Severity] | None = None
) -> CheckSettings:
    """Return the settings of `[check]`."""
    return CheckSettings.model_construct(ignore=ignore, severity=severity or {})


def severities(found: list[Diagnostic]) -> dict[str, str]:
    """Return the severity of each finding by its code."""
    return {d.code: d.severity.value for d in found}


@pytest.mark.parametrize("code", ["S101", "S1", "S", "s101"])
def test_a_code_or_its_beginning_is_ignored(code: str) -> None:
    """`S` silences all S rules, `S1` those of the first hundred, `S101` one."""
    found = apply_settings([finding("S101"), finding("M101")], settings_of(ignore=(code,)))
    assert severities(found) == {"M101": "warning"}


def test_the_longest_code_gives_the_severity() -> None:
    """A severity for a letter applies to all its rules but those that are named themselves."""
    levels = {"M": Severity.INFO, "M104": Severity.ERROR}
    found = apply_settings([finding("M101"), finding("M104")], settings_of(severity=levels))
    assert severities(found) == {"M101": "info", "M104": "error"}


def test_off_is_left_out_and_an_ignore_beats_a_severity() -> None:
    """`off` leaves out like an ignore, and an ignore comes before any severity."""
    check = settings_of(ignore=("M101",), severity={"M101": Severity.ERROR, "T": Severity.OFF})
    assert apply_settings([finding("M101"), finding("T101")], check) == []


def test_rules_that_are_off_speak_only_when_turned_on() -> None:
    """R102 is off by default; a severity for it, or for all R rules, turns it on."""
    assert apply_settings([finding("R102")], settings_of()) == []
    on = apply_settings([finding("R102")], settings_of(severity={"R": Severity.INFO}))
    assert severities(on) == {"R102": "info"}


@pytest.mark.parametrize("code", ["F101", "F102", "F103", "F104", "F106", "L101", "L103", "V103"])
def test_errors_of_what_could_not_be_read_stay_errors(code: str) -> None:
    """A record that could not be taken as written stops a build, whatever site.toml says."""
    check = settings_of(ignore=(code, code[0]), severity={code: Severity.INFO})
    assert severities(apply_settings([finding(code)], check)) == {code: "error"}


def test_errors_of_content_can_be_lowered() -> None:
    """A broken link is an error that an owner may live with."""
    check = settings_of(severity={"L102": Severity.WARNING})
    assert severities(apply_settings([finding("L102")], check)) == {"L102": "warning"}


def test_unknown_codes_are_errors_at_their_first_place(check_plan: CheckPlan) -> None:
    """Each code that stands for no rule is reported once; beginnings of codes are known."""
    checked = check_plan(
        {
            "site.toml": "[check]\nignore = ['S101', 'S109', 'S']\n"
            "[check.severity]\nQ9 = 'off'\nm1 = 'off'\nS109 = 'info'\n'' = 'off'\n",
            "goals/a.md": "title: Talks\ndue: 2026-08\n",
        }
    )
    found = [(d.span.line, d.span.column, d.code, d.message) for d in checked.diagnostics]
    assert found == [
        (2, 19, "F102", "no rule has the code `S109`"),
        (4, 1, "F102", "no rule has the code `Q9`"),
        (7, 1, "F102", "no rule has the code ``"),
    ]
    assert [d.hint for d in checked.diagnostics if "S109" in d.message] == ["did you mean `S105`?"]


codes = st.sampled_from(sorted(RULES))
prefixes = codes.flatmap(lambda code: st.sampled_from([code[:n] for n in range(1, 5)]))
levels = st.sampled_from(list(Severity))


@settings(max_examples=200)
@given(
    found=st.lists(st.builds(finding, codes, levels), max_size=8),
    ignore=st.lists(prefixes, max_size=3).map(tuple),
    severity=st.dictionaries(prefixes, levels, max_size=3),
)
def test_settings_applied_twice_change_nothing_and_lose_no_unsuppressible_error(
    found: list[Diagnostic], ignore: tuple[str, ...], severity: dict[str, Severity]
) -> None:
    """The result has nothing that is off, and all errors of unsuppressible rules."""
    check = settings_of(ignore, severity)
    once = apply_settings(found, check)
    assert apply_settings(once, check) == once
    assert all(d.severity is not Severity.OFF for d in once)
    # A warning of such a rule may be raised to an error, so there may be more of them than before.
    errors = Counter(
        d for d in found if RULES[d.code].unsuppressible and d.severity is Severity.ERROR
    )
    assert errors <= Counter(once)
