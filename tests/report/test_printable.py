"""Tests of text made safe for a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planfolio.report.printable import fitting, printable, shortened, width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("Zürich, 東京", "Zürich, 東京"),
        ("\x1b[31mred", r"\u001b[31mred"),
        ("\x9b31m", r"\u009b31m"),
        ("a\nb\rc", r"a\u000ab\u000dc"),
        ("abc\u202etxt.exe", r"abc\u202etxt.exe"),
        ("\u2066isolated\u2069", r"\u2066isolated\u2069"),
        ("\ud800", r"\ud800"),
        ("zero\u200bwidth", r"zero\u200bwidth"),
        ("tag\U000e0041", r"tag\U000e0041"),
        ("a\tb", "a    b"),
    ],
)
def test_what_steers_a_terminal_is_spelt(text: str, shown: str) -> None:
    """Escapes, bidirectional overrides and unseen characters are spelt, letters stay."""
    assert printable(text) == shown


def test_joiners_that_scripts_need_stay() -> None:
    """Persian needs the non-joiner, an emoji family the joiner."""
    assert printable("می\u200cخواهم 👩\u200d👧") == "می\u200cخواهم 👩\u200d👧"


@given(st.text(st.characters(codec=None)))
def test_no_text_keeps_a_character_that_steers(text: str) -> None:
    """Whatever the text, nothing of it is a control, a format or a surrogate, but for joiners."""
    steering = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    shown = printable(text)
    assert [
        c for c in shown if unicodedata.category(c) in steering and c not in "\u200c\u200d"
    ] == []


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
    """A wide letter that would stand half inside is cut as well."""
    assert fitting("東京都", columns=columns) == shown
    assert width(shown) <= columns


def test_shortened_counts_its_ellipsis() -> None:
    """Text is at most as long as it may be, ellipsis included."""
    assert shortened("abcdef", most=4) == "abc…"
    assert shortened("abcd", most=4) == "abcd"
