"""Reasons: why a goal has its status, as data that pages put into words."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from planfolio.analyse.days import GoalDays, counts_from
from planfolio.analyse.measures import Measure, MeasureProgress
from planfolio.analyse.status import NEEDS_ATTENTION, Status, StepNumbers
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


class Reason(NamedTuple):
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
            return Reason(ReasonCode.DONE, on=done_on)
        case Status.DROPPED:
            dropped = goal.fields.dropped
            on = counts_from(dropped.date, as_of=days.as_of) if dropped is not None else None
            return Reason(ReasonCode.DROPPED, on=on)
        case Status.PAUSED:
            return _paused(days)
        case Status.DRAFT:
            return Reason(ReasonCode.DRAFT)
    if deciding is not None:
        return _measured(status, deciding, days=days)
    kept = [child for child in children if child.status not in (Status.DROPPED, Status.DRAFT)]
    done = sum(child.status is Status.DONE for child in kept)
    code = ReasonCode.LATE if status is Status.LATE else ReasonCode.DIRECTION
    return Reason(code, days=days.overdue, done=done, total=len(kept))


def _paused(days: GoalDays) -> Reason:
    """Return since when and until when a goal is paused, by the pauses that hold on the day."""
    for first, last in days.paused.intervals:
        if first <= days.as_of <= last:
            return Reason(ReasonCode.PAUSED, on=first, until=last if last != date.max else None)
    return Reason(ReasonCode.PAUSED)


def _measured(status: Status, deciding: MeasureProgress, *, days: GoalDays) -> Reason:
    """Return the reason that the deciding measure gives, with what it counts."""
    code = _code(status, deciding, days=days)
    if code is ReasonCode.NO_SESSION:
        return Reason(code)
    counted_days = {
        ReasonCode.PART: deciding.late_days,
        ReasonCode.LATE: deciding.late_days,
        ReasonCode.STARTED: days.elapsed,
        ReasonCode.STALE: deciding.stale_days,
    }
    return Reason(
        code,
        part=deciding.part if code is ReasonCode.PART else None,
        days=counted_days.get(code),
        on=days.start if code is ReasonCode.PLANNED else None,
        done=deciding.done,
        total=deciding.total,
        planned=deciding.planned,
    )


def _code(status: Status, deciding: MeasureProgress, *, days: GoalDays) -> ReasonCode:
    if deciding.measure is Measure.CHILDREN:
        return ReasonCode.PART if status in NEEDS_ATTENTION else ReasonCode.PARTS
    if status is not Status.UNKNOWN:
        by_measure = status in (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)
        return ReasonCode(deciding.measure.value if by_measure else status.value)
    if deciding.stale_days is not None:
        return ReasonCode.STALE
    if deciding.measure is Measure.METRIC and deciding.progress is None:
        return ReasonCode.NO_MEASUREMENT
    if days.start is None:
        return ReasonCode.NO_START
    return ReasonCode.NO_SESSION if deciding.measure is Measure.CADENCE else ReasonCode.NO_DUE
