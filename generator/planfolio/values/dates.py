"""Dates as people write them in plans."""

from __future__ import annotations

import calendar
import re

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from planfolio.values.unreadable import Unreadable


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
        years, month = divmod(start.month - 1 + self.months, 12)
        year = start.year + years
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(start.day, last)) + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Window:
    """Start and due in one: `2026-Q3`, `2026-Q2..Q3`."""

    text: str
    start: PlanDate
    due: PlanDate


def read_date(text: str) -> PlanDate:
    """Read `2026-09-30`, `2026-09`, `2026`, `2026-Q3`, `Q3 2026`, `2026-H1` or `2026-W39`."""
    raw = text.strip()
    for pattern, reader in _FORMS:
        if (m := re.fullmatch(pattern, raw, re.IGNORECASE)) is not None:
            try:
                first, last, precision = reader(*[int(g) for g in m.groups()])
            except ValueError as error:
                raise Unreadable(str(error), name="bad-date") from None
            return PlanDate(raw, first, last, precision)
    raise Unreadable(f"`{raw}` is no date", "write 2026-09-30, 2026-09, 2026-Q3, 2026-W39 or 2026", name="bad-date")


def read_offset_or_date(text: str) -> PlanDate | Offset:
    """Read a date, or one relative to a start: `+6m`, `+90d`, `+2w`, `+1y`."""
    m = re.fullmatch(r"\+([0-9]{1,4})([dwmy])", text.strip())
    if m is None:
        return read_date(text)
    n = int(m[1])
    months = {"m": n, "y": 12 * n}.get(m[2], 0)
    return Offset(text.strip(), months, {"d": n, "w": 7 * n}.get(m[2], 0))


def read_window(text: str) -> Window:
    """Read one date as both start and due, or two with `..` between them."""
    low, dots, high = text.strip().partition("..")
    start = read_date(low)
    if dots and re.fullmatch(r"[QHW][0-9]+", high, re.IGNORECASE):
        high = f"{start.first.year}-{high}"
    due = read_date(high) if dots else start
    return Window(text.strip(), start, due)


def day(value: date) -> PlanDate:
    """Return a day as a date of a plan."""
    return PlanDate(value.isoformat(), value, value, Precision.DAY)


def _month(y: int, m: int) -> tuple[date, date, Precision]:
    return date(y, m, 1), date(y, m, calendar.monthrange(y, m)[1]), Precision.MONTH


def _span(y: int, m: int, n: int, p: Precision) -> tuple[date, date, Precision]:
    return date(y, m, 1), date(y, m + n - 1, calendar.monthrange(y, m + n - 1)[1]), p


def _week(y: int, w: int) -> tuple[date, date, Precision]:
    first = date.fromisocalendar(y, w, 1)
    return first, first + timedelta(days=6), Precision.WEEK


_FORMS = (
    (r"(\d{4})-(\d{2})-(\d{2})", lambda y, m, d: (date(y, m, d), date(y, m, d), Precision.DAY)),
    (r"(\d{4})-(\d{2})", _month),
    (r"(\d{4})-Q([1-4])", lambda y, q: _span(y, 3 * q - 2, 3, Precision.QUARTER)),
    (r"(\d{4})-H([12])", lambda y, h: _span(y, 6 * h - 5, 6, Precision.HALF)),
    (r"(\d{4})-W(\d{2})", _week),
    (r"(\d{4})", lambda y: _span(y, 1, 12, Precision.YEAR)),
)
