from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.model.values.reading import any_text, fault_of, reads_or_refuses

from planfolio.model.diagnostics import Problem
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


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("$395", "write 395 USD, or the letters of yours"),
        ("395 $", "write 395 USD, or the letters of yours"),
        ("US$ 395", "write 395 USD"),
        ("€395", "write 395 EUR"),
        ("395 euros", "write 395 EUR"),
        ("USD 395", "write 395 USD"),
        ("395", "write 395 USD, or another currency"),
        ("1,200.50 EUR", "write 1200.50 EUR"),
        ("1.200,50 EUR", "write 1200.50 EUR"),
        ("1,200 EUR", "write 1200 EUR"),
        ("1.200 EUR", "write 1200 EUR or 1.20 EUR"),
        ("1.2345 EUR", "write 1.23 EUR"),
        ("$1.200", "write 1200 USD or 1.20 USD, or the letters of yours"),
        ("1.200 €", "write 1200 EUR or 1.20 EUR"),
        ("$1.2k", "write 1200 USD, or the letters of yours"),
        ("$300/month", "write 300 USD, or the letters of yours; a cost is the whole amount"),
        ("300-400 EUR", "write 400 EUR"),
        ("ca. 300 €", "write 300 EUR"),
        ("CHF 500.-", "write 500 CHF"),
        ("Fr. 200", "write 200 CHF"),
        ("R$ 500", "write 500 BRL"),
        ("500 kč", "write 500 CZK"),
        ("500 kr", "write 500 SEK, or the letters of yours"),
        ("free", "leave it empty, or write 0 USD"),
        ("a lot", "write 395 USD: the amount, then the three letters of its currency"),
        ("-5 EUR", "write 0 or more, as in 395 USD"),
        ("EUR 5 USD", "write 395 USD: the amount, then the three letters of its currency"),
    ],
)
def test_what_is_no_money_says_what_would_be(text: str, hint: str) -> None:
    """Signs, separators and order; an amount that is two things to two readers is shown as both."""
    fault = fault_of(read_money, text)
    assert fault.hint == hint


def test_a_shared_sign_is_named() -> None:
    """A dollar sign is many currencies."""
    assert fault_of(read_money, "$395").message == "`$` is the sign of several currencies"


def test_no_currency_is_said() -> None:
    """A bare number is a sum of nothing."""
    assert fault_of(read_money, "395").message == "`395` has no currency"


@given(st.text("0123456789., €$k", max_size=9))
def test_an_amount_in_a_hint_can_be_read(text: str) -> None:
    """What a hint says to write is no second error."""
    try:
        read_money(text)
    except Problem as fault:
        meant = re.match(r"write ([0-9.]+ [A-Z]{3})(?: or ([0-9.]+ [A-Z]{3}))?\b", fault.hint)
        for amount in meant.groups() if meant else ():
            if amount is not None:
                read_money(amount)


@settings(max_examples=200)
@given(any_text | st.text("0123456789., €$-EURczk", max_size=12))
def test_any_text_is_money_or_a_fault(text: str) -> None:
    """Never a traceback."""
    reads_or_refuses(read_money, text)
