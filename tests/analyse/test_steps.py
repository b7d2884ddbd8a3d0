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

from planfolio.analyse.roles import RequirementNumbers
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
