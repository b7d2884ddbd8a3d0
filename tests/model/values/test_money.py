from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planfolio.model.values.money import Money, read_money


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("395 USD", Fraction(395), "USD"),
        ("395 usd", Fraction(395), "USD"),
        ("395EUR", Fraction(395), "EUR"),
        ("9.50 EUR", Fraction(19, 2), "EUR"),
        ("0.10 EUR", Fraction(1, 10), "EUR"),
        ("1.250 KWD", Fraction(5, 4), "KWD"),
        ("0 CHF", Fraction(0), "CHF"),
    ],
)
def test_money_is_an_exact_amount_and_a_code(text: str, amount: Fraction, currency: str) -> None:
    """The code is shown in capitals however it is typed."""
    assert read_money(text) == Money(text, amount, currency)


@given(st.integers(0, 10**9), st.integers(0, 99), st.sampled_from(["EUR", "USD", "CZK"]))
def test_cents_are_exact(whole: int, cents: int, code: str) -> None:
    """A hundredth is a hundredth."""
    assert read_money(f"{whole}.{cents:02} {code}").amount == whole + Fraction(cents, 100)
