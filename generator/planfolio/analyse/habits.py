"""Habits: progress by a cadence, counted in the periods of the calendar.

A period is met when the log has the cadence's times in it. It has elapsed when its last day is
over; the running one counts as soon as it is met, so that nobody falls behind on a Monday.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.analyse.facts import reached
from planfolio.analyse.progress import Progress
from planfolio.analyse.results import Measure, Tally
from planfolio.model.values.cadence import Period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.analyse.term import Term
    from planfolio.model.kinds.goal import LogEntry
    from planfolio.model.values.cadence import Cadence
    from planfolio.model.values.dates import PlanDate

LATEST = 12
"""A habit without a due is judged by its latest periods, that many at most, and is never done."""


def by_cadence(cadence: Cadence, log: Sequence[LogEntry], *, term: Term) -> Progress:
    """Read progress from a log: the periods met of all from start to due, or of the last twelve.

    The index is the periods met of those that have elapsed. Both are unknown without a start, and
    once started without an entry: an empty log may mean a habit dropped or a log not kept.
    """
    entries = [entry for entry in log if reached(entry.date, as_of=term.as_of) is not None]
    if term.start is None or (not entries and term.start <= term.as_of):
        return Progress(measure=Measure.CADENCE)
    met = _periods_met(entries, cadence=cadence)
    first = period_of(term.start, every=cadence.every)
    now = period_of(term.as_of, every=cadence.every)
    newest = now if now in met else now - 1
    if term.due is None:
        first = max(first, newest - LATEST + 1)
        last = newest
    else:
        last = period_of(term.due, every=cadence.every)
        newest = min(newest, last)
    kept = sum(1 for period in met if first <= period <= newest)
    elapsed, total = max(0, newest - first + 1), max(0, last - first + 1)
    share = Fraction(kept, total) if total else Fraction(0)
    return Progress(
        measure=Measure.CADENCE,
        share=share,
        index=Fraction(kept, elapsed) if elapsed else None,
        complete=share == 1 and term.due is not None,
        early=elapsed == 0,
        tally=Tally(kept, total),
    )


def period_of(day: date, *, every: Period) -> int:
    """Return the number of the period that a day lies in; those of neighbours differ by one."""
    match every:
        case Period.DAY:
            return day.toordinal()
        case Period.WEEK:  # the first day of the calendar, number 1, was a Monday
            return (day.toordinal() - 1) // 7
        case Period.MONTH:
            return day.year * 12 + day.month - 1
        case Period.QUARTER:
            return day.year * 4 + (day.month - 1) // 3
        case Period.YEAR:
            return day.year


def _periods_met(entries: Sequence[LogEntry], *, cadence: Cadence) -> set[int]:
    times: dict[int, Fraction] = {}
    for entry in entries:
        periods = _periods_in(entry.date, every=cadence.every)
        for period in periods:
            times[period] = times.get(period, Fraction(0)) + entry.times / len(periods)
    return {period for period, kept in times.items() if kept >= cadence.times}


def _periods_in(value: PlanDate, *, every: Period) -> range:
    """Return the periods that an entry is for: its first day's, or more if it holds a whole one.

    Those are all that begin within it, so that the entries of two months share out each week
    once: `2026-08: 15` is three times in each of the five weeks that begin in August.
    """
    first, last = period_of(value.first, every=every), period_of(value.last, every=every)
    begins, ends = first, last
    if _runs_on(value.first, days=-1, every=every):
        begins += 1
    if _runs_on(value.last, days=1, every=every):
        ends -= 1
    return range(begins, last + 1) if begins <= ends else range(first, first + 1)


def _runs_on(day: date, *, days: int, every: Period) -> bool:
    """Return whether the day after (or before) lies in the same period."""
    if day in (date.min, date.max):
        return False
    return period_of(day + timedelta(days), every=every) == period_of(day, every=every)
