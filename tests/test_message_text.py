"""Tests of how text of a plan is shown in messages and on terminals."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planfolio.message_text import alternatives, quoted, visible


def test_a_text_is_quoted_with_what_cannot_be_seen_escaped() -> None:
    """A NUL, a line feed, a lone surrogate, a no-break space and a sign that reverses the line."""
    assert quoted(" 30 září ") == "`30 září`"
    assert quoted("a\x00b\nc\ud800d\u202ee\u00a0f") == r"`a\u0000b\u000ac\ud800d\u202ee\u00a0f`"
    assert alternatives(["a", "b", "c"]) == "a, b or c"
    assert alternatives(["a"]) == "a"


@given(st.text(st.characters()))
def test_a_quotation_is_short_and_on_one_line(text: str) -> None:
    """It can be printed and encoded, whatever was typed; ten signs are the longest escape."""
    shown = quoted(text)
    assert visible(shown) == shown
    assert len(shown.splitlines()) == 1
    assert shown.encode()
    assert len(shown) <= 2 + 40 * 10


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
        ("a\udcffb", r"a\xffb"),  # a byte of a file name that is not UTF-8
        # Persian needs the non-joiner, an emoji family the joiner.
        ("می\u200cخواهم 👩\u200d👧", "می\u200cخواهم 👩\u200d👧"),
    ],
)
def test_what_steers_a_terminal_is_escaped(text: str, shown: str) -> None:
    """Escapes, bidirectional overrides and unseen characters are escaped, letters stay."""
    assert visible(text) == shown


@given(st.text(st.characters(codec=None)))
def test_no_text_keeps_a_character_that_steers(text: str) -> None:
    """Whatever the text, nothing of it is a control, a format or a surrogate, but for joiners."""
    steering = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    shown = visible(text)
    assert [
        c for c in shown if unicodedata.category(c) in steering and c not in "\u200c\u200d"
    ] == []
