"""How a test asks what a reader says of a text."""

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import get_args

import pytest
from hypothesis import strategies as st

from planfolio.message_text import visible
from planfolio.model import fields
from planfolio.model.diagnostics import Problem
from planfolio.model.kinds.goal import GoalStatus
from planfolio.model.values.amounts import split_metric
from planfolio.model.values.field_reader import FieldReader

NASTY = (
    "",
    " ",
    "\x00",
    "2026\x00-09",
    "9" * 5000,
    "-" * 5000,
    "1." * 2000,
    " " * 20_000 + "1" + " " * 20_000 + "x",
    "٢٠٢٦-٠٩-٣٠",
    "２０２６",
    "²",
    "½",
    "\ud800",
    "\u202e2026",
    "{message}",
    "1\n2",
    "nan",
    "1e999",
)
"""Texts that have broken readers of numbers and dates."""


def reader_of(field: object) -> FieldReader:
    """Return how the type of a field is read, such as `fields.Day`."""
    return next(mark for mark in get_args(field) if isinstance(mark, FieldReader))


READERS: dict[str, Callable[[str], object]] = {
    "number": reader_of(fields.Number).read,
    "weight": reader_of(fields.Weight).read,
    "weight of five": reader_of(fields.WeightOfFive).read,
    "percent": reader_of(fields.Percent).read,
    "of ten": reader_of(fields.Confidence).read,
    "host": reader_of(fields.Host).read,
    "flag": reader_of(fields.Flag).read,
    "metric": split_metric,
    "money": reader_of(fields.MoneyText).read,
    "effort": partial(reader_of(fields.EffortText).read, hours_per_week=Fraction(6)),
    "cadence": reader_of(fields.CadenceText).read,
    "date": reader_of(fields.Day).read,
    "date or offset": reader_of(fields.DayOrOffset).read,
    "window": reader_of(fields.When).read,
    "horizon": reader_of(fields.HorizonText).read,
    "status": GoalStatus.reader.read,
    "visibility": reader_of(fields.VisibilityText).read,
}
"""Readers of values by what they read."""

any_text = st.one_of(
    st.text(max_size=30),
    st.text(st.characters(categories=["Cs", "Cc", "Nd", "Nl", "No"]), max_size=10),
    st.text("0123456789-/.,:+ QqHhWwdmy", max_size=14),
    st.sampled_from(NASTY),
)


def fault_of(read: Callable[[str], object], text: str) -> Problem:
    """Return what a reader has against a text."""
    with pytest.raises(Problem) as caught:
        read(text)
    return caught.value


def reads_or_refuses(read: Callable[[str], object], text: str) -> None:
    """Pass if a reader gives a value, or a fault with words that can be printed anywhere."""
    fault = None
    try:
        read(text)
    except Problem as caught:
        fault = caught
    if fault is not None:
        assert len(fault.message) < 250
        for words in (fault.message, fault.hint):
            assert words
            assert visible(words) == words
            assert len(words.splitlines()) == 1
            assert words.encode()
