"""Needs of a role beside skills."""

from datetime import date

import pytest
from tests.analyse.planned import AnyRecord, goal, milestone, role, role_on

from planfolio.analyse.gaps import NeedNumbers
from planfolio.model.plan import Key

ON = "2026-07-01"


def need_on(on: str, need: object, *records: AnyRecord) -> NeedNumbers:
    """Return the numbers of the one need of a role."""
    (found,) = role_on(on, role(needs=[need]), *records).needs
    return found


def test_a_need_has_its_id_else_the_slug_of_its_title() -> None:
    """And its place in the role's list."""
    needs = role_on(ON, role(needs=[{"id": "cka", "title": "CKA exam"}, "A Mentor!"])).needs
    assert [(need.id, need.index) for need in needs] == [("cka", 0), ("a-mentor", 1)]


def test_a_need_without_an_answer_is_unanswered() -> None:
    """Neither met nor named by anything."""
    need = need_on(ON, "A mentor")
    assert (need.met_on, need.answers, need.answered) == (None, (), False)


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
    assert need.answered


def test_only_an_open_or_done_goal_answers() -> None:
    """A paused answer is none for now."""
    answered = [
        word
        for word in ("active", "done", "paused", "dropped", "draft")
        if need_on(ON, "A mentor", goal(answers=["role/a-mentor"], status=word)).answered
    ]
    assert answered == ["active", "done"]


@pytest.mark.parametrize(
    ("status", "done", "answered"),
    [
        ("active", None, True),
        ("paused", None, False),
        ("paused", "2026-03-01", True),
        ("done", None, False),
    ],
)
def test_only_an_open_or_reached_milestone_answers(
    status: str, done: str | None, answered: bool
) -> None:
    """One left behind by a goal that is done will not be reached any more."""
    records = [goal(status=status), milestone("a", answers=["role/a-mentor"], done=done)]
    assert need_on(ON, "A mentor", *records).answered is answered


def test_a_need_is_met_from_its_day_on() -> None:
    """And needs no other answer then."""
    need = {"title": "A mentor", "met": "2026-07-01"}
    assert need_on("2026-06-30", need).met_on is None
    assert not need_on("2026-06-30", need).answered
    assert need_on(ON, need).met_on == date(2026, 7, 1)
    assert need_on(ON, need).answered
