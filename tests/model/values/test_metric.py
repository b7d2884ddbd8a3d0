from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.model.values.reading import any_text, fault_of, reads_or_refuses

from planfolio.model.diagnostics import Problem
from planfolio.model.values.number import read_number, split_metric


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
        ("5/12.", "write 5/12"),
        ("5/12/13", "write 5/12 talks: how many now, how many in the end"),
        ("1,200/2,000", "write 5/12 talks: how many now, how many in the end"),
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
