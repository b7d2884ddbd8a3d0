"""Horizons: how far ahead a goal lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
        raise NotImplementedError


def read_horizon(text: str) -> Horizon:
    """Read `6m`, `2y`, `18m`, `90d`, `12w`."""
    raise NotImplementedError
