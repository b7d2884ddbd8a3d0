"""Tests of `[check]` of site.toml: which findings are left out, and what severity they have."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.conftest import CheckPlan

from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.settings import CheckSettings
from planfolio.model.source_tree import Span
from planfolio.rules.registry import RULES, apply_settings


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
    return CheckSettings(ignore=ignore, severity=severity or {})


@pytest.mark.parametrize(
    ("codes", "ignore", "severity", "left"),
    [
        # A code or its beginning is ignored: a letter, a hundred, or one rule.
        *(("S101 M101", code, {}, "M101 warning") for code in ("S101", "S1", "S", "s101")),
        # The longest code that fits gives the severity.
        ("M101 M104", "", {"M": "info", "M104": "error"}, "M101 info, M104 error"),
        # `off` leaves out like an ignore, and an ignore comes before any severity.
        ("M101 T101", "M101", {"M101": "error", "T": "off"}, ""),
        # Rules that are off speak only when they are turned on.
        ("R102", "", {}, ""),
        ("R102", "", {"R": "info"}, "R102 info"),
        # An owner may live with a broken link, but not with what could not be read as written.
        ("L102", "", {"L102": "warning"}, "L102 warning"),
        *(
            (code, code[0], {code: "info"}, f"{code} error")
            for code in ("F101", "F102", "F103", "F104", "F106", "L101", "L103", "V103")
        ),
    ],
)
def test_settings_ignore_and_change_findings(
    codes: str, ignore: str, severity: dict[str, str], left: str
) -> None:
    """Codes of site.toml are whole ones or their beginnings."""
    check = settings_of(tuple(ignore.split()), {c: Severity(s) for c, s in severity.items()})
    found = apply_settings([finding(code) for code in codes.split()], check)
    assert ", ".join(f"{d.code} {d.severity.value}" for d in found) == left


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
    hints = {d.hint for d in checked.diagnostics}
    assert hints == {"`planfolio explain` lists all rules by code"}


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
