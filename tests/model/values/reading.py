"""How a test asks what a reader says of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import strategies as st

from planfolio.model.diagnostics import Problem
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
