"""Places in a drawing: scales of days and values as whole pixels, marks on them, and labels."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor, log10
from typing import Generic, NamedTuple, TypeVar

from planfolio.model.values.dates import PlanDate, read_date

_Of = TypeVar("_Of")
Line = tuple[tuple[int, int], ...]
"""The points of a line, in pixels."""

MOST_ROWS = 50
"""The most rows that a drawing shows at once."""

_UNITS = (1, 3, 12, 24, 60, 120, 300)
"""The distances of ticks in months, the narrowest first."""

_TICK_LABEL = 64
"""Pixels that a label such as `Sep 2026` needs."""

_CHARACTER = 7
"""Pixels of a character of a label, taken wide."""


class Mark(NamedTuple, Generic[_Of]):
    """Something at its place."""

    subject: _Of
    x: int
    y: int


class Label(NamedTuple):
    """A title that begins at `x`, or ends there where `ends` is true, and has `room` letters."""

    x: int
    y: int
    ends: bool
    room: int


class LinearScale(NamedTuple):
    """Numbers from `low` to `high` along a line of pixels; those beyond an end are placed at it."""

    low: Fraction | int
    high: Fraction | int
    start: int
    end: int

    def share(self, value: Fraction | int) -> Fraction:
        """Return how far along the line a number is, 0 to 1."""
        inside = min(max(value, self.low), self.high)
        return (Fraction(inside) - self.low) / (self.high - self.low or 1)

    def pixel(self, value: Fraction | int) -> int:
        """Return the pixel of a number."""
        return round(self.start + self.share(value) * (self.end - self.start))


class TimeAxis(NamedTuple):
    """Days from left to right.

    `today` is the place of the day of the numbers; a word there ends at it where `today_ends`.
    """

    first: date
    last: date
    days: LinearScale
    ticks: tuple[Mark[PlanDate], ...]
    today: int
    today_ends: bool

    def x(self, day: date) -> int:
        """Return the place of a day."""
        return self.days.pixel(day.toordinal())


class ValueAxis(NamedTuple):
    """Values from the bottom to the top, named at its left."""

    values: LinearScale
    bottom: int
    ticks: tuple[Mark[Fraction], ...]

    def y(self, value: Fraction) -> int:
        """Return the place of a value."""
        return self.values.pixel(value)


def scale_of_days(first: date, last: date, *, left: int, right: int) -> LinearScale:
    """Return the scale from one day to another."""
    return LinearScale(first.toordinal(), last.toordinal(), left, right)


def time_axis(days: Iterable[date], *, as_of: date, left: int, right: int) -> TimeAxis:
    """Return an axis that holds today and some days, from the start of a unit to the end of one.

    Its ticks are the months, or as many of the quarters and years as there is room to name.
    """
    found = sorted((*days, as_of))
    room = (right - left) // _TICK_LABEL
    for unit in _UNITS:
        begin = _month(found[0]) // unit
        end = _month(found[-1]) // unit + 1
        if end - begin <= room or unit == _UNITS[-1]:
            break
    first, last = _first_day(begin * unit), _first_day(end * unit) - timedelta(days=1)
    scale = scale_of_days(first, last, left=left, right=right)
    starts = [_first_day(number * unit) for number in range(begin, end)]
    ticks = tuple(Mark(_as_given(day, unit), scale.pixel(day.toordinal()), 0) for day in starts)
    today = scale.pixel(as_of.toordinal())
    return TimeAxis(first, last, scale, ticks, today, 2 * today > left + right)


def value_axis(values: Iterable[Fraction], *, left: int, bottom: int, top: int) -> ValueAxis:
    """Return an axis that holds some values, with ticks at round numbers."""
    found = sorted(values)
    low, high = found[0], found[-1]
    step = _round_step((high - low) / 4 if high > low else Fraction(1))
    first, last = floor(low / step), max(ceil(high / step), floor(low / step) + 1)
    scale = LinearScale(first * step, last * step, bottom, top)
    ticks = tuple(Mark(n * step, left, scale.pixel(n * step)) for n in range(first, last + 1))
    return ValueAxis(scale, bottom, ticks)


def stepped(points: Iterable[tuple[int, int]]) -> Line:
    """Return a line that stays as it is until the place of the next point."""
    line: list[tuple[int, int]] = []
    for x, y in points:
        if line and line[-1][1] != y:
            line.append((x, line[-1][1]))
        line.append((x, y))
    return tuple(line)


def label_beside(place: int, *, before: int, after: int, y: int, width: int) -> Label:
    """Return the label for a place, on the side where there is more room."""
    ends = 2 * place > width
    x = before if ends else after
    return Label(x, y, ends, (x if ends else width - x) // _CHARACTER)


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


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
