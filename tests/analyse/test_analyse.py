"""Laws of the whole analysis."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
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

from planfolio.analyse.analysis import analyse, analysed_parts
from planfolio.model.body import Body
from planfolio.model.plan import Source
from planfolio.model.source_tree import MappingNode, Span
from planfolio.model.table import updated
from planfolio.pipeline import Today, check

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


def test_no_title_and_no_text_but_its_tasks_changes_a_number(example: Path, today: Today) -> None:
    """The preview keeps the numbers where `analysed_parts` is the same for all records."""
    plan = check(example, today=today).plan
    words: dict[str, Any] = {"title": "Other words"}
    records = {
        key: record._replace(
            **words,
            fields=updated(record.fields, **words),
            source=Source("content/other.md", MappingNode((), Span())),
            body=Body("Text", "Text", "Text", tasks=record.body.leaves),
            links=(),
        )
        for key, record in plan.records.items()
    }
    edges = tuple(edge for edge in plan.edges if edge.loc != ("body",))
    other = replace(plan, records=MappingProxyType(records), edges=edges)
    assert [*map(analysed_parts, records.values())] == [*map(analysed_parts, plan.records.values())]
    day = today.day(plan.settings)
    assert analyse(other, day) == analyse(plan, day)
