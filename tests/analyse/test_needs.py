"""Needs of a role beside skills."""

from datetime import date
from typing import Any

import pytest
from tests.analyse.planned import AnyRecord, goal, milestone, role, role_on

from planfolio.analyse.roles import NeedNumbers
from planfolio.model.references import Key

ON = "2026-07-01"


def need_on(on: str, need: object, *records: AnyRecord) -> NeedNumbers:
    """Return the numbers of the one need of a role."""
    (found,) = role_on(on, role(needs=[need]), *records).needs
    return found


def test_a_need_has_its_id_else_the_slug_of_its_title() -> None:
    """They come in the order of the role's list."""
    needs = role_on(ON, role(needs=[{"id": "cka", "title": "CKA exam"}, "A Mentor!"])).needs
    assert [need.id for need in needs] == ["cka", "a-mentor"]


def test_goals_and_milestones_that_name_it_answer_it() -> None:
    """In the order of their keys."""
    need = need_on(
        ON,
        "A mentor",
        milestone("b", answers=["role/a-mentor"]),
        goal(answers=["role/a-mentor"]),
        goal("other", answers=["role/else"]),
    )
    assert need.answers == (Key("goal", "goal"), Key("milestone", "b"))


@pytest.mark.parametrize(
    ("status", "of_goal", "of_milestone"),
    [
        ("active", True, True),
        ("done", True, False),  # it will not be reached any more
        ("paused", False, False),
        ("dropped", False, False),
        ("draft", False, False),
    ],
)
def test_only_what_is_open_or_done_answers(status: str, of_goal: bool, of_milestone: bool) -> None:
    """A paused answer is none for now; what was reached is one for good."""
    answers: dict[str, Any] = {"answers": ["role/a-mentor"]}
    assert bool(need_on(ON, "A mentor", goal(status=status, **answers)).answers) is of_goal
    step = milestone("a", **answers)
    assert bool(need_on(ON, "A mentor", goal(status=status), step).answers) is of_milestone
    reached = milestone("a", **answers, done="2026-03-01")
    assert need_on(ON, "A mentor", goal(status=status), reached).answers


def test_a_need_is_met_from_its_day_on() -> None:
    """That day is its answer."""
    need = {"title": "A mentor", "met": "2026-07-01"}
    assert need_on("2026-06-30", need).met_on is None
    assert need_on(ON, need).met_on == date(2026, 7, 1)
