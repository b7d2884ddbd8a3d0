"""The calendar of a habit: a bar for each period, as high as it was kept, in a row for each year.

Days are cells of weeks instead, beside each other, for the last year.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from planfolio.analyse.measures import HabitPeriod, MeasureProgress
from planfolio.model.values.dates import PlanDate, read_date
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.render.charts.axes import Mark

_LEFT, _WIDTH, _HEAD = 44, 680, 24
_ROW, _HIGH, _LOW = 34, 20, 3
_CELL, _WEEKS = 12, 52
_YEARS = 10


class HabitBar(NamedTuple):
    """A period: from `x`, `width` wide, from `y` up to `top`."""

    period: HabitPeriod
    x: int
    width: int
    y: int
    top: int


class HabitMonth(NamedTuple):
    """The periods that began in a month: how many of those that count were kept, and sessions."""

    when: PlanDate
    kept: int
    counted: int
    sessions: Fraction


class HabitCalendar(NamedTuple):
    """The bars of a habit, those of the streak underlined, and its months, the newest first.

    `judged_from` is the first day of the periods that the status counts, None where it counts all.
    `earlier` counts the periods before those that are drawn.
    """

    width: int
    height: int
    measure: MeasureProgress
    bars: tuple[HabitBar, ...]
    streak: tuple[tuple[int, int, int], ...]
    labels: tuple[Mark[PlanDate], ...]
    months: tuple[HabitMonth, ...]
    judged_from: date | None
    earlier: int

    def of_state(self, state: str) -> tuple[HabitBar, ...]:
        """Return the bars of a state: kept, missed, open or rested."""
        return tuple(bar for bar in self.bars if bar.period.state == state)


def habit_calendar_chart(goal: PortfolioGoal) -> HabitCalendar | None:
    """Return the calendar of a habit; None where no period has begun."""
    measure = next((found for found in goal.measures if found.measure == "cadence"), None)
    if measure is None or not measure.periods:
        return None
    periods = measure.periods
    daily = periods[0].first == periods[0].last
    last = periods[-1].last
    first = date(last.year - _YEARS + 1, 1, 1)
    if daily:
        first = last - timedelta(days=last.weekday() + 7 * (_WEEKS - 1))
    drawn = [period for period in periods if period.last >= first]
    place = _day_cell if daily else _year_bar
    bars = tuple(place(period, drawn[0].first, goal.cadence.times) for period in drawn)
    return HabitCalendar(
        width=_WIDTH,
        height=max(bar.y for bar in bars) + 12,
        measure=measure,
        bars=bars,
        streak=() if daily else tuple(_streak(bars, measure.streak or 0)),
        labels=tuple(_labels(bars, daily=daily)),
        months=tuple(reversed([_month(*found) for found in groupby(periods, _month_of)])),
        judged_from=_judged_from(periods, measure.total or 0),
        earlier=len(periods) - len(drawn),
    )


def _counts(period: HabitPeriod) -> bool:
    return period.state in ("kept", "missed")


def _middle(period: HabitPeriod) -> date:
    return period.first + (period.last - period.first) / 2


def _judged_from(periods: Sequence[HabitPeriod], judged: int) -> date | None:
    counted = [period.first for period in periods if _counts(period)]
    return counted[-judged] if judged < len(counted) else None


def _year_bar(period: HabitPeriod, origin: date, times: int) -> HabitBar:
    """Return a bar on the row of the year that the middle of its period lies in."""
    year = _middle(period).year
    begin = date(year, 1, 1)
    day = Fraction(_WIDTH - _LEFT, 366)
    x = max(round(_LEFT + (period.first - begin).days * day), _LEFT)
    end = min(round(_LEFT + ((period.last - begin).days + 1) * day), _WIDTH)
    y = 4 + _ROW * (year - origin.year) + _HIGH
    height = _HIGH if period.state == "kept" else _LOW + _kept(period, times, _HIGH - _LOW - 3)
    return HabitBar(period, x, max(end - x - 2, 1), y, y - height)


def _day_cell(period: HabitPeriod, origin: date, times: int) -> HabitBar:
    """Return a cell in the column of its week and the row of its day, Monday at the top."""
    monday = origin - timedelta(days=origin.weekday())
    week, day = divmod((period.first - monday).days, 7)
    y = _HEAD + _CELL * (day + 1)
    height = _CELL - 2 if period.state == "kept" else 2 + _kept(period, times, _CELL - 6)
    return HabitBar(period, _LEFT + _CELL * week, _CELL - 2, y, y - height)


def _kept(period: HabitPeriod, times: int, height: int) -> int:
    return round(min(period.sessions / times, Fraction(1)) * height)


def _streak(bars: Sequence[HabitBar], streak: int) -> Iterator[tuple[int, int, int]]:
    """Yield lines below the periods that were kept in a row up to now: from, to, and height."""
    counted = [bar for bar in bars if _counts(bar.period)]
    for y, row in groupby(counted[len(counted) - streak :] if streak else (), lambda bar: bar.y):
        found = list(row)
        yield found[0].x, found[-1].x + found[-1].width, y + 4


def _labels(bars: Sequence[HabitBar], *, daily: bool) -> Iterator[Mark[PlanDate]]:
    """Yield the year of each row, or every third month of the weeks."""
    seen: set[str] = set()
    for bar in bars:
        middle = _middle(bar.period)
        text = f"{middle.year:04}-{middle.month:02}" if daily else f"{middle.year:04}"
        if text in seen:
            continue
        seen.add(text)
        if not daily:
            yield Mark(read_date(text), 0, bar.y - 3)
        elif middle.month % 3 == 1 and bar.x < _WIDTH - 60:
            yield Mark(read_date(text), bar.x, _HEAD - 8)


def _month_of(period: HabitPeriod) -> str:
    return f"{period.first.year:04}-{period.first.month:02}"


def _month(month: str, periods: Iterator[HabitPeriod]) -> HabitMonth:
    found = list(periods)
    return HabitMonth(
        read_date(month),
        sum(period.state == "kept" for period in found),
        sum(_counts(period) for period in found),
        sum((period.sessions for period in found), Fraction(0)),
    )
