"""Tests of `planfolio.rules.wording`: the words of messages."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from planfolio.model.values.dates import read_date
from planfolio.rules.wording import count, dated, listing, number, percent


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("5", "5"),
        ("3.10", "3.1"),
        ("-0.5", "-0.5"),
        ("1/3", "0.33"),
        ("199/200", "1"),
        ("10", "10"),
    ],
)
def test_numbers_have_at_most_two_decimals(value: str, text: str) -> None:
    """Whole numbers stay whole, others are rounded half up: 0.995 is 1.00, written 1."""
    assert number(Fraction(value)) == text


def test_what_is_not_complete_is_never_a_hundred_percent() -> None:
    """299 of 300 is 99.67 %, which rounds to 100 and is written 99."""
    assert percent(Fraction(299, 300)) == "99 %"
    assert percent(Fraction(1)) == "100 %"
    assert percent(Fraction(1, 8)) == "13 %"


def test_counts_have_their_plural() -> None:
    """One has none."""
    assert [count(1, "day"), count(2, "day")] == ["1 day", "2 days"]


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c", "d"], "a, b, c and d"),
        (["a", "b", "c", "d", "e", "f"], "a, b, c, d and 2 more"),
    ],
)
def test_lists_name_the_first_few(names: list[str], text: str) -> None:
    """Four names are shown, the others counted."""
    assert listing(names) == text


def test_dates_are_written_with_the_day_they_mean() -> None:
    """A quarter as a due day means its last; a day is written once."""
    assert dated(read_date("2026-Q3"), date(2026, 9, 30)) == "2026-09-30 (2026-Q3)"
    assert dated(read_date("2026-09-30"), date(2026, 9, 30)) == "2026-09-30"
