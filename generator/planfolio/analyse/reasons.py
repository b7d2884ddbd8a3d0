"""Reasons: why a goal has its status, as data that pages put into words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planfolio.analyse.days import reached
from planfolio.analyse.results import Measure, Reason, ReasonCode, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.analyse.days import GoalDays
    from planfolio.analyse.results import GoalNumbers, MeasureProgress
    from planfolio.model.plan import Goal


def reason_of(
    goal: Goal,
    *,
    status: Status,
    deciding: MeasureProgress | None,
    children: Sequence[GoalNumbers],
    done_on: date | None,
    days: GoalDays,
) -> Reason:
    """Return why a goal has its status; `deciding` is None for a direction."""
    match status:
        case Status.DONE:
            return Reason(code=ReasonCode.DONE, on=done_on)
        case Status.DROPPED:
            dropped = goal.fields.dropped
            on = reached(dropped.date, as_of=days.as_of) if dropped is not None else None
            return Reason(code=ReasonCode.DROPPED, on=on)
        case Status.PAUSED:
            return _paused(days)
        case Status.DRAFT:
            return Reason(code=ReasonCode.DRAFT)
    if deciding is None:
        kept = [child for child in children if child.status not in (Status.DROPPED, Status.DRAFT)]
        done = sum(child.status is Status.DONE for child in kept)
        code = ReasonCode.LATE if status is Status.LATE else ReasonCode.DIRECTION
        return Reason(code=code, days=days.overdue, done=done, total=len(kept))
    if deciding.part is not None and status is not Status.UNKNOWN:
        is_open = status in (Status.OPEN, Status.PLANNED, Status.STARTED, Status.ENDED)
        if not is_open and status is not Status.ON_TRACK:
            return _counted(ReasonCode.PART, deciding, part=deciding.part, days=deciding.late_days)
        return _counted(ReasonCode.PARTS, deciding)
    match status:
        case Status.LATE:
            return _counted(ReasonCode.LATE, deciding, days=deciding.late_days)
        case Status.PLANNED:
            return _counted(ReasonCode.PLANNED, deciding, on=days.start)
        case Status.OPEN:
            return Reason(code=ReasonCode.OPEN)
        case Status.STARTED:
            return _counted(ReasonCode.STARTED, deciding, days=days.elapsed)
        case Status.ENDED:
            return _counted(ReasonCode.ENDED, deciding)
        case Status.UNKNOWN:
            return _unknown(deciding, days=days)
    return _counted(ReasonCode(deciding.measure.value), deciding)


def _paused(days: GoalDays) -> Reason:
    """Return since when and until when a goal is paused, by the pauses that hold on the day."""
    for first, last in days.paused.intervals:
        if first <= days.as_of <= last:
            until = last if last != date.max else None
            return Reason(code=ReasonCode.PAUSED, on=first, until=until)
    return Reason(code=ReasonCode.PAUSED)


def _unknown(deciding: MeasureProgress, *, days: GoalDays) -> Reason:
    if deciding.measure is Measure.CHILDREN:
        return _counted(ReasonCode.PARTS, deciding)
    if deciding.stale_days is not None:
        return Reason(code=ReasonCode.STALE, days=deciding.stale_days)
    if deciding.measure is Measure.METRIC and deciding.progress is None:
        return Reason(code=ReasonCode.NO_MEASUREMENT)
    if days.start is None:
        return _counted(ReasonCode.NO_START, deciding)
    if deciding.measure is Measure.CADENCE:
        return Reason(code=ReasonCode.NO_SESSION)
    return _counted(ReasonCode.NO_DUE, deciding)


def _counted(
    code: ReasonCode,
    deciding: MeasureProgress,
    *,
    part: str | None = None,
    days: int | None = None,
    on: date | None = None,
) -> Reason:
    """Return a reason with what the deciding measure counts."""
    return Reason(
        code=code,
        part=part,
        days=days,
        on=on,
        done=deciding.done,
        total=deciding.total,
        planned=deciding.planned,
    )
