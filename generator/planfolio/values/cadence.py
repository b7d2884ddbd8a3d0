"""Cadences: how often something is done."""

from __future__ import annotations

from dataclasses import dataclass
import re
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from planfolio.values.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator


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
        return {Period.DAY: 1, Period.WEEK: 7, Period.MONTH: 30.4, Period.QUARTER: 91.3, Period.YEAR: 365.25}[self.every]

    def periods(self, first: date, last: date) -> Iterator[tuple[date, date]]:
        """Yield first and last day of each calendar period that starts within two days, both included.

        The period around `first` counts from its own first day, so that a start in mid-week still has its week.
        """
        start = _period_start(first, self.every)
        while start <= last:
            after = _next(start, self.every)
            yield start, after - timedelta(days=1)
            start = after


def read_cadence(text: str) -> Cadence:
    """Read `3/week`, `week`, `month`, `2/month`, `weekly`."""
    m = re.fullmatch(r"(?:([0-9]{1,3})\s*(?:/|per)\s*)?(day|week|month|quarter|year)", text.strip())
    if m is None:
        raise Unreadable(f"`{text}` is no cadence", "write 3/week or month", name="bad-cadence")
    return Cadence(text.strip(), int(m[1] or 1), Period(m[2]))


def _period_start(day: date, every: Period) -> date:
    if every is Period.WEEK:
        return day - timedelta(days=day.weekday())
    months = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}.get(every)
    return day if months is None else date(day.year, (day.month - 1) // months * months + 1, 1)


def _next(day: date, every: Period) -> date:
    months = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}.get(every)
    if months is None:
        return day + timedelta(days=7 if every is Period.WEEK else 1)
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
