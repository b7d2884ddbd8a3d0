"""Habits: progress by a cadence, counted in the periods of the calendar."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import takewhile
from typing import TYPE_CHECKING

from planfolio.analyse.days import DaysOff
from planfolio.analyse.results import (
    HabitPeriod,
    Measure,
    MeasureProgress,
    PeriodState,
    Status,
    Tally,
)
from planfolio.analyse.status import ON_TRACK_FROM, status_by_index

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planfolio.analyse.days import GoalDays
    from planfolio.model.kinds.goal import LogEntry
    from planfolio.model.values.cadence import Cadence, CalendarPeriod

LATEST_PERIODS = 12
"""The number of periods by which a habit without a due day is judged. Such a habit has no end."""

_FEWEST_PERIODS = 4
"""The number of periods from which a habit is judged before its due day."""


def by_cadence(
    cadence: Cadence, log: Sequence[LogEntry], *, days: GoalDays, time_off: DaysOff
) -> MeasureProgress:
    """Measure a habit by its log: sessions up to the number that is asked, over that number.

    A period counts once it is over or as soon as it is kept. One that the start or the due day
    cuts, or of which half or more is time off or paused, counts only if it is kept. Without a due
    day the last twelve that count are judged. A habit that is over is done or ended, never late.
    """
    if days.start is None:
        return MeasureProgress(measure=Measure.CADENCE, status=Status.UNKNOWN)
    sessions = _sessions(cadence, log, days=days)
    periods = tuple(_periods(cadence, sessions, days=days, time_off=time_off))
    over = (PeriodState.KEPT, PeriodState.MISSED)
    counted = [period.sessions for period in periods if period.state in over]
    kept = [logged >= cadence.times for logged in counted]
    run = sum(1 for _ in takewhile(bool, reversed(kept)))
    if days.due is None:
        counted, kept = counted[-LATEST_PERIODS:], kept[-LATEST_PERIODS:]
    asked = cadence.times * len(counted)
    held = sum((min(logged, Fraction(cadence.times)) for logged in counted), Fraction(0))
    share = held / asked if sessions and counted else None
    index = share / cadence.share if share is not None else None
    if days.before_start:
        status = Status.PLANNED
    elif days.overdue is not None:
        status = Status.DONE if index is not None and index >= ON_TRACK_FROM else Status.ENDED
    elif not sessions:
        status = Status.UNKNOWN
    else:
        status = Status.STARTED if len(counted) < _FEWEST_PERIODS else status_by_index(index)
    return MeasureProgress(
        measure=Measure.CADENCE,
        status=status,
        progress=share,
        expected=None if days.before_start or status is Status.DONE else cadence.share,
        tally=Tally(sum(kept), len(kept)),
        run=run,
        sessions=held,
        asked=asked,
        periods=periods,
        completed_on=days.due if status is Status.DONE else None,
    )


def _sessions(
    cadence: Cadence, log: Sequence[LogEntry], *, days: GoalDays
) -> dict[CalendarPeriod, Fraction]:
    """Return how often the habit was practised in each period, of the sessions that count."""
    found: dict[CalendarPeriod, Fraction] = {}
    start, last = days.start or days.as_of, days.due or date.max
    for entry in log:
        when = entry.date
        if when.first > days.as_of or when.last < start or when.first > last:
            continue
        period = cadence.period_of(when.first, start=start)
        if period is not None:
            found[period] = found.get(period, Fraction(0)) + entry.times
    return found


def _periods(
    cadence: Cadence,
    sessions: dict[CalendarPeriod, Fraction],
    *,
    days: GoalDays,
    time_off: DaysOff,
) -> Iterator[HabitPeriod]:
    """Yield the periods from the start up to as_of, oldest first."""
    start, due = days.start or days.as_of, days.due or date.max
    rests = DaysOff.of((*time_off.intervals, *days.paused.intervals))
    for period in cadence.periods(start, min(days.as_of, due), start=start):
        logged = sessions.get(period, Fraction(0))
        is_whole = start <= period.first and period.last <= due
        rested = rests.count(period.first, period.last)
        if logged >= cadence.times:
            state = PeriodState.KEPT
        elif not is_whole or 2 * rested > (period.last - period.first).days:
            state = PeriodState.RESTED
        else:
            state = PeriodState.OPEN if period.last >= days.as_of else PeriodState.MISSED
        yield HabitPeriod(period.first, period.last, logged, state)
