"""Dates as people write them in plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How much of a date was given."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class PlanDate:
    """A date as given: its first and last day, and how precise it was.

    As a `due` it means its last day, as a `start` its first. `text` is what was typed. `about`
    marks a due day that only follows from a horizon.
    """

    text: str
    first: date
    last: date
    precision: Precision
    about: bool = False


@dataclass(frozen=True, slots=True)
class Offset:
    """A date relative to a start: `+6m`, `+90d`, `+2w`, `+1y`."""

    text: str
    months: int
    days: int

    def from_day(self, start: date) -> date:
        """Return the day; a month's end clamps (2026-08-31 and `+6m` is 2027-02-28)."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Window:
    """Start and due in one: `2026-Q3`, `2026-Q2..Q3`."""

    text: str
    start: PlanDate
    due: PlanDate


def read_date(text: str) -> PlanDate:
    """Read `2026-09-30`, `2026-09`, `2026`, `2026-Q3`, `Q3 2026`, `2026-H1` or `2026-W39`."""
    raise NotImplementedError


def read_offset_or_date(text: str) -> PlanDate | Offset:
    """Read a date, or one relative to a start: `+6m`, `+90d`, `+2w`, `+1y`."""
    raise NotImplementedError


def read_window(text: str) -> Window:
    """Read one date as both start and due, or two with `..` between them."""
    raise NotImplementedError


def day(value: date) -> PlanDate:
    """Return a day as a date of a plan."""
    return PlanDate(value.isoformat(), value, value, Precision.DAY)
