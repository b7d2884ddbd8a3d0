"""Steps: the state of milestones and resources, what open ones raise, and at what effort."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.analyse.planned import (
    AnyRecord,
    goal,
    milestone,
    numbers_of,
    planned,
    resource,
    role,
    role_on,
    skill,
    skill_on,
)

from planfolio.analyse.roles import Coverage, RequirementNumbers
from planfolio.analyse.status import Status, StepNumbers
from planfolio.model.references import Key

ON = "2026-07-01"
GOAL, OTHER, STEP = Key("goal", "goal"), Key("goal", "x"), Key("milestone", "a")


def python_in(*records: AnyRecord, level: str = "1") -> RequirementNumbers:
    """Return the numbers of Python in a role that requires level 5 of it."""
    developer = role("developer", requires={"python": "5"})
    numbers = numbers_of(planned(skill("python", level=level), developer, *records), on=ON)
    (requirement,) = numbers.roles["developer"].requirements
    return requirement


ASKED = role("mine", requires={"python": "3"})


@pytest.mark.parametrize(
    ("records", "planned_level", "steps"),
    [
        # The highest of all; what is not above the current level still raises the skill.
        ([goal(raises={"python": "2"}), goal("x", raises={"python": "4"})], 4, [GOAL, OTHER]),
        ([goal(raises={"python": "1"})], None, [GOAL]),
        ([milestone("a", goal=None, raises={"python": "4"})], 4, [STEP]),
        # Without a level as far as the goal's role asks, though another asks for 5.
        ([ASKED, goal(role="mine", raises=["python"])], 3, [GOAL]),
        ([ASKED, goal(role="mine"), milestone("a", raises=["python"])], 3, [STEP]),
        # Else as far as any target role: without a role, or one that does not say.
        ([ASKED, goal(raises=["python"])], 5, [GOAL]),
        ([role("mine", requires={"go": "3"}), goal(role="mine", raises=["python"])], 5, [GOAL]),
        (
            [role("mine", requires={"python": {"why": "x"}}), goal(role="mine", raises=["python"])],
            5,
            [GOAL],
        ),
    ],
)
def test_the_planned_level_is_the_highest_that_an_open_step_raises_to(
    records: list[AnyRecord], planned_level: int | None, steps: list[Key]
) -> None:
    """Python is at 1, and a role requires 5 of it."""
    found = python_in(*records)
    assert (found.planned, list(found.steps)) == (planned_level, steps)


def test_any_level_is_above_an_unrated_one() -> None:
    """And a role that is not aimed at does not say how far a step goes."""
    assert skill_on(ON, skill("python"), goal(raises={"python": "2"})).planned == 2
    maybe = role("maybe", status="considering", requires={"python": "4"})
    numbers = skill_on(ON, skill("python", level="1"), maybe, goal(raises=["python"]))
    assert (numbers.planned, numbers.required, numbers.steps) == (None, None, (GOAL,))


@pytest.mark.parametrize(
    "fields",
    [{"status": word} for word in ("paused", "dropped", "draft", "done")] + [{"tasks": "x"}],
)
def test_only_open_goals_raise_a_skill(fields: dict[str, Any]) -> None:
    """And neither do the milestones of those that are not."""
    records = [
        goal(raises={"python": "4"}, **fields),
        milestone("a", raises={"python": "4"}, done="2026-08-01"),
    ]
    if "tasks" in fields:
        records.pop()
    numbers = skill_on(ON, skill("python", level="1"), *records)
    assert (numbers.planned, numbers.steps) == (None, ())


def test_a_milestone_raises_a_skill_until_it_is_reached() -> None:
    """The goal goes on raising it as long as it is open itself."""
    records = [
        goal(raises={"python": "2"}),
        milestone("a", raises={"python": "4"}, done=ON),
        milestone("b"),
    ]
    before = numbers_of(planned(skill("python", level="1"), *records), on="2026-06-30")
    assert before.skills["python"].planned == 4
    assert before.skills["python"].steps == (GOAL, STEP)
    after = numbers_of(planned(skill("python", level="1"), *records), on=ON)
    assert after.skills["python"].planned == 2
    assert after.skills["python"].steps == (GOAL,)


RAISED: dict[str, Any] = {"raises": ["python"]}


@pytest.mark.parametrize(
    ("records", "hours"),
    [
        ([goal(**RAISED, effort="40h")], 40),
        # Milestones with an effort stand for their goal: those not reached, 10 + 4, not its 40.
        (
            [
                goal(**RAISED, effort="40h"),
                milestone("a", effort="10h"),
                milestone("b", effort="4h"),
                milestone("c", effort="6h", done="2026-03-01"),
                milestone("d"),
            ],
            14,
        ),
        # Else the goal stands for them.
        ([goal(effort="40h"), milestone("a", **RAISED)], 40),
        # What a milestone raises costs its own effort, not that of its siblings.
        ([goal(), milestone("a", effort="10h", **RAISED), milestone("b", effort="4h")], 10),
        # Goal and milestone both raise the skill, and the 10 hours are both's: counted once.
        ([goal(**RAISED), milestone("a", effort="10h", **RAISED), milestone("b", effort="4h")], 14),
        # Several goals add up; one without an effort adds nothing that is known.
        (
            [
                goal("a", **RAISED, effort="40h"),
                goal("b", **RAISED, effort="150m"),
                goal("c", **RAISED),
            ],
            Fraction(85, 2),
        ),
        ([goal(**RAISED)], None),
        ([goal(**RAISED), milestone("a")], None),
        ([], None),
    ],
)
def test_the_effort_is_that_of_the_open_steps_each_once(
    records: list[AnyRecord], hours: Fraction | int | None
) -> None:
    """Without any effort none is known, which is not 0."""
    assert python_in(*records).effort == hours


YEAR: dict[str, Any] = {"start": "2026-01-01", "due": "2026-12-31"}


def step_on(on: str, *records: AnyRecord) -> StepNumbers:
    """Return the numbers of the milestone `step`."""
    return numbers_of(planned(*records), on=on).steps[Key("milestone", "step")]


@pytest.mark.parametrize(
    ("on", "above", "fields", "status", "is_open"),
    [
        # Done from its date on; only a date says so.
        ("2026-02-28", {}, {"done": "2026-03-01"}, "open", True),
        ("2026-03-01", {}, {"done": "2026-03-01"}, "done", False),
        ("2026-03-01", {}, {"tasks": "xx"}, "open", True),
        # Late after its due day, which may be its goal's, unless it was reached.
        ("2026-03-04", {}, {"due": "2026-03-01"}, "late", True),
        ("2026-03-04", {}, {"due": "2026-03-01", "done": "2026-03-03"}, "done", False),
        ("2027-01-01", {}, {}, "late", True),
        # Planned before its start, its own or its goal's.
        ("2026-05-31", {}, {"start": "2026-06-01"}, "planned", True),
        ("2026-06-01", {}, {"start": "2026-06-01"}, "open", True),
        ("2025-12-31", {}, {}, "planned", True),
        # Inactive with its goal, and not late; what was reached stays so.
        *(
            ("2027-01-01", {"status": word}, {"due": "2026-03-01"}, word, False)
            for word in ("paused", "dropped", "draft")
        ),
        ("2027-01-01", {"status": "paused"}, {"done": "2026-02-01"}, "done", False),
        # Nobody waits for what a goal was done without.
        ("2027-01-01", {"status": "done"}, {"due": "2026-03-01"}, "open", False),
        # Without a goal it is a step of its own.
        ("2027-01-01", {}, {"goal": None}, "open", True),
        ("2027-01-01", {}, {"goal": None, "done": "2026-02-01"}, "done", False),
    ],
)
def test_a_milestone_is_done_late_planned_open_or_as_its_goal(
    on: str, above: dict[str, Any], fields: dict[str, Any], status: str, is_open: bool
) -> None:
    """Status, day and days late; it is open where it is still to do."""
    step = step_on(on, goal(**YEAR, **above), milestone("step", **fields))
    assert (step.status, step.is_open) == (status, is_open)
    done = date.fromisoformat(fields["done"]) if status == "done" else None
    assert step.done_on == done
    assert step.late_days == ({"2026-03-04": 3, "2027-01-01": 1}[on] if status == "late" else None)


def test_its_checklist_counts_beside_its_status() -> None:
    """One of four ticked."""
    step = step_on("2026-03-01", goal(**YEAR), milestone("step", tasks="x---"))
    assert step.progress == Fraction(1, 4)
    assert step_on("2026-03-01", goal(**YEAR), milestone("step")).progress is None


SQL = skill("sql", level="1")
ANALYST = role(requires={"sql": "3"})


def course_with(*others: AnyRecord, **fields: object) -> StepNumbers:
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
    found = course_with(**fields)
    assert (found.status, found.is_open) == (status, is_open)


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
    assert course_with(**fields).done_on == day


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
    found = course_with(goal(**above), goal="goal")
    assert (found.status, found.is_open) == (status, is_open)


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
