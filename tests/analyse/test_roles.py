"""Roles: gaps in order, readiness, needs beside skills; and the skills that they require."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analyse.planned import (
    AnyRecord,
    goal,
    milestone,
    numbers_of,
    planned,
    role,
    role_on,
    skill,
    skill_on,
)

from planfolio.analyse.roles import Coverage, Interval, NeedNumbers, RequirementNumbers, RoleNumbers
from planfolio.model.references import Key

ON = "2026-07-01"


def required(level: str, weight: str | None = None, **more: str) -> dict[str, str]:
    """Return a requirement as a table."""
    return {"level": level, **({"weight": weight} if weight else {}), **more}


def by_skill(numbers: RoleNumbers) -> dict[str, RequirementNumbers]:
    """Return the requirements by their skill."""
    return {r.skill: r for r in numbers.requirements}


def order(numbers: RoleNumbers) -> list[str]:
    """Return the skills in the order in which to close them."""
    return [r.skill for r in numbers.requirements]


def test_without_hours_there_is_no_priority() -> None:
    """No step, a step without an effort, a step of 0 hours."""
    for records in ([], [goal(raises=["python"])], [goal(raises=["python"], effort="0")]):
        numbers = role_on(ON, role(requires={"python": "3"}), skill("python", level="1"), *records)
        assert numbers.requirements[0].priority is None


def test_levels_of_other_scales_weigh_alike() -> None:
    """B2 of C2 is 4*5/6, required 5*5/6; 2 of 4 on the scale of five: (20/6 + 2) / (25/6 + 4)."""
    numbers = role_on(
        ON,
        role(requires={"english": "5", "python": "4"}),
        skill("english", level="4", scale="cefr6"),
        skill("python", level="2"),
    )
    assert numbers.readiness is not None
    assert numbers.readiness.low == (Fraction(20, 6) + 2) / (Fraction(25, 6) + 4)
    found = by_skill(numbers)["english"]
    assert found.gap == 1
    assert found.weighted_gap == 3 * Fraction(5, 6)


def test_a_requirement_without_a_level_is_left_out() -> None:
    """It requires nothing that could be measured."""
    numbers = role_on(
        ON,
        role(requires={"python": "4", "go": {"weight": "5", "must": "true"}}),
        skill("python", level="4"),
        skill("go"),
    )
    assert len(numbers.requirements) == 1
    assert numbers.readiness is not None
    assert numbers.readiness.low == 1
    assert numbers.ready is True


@pytest.mark.parametrize("requires", [{}, {"python": "0"}, {"python": required("0", "5")}])
def test_where_nothing_is_required_readiness_is_not_applicable(requires: dict[str, Any]) -> None:
    """No requirements, or all 0."""
    numbers = role_on(ON, role(requires=requires), skill("python", level="1"))
    assert numbers.readiness is None
    assert numbers.ready is None
    assert [r.gain for r in numbers.requirements] == [None] * len(requires)


ONE = {"python": required("5", "1"), "go": required("5", "1")}
HEAVY = {"python": required("5", "1", must="true"), "go": required("5", "5")}
MUSTS = {"python": required("5", must="true"), "go": required("5", must="true")}


@pytest.mark.parametrize(
    ("requires", "levels", "ready_at", "result"),
    [
        # 9 of 10 is 90 %, 8.9 is not; the percent can be set.
        (ONE, ("5", "4"), None, (True, True)),
        (ONE, ("5", "3.9"), None, (False, True)),
        (ONE, ("5", "3.9"), "89", (True, True)),
        (ONE, ("5", "4"), "90.1", (False, True)),
        # A must that is not met, though readiness is (4 + 25) / (5 + 25).
        (HEAVY, ("4", "5"), None, (False, False)),
        # An unrated must, though readiness is 25 / (5 + 25) at least; a known one outweighs it.
        (HEAVY, (None, "5"), "80", (None, None)),
        (MUSTS, (None, "4"), None, (False, False)),
        # 50 % to 100 %: unknown. 30 % to 80 %: not ready, however the unrated one turns out.
        (ONE, (None, "5"), None, (None, True)),
        (ONE, (None, "3"), None, (False, True)),
    ],
)
def test_a_role_is_ready_from_ninety_percent_and_with_all_its_musts(
    requires: dict[str, Any],
    levels: tuple[str | None, str],
    ready_at: str | None,
    result: tuple[bool | None, bool | None],
) -> None:
    """Whether it is ready, and whether the musts are met; unknown where unrated skills decide."""
    skills = [skill("python", level=levels[0]), skill("go", level=levels[1])]
    numbers = role_on(ON, role(requires=requires, ready_at=ready_at), *skills)
    assert (numbers.ready, numbers.musts_met) == result


def test_level_zero_is_met_without_a_rating() -> None:
    """It requires nothing: readiness is (3 * 3 + 0) / (3 * 3 + 0), both are met, and no gain."""
    requires = {"python": required("3"), "go": required("0", must="true")}
    numbers = role_on(ON, role(requires=requires), skill("python", level="3"), skill("go"))
    assert numbers.readiness == Interval(Fraction(1), Fraction(1))
    assert (numbers.gaps, numbers.musts_met, numbers.ready) == ((), True, True)
    found = by_skill(numbers)["go"]
    assert found.current is None
    assert found.gap == 0
    assert found.gain == 0
    assert found.covered is None


@pytest.mark.parametrize(
    ("raises", "covered", "planned"),
    [
        ({"python": "4"}, Coverage.YES, 4),
        ({"python": "5"}, Coverage.YES, 5),
        (["python"], Coverage.YES, 4),
        ({"python": "3"}, Coverage.PARTLY, 3),
        ({"python": "1"}, Coverage.PARTLY, None),
        ({"go": "4"}, Coverage.NO, None),
    ],
)
def test_a_gap_is_covered_by_the_planned_level(
    raises: Any, covered: Coverage, planned: int | None
) -> None:
    """Wholly, partly by a step that raises the skill less, or not at all."""
    numbers = role_on(
        ON,
        role(requires={"python": "4"}),
        skill("python", level="2"),
        skill("go"),
        goal(raises=raises),
    )
    (found,) = numbers.requirements
    assert (found.covered, found.planned) == (covered, planned)


YEAR: dict[str, Any] = {"start": "2026-01-01", "due": "2026-12-31"}
TO_4: dict[str, Any] = {"raises": {"python": "4"}}
TO_3: dict[str, Any] = {"raises": {"python": "3"}}
OFF_TRACK = goal("off", **YEAR, **TO_4, metric="1/12 talks")


@pytest.mark.parametrize(
    ("steps", "safe"),
    [
        ([goal(**TO_4)], True),  # open
        ([goal(**TO_4, start="2026-08-01")], True),  # planned
        ([goal(**TO_4, start="2026-06-28", due="2026-12-31", metric="1/12 talks")], True),
        ([goal(**TO_4, **YEAR, metric="6/12 talks")], True),
        ([OFF_TRACK], False),
        ([goal(**TO_4, **YEAR, metric="5/12 talks")], False),  # at risk
        ([goal(**TO_4, due="2026-06-30")], False),  # late
        ([goal(**TO_4, metric={"target": "12"})], False),  # unknown
        ([OFF_TRACK, goal(**TO_4)], True),
        ([OFF_TRACK, goal(**TO_3)], False),  # what raises it less does not close it
        ([milestone("a", **TO_4), goal(**YEAR)], True),
        ([milestone("a", **TO_4, due="2026-06-30"), goal()], False),
        ([milestone("a", due="2026-12-01", **TO_4), goal(due="2026-06-30")], False),  # its goal
        ([goal(**TO_3)], None),  # not covered
        ([goal(**TO_4, status="paused")], None),
    ],
)
def test_a_covered_gap_is_safe_when_one_of_the_steps_that_close_it_goes_well(
    steps: list[AnyRecord], safe: bool | None
) -> None:
    """On track, started, planned or open, as the goal of a milestone must be too."""
    numbers = role_on(ON, role(requires={"python": "4"}), skill("python", level="2"), *steps)
    assert numbers.requirements[0].safe is safe


def test_a_step_that_only_names_a_skill_covers_its_gap_partly() -> None:
    """No target role requires it, so its level is unknown."""
    record = role(requires={"python": "4"}, status="considering")
    numbers = role_on(ON, record, skill("python", level="2"), goal(raises=["python"]))
    assert numbers.requirements[0].covered is Coverage.PARTLY


def test_musts_come_first_and_unrated_skills_last_among_them() -> None:
    """A must with a small gap before anything else; what is met comes after all gaps."""
    requires = {
        "small-must": required("2", "1", must="true"),
        "unrated-must": required("5", "5", must="true"),
        "large": required("5", "5"),
        "unrated": required("5", "5"),
        "met-must": required("1", "5", must="true"),
    }
    skills = [
        skill("small-must", level="1"),
        skill("unrated-must"),
        skill("large", level="1"),
        skill("unrated"),
        skill("met-must", level="1"),
    ]
    numbers = role_on(ON, role(requires=requires), *skills)
    assert order(numbers) == ["small-must", "unrated-must", "large", "unrated", "met-must"]
    assert [r.skill for r in numbers.gaps] == order(numbers)[:4]


def test_gaps_without_an_effort_come_before_those_with_a_priority() -> None:
    """Nothing answers them yet. Then the highest: 3*1/2h, 3*4/10h."""
    requires = {"a": "5", "b": "5", "c": "5"}
    numbers = role_on(
        ON,
        role(requires=requires),
        skill("a", level="1"),
        skill("b", level="4"),
        skill("c", level="4"),
        goal("long", raises=["a"], effort="10h"),
        goal("short", raises=["b"], effort="2h"),
    )
    assert order(numbers) == ["c", "b", "a"]


def test_equal_priorities_are_ordered_by_gap_then_due_then_id() -> None:
    """d has the larger gap; b is due before c; a and e have no due and go by id."""
    requires = dict.fromkeys("abcde", "5")
    numbers = role_on(
        ON,
        role(requires=requires),
        *(skill(name, level="3" if name == "d" else "4") for name in "abcde"),
        goal("x", raises=["b"], due="2026-09-01"),
        goal("y", raises=["c"], due="2026-10-01"),
    )
    assert order(numbers) == ["d", "b", "c", "a", "e"]


def test_the_earliest_due_is_that_of_a_milestone_too() -> None:
    """Its own day, before that of its goal."""
    numbers = role_on(
        ON,
        role(requires={"a": "5", "b": "5"}),
        skill("a", level="4"),
        skill("b", level="4"),
        goal("x", raises=["a"], due="2026-09-01"),
        goal("goal", due="2026-12-01"),
        milestone("step", raises=["b"], due="2026-08-01"),
    )
    assert order(numbers) == ["b", "a"]
    assert by_skill(numbers)["b"].steps == (Key("milestone", "step"),)


LEVELS = st.integers(0, 50).map(lambda tenths: Fraction(tenths, 10))
ROWS = st.lists(
    st.tuples(st.none() | LEVELS, LEVELS, st.integers(1, 5).map(Fraction), st.booleans()),
    min_size=1,
    max_size=5,
)
Row = tuple[Fraction | None, Fraction, Fraction, bool]


def decimal(value: Fraction) -> str:
    """Return tenths as they are typed."""
    return f"{value.numerator * 10 // value.denominator / 10}"


def role_of(rows: list[Row]) -> RoleNumbers:
    """Return the role of rows of (level, required, weight, must)."""
    skills = [
        skill(f"s{i}", level=decimal(level) if level is not None else None)
        for i, (level, *_) in enumerate(rows)
    ]
    requires = {
        f"s{i}": {
            "level": decimal(required),
            "weight": decimal(weight),
            "must": str(must).lower(),
        }
        for i, (_, required, weight, must) in enumerate(rows)
    }
    return role_on(ON, role(requires=requires), *skills)


@given(ROWS)
def test_readiness_lies_within_zero_and_one_and_gains_fill_it_up(rows: list[Row]) -> None:
    """Low is not above high, and what is there and the known gains make up the high end's whole."""
    numbers = role_of(rows)
    if numbers.readiness is None:
        return
    assert 0 <= numbers.readiness.low <= numbers.readiness.high <= 1
    gains = [r.gain for r in numbers.requirements if r.gain is not None]
    assert numbers.readiness.high + sum(gains, Fraction(0)) == 1
    if all(r.current is not None for r in numbers.requirements):
        assert numbers.readiness.low == numbers.readiness.high


@given(ROWS, st.integers(0, 4), LEVELS)
def test_a_higher_level_never_lowers_readiness(rows: list[Row], index: int, more: Fraction) -> None:
    """And never makes a role that is ready one that is not."""
    index %= len(rows)
    level, required, weight, must = rows[index]
    if level is None:
        return
    raised = list(rows)
    raised[index] = (min(Fraction(5), level + more), required, weight, must)
    before, after = role_of(rows), role_of(raised)
    if before.readiness is None:
        return
    assert after.readiness is not None
    assert before.readiness.low <= after.readiness.low
    assert before.readiness.high <= after.readiness.high
    assert not (before.ready is True and after.ready is not True)


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


def test_the_scale_of_the_plan_holds_for_skills_that_name_none() -> None:
    """As site.toml says."""
    plan = planned(skill("python", level="3"), plan={"scale": "sfia7"})
    assert numbers_of(plan, on=ON).skills["python"].top == 7


def test_required_is_the_highest_that_a_target_role_asks() -> None:
    """Not what is required by a role that is only considered, or dropped."""
    numbers = skill_on(
        ON,
        skill("python"),
        role("a", requires={"python": "2"}),
        role("b", requires={"python": "3"}),
        role("c", requires={"python": {"weight": "5"}}),
        role("d", requires={"python": "5"}, status="considering"),
        role("e", requires={"python": "5"}, status="dropped"),
    )
    assert numbers.required == 3


def test_the_newest_evidence_is_that_which_exists() -> None:
    """Neither planned, nor ahead, nor undated."""
    evidence = [
        {"title": "talk", "date": "2026-03-01"},
        {"title": "course", "date": "2026-05-01"},
        {"title": "exam", "date": "2026-06-01", "planned": "true"},
        {"title": "project", "date": "2026-07-02"},
        "a badge",
    ]
    numbers = skill_on(ON, skill("python", evidence=evidence))
    assert numbers.newest_evidence == date(2026, 5, 1)
    assert skill_on(ON, skill("python")).newest_evidence is None


def test_partly_dated_evidence_is_never_called_older_than_it_may_be() -> None:
    """`2025` may be of its last day, `2026` of today."""
    of_2025 = skill("python", evidence=[{"title": "x", "date": "2025"}])
    assert skill_on(ON, of_2025).newest_evidence == date(2025, 12, 31)
    of_2026 = skill("python", evidence=[{"title": "x", "date": "2026"}])
    assert skill_on(ON, of_2026).newest_evidence == date(2026, 7, 1)
