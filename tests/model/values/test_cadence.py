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


WEEKS = ["2026-09-28", "2026-10-04", "2026-10-05", "2026-10-11"]
QUARTERS = ["2026-10-01", "2026-12-31", "2027-01-01", "2027-03-31"]
FORTNIGHTS = ["2026-01-12", "2026-01-25", "2026-01-26", "2026-02-08"]
WEEKDAYS = ["2026-01-02", "2026-01-02", "2026-01-05", "2026-01-05"]


@pytest.mark.parametrize(
    ("cadence", "first", "last", "ends"),
    [
        ("week", "2026-09-30", "2026-10-05", WEEKS),
        ("quarter", "2026-12-01", "2027-01-01", QUARTERS),
        ("2 weeks", "2026-01-20", "2026-01-26", FORTNIGHTS),
        ("weekdays", "2026-01-02", "2026-01-05", WEEKDAYS),
    ],
)
def test_periods_are_those_of_the_calendar(
    cadence: str, first: str, last: str, ends: list[str]
) -> None:
    """Weeks start on Monday, quarters cross the year, weekdays leave out the weekend.

    Two weeks are counted from the week of the start, Thursday 1 January 2026.
    """
    days = date.fromisoformat(first), date.fromisoformat(last)
    found = read_cadence(cadence).periods(*days, start=date(2026, 1, 1))
    assert [str(day) for period in found for day in period] == ends


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
