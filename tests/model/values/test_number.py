from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.values.reading import fault_of

from planfolio.model.values.number import (
    read_flag,
    read_number,
    read_percent,
    read_scale_of_ten,
    read_weight,
    read_weight_of_five,
    split_metric,
)

if TYPE_CHECKING:
    from decimal import Decimal


decimals = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6
)


@given(decimals)
def test_a_number_is_read_exactly(value: Decimal) -> None:
    """Each digit counts; no binary fraction stands between."""
    assert read_number(f"{value:f}") == Fraction(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3.10", Fraction(31, 10)),
        ("0.1", Fraction(1, 10)),
        ("010", Fraction(10)),
        ("-5", Fraction(-5)),
        ("+5", Fraction(5)),
        (" 12 ", Fraction(12)),
        ("9" * 30, Fraction(10**30 - 1)),
    ],
)
def test_digits_with_a_point_are_a_number(text: str, value: Fraction) -> None:
    """`3.10` is 31/10 and `010` is ten, as they would be on paper."""
    assert read_number(text) == value


def test_a_weight_is_zero_or_more() -> None:
    """A weight below 0 would turn a gap into a gain."""
    assert read_weight("0") == 0
    assert read_weight("2.5") == Fraction(5, 2)
    assert "below 0" in fault_of(read_weight, "-1").message
    assert "no weight" in fault_of(read_weight, "much").message


def test_what_a_role_asks_for_weighs_from_one_to_five() -> None:
    """More would drown the rest, and what weighs nothing is not asked for."""
    assert [read_weight_of_five(text) for text in ("1", "2.5", "5")] == [1, Fraction(5, 2), 5]
    for text in ("0", "-2", "5.1"):
        assert "without a weight it is 3" in fault_of(read_weight_of_five, text).hint
    assert "no weight" in fault_of(read_weight_of_five, "high").message


def test_a_percentage_is_of_a_hundred() -> None:
    """More than 100 could never be reached, and a share between 0 and 1 always is."""
    assert [read_percent(text) for text in ("0", "1", "87.5", "100")] == [
        0,
        1,
        Fraction("87.5"),
        100,
    ]


@pytest.mark.parametrize("number", range(1, 11))
def test_a_scale_of_ten_has_ten_numbers(number: int) -> None:
    """From 1 to 10."""
    assert read_scale_of_ten(str(number)) == number


@pytest.mark.parametrize(
    ("text", "flag"), [("true", True), ("Yes", True), ("FALSE", False), ("no", False)]
)
def test_a_flag_is_true_or_false(text: str, flag: bool) -> None:
    """In either pair of words and any case."""
    assert read_flag(text) is flag


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
