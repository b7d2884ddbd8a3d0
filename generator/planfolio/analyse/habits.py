"""Habits: progress by a cadence, counted in the periods of the calendar.

A period is kept when the log has as many entries in it as the cadence requires. It has passed
after its last day; the current one counts as soon as it is kept, so that a week is not behind on
its Monday.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.analyse.days import reached
from planfolio.analyse.measures import Measured
from planfolio.analyse.results import Measure, Tally
from planfolio.model.values.cadence import Period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.analyse.days import GoalDays
    from planfolio.model.kinds.goal import LogEntry
    from planfolio.model.values.cadence import Cadence
    from planfolio.model.values.dates import PlanDate

LATEST_PERIODS = 12
"""The number of periods by which a habit without a due day is judged. Such a habit has no end."""


def by_cadence(cadence: Cadence, log: Sequence[LogEntry], *, days: GoalDays) -> Measured:
    """Measure a habit by its log: the periods kept of all from start to due, or of the last twelve.

    The index is the periods kept over those that have passed. Both are unknown without a start, and
    once started without an entry: an empty log may be a dropped habit or a log that nobody keeps.
    """
    entries = [entry for entry in log if reached(entry.date, as_of=days.as_of) is not None]
    if days.start is None or (not entries and not days.before_start):
        return Measured(measure=Measure.CADENCE)
    kept = _kept_periods(entries, cadence=cadence)
    first = period_of(days.start, every=cadence.every)
    now = period_of(days.as_of, every=cadence.every)
    newest = now if now in kept else now - 1
    if days.due is None:
        first = max(first, newest - LATEST_PERIODS + 1)
        last = newest
    else:
        last = period_of(days.due, every=cadence.every)
        newest = min(newest, last)
    counted = sum(1 for period in kept if first <= period <= newest)
    passed, total = max(0, newest - first + 1), max(0, last - first + 1)
    share = Fraction(counted, total) if total else Fraction(0)
    return Measured(
        measure=Measure.CADENCE,
        share=share,
        index=Fraction(counted, passed) if passed else None,
        complete=share == 1 and days.due is not None,
        early=passed == 0,
        tally=Tally(counted, total),
    )


def period_of(day: date, *, every: Period) -> int:
    """Return the number of the period that a day lies in; those of neighbours differ by one."""
    match every:
        case Period.DAY | Period.WEEKDAY:
            return day.toordinal()
        case Period.WEEK:  # the first day of the calendar, number 1, was a Monday
            return (day.toordinal() - 1) // 7
        case Period.MONTH:
            return day.year * 12 + day.month - 1
        case Period.QUARTER:
            return day.year * 4 + (day.month - 1) // 3
        case Period.YEAR:
            return day.year


def _kept_periods(entries: Sequence[LogEntry], *, cadence: Cadence) -> set[int]:
    times: dict[int, Fraction] = {}
    for entry in entries:
        periods = _periods_of_entry(entry.date, every=cadence.every)
        for period in periods:
            times[period] = times.get(period, Fraction(0)) + entry.times / len(periods)
    return {period for period, logged in times.items() if logged >= cadence.times}


def _periods_of_entry(value: PlanDate, *, every: Period) -> range:
    """Return the periods of an entry: that of its first day, or all that begin within its date.

    So the entries of two months share out each week once: `2026-08: 15` is three times in each of
    the five weeks that begin in August.
    """
    first, last = period_of(value.first, every=every), period_of(value.last, every=every)
    begins, ends = first, last
    if _same_period(value.first, days=-1, every=every):
        begins += 1
    if _same_period(value.last, days=1, every=every):
        ends -= 1
    return range(begins, last + 1) if begins <= ends else range(first, first + 1)


def _same_period(day: date, *, days: int, every: Period) -> bool:
    """Return whether the day after (or before) lies in the same period."""
    if day in (date.min, date.max):
        return False
    return period_of(day + timedelta(days), every=every) == period_of(day, every=every)
