"""Numbers and dates as they are shown."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from planfolio.model.values.cadence import read_cadence
from planfolio.model.values.dates import PlanDate, Precision, read_date, read_horizon
from planfolio.model.values.money import read_money
from planfolio.portfolio import formats

SPACE = "\u00a0"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(0), "0"),
        (Fraction(5, 2), "2.5"),
        (Fraction(1, 4), "0.3"),
        (Fraction(-1, 4), "−0.3"),
        (Fraction(35, 100), "0.4"),
        (Fraction(12), "12"),
        (Fraction(1999_96, 100), "2,000"),
        (Fraction(1234_5, 10), "1,234.5"),
        (Fraction(1, 100), "0"),
    ],
)
def test_numbers_round_half_up_to_one_decimal(value: Fraction, shown: str) -> None:
    """A tie goes away from zero, and a decimal of zero is left away."""
    assert formats.number(value) == shown


def test_a_number_is_rounded_from_its_exact_value() -> None:
    """A value just below a tie stays below: floats would have made 0.25 of it."""
    assert formats.number(Fraction(1, 4) - Fraction(1, 10**20)) == "0.2"


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (Fraction(5, 12), f"41.7{SPACE}%"),
        (Fraction(181, 364), f"49.7{SPACE}%"),
        (Fraction(1), f"100{SPACE}%"),
    ],
)
def test_ratios_are_shown_as_percentages(share: Fraction, shown: str) -> None:
    """A ratio of 0 to 1 becomes a percentage; the figures are those of the worked examples."""
    assert formats.percent(share) == shown


@pytest.mark.parametrize(
    ("share", "length"),
    [(Fraction(5, 12), "41.7"), (Fraction(3, 2), "100"), (Fraction(-1), "0")],
)
def test_lengths_stay_on_their_line(share: Fraction, length: str) -> None:
    """A length lies between 0 and 100, whatever the share."""
    assert formats.length(share) == length


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-09-30", "30 Sep 2026"),
        ("2026-09", "September 2026"),
        ("2026", "2026"),
        ("2026-Q3", "Q3 2026"),
        ("2026-H1", "first half of 2026"),
        ("2026-H2", "second half of 2026"),
        ("2026-W39", "week 39 of 2026"),
        ("2026-W01", "week 1 of 2026"),
        ("2026-W53", "week 53 of 2026"),
    ],
)
def test_dates_keep_their_precision(text: str, shown: str) -> None:
    """What was given as a quarter is shown as one, never as its last day."""
    assert formats.plan_date(read_date(text)).replace(SPACE, " ") == shown


def test_a_due_day_from_a_horizon_is_about() -> None:
    """A day that follows from a horizon is not shown to the day."""
    day = date(2029, 1, 1)
    due = PlanDate("3y", day, day, Precision.DAY, about=True)
    assert formats.plan_date(due).replace(SPACE, " ") == "about January 2029"


def test_a_day_is_shown_as_it_was_given() -> None:
    """A day that begins a month given as such is shown as the month, any other as the day."""
    given = [read_date("2023-09")]
    assert formats.day_as_given(date(2023, 9, 1), among=given) == f"September{SPACE}2023"
    assert formats.day_as_given(date(2023, 9, 2), among=given) == f"2{SPACE}Sep{SPACE}2023"


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2014-09", "2020", "September 2014 to 2020"),
        ("2014", None, "since 2014"),
        (None, "2020", "until 2020"),
        (None, None, ""),
    ],
)
def test_spans_say_what_is_known_of_them(start: str | None, end: str | None, shown: str) -> None:
    """A stretch of time without an end is still going on."""
    first = read_date(start) if start else None
    last = read_date(end) if end else None
    assert formats.span(first, last).replace(SPACE, " ") == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("month", "once a month"), ("2/week", "twice a week"), ("3/week", "3 times a week")],
)
def test_cadences_are_words(text: str, shown: str) -> None:
    """A cadence is said as one would say it."""
    assert formats.cadence(read_cadence(text)) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2y", "2 years"),
        ("1y", "1 year"),
        ("18m", "18 months"),
        ("12w", "12 weeks"),
        ("90d", "90 days"),
    ],
)
def test_horizons_are_words(text: str, shown: str) -> None:
    """A horizon is said in the largest unit that fits."""
    assert formats.horizon(read_horizon(text)).replace(SPACE, " ") == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("395 USD", "395 USD"), ("9.50 EUR", "9.50 EUR"), ("1200 CZK", "1,200 CZK")],
)
def test_money_has_cents_only_where_there_are_some(text: str, shown: str) -> None:
    """Whole amounts stay whole."""
    assert formats.money(read_money(text)).replace(SPACE, " ") == shown


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
def test_the_days_of_a_finding_are_shown_as_all_days(words: str, shown: str) -> None:
    """But what was quoted is the owner's, and what is no day stays."""
    assert formats.with_days(words).replace(SPACE, " ") == shown
    assert shown == words or SPACE in formats.with_days(words)


def test_small_words() -> None:
    """Counts agree with their nouns, lists end in `and`, names of fields become words."""
    assert formats.count(1, "day") == f"1{SPACE}day"
    assert formats.count(71, "day") == f"71{SPACE}days"
    assert formats.levels(Fraction(3, 2)) == f"1.5{SPACE}levels"
    assert formats.hours(Fraction(40)) == f"40{SPACE}h"
    assert formats.listing(["a", "b", "c"]) == "a, b and c"
    assert formats.listing([]) == ""
    assert formats.name_of("done_when") == "Done when"
    assert formats.name_of("check-in") == "Check-in"
