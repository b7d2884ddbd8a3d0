"""The status of a goal: the first rule that applies."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.analyse.days import reached
from planfolio.analyse.results import INACTIVE, WORST_FIRST, Measure, Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from planfolio.analyse.days import GoalDays
    from planfolio.analyse.measures import Measured
    from planfolio.model.kinds.fields import Fields

ON_TRACK_FROM = Fraction(9, 10)
AT_RISK_FROM = Fraction(7, 10)

WITH_PACE = frozenset({Status.LATE, Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK})
"""The statuses in which a pace is known: SPI(t) is None in all others."""


def written_status(fields: Fields, *, as_of: date) -> Status | None:
    """Return the status that a record states by `status` and `done` (rule 1), else None.

    `done` counts from its date on, whether or not the status says so too. A status of done without
    a date always counts.
    """
    written, done = getattr(fields, "status", None), getattr(fields, "done", None)
    if written in INACTIVE:
        return Status(written)
    if done is not None:
        return Status.DONE if reached(done, as_of=as_of) is not None else None
    return Status.DONE if written == Status.DONE else None


def measured_status(measured: Measured, *, days: GoalDays) -> Status:
    """Return the status that progress and time give (rules 2 to 7)."""
    if measured.complete:
        return Status.DONE
    if days.overdue is not None:
        return Status.LATE
    if measured.measure is Measure.STEP:
        return Status.PLANNED if days.before_start else Status.OPEN
    if measured.share is None or days.start is None:
        return Status.UNKNOWN
    if days.before_start and measured.share == 0:
        return Status.PLANNED
    if days.early or measured.early:
        return Status.STARTED
    return _by_index(measured.index)


def status_of_parent(measured: Measured, *, days: GoalDays, children: Iterable[Status]) -> Status:
    """Return the status of a goal that is measured by its children alone: the worst of theirs."""
    if measured.complete:
        return Status.DONE
    if days.overdue is not None:
        return Status.LATE
    return worst(children)


def worst(statuses: Iterable[Status]) -> Status:
    """Return the worst known status of parts that are not all done: unknown when none is known.

    A part that is done says nothing about the others.
    """
    known = set(statuses) - INACTIVE - {Status.UNKNOWN, Status.DONE}
    return next((status for status in WORST_FIRST if status in known), Status.UNKNOWN)


def _by_index(index: Fraction | None) -> Status:
    if index is None:
        return Status.UNKNOWN
    if index >= ON_TRACK_FROM:
        return Status.ON_TRACK
    return Status.AT_RISK if index >= AT_RISK_FROM else Status.OFF_TRACK
