"""Open steps: what raises a skill, how far and at what effort."""

from fractions import Fraction
from typing import Any

import pytest
from tests.analyse.planned import (
    AnyRecord,
    goal,
    milestone,
    numbers_of,
    planned,
    role,
    skill,
    skill_on,
)

from planfolio.analyse.gaps import RequirementNumbers
from planfolio.model.plan import Key

ON = "2026-07-01"
GOAL, STEP = Key("goal", "goal"), Key("milestone", "a")


def python_in(*records: AnyRecord, level: str = "1") -> RequirementNumbers:
    """Return the numbers of Python in a role that requires level 5 of it."""
    developer = role("developer", requires={"python": "5"})
    numbers = numbers_of(planned(skill("python", level=level), developer, *records), on=ON)
    (requirement,) = numbers.roles["developer"].requirements
    return requirement


def test_the_planned_level_is_the_highest_that_an_open_step_raises_to() -> None:
    """A goal to 2, another to 4."""
    records = [goal("a", raises={"python": "2"}), goal("b", raises={"python": "4"})]
    numbers = skill_on(ON, skill("python", level="1"), *records)
    assert numbers.planned == 4
    assert numbers.steps == (Key("goal", "a"), Key("goal", "b"))


def test_a_level_that_is_not_above_the_current_one_is_not_planned() -> None:
    """But the step is still one that raises the skill."""
    numbers = skill_on(ON, skill("python", level="3"), goal(raises={"python": "3"}))
    assert numbers.planned is None
    assert numbers.steps == (GOAL,)


def test_any_level_is_above_an_unrated_one() -> None:
    """The step will rate it."""
    assert skill_on(ON, skill("python"), goal(raises={"python": "2"})).planned == 2


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


def test_a_milestone_without_a_goal_raises_a_skill_too() -> None:
    """It is a step of its own, with its own hours."""
    found = python_in(milestone("a", goal=None, raises={"python": "4"}, effort="3h"))
    assert found.planned == 4
    assert found.effort == 3
    assert found.steps == (STEP,)


def test_a_skill_named_without_a_level_is_raised_as_far_as_the_goals_role_asks() -> None:
    """3, though another target role requires 5."""
    records = [role("mine", requires={"python": "3"}), goal(role="mine", raises=["python"])]
    assert python_in(*records).planned == 3


def test_a_milestone_looks_at_the_role_of_its_goal() -> None:
    """It has none of its own."""
    records = [
        role("mine", requires={"python": "3"}),
        goal(role="mine"),
        milestone("a", raises=["python"]),
    ]
    assert python_in(*records).planned == 3


def test_without_such_a_role_it_is_raised_as_far_as_any_target_role_asks() -> None:
    """The highest of them: 5. The goal has no role, or one that does not require the skill."""
    other = role("other", requires={"go": "3"})
    named = role("named", requires={"python": {"why": "it helps"}})
    lower = role("lower", requires={"python": "2"})
    for home in (None, "other", "named"):
        records = [other, named, lower, goal(role=home, raises=["python"])]
        assert python_in(*records).planned == 5


def test_roles_that_are_not_aimed_at_do_not_count_for_it() -> None:
    """No role requires it, so the step only names the skill."""
    records = [
        role("maybe", status="considering", requires={"python": "4"}),
        role("no", status="dropped", requires={"python": "4"}),
        goal(raises=["python"]),
    ]
    numbers = skill_on(ON, skill("python", level="1"), *records)
    assert numbers.planned is None
    assert numbers.required is None
    assert numbers.steps == (GOAL,)


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
