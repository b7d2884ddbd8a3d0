"""Numbers, effort and money: exact, whatever is typed."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.values.reading import READERS, fault_of

from planfolio.model.values.amounts import (
    Effort,
    Money,
    read_effort,
    read_money,
    read_number,
    split_metric,
)

effort: Callable[[str], Effort] = READERS["effort"]  # type: ignore[assignment] # 6 hours a week


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        *(("number", "3.10", Fraction(31, 10)), ("number", "0.1", Fraction(1, 10))),
        *(("number", "010", 10), ("number", "-5", -5), ("number", "+5", 5), ("number", " 12 ", 12)),
        ("number", "9" * 30, 10**30 - 1),
        *(("weight", "0", 0), ("weight", "2.5", Fraction(5, 2))),
        *(("weight of five", "1", 1), ("weight of five", "2.5", Fraction(5, 2))),
        *(("weight of five", "5", 5), ("of ten", "1", 1), ("of ten", "10", 10)),
        *(("percent", "0", 0), ("percent", "1", 1), ("percent", "100", 100)),
        ("percent", "87.5", Fraction("87.5")),
        *(("flag", "true", True), ("flag", "Yes", True), ("flag", "FALSE", False)),
        ("flag", "no", False),
    ],
)
def test_digits_and_words_are_read_exactly(kind: str, text: str, value: object) -> None:
    """`3.10` is 31/10 and `010` is ten, as they would be on paper; both ends are in a range."""
    assert READERS[kind](text) == value


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=6))
def test_a_number_is_read_exactly(value: Decimal) -> None:
    """Each digit counts; no binary fraction stands between."""
    assert read_number(f"{value:f}") == Fraction(value)


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("weight", "-1", "below 0"),
        ("weight", "much", "no weight"),
        *(("weight of five", text, "not from 1 to 5") for text in ("0", "-2", "5.1")),
        ("weight of five", "high", "no weight"),
        ("effort", "878400.1h", "a hundred years"),
    ],
)
def test_what_is_out_of_range_is_said(kind: str, text: str, words: str) -> None:
    """A weight below 0 would turn a gap into a gain; hours without end run past the calendar."""
    assert words in fault_of(READERS[kind], text).message


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("5/12 talks", {"current": "5", "target": "12", "unit": "talks"}),
        ("0/12", {"current": "0", "target": "12"}),
        ("3.5/6 months of rent", {"current": "3.5", "target": "6", "unit": "months of rent"}),
        ("-3/10 °C", {"current": "-3", "target": "10", "unit": "°C"}),
        ("5 / 12talks", {"current": "5", "target": "12", "unit": "talks"}),
        ("40/100 %", {"current": "40", "target": "100", "unit": "%"}),
    ],
)
def test_a_metric_is_taken_apart(text: str, parts: dict[str, str]) -> None:
    """Into texts, as the long form has them; a unit may be left out and may be several words."""
    assert split_metric(text) == parts


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        *(("40h", "40"), ("90m", "3/2"), ("20m", "1/3"), ("3d", "24"), ("2w", "12")),
        *(("1.5h", "3/2"), ("0.1h", "1/10"), ("12", "12"), ("2.5", "5/2"), ("0", "0")),
        *(("1h30m", "3/2"), ("1h 30m", "3/2"), ("1w 2d 3h 15m", "101/4"), ("40 H", "40")),
        ("878400h", "878400"),
    ],
)
def test_an_effort_is_in_exact_hours(text: str, hours: str) -> None:
    """A day is 8 hours, a week those of site.toml, a bare number hours; parts add up."""
    assert effort(text) == Effort(Fraction(hours))


@given(w=st.integers(0, 99), d=st.integers(0, 99), h=st.integers(0, 99), m=st.integers(0, 99))
def test_an_effort_is_the_sum_of_its_parts(w: int, d: int, h: int, m: int) -> None:
    """Whatever the numbers, read together or one by one."""
    parts = [f"{w}w", f"{d}d", f"{h}h", f"{m}m"]
    assert effort(" ".join(parts)).hours == sum(effort(part).hours for part in parts)


@pytest.mark.parametrize("hours", [None, Fraction(0)])
def test_weeks_without_weekly_hours_are_a_fault(hours: Fraction | None) -> None:
    """The way out is in site.toml."""

    def read(text: str) -> Effort:
        return read_effort(text, hours_per_week=hours)

    fault = fault_of(read, "2w")
    assert fault.message == "an effort in weeks needs the hours of a week"
    assert "set hours_per_week under [plan] in site.toml" in fault.hint
    assert read("2d").hours == 16
    assert fault_of(read, "2 weeks").hint == "write 40h, 90m, 3d or 1h 30m"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        *(("395 USD", "395"), ("395 usd", "395"), ("395EUR", "395"), ("9.50 EUR", "19/2")),
        *(("0.10 EUR", "1/10"), ("1.250 KWD", "5/4"), ("0 CHF", "0")),
    ],
)
def test_money_is_an_exact_amount_and_a_code(text: str, amount: str) -> None:
    """The code is shown in capitals however it is typed."""
    assert read_money(text) == Money(Fraction(amount), text[-3:].upper())
