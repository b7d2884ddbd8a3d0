"""Laws of the whole analysis."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.analyse.planned import (
    AnyRecord,
    goal,
    milestone,
    numbers_of,
    planned,
    review,
    role,
    skill,
)

from planfolio.analyse.analysis import analyse
from planfolio.model.plan import Key

ON = "2026-07-01"
YEAR: dict[str, Any] = {"start": "2026-01-01", "due": "2026-12-31"}

WHOLE = [
    skill("python", level="3", assessed="2026-01-10", history=[{"date": "2025-03", "level": "2"}]),
    skill("kubernetes", evidence=[{"title": "lab", "date": "2026-02-01"}]),
    role("engineer", requires={"python": "4", "kubernetes": "3"}, needs=["A mentor"]),
    role("lead", status="considering", requires={"python": "5"}),
    goal("cka", **YEAR, raises=["kubernetes"], role="engineer", effort="60h", tasks="xx--"),
    goal("talks", **YEAR, metric={"target": "12"}, answers=["engineer/a-mentor"]),
    goal("year", **YEAR),
    goal("first", **YEAR, parent="year", raises={"python": "4"}),
    goal("second", **YEAR, parent="year", cadence="1/week", log=["2026-06-22", "2026-06-29"]),
    milestone("draft", goal="first", due="2026-03-31", done="2026-03-20", effort="4h"),
    milestone("final", goal="first", due="2026-09-30", effort="12h"),
    review("2026-05-01", metrics={"talks": "4"}, levels={"kubernetes": "1"}),
    review("2026-06-01", metrics={"talks": "5"}, levels={"python": "3.5"}),
]


@given(st.permutations(WHOLE))
def test_the_order_of_records_changes_nothing(records: list[AnyRecord]) -> None:
    """Files may be read in any order."""
    assert numbers_of(planned(*records), on=ON) == numbers_of(planned(*WHOLE), on=ON)


@given(st.integers(min_value=1, max_value=700))
def test_facts_dated_after_today_change_nothing(days: int) -> None:
    """Each kind of fact that carries a date, laid that many days ahead."""
    ahead = (date.fromisoformat(ON) + timedelta(days=days)).isoformat()

    def records(*, future: bool) -> list[AnyRecord]:
        def if_future(**fields: Any) -> dict[str, Any]:
            return fields if future else {}

        past = [{"date": "2026-05-01", "value": "3"}]
        values = [{"date": ahead, "value": "9"}] if future else []
        levels = {"history": [{"date": ahead, "level": "5"}]}
        evidence = {"evidence": [{"title": "x", "date": ahead}]}
        metric = {"target": "12", "history": past + values, **if_future(current="8", as_of=ahead)}
        reviews = [review(ahead, metrics={"goal": "7"}, levels={"python": "4", "go": "4"})]
        return [
            goal(**YEAR, metric=metric, **if_future(done=ahead)),
            goal(
                "habit",
                **YEAR,
                cadence="1/week",
                log=["2026-02-02", *([ahead] if future else [])],
            ),
            goal("stepped", **YEAR),
            milestone("a", goal="stepped", **if_future(done=ahead)),
            milestone("b", goal="stepped", done="2026-02-01"),
            skill("python", **if_future(level="5", assessed=ahead), **(levels if future else {})),
            skill("go", level="1", assessed="2026-01-01", **(evidence if future else {})),
            role(requires={"python": "4"}, needs=[{"title": "n", **if_future(met=ahead)}]),
            *(reviews if future else []),
        ]

    assert numbers_of(planned(*records(future=True)), on=ON) == numbers_of(
        planned(*records(future=False)), on=ON
    )


def test_the_facts_of_the_law_above_do_count_on_their_day() -> None:
    """A goal, a milestone, a level and a need that are done ahead are done then."""
    records = [
        goal(done="2026-08-01"),
        milestone("a", done="2026-08-01"),
        skill("python", level="5", assessed="2026-08-01"),
        role(requires={"python": "4"}, needs=[{"title": "n", "met": "2026-08-01"}]),
    ]
    before, after = (numbers_of(planned(*records), on=f"2026-{d}") for d in ("07-31", "08-01"))
    assert before.goals["goal"].status != after.goals["goal"].status
    assert before.steps[Key("milestone", "a")].status != after.steps[Key("milestone", "a")].status
    assert before.skills["python"].level != after.skills["python"].level
    assert before.roles["role"].needs != after.roles["role"].needs


def test_a_plan_is_analysed_on_any_day_without_being_changed() -> None:
    """Looking back and ahead gives the same numbers as looking once."""
    plan = planned(*WHOLE)
    day = date.fromisoformat(ON)
    first = analyse(plan, day)
    analyse(plan, day - timedelta(days=400))
    analyse(plan, day + timedelta(days=400))
    assert analyse(plan, day) == first
    assert first.as_of == day


def test_values_of_reviews_reach_goals_skills_and_roles() -> None:
    """Five talks of twelve, Python at 3.5 of 4, Kubernetes at 1 of 3: (3.5 + 1) / 7."""
    found = numbers_of(planned(*WHOLE), on=ON)
    assert found.goals["talks"].progress == Fraction(5, 12)
    assert found.skills["python"].level == Fraction(7, 2)
    readiness = found.roles["engineer"].readiness
    assert readiness is not None
    assert readiness.low == Fraction(9, 14)
