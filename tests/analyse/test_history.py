"""History: which of several dated values counts, and when one met people."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from tests.analyse.planned import (
    AnyRecord,
    goal,
    goal_on,
    numbers_of,
    person,
    planned,
    review,
    skill,
    skill_on,
)

from planfolio.model.references import Key

AS_OF = "2026-07-01"


def value_of(*records: AnyRecord, on: str = AS_OF) -> Fraction | None:
    """Return the current value of the goal's metric."""
    current = goal_on(on, *records).current
    return current.value if current is not None else None


def metric(**fields: object) -> AnyRecord:
    """Return a goal that counts to twelve."""
    return goal(metric={"target": "12", **fields})


def entry(on: str, value: str) -> dict[str, str]:
    """Return an entry of a history."""
    return {"date": on, "value": value}


def test_the_newest_of_current_history_and_reviews_holds() -> None:
    """Whichever of the three it is."""
    for newest in range(3):
        days = ["2026-03-01", "2026-03-02", "2026-03-03"]
        days[newest] = "2026-06-01"
        own, history, reviewed = days
        record = metric(current="1", as_of=own, history=[entry(history, "2")])
        from_review = review(reviewed, metrics={"goal": "3"})
        assert value_of(record, from_review) == newest + 1


DAY, PAST = "2026-06-01", entry("2026-05-01", "9")
REVIEWED = review(DAY, metrics={"goal": "3"})


@pytest.mark.parametrize(
    ("records", "value"),
    [
        ([metric(baseline="3")], None),  # the baseline is no measurement
        # On one day the own value beats the history, that beats the reviews.
        ([metric(current="1", as_of=DAY, history=[entry(DAY, "2")]), REVIEWED], 1),
        ([metric(history=[entry(DAY, "2")]), REVIEWED], 2),
        ([metric(), REVIEWED], 3),
        # Of two entries on one day the later in the list, of two reviews the later id.
        ([metric(history=[entry(DAY, "1"), entry(DAY, "2")])], 2),
        ([metric(), review(DAY, name="b", metrics={"goal": "2"}), REVIEWED], 2),
        # An own value without a date wins outright, even over one of today.
        ([metric(current="1", history=[entry(AS_OF, "2")]), REVIEWED], 1),
        # A day without a value says nothing, nor does a review without a day.
        ([metric(as_of="2026-06-30", history=[PAST])], 9),
        ([metric(), review(None, metrics={"goal": "3"})], None),
        # Nothing of tomorrow counts.
        ([metric(current="1", as_of="2026-07-02", history=[PAST, entry("2026-07-02", "3")])], 9),
        ([metric(history=[PAST]), review("2026-07-02", metrics={"goal": "4"})], 9),
    ],
)
def test_which_of_several_values_counts(records: list[AnyRecord], value: int | None) -> None:
    """In whatever order the records come."""
    assert value_of(*records) == value_of(*reversed(records)) == value


def test_a_partly_given_date_counts_from_its_first_day_on_as_its_last() -> None:
    """`2026-07` counts on 1 July, and from then on as today, up to 31 July."""
    record = metric(history=[entry("2026-07", "5"), entry("2026-07-02", "6")])
    assert value_of(record, on="2026-06-30") is None
    assert value_of(record, on="2026-07-01") == 5
    assert value_of(record, on="2026-07-15") == 5
    on = [goal_on(day, record).measurements[-1].on for day in ("2026-07-15", "2026-08-15")]
    assert on == [date(2026, 7, 15), date(2026, 7, 31)]
    assert (
        value_of(metric(history=[entry("2026-07", "5"), entry("2026-08-01", "6")]), on="2026-08-01")
        == 6
    )


def test_measurements_come_oldest_first_one_a_day_with_their_source() -> None:
    """History of March, the review of April and its own value of May; one of the two of March."""
    numbers = goal_on(
        AS_OF,
        metric(current="4", as_of="2026-05-01", history=[entry("2026-03-01", "2")]),
        review("2026-04-01", metrics={"goal": "3"}),
        review("2026-03-01", metrics={"goal": "9"}),
    )
    assert [(r.on, r.value, r.source) for r in numbers.measurements] == [
        (date(2026, 3, 1), Fraction(2), Key("goal", "goal")),
        (date(2026, 4, 1), Fraction(3), Key("review", "2026-04-01")),
        (date(2026, 5, 1), Fraction(4), Key("goal", "goal")),
    ]
    assert numbers.current == numbers.measurements[-1]


def test_a_level_is_found_in_the_same_way() -> None:
    """From `level` dated by `assessed`, history and reviews: the newest, ties in that order."""
    history = [{"date": "2026-05-01", "level": "2"}]
    from_review = review("2026-05-01", levels={"python": "3"})
    assert skill_on(AS_OF, skill("python")).level is None
    assert skill_on(AS_OF, skill("python"), from_review).level == 3
    assert skill_on(AS_OF, skill("python", history=history), from_review).level == 2
    dated = skill("python", level="1", assessed="2026-05-01", history=history)
    assert skill_on(AS_OF, dated, from_review).level == 1
    older = skill("python", level="1", assessed="2026-04-30", history=history)
    assert skill_on(AS_OF, older, from_review).level == 2
    assert skill_on(AS_OF, skill("python", level="1", history=history)).level == 1
    later = skill("python", level="1", assessed="2026-07-02")
    assert skill_on(AS_OF, later).level is None


def met_on(day: str | None, name: str) -> AnyRecord:
    """Return a review with somebody."""
    fields: dict[str, Any] = {"with": [name]}
    return review(day, **fields)


def met(*records: AnyRecord, meets: str | None = "month") -> tuple[date | None, date | None]:
    """Return when one last met and meets next, on 1 July 2026."""
    plan = planned(person("jana", meets=meets), *records)
    numbers = numbers_of(plan, on="2026-07-01").people["jana"]
    return numbers.last_met, numbers.next_meeting


@pytest.mark.parametrize(
    ("meets", "due"),
    [
        ("month", date(2026, 6, 30)),  # June has no 31st
        ("2 weeks", date(2026, 6, 14)),
        ("2 months", date(2026, 7, 31)),
        ("quarter", date(2026, 8, 31)),
        ("2/month", date(2026, 6, 15)),  # 30.4 / 2 days
        (None, None),
    ],
)
def test_the_next_meeting_follows_from_the_last(meets: str | None, due: date | None) -> None:
    """It is counted from the newest review with the person, whatever the order of the files."""
    reviews = [
        met_on("2026-05-31", "jana"),
        met_on("2026-03-01", "jana"),
    ]
    assert met(*reviews, meets=meets) == (date(2026, 5, 31), due)


def test_only_reviews_with_the_person_that_were_held_count() -> None:
    """Not those to come, those without a day, or those with others."""
    reviews = [
        met_on("2026-08-01", "jana"),
        met_on(None, "jana"),
        met_on("2026-06-01", "Petr"),
    ]
    assert met(*reviews) == (None, None)


def test_a_meeting_of_a_month_that_goes_on_was_up_to_now() -> None:
    """Nobody was met on a day that is to come."""
    assert met(met_on("2026-07", "jana")) == (date(2026, 7, 1), date(2026, 8, 1))
