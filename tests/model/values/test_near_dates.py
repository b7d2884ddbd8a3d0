from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planfolio.model.values.near_dates import near_dates, near_length

NOTATIONS = (
    "{:%d.%m.%Y}",
    "{:%Y/%m/%d}",
    "{:%Y%m%d}",
    "{:%d %B %Y}",
    "{:%B %d, %Y}",
    "{:%d-%m-%Y}",
    "{:%m/%d/%Y}",
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


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("2026-09-30T10:00:00.000Z", "2026-09-30"),
        ("September 30, 2026 12:00 AM", "2026-09-30"),
        ("30/Sep/26", "2026-09-30"),
        ("09/30/26", "2026-09-30"),
        ("Wednesday, 30 September 2026", "2026-09-30"),
        ("[[2026-09-30]]", "2026-09-30"),
        ("\N{CALENDAR} 2026-09-30", "2026-09-30"),
        ("30 septembre 2026", "2026-09-30"),
        ("30 de septiembre de 2026", "2026-09-30"),
        ("30. März 2026", "2026-03-30"),
        ("2026年9月30日", "2026-09-30"),
        ("46295", "2026-09-30"),
        ("by June 2026", "2026-06"),
        ("mid-2026", "2026"),
        ("end of Q3 2026", "2026-Q3"),
        ("T3 2026", "2026-Q3"),
        ("Q3 '26", "2026-Q3"),
        ("second half of 2026", "2026-H2"),
        ("KW 9 2026", "2026-W09"),
        ("summer 2026", "2026-Q3"),
        ("winter 2026", "2026-Q1 2026-Q4"),
        ("26-09-30", ""),
        ("next month", ""),
    ],
)
def test_a_date_of_other_programs_and_languages_has_our_form(text: str, near: str) -> None:
    """Exports of trackers and spreadsheets, words around a date, and its usual forms elsewhere.

    46295 days after 30 December 1899 are 126 years and 9 months: 1900 is no leap year, so 2026
    begins at 46023, and 30 September is 272 days later.
    """
    assert " ".join(near_dates(text)) == near


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("6 months", "6m"),
        ("half a year", "6m"),
        ("3-5 years", "5y"),
        ("two quarters", "6m"),
        ("in drei Jahren", "3y"),
        ("P6M", "6m"),
        ("6-month", "6m"),
        ("+1 yr.", "1y"),
        ("within 3 years", "3y"),
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
