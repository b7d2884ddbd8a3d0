from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planfolio.model.values.unreadable import Unreadable, quoted


def test_a_fault_carries_what_a_diagnostic_needs() -> None:
    """Message and hint, and the rule: F102 unless said otherwise."""
    fault = Unreadable("no date", "write one", name="bad-date")
    assert str(fault) == fault.message == "no date"
    assert (fault.hint, fault.name, fault.code) == ("write one", "bad-date", "F102")


def test_a_short_text_is_quoted_as_it_is() -> None:
    """Without the space around it."""
    assert quoted(" 30 září ") == "`30 září`"


def test_what_cannot_be_seen_is_escaped() -> None:
    """A NUL, a line feed, a lone surrogate and a sign that turns the line around."""
    assert quoted("a\x00b\nc\ud800d\u202ee") == r"`a\x00b\nc\ud800d\u202ee`"


@given(st.text(st.characters()))
def test_a_quotation_is_short_and_on_one_line(text: str) -> None:
    """It can be printed and encoded, whatever was typed; ten signs are the longest escape."""
    shown = quoted(text)
    assert shown.isprintable()
    assert shown.encode()
    assert len(shown) <= 2 + 40 * 10
