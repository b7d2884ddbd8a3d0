"""Horizons: how far ahead a goal lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planfolio.values.dates import Offset, read_offset_or_date
from planfolio.values.unreadable import Unreadable

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Horizon:
    """A span of time from a start: `6m`, `2y`; `months` is its length (weeks and days in `days`)."""

    text: str
    months: int
    days: int

    def from_day(self, start: date) -> date:
        """Return the day on which the horizon ends, counted from a start; month ends clamp."""
        return Offset(self.text, self.months, self.days).from_day(start)


def read_horizon(text: str) -> Horizon:
    """Read `6m`, `2y`, `18m`, `90d`, `12w`."""
    offset = read_offset_or_date("+" + text.strip().lstrip("+"))
    if not isinstance(offset, Offset):
        raise Unreadable(f"`{text}` is no horizon", "write 6m or 2y", name="bad-horizon")
    return Horizon(text, offset.months, offset.days)
