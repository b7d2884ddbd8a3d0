"""Reasons: why a goal has its status, as data that pages put into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from planfolio.analyse.days import reached
from planfolio.analyse.measures import Measure
from planfolio.analyse.status import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.analyse.days import GoalDays
    from planfolio.analyse.measures import MeasureProgress
    from planfolio.analyse.status import StepNumbers
    from planfolio.model.plan import Goal


class ReasonCode(StrEnum):
    """What a status comes from."""

    DONE = "done"
    DROPPED = "dropped"
    PAUSED = "paused"
    DRAFT = "draft"
    LATE = "late"
    PLANNED = "planned"
    OPEN = "open"
    STARTED = "started"
    ENDED = "ended"
    DIRECTION = "direction"
    NO_MEASUREMENT = "no-measurement"
    NO_SESSION = "no-session"
    NO_START = "no-start"
    NO_DUE = "no-due"
    STALE = "stale"
    METRIC = "metric"
    MILESTONES = "milestones"
    CHECKLIST = "checklist"
    CADENCE = "cadence"
    PART = "part"
    PARTS = "parts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a goal has its status.

    `part` is the id of the child that gives the status. `days` are those since the due day, since
    the value or since the start. `on` is the day done, dropped, or of the start to come, `until`
    the last day of a pause. `done` of `total` are counted, and `planned` should be done by now.
    """

    code: ReasonCode
    part: str | None = None
    days: int | None = None
    on: date | None = None
    until: date | None = None
    done: int | None = None
    total: int | None = None
    planned: int | None = None


def reason_of(
    goal: Goal,
    *,
    status: Status,
    deciding: MeasureProgress | None,
    children: Sequence[StepNumbers],
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
