"""The JSON Schemas of values: they take what the readers take, and refuse what is plainly wrong."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.model.values.reading import READERS, reader_of

from planfolio.model import fields
from planfolio.model.diagnostics import Problem

FIELDS = {
    "date": (fields.Day, "0123456789-qQhHwW "),
    "date or offset": (fields.DayOrOffset, "0123456789-+dwmyY"),
    "window": (fields.When, "0126-Qhw."),
    "horizon": (fields.HorizonText, "0123456789+dwmyY"),
    "effort": (fields.EffortText, "01234.hHdwm "),
    "money": (fields.MoneyText, "0123456789. EURusd"),
    "number": (fields.Number, "0123456789.+-"),
    "weight": (fields.Weight, "0123456789.+-"),
    "weight of five": (fields.WeightOfFive, "0156.+-"),
    "host": (fields.Host, "aZ9-."),
    "percent": (fields.Percent, "01.+-"),
    "of ten": (fields.Confidence, "01.+-"),
}
"""The types of fields, and the signs that their values are made of."""


def fits(field: object, text: str) -> bool:
    """Tell if a schema's pattern takes a text, as the regular expressions of JavaScript would."""
    return re.search(reader_of(field).schema["pattern"], text, re.ASCII) is not None


@pytest.mark.parametrize("kind", FIELDS)
@settings(max_examples=150)
@given(data=st.data())
def test_a_schema_takes_what_its_reader_takes(kind: str, data: st.DataObject) -> None:
    """No editor underlines what is right."""
    field, signs = FIELDS[kind]
    text = data.draw(st.text(signs, min_size=1, max_size=10)).strip()
    try:
        READERS[kind](text)
    except Problem:
        return
    assert fits(field, text)


@pytest.mark.parametrize(
    ("field", "right", "wrong"),
    [
        (
            fields.Day,
            ["2026-09-30", "2026-09", "2026", "2026-Q3", "q3 2026", "2026-H1", "2026-w39"],
            [
                *("30.09.2026", "2026-13", "2026-Q5", "2026-W54", "2026-9-5", "1899", "2201"),
                *("+6m", "x"),
            ],
        ),
        (fields.DayOrOffset, ["2026-Q3", "+6m", "+90d", "+2W", "+1y"], ["6m", "+6", "-6m"]),
        (
            fields.When,
            ["2026-Q3", "2026-Q2..Q3", "2026-03..2026-05", "2026-W10 .. W12"],
            ["2026-Q2-Q3", "2026-Q2..", "2026-03..05"],
        ),
        (fields.HorizonText, ["6m", "2y", "+6m"], ["6", "6 months", "1.5y"]),
        (
            fields.EffortText,
            ["40h", "90m", "3d", "2w", "12", "1h 30m", "1h30m"],
            ["1,5h", "-3h", "1:30"],
        ),
        (fields.MoneyText, ["395 USD", "9.50 EUR", "395usd"], ["$395", "395", "1,200 EUR"]),
        (fields.Confidence, ["1", "10"], ["0", "11", "7.5"]),
        (fields.Percent, ["0", "90", "87.5", "100"], ["101", "0.9", "-1", "80%"]),
        (fields.Weight, ["0", "2.5"], ["-1", "x"]),
        (fields.WeightOfFive, ["1", "4.5", "5.0"], ["0", "0.5", "5.1", "6", "-1", "x"]),
        (
            fields.Url,
            ["https://a.org", "mailto:a@b.org"],
            ["javascript:x", "a.org", "https://a b"],
        ),
    ],
)
def test_a_schema_refuses_what_is_wrong(field: object, right: list[str], wrong: list[str]) -> None:
    """As far as a pattern can tell."""
    assert [text for text in right if not fits(field, text)] == []
    assert [text for text in wrong if fits(field, text)] == []
