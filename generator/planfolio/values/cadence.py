"""Cadences: how often something is done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


class Period(StrEnum):
    """The periods of the calendar that a cadence counts in; weeks start on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Cadence:
    """So many times in each period."""

    text: str
    times: int
    every: Period

    @property
    def days(self) -> float:
        """The usual length of a period in days (a month is 30.4)."""
        raise NotImplementedError

    def periods(self, first: date, last: date) -> Iterator[tuple[date, date]]:
        """Yield first and last day of each calendar period that starts within two days, both included.

        The period around `first` counts from its own first day, so that a start in mid-week still has its week.
        """
        raise NotImplementedError


def read_cadence(text: str) -> Cadence:
    """Read `3/week`, `week`, `month`, `2/month`, `weekly`."""
    raise NotImplementedError
