from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.values.reading import any_text

from planfolio.model.values.dates import read_date
from planfolio.model.values.near_dates import near_dates, near_length, near_offset

NOTATIONS = (
    "{:%d.%m.%Y}",
    "{:%Y/%m/%d}",
    "{:%Y%m%d}",
    "{:%d %B %Y}",
    "{:%B %d, %Y}",
    "{:%d-%m-%Y}",
    "{:%m/%d/%Y}",
    "{:%Y-%m-%dT%H:%M:%SZ}",
    "{:%a %d %b %Y}",
)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.sampled_from(NOTATIONS))
def test_a_day_in_another_notation_is_among_what_it_may_mean(day: date, notation: str) -> None:
    """The day that was meant is always there, and never with more than one other."""
    near = near_dates(notation.format(day))
    assert day.isoformat() in near
    assert len(near) <= 2


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_only_day_and_month_in_doubt_give_two_dates(day: date) -> None:
    """`13/04/2026` can only be one; `03/04/2026` can be two."""
    near = near_dates(f"{day:%d/%m/%Y}")
    assert len(near) == (2 if day.day <= 12 and day.day != day.month else 1)


@given(any_text)
def test_what_is_near_a_text_is_never_the_text_read(text: str) -> None:
    """Anything may come in, and what comes out is a date in form."""
    for near in near_dates(text):
        assert near.isascii()
        assert near[:4].isdecimal()


@pytest.mark.parametrize("text", ["2026-09-30", "2026-09"])
def test_what_has_the_right_form_is_near_itself(text: str) -> None:
    """Nothing is changed that needs no change."""
    assert near_dates(text) == (text,)
    assert read_date(text).text == text


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("6 months", "6m"),
        ("6-month", "6m"),
        ("1 yr.", "1y"),
        ("1.5 years", "18m"),
        ("2.5 months", None),
        ("10 weeks", "10w"),
        ("40 hours", None),
        ("months", None),
    ],
)
def test_lengths_in_words_have_a_short_form(text: str, near: str | None) -> None:
    """Days, weeks, months and years do; half a year is 6 months, half a month is nothing."""
    assert near_length(text) == near


def test_an_offset_is_a_length_with_a_plus() -> None:
    """With `in` before it as well."""
    assert near_offset("in 3 weeks") == "+3w"
    assert near_offset("soon") is None
