"""The measures of a goal, and what each says about progress, pace and status."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import takewhile
from math import ceil
from typing import Any, NamedTuple

from planfolio.analyse.days import DaysOff, GoalDays, counts_from
from planfolio.analyse.history import Measurement
from planfolio.analyse.status import (
    ON_TRACK_FROM,
    WITH_PACE,
    Status,
    measured_status,
    status_by_index,
    status_of_step,
)
from planfolio.model.body import Task
from planfolio.model.kinds.goal import LogEntry, Metric
from planfolio.model.plan import Milestone
from planfolio.model.values.cadence import Cadence, CalendarPeriod

_LATEST_PERIODS = 12
"""The number of periods by which a habit without a due day is judged. Such a habit has no end."""

_FEWEST_PERIODS = 4
"""The number of periods from which a habit is judged before its due day."""

_FEWEST_ITEMS = 5
"""The number of items from which a checklist is fine enough for a forecast."""


class Measure(StrEnum):
    """The part of a goal from which its progress is computed."""

    METRIC = "metric"
    MILESTONES = "milestones"
    CHECKLIST = "checklist"
    CADENCE = "cadence"
    CHILDREN = "children"
    STEP = "step"


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


_COUNTED = (PeriodState.KEPT, PeriodState.MISSED)


class MeasureProgress(NamedTuple):
    """Progress against time by one measure.

    `progress` is the share that is done, `expected` the share that should be done by now, `spi` the
    earned-schedule index SPI(t) (Lipke 2003), `slip_days` the days from the due day to the
    forecast, `late_days` the days since the due day. `done` of `total` milestones, leaves of the
    checklist, kept periods or children are counted. `planned` counts the milestones that are
    due by now, `unknown` the children whose progress is unknown, `streak` the periods of a habit
    kept in a row up to now, `sessions` those of the `required_sessions` that were held, `periods`
    all of them, oldest first. `stale_days` is the age of a value that is too old to judge by,
    `completed_on` the day on which the measure was complete, `part` the child that gives the
    status.
    """

    measure: Measure
    status: Status
    progress: Fraction | None = None
    expected: Fraction | None = None
    spi: Fraction | None = None
    forecast: date | None = None
    slip_days: int | None = None
    late_days: int | None = None
    done: int | None = None
    total: int | None = None
    planned: int | None = None
    unknown: int = 0
    streak: int | None = None
    sessions: Fraction | None = None
    required_sessions: int | None = None
    periods: tuple[HabitPeriod, ...] = ()
    stale_days: int | None = None
    completed_on: date | None = None
    part: str | None = None

    @property
    def is_of_latest(self) -> bool:
        """Whether older periods of the habit are over that no longer count."""
        return sum(period.state in _COUNTED for period in self.periods) > (self.total or 0)


def by_metric(
    metric: Metric, measurements: Sequence[Measurement], *, days: GoalDays
) -> MeasureProgress:
    """Measure a goal by the value that counts, from the baseline to the target.

    The share is unknown without a measurement, and where the target is the baseline.
    """
    current = measurements[-1] if measurements else None
    share = _share_of_way(metric, current.value) if current is not None else None
    index = days.index_of_share(share)
    age = _stale_days(current.on, days=days) if current is not None and current.on else None
    status = measured_status(share, index, days=days, stale=age is not None)
    return _against_time(
        Measure.METRIC,
        status,
        days=days,
        progress=share,
        expected=days.expected,
        spi=index,
        finish=days.finish(index, share=share),
        stale_days=age if status is Status.UNKNOWN else None,
        completed_on=_complete_since(metric, measurements) if share == 1 else None,
    )


def by_milestones(milestones: Sequence[Milestone], *, days: GoalDays) -> MeasureProgress:
    """Measure a goal by the weight of the milestones that are done by as_of."""
    weights = milestone_weights(milestones)
    total = sum(weights)
    done = [counts_from(m.fields.done, as_of=days.as_of) for m in milestones]
    known = [on for on in done if on is not None]
    earned = sum(w for w, on in zip(weights, done, strict=True) if on is not None)
    share = Fraction(earned, total) if total else None
    dues = [_number_of_due(m, days=days) for m in milestones]
    planned: dict[int, Fraction | int] = {}
    for due, weight in zip(dues, weights, strict=True):
        if due is not None:
            planned[due] = planned.get(due, 0) + weight
    now = days.elapsed if days.elapsed is not None else -1
    by_now = sum(weight for due, weight in planned.items() if due <= now)
    has_plan = total and days.length is not None
    index = days.index_of_weights(planned, earned=earned) if total else None
    return _against_time(
        Measure.MILESTONES,
        measured_status(share, index, days=days),
        days=days,
        progress=share,
        expected=Fraction(by_now, total) if has_plan else None,
        spi=index,
        finish=days.finish(index, share=share),
        done=len(known),
        total=len(milestones),
        planned=sum(due is not None and due <= now for due in dues) if has_plan else None,
        completed_on=max(known) if share == 1 else None,
    )


def by_checklist(leaves: Sequence[Task], *, days: GoalDays) -> MeasureProgress:
    """Measure a goal by the ticks of its task list, which have no date.

    A list is coarse, so the item in hand has credit: SPI(t) = min(1, p + 1/n) * T / t.
    """
    ticked, count = sum(task.done for task in leaves), len(leaves)
    share = Fraction(ticked, count)
    index = days.index_of_share(Fraction(min(count, ticked + 1), count))
    finish = None
    if share and count >= _FEWEST_ITEMS and days.elapsed is not None and days.elapsed > 0:
        finish = days.date_of(ceil(days.elapsed / share))
    return _against_time(
        Measure.CHECKLIST,
        measured_status(share, index, days=days),
        days=days,
        progress=share,
        expected=days.expected,
        spi=index,
        finish=finish,
        done=ticked,
        total=count,
    )


def by_cadence(
    cadence: Cadence, log: Sequence[LogEntry], *, days: GoalDays, time_off: DaysOff
) -> MeasureProgress:
    """Measure a habit by its log: sessions up to those that its cadence requires, over these.

    Only the periods count that were kept or missed; without a due day the last twelve of them. A
    habit that is over is done or ended, never late.
    """
    if days.start is None:
        return MeasureProgress(Measure.CADENCE, Status.UNKNOWN)
    sessions = _sessions_by_period(cadence, log, days=days)
    periods = tuple(_habit_periods(cadence, sessions, days=days, time_off=time_off))
    counted = [period for period in periods if period.state in _COUNTED]
    streak = takewhile(lambda period: period.state is PeriodState.KEPT, reversed(counted))
    latest = counted if days.due is not None else counted[-_LATEST_PERIODS:]
    required_sessions = cadence.times * len(latest)
    held = sum((min(period.sessions, Fraction(cadence.times)) for period in latest), Fraction(0))
    share = held / required_sessions if sessions and latest else None
    index = share / cadence.share if share is not None else None
    if days.before_start:
        status = Status.PLANNED
    elif days.overdue is not None:
        status = Status.DONE if index is not None and index >= ON_TRACK_FROM else Status.ENDED
    elif not sessions:
        status = Status.UNKNOWN
    else:
        status = Status.STARTED if len(latest) < _FEWEST_PERIODS else status_by_index(index)
    return MeasureProgress(
        Measure.CADENCE,
        status,
        progress=share,
        expected=None if days.before_start or status is Status.DONE else cadence.share,
        done=sum(period.state is PeriodState.KEPT for period in latest),
        total=len(latest),
        streak=sum(1 for _ in streak),
        sessions=held,
        required_sessions=required_sessions,
        periods=periods,
        completed_on=days.due if status is Status.DONE else None,
    )


def by_step(days: GoalDays) -> MeasureProgress:
    """Measure a goal that is one step, done or not; it has no share."""
    return _against_time(Measure.STEP, status_of_step(days), days=days)


def milestone_weights(milestones: Sequence[Milestone]) -> Sequence[Fraction | int]:
    """Return the weight of each milestone of a goal, all in one unit.

    That is `weight` if any has one (the others 1), else hours if all have an effort, else 1 each.
    """
    fields = [milestone.fields for milestone in milestones]
    if any(f.weight is not None for f in fields):
        return [f.weight if f.weight is not None else 1 for f in fields]
    hours = [f.effort.hours for f in fields if f.effort is not None]
    return hours if len(hours) == len(fields) else [1] * len(fields)


def _against_time(
    measure: Measure,
    status: Status,
    *,
    days: GoalDays,
    expected: Fraction | None = None,
    spi: Fraction | None = None,
    finish: date | None = None,
    **counted: Any,
) -> MeasureProgress:
    """Return what was measured, without what its status has not.

    SPI(t), forecast and slip are known while a pace is; nothing is expected of what is done.
    """
    with_pace = status in WITH_PACE
    finish = finish if with_pace else None
    return MeasureProgress(
        measure,
        status,
        expected=expected if status is not Status.DONE else None,
        spi=spi if with_pace else None,
        forecast=finish,
        slip_days=days.slip(finish),
        late_days=days.overdue if status is Status.LATE else None,
        **counted,
    )


def _sessions_by_period(
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


def _habit_periods(
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


def _share_of_way(metric: Metric, value: Fraction) -> Fraction | None:
    way = metric.target - metric.baseline
    if way == 0:
        return None
    return min(Fraction(1), max(Fraction(0), (value - metric.baseline) / way))


def _stale_days(on: date, *, days: GoalDays) -> int | None:
    """Return the age of a value that is too old to judge by: over T/4, 14 to 60 active days."""
    if days.length is None:
        return None
    oldest = min(Fraction(60), max(Fraction(14), Fraction(days.length, 4)))
    return (days.as_of - on).days if days.between(on, days.as_of) > oldest else None


def _complete_since(metric: Metric, measurements: Sequence[Measurement]) -> date | None:
    """Return the first day of the last unbroken run of values at the target or beyond."""
    since = None
    for measurement in reversed(measurements):
        if _share_of_way(metric, measurement.value) != 1:
            break
        since = measurement.on or since
    return since


def _number_of_due(milestone: Milestone, *, days: GoalDays) -> int | None:
    """Return the number of a milestone's due day, else its goal's, within the days of the goal."""
    due = milestone.due.last if milestone.due is not None else days.due
    number = days.day_number(due) if due is not None else None
    if number is None or days.length is None:
        return number
    return min(days.length, max(0, number))
