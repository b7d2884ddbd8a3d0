"""The calendar of a habit: a bar for each period, as high as it was kept, in a row for each year.

Days are cells of weeks instead, which stand beside each other for the last year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from planfolio.model.values.dates import read_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planfolio.analyse.habits import HabitPeriod
    from planfolio.analyse.measures import MeasureProgress
    from planfolio.model.values.dates import PlanDate
    from planfolio.portfolio.goal import PortfolioGoal

_LEFT, _WIDTH, _HEAD = 44, 680, 24
_ROW, _HIGH, _LOW = 34, 20, 3
_CELL, _WEEKS = 12, 52
_YEARS = 10


class HabitBar(NamedTuple):
    """A period: from `x`, `width` wide, from `y` up to `top`."""

    x: int
    width: int
    y: int
    top: int
    state: str


class HabitLabel(NamedTuple):
    """A year or a month at its place."""

    when: PlanDate
    x: int
    y: int


class HabitMonth(NamedTuple):
    """The periods that began in a month: how many of those that count were kept, and sessions."""

    when: PlanDate
    kept: int
    counted: int
    sessions: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class HabitCalendar:
    """The bars of a habit, those of the run underlined, and its months, the newest first.

    `judged_from` is the first day of the periods that the status counts, None where it counts all.
    `earlier` counts the periods before those that are drawn.
    """

    width: int
    height: int
    measure: MeasureProgress
    bars: tuple[HabitBar, ...]
    run: tuple[tuple[int, int, int], ...]
    labels: tuple[HabitLabel, ...]
    months: tuple[HabitMonth, ...]
    judged_from: date | None
    earlier: int

    def of_state(self, state: str) -> tuple[HabitBar, ...]:
        """Return the bars of a state: kept, missed, open or rested."""
        return tuple(bar for bar in self.bars if bar.state == state)


def habit_calendar_chart(goal: PortfolioGoal) -> HabitCalendar | None:
    """Return the calendar of a habit; None where no period has begun."""
    measure = next((found for found in goal.measures if found.measure == "cadence"), None)
    if measure is None or not measure.periods:
        return None
    daily = measure.periods[0].first == measure.periods[0].last
    last = measure.periods[-1].last
    first = last - timedelta(days=last.weekday() + 7 * (_WEEKS - 1))
    if not daily:
        first = date(max(last.year - _YEARS + 1, 1), 1, 1)
    drawn = [period for period in measure.periods if period.last >= first]
    place = _day_cell if daily else _year_bar
    origin = drawn[0].first
    bars = tuple(place(period, origin, goal.cadence.times) for period in drawn)
    return HabitCalendar(
        width=_WIDTH,
        height=max(bar.y for bar in bars) + 12,
        measure=measure,
        bars=bars,
        run=() if daily else tuple(_run(drawn, bars, measure.run or 0)),
        labels=tuple(_labels(drawn, bars, daily=daily)),
        months=tuple(reversed([_month(*found) for found in groupby(measure.periods, _month_of)])),
        judged_from=_judged_from(measure),
        earlier=len(measure.periods) - len(drawn),
    )


def _judged_from(measure: MeasureProgress) -> date | None:
    counted = [found.first for found in measure.periods if found.state in ("kept", "missed")]
    judged = measure.total or 0
    return counted[-judged] if judged < len(counted) else None


def _year_bar(period: HabitPeriod, origin: date, times: int) -> HabitBar:
    """Return a bar on the row of the year that the middle of its period lies in."""
    middle = period.first + (period.last - period.first) / 2
    begin = date(middle.year, 1, 1)
    day = Fraction(_WIDTH - _LEFT, 366)
    x = max(round(_LEFT + (period.first - begin).days * day), _LEFT)
    end = min(round(_LEFT + ((period.last - begin).days + 1) * day), _WIDTH)
    y = 4 + _ROW * (middle.year - origin.year) + _HIGH
    share = min(period.sessions / times, Fraction(1))
    height = _HIGH if period.state == "kept" else _LOW + round(share * (_HIGH - _LOW - 3))
    return HabitBar(x, max(end - x - 2, 1), y, y - height, period.state)


def _day_cell(period: HabitPeriod, origin: date, times: int) -> HabitBar:
    """Return a cell in the column of its week and the row of its day, Monday at the top."""
    monday = origin - timedelta(days=origin.weekday())
    week, day = divmod((period.first - monday).days, 7)
    y = _HEAD + _CELL * (day + 1)
    share = min(period.sessions / times, Fraction(1))
    height = _CELL - 2 if period.state == "kept" else 2 + round(share * (_CELL - 6))
    return HabitBar(_LEFT + _CELL * week, _CELL - 2, y, y - height, period.state)


def _run(
    drawn: Sequence[HabitPeriod], bars: Sequence[HabitBar], run: int
) -> Iterator[tuple[int, int, int]]:
    """Yield lines below the periods that were kept in a row up to now: from, to, and height."""
    counted = [
        bar for period, bar in zip(drawn, bars, strict=True) if period.state in ("kept", "missed")
    ]
    for y, row in groupby(counted[len(counted) - run :] if run else (), lambda bar: bar.y):
        found = list(row)
        yield found[0].x, found[-1].x + found[-1].width, y + 4


def _labels(
    drawn: Sequence[HabitPeriod], bars: Sequence[HabitBar], *, daily: bool
) -> Iterator[HabitLabel]:
    """Yield the year of each row, or every third month of the weeks."""
    seen: set[str] = set()
    for period, bar in zip(drawn, bars, strict=True):
        middle = period.first + (period.last - period.first) / 2
        text = f"{middle.year:04}-{middle.month:02}" if daily else f"{middle.year:04}"
        if text in seen:
            continue
        seen.add(text)
        if not daily:
            yield HabitLabel(read_date(text), 0, bar.y - 3)
        elif middle.month % 3 == 1 and bar.x < _WIDTH - 60:
            yield HabitLabel(read_date(text), bar.x, _HEAD - 8)


def _month_of(period: HabitPeriod) -> str:
    return f"{period.first.year:04}-{period.first.month:02}"


def _month(month: str, periods: Iterator[HabitPeriod]) -> HabitMonth:
    found = list(periods)
    kept = sum(period.state == "kept" for period in found)
    return HabitMonth(
        read_date(month),
        kept,
        kept + sum(period.state == "missed" for period in found),
        sum((period.sessions for period in found), Fraction(0)),
    )
