"""What somebody types after a command, read as the plan reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from planfolio.exceptions import UsageError
from planfolio.model.diagnostics import Problem
from planfolio.model.values.dates import read_date

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

V = TypeVar("V")


def read_typed(read: Callable[[str], V], text: str) -> V:
    """Return what a reader of the plan makes of a text; its Problem becomes a UsageError."""
    try:
        return read(text)
    except Problem as problem:
        raise UsageError(problem.message, hint=problem.hint) from None


def read_day(text: str) -> date:
    """Return a day; raises UsageError for a longer time, such as a month."""
    read = read_typed(read_date, text)
    if read.first != read.last:
        raise UsageError(f"`{text}` is more than one day", hint=f"write a day like {read.last}")
    return read.first
