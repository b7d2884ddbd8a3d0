"""The SMART checks of a goal, as far as an audience is told of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.kinds import KINDS
from planfolio.model.plan import Key
from planfolio.model.settings import Settings
from planfolio.model.source_tree import Span
from planfolio.model.visibility import Visibility
from planfolio.portfolio.smart import untold

if TYPE_CHECKING:
    from tests.portfolio.conftest import LayOut

GOAL = {
    "goals/choose.md": (
        "---\ntitle: Become a team lead or a staff engineer\ndecide_by: 2026-12-15\n"
        "due: 2026-12-31\n{}---\n"
    )
}


def letters(laid_out: LayOut, *, audience: Visibility, more: str = "", hidden: str = "") -> str:
    """Return the letters of the checks on the page of a goal."""
    files = {path: text.format(more) for path, text in GOAL.items()}
    site = f'[visibility]\n"{hidden}" = "mentor"\n' if hidden else ""
    laid = laid_out({"site.toml": site, **files}, audience=audience)
    return "".join(check.letter for check in laid.view("goals/choose/").checks)


def test_by_default_each_audience_gets_all_five(laid_out: LayOut) -> None:
    """What is narrow by default is read by no check of a single goal."""
    assert untold(KINDS, Visibility.PUBLIC, site=Settings()) & set("SMART") == set()
    assert letters(laid_out, audience=Visibility.PUBLIC) == "SMART"


def test_a_check_that_reads_a_hidden_field_is_left_out(laid_out: LayOut) -> None:
    """Without the day of the choice the title would be found to hold two results."""
    hidden = "goal.decide_by"
    assert letters(laid_out, audience=Visibility.PUBLIC, hidden=hidden) == "MART"
    assert letters(laid_out, audience=Visibility.MENTOR, hidden=hidden) == "SMART"
    assert letters(laid_out, audience=Visibility.PRIVATE, hidden=hidden) == "SMART"


@pytest.mark.parametrize("audience", Visibility)
def test_the_export_says_null_for_what_it_does_not_tell(
    audience: Visibility, laid_out: LayOut
) -> None:
    """No findings is an empty list; not being told is null."""
    files = {path: text.format("") for path, text in GOAL.items()}
    site = '[visibility]\n"goal.decide_by" = "mentor"\n'
    laid = laid_out({"site.toml": site, **files}, audience=audience)
    (goal,) = json.loads(laid.document("plan.json"))["goals"]
    assert goal["smart"]["S"] == (None if audience is Visibility.PUBLIC else [])
    assert goal["smart"]["A"] == []


def test_whether_a_check_is_left_out_does_not_depend_on_the_goal(laid_out: LayOut) -> None:
    """Else its absence would tell that there is something to hide."""
    hidden = "goal.why"
    told = {
        letters(laid_out, audience=Visibility.PUBLIC, more=more, hidden=hidden)
        for more in ("", "why: I must\n")
    }
    assert told == {"SMAT"}


def test_a_remark_says_days_as_the_rest_of_the_page_does(laid_out: LayOut) -> None:
    """The finding itself keeps the form in which dates are written in a plan."""
    moved = Diagnostic(
        code="T106",
        name="moved-again",
        severity=Severity.INFO,
        path="content/goals/choose.md",
        span=Span(),
        message="the deadline was moved 2 times, last on 2026-08-30",
        subject=Key("goal", "choose"),
    )
    files = {path: text.format("") for path, text in GOAL.items()}
    checks = laid_out(files, findings=[moved]).view("goals/choose/").checks
    (timely,) = (check for check in checks if check.letter == "T")
    assert timely.findings == ("The deadline was moved 2 times, last on 30\u00a0Aug\u00a02026",)
