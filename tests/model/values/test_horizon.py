from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from tests.model.values.reading import any_text, fault_of, reads_or_refuses

from planfolio.model.values.dates import Horizon, read_horizon


@pytest.mark.parametrize(
    ("text", "months", "days"),
    [
        ("6m", 6, 0),
        ("18M", 18, 0),
        ("2y", 24, 0),
        ("90d", 0, 90),
        ("12w", 0, 84),
        ("+6m", 6, 0),
        ("200y", 2400, 0),
    ],
)
def test_a_horizon_is_a_length_of_time(text: str, months: int, days: int) -> None:
    """Years are 12 months each, weeks 7 days; a plus changes nothing."""
    assert read_horizon(text) == Horizon(text, months, days)


def test_a_horizon_ends_on_a_day() -> None:
    """Counted from a start, with the end of a month clamped."""
    assert read_horizon("6m").from_day(date(2026, 8, 31)) == date(2027, 2, 28)
    assert read_horizon("2w").from_day(date(2026, 12, 25)) == date(2027, 1, 8)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("6 months", "write 6m"),
        ("2 years", "write 2y"),
        ("1.5y", "write 18m"),
        ("5", "write 5y for years or 5m for months"),
        ("2028", "a horizon is a length of time; write due: 2028"),
        ("2028-Q3", "a horizon is a length of time; write due: 2028-Q3"),
        ("long", "write 6m, 2y, 12w or 90d"),
        ("-6m", "write 6m, 2y, 12w or 90d"),
        ("0m", "write 6m or 2y"),
        ("201y", "write 200 years or less"),
        ("999999999d", "write 200 years or less"),
    ],
)
def test_what_is_no_horizon_says_what_would_be(text: str, hint: str) -> None:
    """Words, bare numbers, dates, and lengths of nothing or of more than a plan."""
    fault = fault_of(read_horizon, text)
    assert fault.hint == hint


@settings(max_examples=200)
@given(any_text)
def test_any_text_is_a_horizon_or_a_fault(text: str) -> None:
    """Never a traceback."""
    reads_or_refuses(read_horizon, text)
