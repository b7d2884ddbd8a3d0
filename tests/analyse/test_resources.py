"""Resources are steps: their state, and what they do for gaps and needs."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.analyse.planned import (
    AnyRecord,
    goal,
    numbers_of,
    planned,
    resource,
    role,
    role_on,
    skill,
)

from planfolio.analyse.roles import Coverage
from planfolio.analyse.status import Status, StepNumbers
from planfolio.model.references import Key

ON = "2026-07-01"
SQL = skill("sql", level="1")
ANALYST = role(requires={"sql": "3"})


def step(*others: AnyRecord, **fields: object) -> StepNumbers:
    """Return the numbers of a course on 1 July 2026."""
    plan = planned(resource("course", **fields), *others)
    return numbers_of(plan, on=ON).steps[Key("resource", "course")]


@pytest.mark.parametrize(
    ("fields", "status", "is_open"),
    [
        ({}, Status.PLANNED, True),
        ({"status": "doing"}, Status.STARTED, True),
        ({"status": "doing", "when": "2026-06..2026-07"}, Status.STARTED, True),
        ({"when": "2026-06"}, Status.LATE, True),
        ({"status": "done"}, Status.DONE, False),
        ({"done": "2026-06-01"}, Status.DONE, False),
        ({"done": "2026-08-01"}, Status.PLANNED, True),  # it has not happened
        ({"status": "dropped"}, Status.DROPPED, False),
        ({"dropped": "2026-06-01"}, Status.DROPPED, False),
    ],
)
def test_its_status_is_as_written_unless_its_time_is_over(
    fields: dict[str, object], status: Status, is_open: bool
) -> None:
    """Planned, begun, late, done or dropped."""
    found = step(**fields)
    assert (found.status, found.open) == (status, is_open)


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"done": "2026-05-02", "when": "2026-04"}, date(2026, 5, 2)),
        ({"status": "done", "when": "2026-04"}, date(2026, 4, 30)),
        ({"status": "done", "when": "2026-H2"}, None),  # done before its time, nobody knows when
        ({"status": "done"}, None),
        ({}, None),
    ],
)
def test_it_was_done_on_the_day_that_is_written_or_at_the_end_of_its_time(
    fields: dict[str, object], day: date | None
) -> None:
    """A course that is done is done when it ended."""
    assert step(**fields).done_on == day


@pytest.mark.parametrize(
    ("above", "status", "is_open"),
    [
        ({}, Status.PLANNED, True),
        ({"status": "paused"}, Status.PAUSED, False),
        ({"status": "dropped"}, Status.DROPPED, False),
        ({"status": "done"}, Status.PLANNED, False),
    ],
)
def test_it_is_open_with_its_goal(above: dict[str, Any], status: Status, is_open: bool) -> None:
    """The course for a goal at rest closes no gap, as its milestones do not."""
    found = step(goal(**above), goal="goal")
    assert (found.status, found.open) == (status, is_open)


@pytest.mark.parametrize(
    ("fields", "covered", "safe"),
    [
        ({"raises": {"sql": "3"}}, Coverage.YES, True),
        ({"raises": {"sql": "2"}}, Coverage.PARTLY, None),
        ({"raises": ["sql"]}, Coverage.YES, True),
        ({"raises": {"sql": "3"}, "when": "2026-05"}, Coverage.YES, False),  # nobody went
        ({"raises": {"sql": "3"}, "status": "done"}, Coverage.NO, None),
    ],
)
def test_an_open_one_closes_gaps(
    fields: dict[str, object], covered: Coverage, safe: bool | None
) -> None:
    """As far as it says, else as the role asks; one whose time passed is not safe."""
    (gap,) = role_on(ON, SQL, ANALYST, resource("course", **fields)).gaps
    assert (gap.covered, gap.safe) == (covered, safe)


def test_without_a_level_it_raises_as_far_as_the_role_of_its_goal() -> None:
    """And not as far as another role that one aims at."""
    senior = role("senior", requires={"sql": "5"})
    course = resource("course", raises=["sql"], goal="goal")
    plan = planned(SQL, ANALYST, senior, goal(role="role"), course)
    assert numbers_of(plan, on=ON).skills["sql"].planned == 3


@pytest.mark.parametrize(
    ("raised", "hours"),
    [({"raises": ["sql"]}, 40), ({"raises": ["sql"], "effort": None}, 12), ({}, 12)],
)
def test_its_hours_are_part_of_its_goals(raised: dict[str, Any], hours: int) -> None:
    """A course of 12 h for a goal of 40 h makes no 52; where the goal says nothing, 12 count."""
    course = resource("course", raises=["sql"], effort="12h", goal="goal")
    own = goal(**({"effort": "40h"} | raised))
    (gap,) = role_on(ON, SQL, ANALYST, own, course).gaps
    assert gap.effort == Fraction(hours)


@pytest.mark.parametrize(("fields", "answered"), [({}, True), ({"status": "dropped"}, False)])
def test_it_answers_needs(fields: dict[str, object], answered: bool) -> None:
    """While it is planned, and once it is done."""
    needs = [{"id": "paper", "title": "A paper"}]
    (need,) = role_on(
        ON, role(needs=needs), resource("course", answers=["role/paper"], **fields)
    ).needs
    assert bool(need.answers) is answered
