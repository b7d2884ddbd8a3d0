"""The JSON Schemas of values: they take what the readers take, and refuse what is plainly wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.model.values.reading import READERS

from planfolio.model.diagnostics import Problem
from planfolio.model.values import schemas

if TYPE_CHECKING:
    from planfolio.model.values.schemas import Schema

SCHEMAS = {
    "date": (schemas.DATE, "0123456789-qQhHwW "),
    "date or offset": (schemas.DATE_OR_OFFSET, "0123456789-+dwmyY"),
    "window": (schemas.WINDOW, "0126-Qhw."),
    "horizon": (schemas.HORIZON, "0123456789+dwmyY"),
    "effort": (schemas.EFFORT, "01234.hHdwm "),
    "money": (schemas.MONEY, "0123456789. EURusd"),
    "number": (schemas.NUMBER, "0123456789.+-"),
    "weight": (schemas.WEIGHT, "0123456789.+-"),
    "weight of five": (schemas.OF_FIVE, "0156.+-"),
    "host": (schemas.HOST, "aZ9-."),
    "percent": (schemas.PERCENT, "01.+-"),
    "of ten": (schemas.OF_TEN, "01.+-"),
}
"""The schema of each kind of value, and the signs that such values are made of."""


def fits(schema: Schema, text: str) -> bool:
    """Tell if a schema's pattern takes a text, as the regular expressions of JavaScript would."""
    return re.search(schema["pattern"], text, re.ASCII) is not None


@pytest.mark.parametrize("kind", SCHEMAS)
@settings(max_examples=150)
@given(data=st.data())
def test_a_schema_takes_what_its_reader_takes(kind: str, data: st.DataObject) -> None:
    """No editor underlines what is right."""
    schema, signs = SCHEMAS[kind]
    text = data.draw(st.text(signs, min_size=1, max_size=10)).strip()
    try:
        READERS[kind](text)
    except Problem:
        return
    assert fits(schema, text)


@pytest.mark.parametrize(
    ("schema", "right", "wrong"),
    [
        (
            schemas.DATE,
            ["2026-09-30", "2026-09", "2026", "2026-Q3", "q3 2026", "2026-H1", "2026-w39"],
            [
                *("30.09.2026", "2026-13", "2026-Q5", "2026-W54", "2026-9-5", "1899", "2201"),
                *("+6m", "x"),
            ],
        ),
        (schemas.DATE_OR_OFFSET, ["2026-Q3", "+6m", "+90d", "+2W", "+1y"], ["6m", "+6", "-6m"]),
        (
            schemas.WINDOW,
            ["2026-Q3", "2026-Q2..Q3", "2026-03..2026-05", "2026-W10 .. W12"],
            ["2026-Q2-Q3", "2026-Q2..", "2026-03..05"],
        ),
        (schemas.HORIZON, ["6m", "2y", "+6m"], ["6", "6 months", "1.5y"]),
        (
            schemas.EFFORT,
            ["40h", "90m", "3d", "2w", "12", "1h 30m", "1h30m"],
            ["1,5h", "-3h", "1:30"],
        ),
        (schemas.MONEY, ["395 USD", "9.50 EUR", "395usd"], ["$395", "395", "1,200 EUR"]),
        (schemas.OF_TEN, ["1", "10"], ["0", "11", "7.5"]),
        (schemas.PERCENT, ["0", "90", "87.5", "100"], ["101", "0.9", "-1", "80%"]),
        (schemas.WEIGHT, ["0", "2.5"], ["-1", "x"]),
        (schemas.OF_FIVE, ["1", "4.5", "5.0"], ["0", "0.5", "5.1", "6", "-1", "x"]),
        (
            schemas.ADDRESS,
            ["https://a.org", "mailto:a@b.org"],
            ["javascript:x", "a.org", "https://a b"],
        ),
    ],
)
def test_a_schema_refuses_what_is_wrong(schema: Schema, right: list[str], wrong: list[str]) -> None:
    """As far as a pattern can tell."""
    assert [text for text in right if not fits(schema, text)] == []
    assert [text for text in wrong if fits(schema, text)] == []
