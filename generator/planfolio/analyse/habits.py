"""Habits: progress by a cadence, counted in the periods of the calendar."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from planfolio.analyse.days import DaysOff, GoalDays
from planfolio.model.kinds.goal import LogEntry
from planfolio.model.values.cadence import Cadence, CalendarPeriod


class PeriodState(StrEnum):
    """What became of a period of a habit."""

    KEPT = "kept"
    MISSED = "missed"
    OPEN = "open"
    RESTED = "rested"


class HabitPeriod(NamedTuple):
    """A period of a habit, with the sessions that count in it.

    It is open until its last day, unless it is kept before. A rested one does not count: the start
    or the due day cuts it, or at least half of it is time off or paused.
    """

    first: date
    last: date
    sessions: Fraction
    state: PeriodState


def sessions_by_period(
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


def habit_periods(
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
