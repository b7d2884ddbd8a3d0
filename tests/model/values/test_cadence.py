from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planfolio.model.values.cadence import Cadence, Period, read_cadence


@pytest.mark.parametrize(
    ("text", "times", "every"),
    [
        ("3/week", 3, Period.WEEK),
        ("3 / Week", 3, Period.WEEK),
        ("3 per week", 3, Period.WEEK),
        ("week", 1, Period.WEEK),
        ("2/month", 2, Period.MONTH),
        ("daily", 1, Period.DAY),
        ("WEEKLY", 1, Period.WEEK),
        ("monthly", 1, Period.MONTH),
        ("quarterly", 1, Period.QUARTER),
        ("yearly", 1, Period.YEAR),
    ],
)
def test_a_cadence_is_so_often_in_a_period(text: str, times: int, every: Period) -> None:
    """With a number, without one, or as an adverb."""
    assert read_cadence(text) == Cadence(text, times, every)


@given(st.integers(1, 999), st.sampled_from(Period))
def test_each_number_goes_with_each_period(times: int, every: Period) -> None:
    """What is written comes back."""
    read = read_cadence(f"{times}/{every}")
    assert (read.times, read.every) == (times, every)


def test_a_period_has_its_usual_days() -> None:
    """The month is 30.4 days, exactly that decimal."""
    assert [Cadence("", 1, every).days for every in Period] == [
        Fraction(1),
        Fraction("1.4"),
        Fraction(7),
        Fraction("30.4"),
        Fraction("91.3"),
        Fraction("365.25"),
    ]


def periods(cadence: str, first: date, last: date, *, start: date | None = None) -> list[str]:
    """Return the periods between two days as texts; they are counted from `start`, else `first`."""
    found = read_cadence(cadence).periods(first, last, start=start or first)
    return [f"{period.first}..{period.last}" for period in found]


def test_a_week_starts_on_monday() -> None:
    """From Wednesday 30 September 2026 to Monday 5 October are two weeks of the calendar."""
    weeks = periods("week", date(2026, 9, 30), date(2026, 10, 5))
    assert weeks == ["2026-09-28..2026-10-04", "2026-10-05..2026-10-11"]


def test_quarters_cross_the_year() -> None:
    """The fourth of a year is followed by the first of the next."""
    quarters = periods("quarter", date(2026, 12, 1), date(2027, 1, 1))
    assert quarters == ["2026-10-01..2026-12-31", "2027-01-01..2027-03-31"]


def test_two_weeks_are_counted_from_the_week_of_the_start() -> None:
    """The start is Thursday 1 January 2026, in the week of Monday 29 December."""
    fortnights = periods("2 weeks", date(2026, 1, 20), date(2026, 1, 26), start=date(2026, 1, 1))
    assert fortnights == ["2026-01-12..2026-01-25", "2026-01-26..2026-02-08"]


def test_weekdays_are_days_without_the_weekend() -> None:
    """From Friday 2 January 2026 to Monday 5 January."""
    days = periods("weekdays", date(2026, 1, 2), date(2026, 1, 5))
    assert days == ["2026-01-02..2026-01-02", "2026-01-05..2026-01-05"]


@given(
    first=st.dates(date(1900, 1, 1), date(2199, 1, 1)),
    length=st.integers(0, 400),
    before=st.integers(0, 400),
    every=st.sampled_from([period for period in Period if period is not Period.WEEKDAY]),
    span=st.integers(1, 5),
)
def test_periods_cover_the_days_without_a_gap(
    first: date, length: int, before: int, every: Period, span: int
) -> None:
    """Each begins the day after the last, the first holds the first day and the last the last."""
    last = first + timedelta(days=length)
    start = max(date(1900, 1, 1), first - timedelta(days=before))
    found = list(Cadence("", 1, every, span).periods(first, last, start=start))
    assert found[0].first <= first <= found[0].last
    assert found[-1].first <= last <= found[-1].last
    for period, following in pairwise(found):
        assert following.first == period.last + timedelta(days=1)
