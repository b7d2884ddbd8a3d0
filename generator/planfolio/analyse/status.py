"""Statuses: what a record states itself, and what progress and time give."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from planfolio.analyse.days import NO_DAYS_OFF, DaysOff, GoalDays, counts_from
from planfolio.model.kinds.kind import Fields


class Status(StrEnum):
    """The computed status of a goal or a milestone."""

    ON_TRACK = "on-track"
    AT_RISK = "at-risk"
    OFF_TRACK = "off-track"
    LATE = "late"
    UNKNOWN = "unknown"
    PLANNED = "planned"
    OPEN = "open"
    STARTED = "started"
    ENDED = "ended"
    DONE = "done"
    PAUSED = "paused"
    DROPPED = "dropped"
    DRAFT = "draft"


WORST_FIRST = (
    Status.LATE,
    Status.OFF_TRACK,
    Status.AT_RISK,
    Status.UNKNOWN,
    Status.STARTED,
    Status.ON_TRACK,
    Status.OPEN,
    Status.PLANNED,
    Status.PAUSED,
    Status.DRAFT,
    Status.ENDED,
    Status.DONE,
    Status.DROPPED,
)
"""All statuses, the most urgent first."""

INACTIVE = frozenset({Status.PAUSED, Status.DROPPED, Status.DRAFT})
"""The statuses in which nothing is worked on; they are as written."""

OVER = frozenset({Status.DONE, Status.ENDED})
"""The statuses in which nothing is left to do."""

AT_REST = INACTIVE | OVER
"""The statuses in which nothing is expected any more, or for now."""

NEEDS_ATTENTION = (Status.LATE, Status.OFF_TRACK, Status.AT_RISK)
"""The statuses of what goes wrong, the worst first."""

WITH_PACE = frozenset({*NEEDS_ATTENTION, Status.ON_TRACK})
"""The statuses in which a pace is known: SPI(t) and forecast are None in all others."""

ON_TRACK_FROM = Fraction(9, 10)
AT_RISK_FROM = Fraction(7, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepNumbers:
    """The numbers of a step: a milestone, or another record that may raise skills or answer needs.

    `is_open` is true where it is still to do, `done_on` the day on which it was done, if known,
    `late_days` are those since its due day, where it is late, `progress` the share (0..1) of it
    that is done: of a milestone that of its checklist, of a goal that by the deciding measure.
    """

    status: Status
    is_open: bool
    done_on: date | None = None
    late_days: int | None = None
    progress: Fraction | None = None


def written_status(fields: Fields, *, as_of: date, paused: DaysOff = NO_DAYS_OFF) -> Status | None:
    """Return the status that a record states by `status`, `done`, `dropped` or a pause, else None.

    What happened counts from its date on, whatever the status says; a status without a date always
    counts. A pause without an end counts from its first day.
    """
    written, done, dropped = (
        getattr(fields, name, None)  # not every kind has each of them
        for name in ("status", "done", "dropped")
    )
    if done is not None:
        if counts_from(done, as_of=as_of) is not None:
            return Status.DONE
    elif written == Status.DONE:
        return Status.DONE
    if dropped is not None:
        if counts_from(dropped.date, as_of=as_of) is not None:
            return Status.DROPPED
    elif written == Status.DROPPED:
        return Status.DROPPED
    to_come = paused.endless_from is not None and as_of < paused.endless_from
    if as_of in paused or (written == Status.PAUSED and not to_come):
        return Status.PAUSED
    return Status.DRAFT if written == Status.DRAFT else None


def measured_status(
    share: Fraction | None, index: Fraction | None, *, days: GoalDays, stale: bool = False
) -> Status:
    """Return the status of a measure by its share (0..1) and SPI(t).

    A stale value can show that all is well, never that it is not.
    """
    if share == 1:
        return Status.DONE
    if days.overdue is not None:
        return Status.LATE
    if days.before_start and not share:
        return Status.PLANNED
    if share is None or days.length is None:
        return Status.UNKNOWN
    if days.is_early:
        return Status.STARTED
    status = status_by_index(index)
    return Status.UNKNOWN if stale and status is not Status.ON_TRACK else status


def status_of_step(days: GoalDays) -> Status:
    """Return the status of one step that is not done: late, planned or open."""
    if days.overdue is not None:
        return Status.LATE
    return Status.PLANNED if days.before_start else Status.OPEN


def status_by_index(index: Fraction | None) -> Status:
    """Return on track, at risk or off track by an index, unknown without one."""
    if index is None:
        return Status.UNKNOWN
    if index >= ON_TRACK_FROM:
        return Status.ON_TRACK
    return Status.AT_RISK if index >= AT_RISK_FROM else Status.OFF_TRACK


def worst_known(statuses: Iterable[Status]) -> Status:
    """Return the status of a whole from those of its parts: the worst that is known.

    A whole is done only when all its parts are: where the worst known is done and another part is
    not, it is unknown.
    """
    found = set(statuses)
    known = min(found - {Status.UNKNOWN}, key=WORST_FIRST.index, default=Status.UNKNOWN)
    return Status.UNKNOWN if known is Status.DONE and Status.UNKNOWN in found else known
