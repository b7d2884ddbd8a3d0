"""Tests of `planfolio.model.formatting`: numbers, dates and lists as text."""

from datetime import date
from fractions import Fraction

import pytest

from planfolio.model import formatting
from planfolio.model.values.amounts import read_money
from planfolio.model.values.cadence import read_cadence
from planfolio.model.values.dates import PlanDate, Precision, read_date, read_horizon


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (Fraction(0), 1, "0"),
        (Fraction(5, 2), 1, "2.5"),
        (Fraction(1, 4), 1, "0.3"),
        (Fraction(1, 4) - Fraction(1, 10**20), 1, "0.2"),
        (Fraction(-1, 4), 1, "−0.3"),
        (Fraction(1999_96, 100), 1, "2,000"),
        (Fraction(1234_5, 10), 1, "1,234.5"),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(199, 200), 2, "1"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-1, 10**9), 1, "0"),
        (Fraction(1200), 0, "1,200"),
    ],
)
def test_numbers_round_half_up(value: Fraction, decimals: int, shown: str) -> None:
    """A tie goes away from zero, the exact value decides, and a decimal of zero is left away."""
    assert formatting.number(value, decimals=decimals) == shown


@pytest.mark.parametrize(("typed", "shown"), [("1200", "1200"), ("-0.25", "-0.25"), ("10", "10")])
def test_a_number_to_copy_is_one_that_a_plan_takes(typed: str, shown: str) -> None:
    """It has no separator of thousands and a plain minus."""
    assert formatting.number_as_typed(Fraction(typed)) == shown


@pytest.mark.parametrize(
    ("share", "decimals", "shown"),
    [
        (Fraction(5, 12), 0, "42%"),
        (Fraction(5, 12), 1, "41.7%"),
        (Fraction(1, 8), 0, "13%"),
        (Fraction(299, 300), 0, "99%"),
        (Fraction(2999, 3000), 1, "99.9%"),
        (Fraction(1), 0, "100%"),
    ],
)
def test_what_is_not_complete_is_never_a_hundred_percent(
    share: Fraction, decimals: int, shown: str
) -> None:
    """299 of 300 is 99.67 %, which rounds to 100 and is shown as 99."""
    assert formatting.percent(share, decimals=decimals) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-09-30", "30 Sep 2026"),
        ("2026-09", "Sep 2026"),
        ("2026", "2026"),
        ("2026-Q3", "Q3 2026"),
        ("2026-H1", "first half of 2026"),
        ("2026-H2", "second half of 2026"),
        ("2026-W37", "13 Sep 2026 (week 37)"),
        ("2026-W53", "3 Jan 2027 (week 53)"),
    ],
)
def test_dates_keep_their_precision(text: str, shown: str) -> None:
    """What was given as a quarter is shown as one, never as its last day."""
    assert formatting.plan_date(read_date(text)) == shown


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2014-09", "2020", "Sep 2014 to 2020"),
        ("2026-W37", "2026-W37", "7 Sep 2026 (week 37) to 13 Sep 2026 (week 37)"),
        ("2014", None, "since 2014"),
        (None, "2020", "until 2020"),
        (None, None, ""),
    ],
)
def test_a_range_shows_the_ends_that_are_known(
    start: str | None, end: str | None, shown: str
) -> None:
    """A stretch of time without an end is still going on; a week that starts shows its Monday."""
    first = read_date(start) if start else None
    last = read_date(end) if end else None
    assert formatting.date_range(first, last) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("month", "once a month"),
        ("2/week", "twice a week"),
        ("3/week", "3 times a week"),
        ("2 weeks", "once every 2 weeks"),
        ("weekdays", "once a weekday"),
    ],
)
def test_cadences_are_words(text: str, shown: str) -> None:
    """One and two times have words of their own, and several periods are counted."""
    assert formatting.cadence(read_cadence(text)) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("2y", "2 years"), ("1y", "1 year"), ("18m", "18 months"), ("12w", "12 weeks")],
)
def test_horizons_are_words(text: str, shown: str) -> None:
    """A horizon is shown in the largest unit that fits."""
    assert formatting.horizon(read_horizon(text)) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        *(("395 USD", "395 USD"), ("9.50 EUR", "9.50 EUR"), ("1200 CZK", "1,200 CZK")),
        *(("1.255 KWD", "1.255 KWD"), ("1.250 KWD", "1.25 KWD")),
    ],
)
def test_money_has_cents_only_where_there_are_some(text: str, shown: str) -> None:
    """Whole amounts stay whole."""
    assert formatting.money(read_money(text)) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("moved 2 times, last on 2026-08-30", "moved 2 times, last on 30 Aug 2026"),
        ("due 2026-09-30 (2026-Q3), 3 days ago", "due 30 Sep 2026 (2026-Q3), 3 days ago"),
        ("waits for “Talk on 2026-08-30”, open", "waits for “Talk on 2026-08-30”, open"),
        ("`2026-08-30` is no number", "`2026-08-30` is no number"),
        ("number 2026-02-30 or 12026-01-01", "number 2026-02-30 or 12026-01-01"),
    ],
)
def test_the_days_of_a_finding_are_shown_as_a_page_shows_days(words: str, shown: str) -> None:
    """What was quoted is the owner's, and what is no day stays."""
    assert formatting.with_calendar_days(words) == shown


@pytest.mark.parametrize(
    ("words", "most", "shown"),
    [
        ([], None, ""),
        (["a"], 4, "a"),
        (["a", "b", "c"], None, "a, b and c"),
        (["a", "b", "c", "d"], 4, "a, b, c and d"),
        (["a", "b", "c", "d", "e", "f"], 4, "a, b, c, d and 2 more"),
    ],
)
def test_lists_end_in_and_or_in_how_many_more(
    words: list[str], most: int | None, shown: str
) -> None:
    """A list of at most four words is whole; those beyond are counted."""
    assert formatting.listing(words, most=most) == shown


def test_small_words() -> None:
    """Counts agree with their nouns, and names of fields become words."""
    assert formatting.count(1, "day") == "1 day"
    assert formatting.count(1071, "day") == "1,071 days"
    assert formatting.hours(Fraction(40)) == "40 h"
    assert formatting.field_name("done_when") == "Done when"
    assert formatting.field_name("check-in") == "Check-in"
    for text in ("30~Sep~2026", "around Jan~2027", "13.~Sep.~2026 (KW~37)", "1~800~€"):
        assert formatting.unbroken(text.replace("~", " ")) == text.replace("~", "\u00a0")


def test_a_due_day_from_a_horizon_is_around_a_month() -> None:
    """A day that follows from a horizon is not shown to the day."""
    day = date(2029, 1, 1)
    due = PlanDate("3y", day, day, Precision.DAY, approximate=True)
    assert formatting.plan_date(due) == "around Jan 2029"
