"""Axes of charts: days and values as whole pixels, with ticks as far apart as labels need."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor, log10
from typing import TYPE_CHECKING, NamedTuple

from planfolio.model.values.dates import PlanDate, read_date

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNITS = (1, 3, 12, 24, 60, 120, 300)
"""The distances of ticks in months, the narrowest first."""

_LABEL = 64
"""Pixels that a label such as `Sep 2026` needs."""


class DateTick(NamedTuple):
    """A tick at the first day of a month, a quarter or a year."""

    x: int
    when: PlanDate


class ValueTick(NamedTuple):
    """A tick at a value."""

    y: int
    value: Fraction


class TimeAxis(NamedTuple):
    """Days from left to right between two pixels; days beyond the ends stand at the ends.

    `today` is where the day of the numbers stands; a word there ends at it where `today_ends`.
    """

    first: date
    last: date
    left: int
    right: int
    ticks: tuple[DateTick, ...]
    today: int
    today_ends: bool

    def x(self, day: date) -> int:
        """Return where a day stands."""
        return _place(day, first=self.first, last=self.last, left=self.left, right=self.right)


class ValueAxis(NamedTuple):
    """Values from bottom to top between two pixels; values beyond the ends stand at the ends."""

    low: Fraction
    high: Fraction
    bottom: int
    top: int
    ticks: tuple[ValueTick, ...]

    def y(self, value: Fraction) -> int:
        """Return where a value stands."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(self.bottom - share * (self.bottom - self.top))


def time_axis(days: Iterable[date], *, as_of: date, left: int, right: int) -> TimeAxis:
    """Return an axis that holds today and some days, from the start of a unit to the end of one.

    Its ticks are the months, or as many of the quarters and years as there is room to name.
    """
    found = sorted((*days, as_of))
    room = (right - left) // _LABEL
    for unit in _UNITS:
        begin = _month(found[0]) // unit
        end = _month(found[-1]) // unit + 1
        if end - begin <= room or unit == _UNITS[-1]:
            break
    first, last = _first_day(begin * unit), _last_day(end * unit)
    ticks = tuple(
        DateTick(_place(day, first=first, last=last, left=left, right=right), _as_given(day, unit))
        for day in (_first_day(number * unit) for number in range(begin, end))
    )
    today = _place(as_of, first=first, last=last, left=left, right=right)
    return TimeAxis(first, last, left, right, ticks, today, 2 * today > left + right)


def value_axis(values: Iterable[Fraction], *, bottom: int, top: int) -> ValueAxis:
    """Return an axis that holds some values, with ticks at round numbers."""
    found = sorted(values)
    low, high = found[0], found[-1]
    step = _round_step((high - low) / 4 if high > low else Fraction(1))
    first, last = floor(low / step), max(ceil(high / step), floor(low / step) + 1)
    low, high = first * step, last * step
    height = bottom - top
    ticks = tuple(
        ValueTick(round(bottom - Fraction(n - first, last - first) * height), n * step)
        for n in range(first, last + 1)
    )
    return ValueAxis(low, high, bottom, top, ticks)


def _place(day: date, *, first: date, last: date, left: int, right: int) -> int:
    inside = min(max(day, first), last)
    return left + round(Fraction((inside - first).days, (last - first).days) * (right - left))


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _last_day(month: int) -> date:
    """Return the last day before a month, given as a number."""
    return _first_day(month) - timedelta(days=1)


def _as_given(day: date, unit: int) -> PlanDate:
    if unit == 1:
        return read_date(f"{day.year:04}-{day.month:02}")
    return read_date(f"{day.year:04}-Q{day.month // 3 + 1}" if unit == 3 else f"{day.year:04}")


def _round_step(least: Fraction) -> Fraction:
    """Return the smallest of 1, 2, 2.5 and 5 times a power of ten that is not below a number."""
    power = Fraction(10) ** floor(log10(least))
    for factor in (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5)):
        if factor * power >= least:
            return factor * power
    return 10 * power
