from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.model.values.reading import any_text, fault_of, reads_or_refuses

from planfolio.model.diagnostics import Problem
from planfolio.model.values.number import (
    near_number,
    read_flag,
    read_number,
    read_percent,
    read_scale_of_ten,
    read_weight,
    read_weight_of_five,
    split_metric,
)
from planfolio.model.values.text import ascii_form

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


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2,5", "write 2.5"),
        ("1,200", "write 1200, or 1.200 if it is a decimal"),
        ("1,200.5", "write 1200.5"),
        ("1.200,50", "write 1200.50"),
        ("1,200,000", "write 1200000"),
        ("1_000", "write 1000"),
        ("1 200", "write 1200"),
        ("50 %", "write 50; the sign is left out"),
        ("−3", "write -3"),
        ("٣", "write 3"),
        ("１２", "write 12"),
        ("nan", "leave it empty until you know"),
        ("N/A", "leave it empty until you know"),
        ("12 talks", "write 12 alone"),
        ("5/12", "write 5 alone"),
        ("$500", "write 500 alone"),
        ("1.2k", "write 1200 alone"),
        ("~5", "write 5"),
        ("inf", "write digits, as in 12 or 2.5"),
        ("1e999", "write digits, as in 12 or 2.5"),
        ("0x10", "write digits, as in 12 or 2.5"),
        ("", "write digits, as in 12 or 2.5"),
        ("9" * 31, "a number has 30 digits at most"),
        ("9" * 5000, "a number has 30 digits at most"),
    ],
)
def test_what_is_no_number_says_which_one_would_be(text: str, hint: str) -> None:
    """Commas, blanks, other digits; powers of ten and words have no near number."""
    fault = fault_of(read_number, text)
    assert fault.hint == hint


@settings(max_examples=200)
@given(any_text)
def test_any_text_is_a_number_or_a_fault(text: str) -> None:
    """For numbers, weights, percentages, tens and flags; never a traceback."""
    for read in (
        read_number,
        read_weight,
        read_weight_of_five,
        read_percent,
        read_scale_of_ten,
        read_flag,
    ):
        reads_or_refuses(read, text)


@given(any_text)
def test_a_number_in_a_hint_can_be_read(text: str) -> None:
    """What is near is a number."""
    near = near_number(text)
    if near is not None:
        assert isinstance(read_number(near), Fraction)


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
    for text in ("101", "-1", "high"):
        fault_of(read_percent, text)
    assert fault_of(read_percent, "0.9").hint == "write 90"
    assert fault_of(read_percent, "80%").hint == "write 80; the sign is left out"


@pytest.mark.parametrize("number", range(1, 11))
def test_a_scale_of_ten_has_ten_numbers(number: int) -> None:
    """From 1 to 10."""
    assert read_scale_of_ten(str(number)) == number


@pytest.mark.parametrize("text", ["0", "11", "7.5", "-3", "7/10", "high"])
def test_other_numbers_are_not_of_ten(text: str) -> None:
    """Neither halves nor what lies outside."""
    fault_of(read_scale_of_ten, text)


def test_seven_of_ten_is_seven() -> None:
    """The hint leaves the ten out."""
    assert fault_of(read_scale_of_ten, "7/10").hint == "write 7"
    assert fault_of(read_scale_of_ten, "80%").hint == "write 8"
    assert fault_of(read_scale_of_ten, "75%").hint == "write 7 or 8"
    assert fault_of(read_scale_of_ten, "0.8").hint == "write 8"
    assert fault_of(read_scale_of_ten, "4/5").hint == "write 8"
    assert fault_of(read_scale_of_ten, "\u2605\u2605\u2605\u2606\u2606").hint == "write 6"
    assert fault_of(read_scale_of_ten, "Very high").hint == "write 9"


@pytest.mark.parametrize(
    ("text", "flag"), [("true", True), ("Yes", True), ("FALSE", False), ("no", False)]
)
def test_a_flag_is_true_or_false(text: str, flag: bool) -> None:
    """In either pair of words and any case."""
    assert read_flag(text) is flag


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("on", "write true"),
        ("\u2705", "write true"),
        ("nein", "write false"),
        ("N", "write false"),
        ("0", "write false"),
        ("?", "write true or false"),
    ],
)
def test_another_word_is_no_flag(text: str, hint: str) -> None:
    """The hint knows what `on` and `0` mean elsewhere."""
    fault = fault_of(read_flag, text)
    assert fault.hint == hint


def test_text_for_hints_has_keys_of_a_keyboard() -> None:
    """Digits of any script, wide letters and dashes become plain ones."""
    assert ascii_form("２０２６–０９") == "2026-09"
    assert ascii_form("٢٠٢٦") == "2026"
    assert ascii_form("x" * 61) == ""
    assert ascii_form("12 \x1b[2J") == ""


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("5/12 talks", {"current": "5", "target": "12", "unit": "talks"}),
        ("0/12", {"current": "0", "target": "12"}),
        (
            "3.5/6 months of rent",
            {"current": "3.5", "target": "6", "unit": "months of rent"},
        ),
        ("-3/10 °C", {"current": "-3", "target": "10", "unit": "°C"}),
        ("5 / 12talks", {"current": "5", "target": "12", "unit": "talks"}),
        ("40/100 %", {"current": "40", "target": "100", "unit": "%"}),
    ],
)
def test_a_metric_is_taken_apart(text: str, parts: dict[str, str]) -> None:
    """Into texts, as the long form has them; a unit may be left out and may be several words."""
    assert split_metric(text) == parts


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("5 of 12 talks", "write 5/12 talks"),
        ("12 talks", "write 0/12 talks"),
        ("50%", "write 50/100 %"),
        ("2,5/6", "write 2.5/6"),
        ("5/12/13", "write 5/12 talks: how many now, how many in the end"),
        ("1,200/2,000", "write 1200/2000"),
        ("10,000 steps", "write 0/10000 steps"),
        ("$5k", "write 0/5000 USD"),
        ("5 von 12", "write 5/12"),
        ("from 82 to 74 kg", "write {baseline: 82, target: 74, unit: kg}"),
        ("12 \x1b", "write 5/12 talks: how many now, how many in the end"),
        ("talks", "write 5/12 talks: how many now, how many in the end"),
    ],
)
def test_what_is_no_metric_says_what_would_be(text: str, hint: str) -> None:
    """Words between the numbers, one number alone, a percentage."""
    fault = fault_of(split_metric, text)
    assert (fault.hint, fault.name, fault.code) == (hint, "bad-metric", "F102")


@settings(max_examples=200)
@given(any_text | st.text("0123456789./-+ talks", max_size=12))
def test_the_parts_of_a_metric_are_numbers(text: str) -> None:
    """What the short form lets through, the fields of the long form read."""
    reads_or_refuses(split_metric, text)
    try:
        parts = split_metric(text)
    except Problem:
        return
    read_number(parts["current"])
    read_number(parts["target"])
