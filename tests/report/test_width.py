"""Tests of text measured and cut by the columns of a terminal."""

from __future__ import annotations

import pytest

from planfolio.report.width import fitting, shortened, width


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("abc", 3),
        ("東京", 4),
        ("ｱｲｳ", 3),
        ("e\u0301", 1),
        ("한국", 4),
        ("\u1112\u1161\u11ab", 2),
        ("🚋", 2),
        ("👩\u200d👧", 2),
        ("👍🏽", 2),
        ("\u2764\ufe0f", 2),
        ("\u2764", 1),
        ("🇨🇿", 2),
    ],
)
def test_width_is_in_columns(text: str, columns: int) -> None:
    """East Asian letters and emoji take two columns, what combines takes none."""
    assert width(text) == columns


def test_a_text_that_fits_is_not_cut() -> None:
    """Text of just the columns there are stays whole."""
    assert fitting("東京", columns=4) == "東京"


@pytest.mark.parametrize(("columns", "shown"), [(3, "東…"), (4, "東…"), (5, "東京…"), (1, "…")])
def test_a_cut_leaves_room_for_its_ellipsis(columns: int, shown: str) -> None:
    """A wide letter that would be half inside is cut as well."""
    assert fitting("東京都", columns=columns) == shown
    assert width(shown) <= columns


def test_shortened_counts_its_ellipsis() -> None:
    """Text is at most as long as it may be, ellipsis included."""
    assert shortened("abcdef", most=4) == "abc…"
    assert shortened("abcd", most=4) == "abcd"
