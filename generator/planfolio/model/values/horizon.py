"""Horizons: how far ahead a goal lies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Problem
from planfolio.model.values.dates import Offset, read_date, read_offset
from planfolio.model.values.near_dates import near_length
from planfolio.spelling import quoted

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Horizon:
    """A span of time from a start: `6m`, `2y`; `months` hold its years too, `days` its weeks."""

    text: str
    months: int
    days: int

    def from_day(self, start: date) -> date:
        """Return the day on which the horizon ends, counted from a start; month ends clamp."""
        return Offset(self.text, self.months, self.days).from_day(start)


def read_horizon(text: str) -> Horizon:
    """Read `6m`, `2y`, `18m`, `90d`, `12w`, with or without a plus before it.

    Raises Problem for any other text, for no time at all and for more than 200 years.
    """
    typed = text.strip()
    length = typed.removeprefix("+")
    if re.fullmatch(r"[0-9]{1,9}[dwmyDWMY]", length) is None:
        raise _no_horizon(typed)
    try:
        offset = read_offset(f"+{length}")
    except Problem:
        message = f"{quoted(text)} is longer than any plan"
        raise Problem(message, "write 200 years or less") from None
    if not (offset.months or offset.days):
        message = f"{quoted(text)} is no time at all"
        raise Problem(message, "write 6m or 2y")
    return Horizon(typed, offset.months, offset.days)


def _no_horizon(typed: str) -> Problem:
    near = near_length(typed)
    if near is not None:
        hint = f"write {near}"
    elif re.fullmatch(r"[0-9]{1,3}", typed):
        hint = f"write {typed}y for years or {typed}m for months"
    elif _is_date(typed):
        hint = f"a horizon is a length of time; write due: {typed}"
    else:
        hint = "write 6m, 2y, 12w or 90d"
    return Problem(f"{quoted(typed)} is no horizon", hint)


def _is_date(typed: str) -> bool:
    try:
        read_date(typed)
    except Problem:
        return False
    return True
