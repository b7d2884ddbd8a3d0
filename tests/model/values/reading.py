"""How a test asks what a reader says of a text."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import strategies as st

from planfolio.model.diagnostics import Problem
from planfolio.model.kinds.fields import VISIBILITY
from planfolio.model.kinds.goal import GoalStatus
from planfolio.model.values.cadence import read_cadence
from planfolio.model.values.dates import read_date, read_horizon, read_offset_or_date, read_window
from planfolio.model.values.effort import read_effort
from planfolio.model.values.field_reader import ReadContext, choice
from planfolio.model.values.money import read_money
from planfolio.model.values.number import (
    read_flag,
    read_number,
    read_percent,
    read_scale_of_ten,
    read_weight,
    read_weight_of_five,
    split_metric,
)
from planfolio.model.values.text import read_host
from planfolio.spelling import visible

if TYPE_CHECKING:
    from collections.abc import Callable

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

_WORDS = {
    "active": "in progress",
    "active, or draft while it is only an idea": "not started",
    "paused": "on hold",
    "dropped": "wont do",
    "done": "completed",
}
READERS: dict[str, Callable[[str], object]] = {
    "number": read_number,
    "weight": read_weight,
    "weight of five": read_weight_of_five,
    "percent": read_percent,
    "of ten": read_scale_of_ten,
    "host": read_host,
    "flag": read_flag,
    "metric": split_metric,
    "money": read_money,
    "effort": partial(read_effort, reading=ReadContext(hours_per_week=Fraction(6))),
    "cadence": read_cadence,
    "date": read_date,
    "date or offset": read_offset_or_date,
    "window": read_window,
    "horizon": read_horizon,
    "status": choice(GoalStatus, about="status", synonyms=_WORDS).read,
    "visibility": VISIBILITY.read,
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
