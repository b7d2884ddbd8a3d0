"""The status of a goal: the first rule that holds."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.analyse.facts import reached
from planfolio.analyse.results import Measure, Status
from planfolio.model.kinds.goal import GoalStatus

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from planfolio.analyse.progress import Progress
    from planfolio.analyse.term import Term
    from planfolio.model.kinds.goal import GoalFields

ON_TRACK_FROM = Fraction(9, 10)
AT_RISK_FROM = Fraction(7, 10)

PACED = frozenset({Status.LATE, Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK})
"""The statuses in which a pace is known and means something: SPI(t) is null in all others."""

RESTING = {
    GoalStatus.DRAFT: Status.DRAFT,
    GoalStatus.PAUSED: Status.PAUSED,
    GoalStatus.DROPPED: Status.DROPPED,
}
"""What is written and holds whatever the numbers say."""

WORST_FIRST = (
    Status.LATE,
    Status.OFF_TRACK,
    Status.AT_RISK,
    Status.STARTED,
    Status.ON_TRACK,
    Status.OPEN,
    Status.PLANNED,
)


def written_status(goal: GoalFields, *, as_of: date) -> Status | None:
    """Return the status that is written, where that settles it (rule 1).

    `done` holds from its date on, whether or not the status says so too; without a date the
    status does, always.
    """
    if goal.status in RESTING:
        return RESTING[goal.status]
    if goal.done is not None:
        return Status.DONE if reached(goal.done, as_of=as_of) is not None else None
    return Status.DONE if goal.status is GoalStatus.DONE else None


def measured_status(progress: Progress, *, term: Term) -> Status:
    """Return the status that progress and time give (rules 2 to 7).

    Where there is no due day to keep pace with, none is known.
    """
    if progress.complete:
        return Status.DONE
    if term.overdue is not None:
        return Status.LATE
    if progress.measure is Measure.STEP:
        ahead = term.elapsed is not None and term.elapsed < 0
        return Status.PLANNED if ahead else Status.OPEN
    if progress.share is None or term.elapsed is None:
        return Status.UNKNOWN
    if term.elapsed < 0 and progress.share == 0:
        return Status.PLANNED
    if term.early or progress.early:
        return Status.STARTED
    return _by_index(progress.index)


def status_of_parent(progress: Progress, *, term: Term, children: Iterable[Status]) -> Status:
    """Return the status of a goal that has only its children's progress: the worst of theirs."""
    if progress.complete:
        return Status.DONE
    if term.overdue is not None:
        return Status.LATE
    return worst(children)


def worst(statuses: Iterable[Status]) -> Status:
    """Return the worst known status of what is not all done: unknown when none is known.

    One part that is done says nothing about the others, so it does not stand for them.
    """
    known = set(statuses)
    return next((status for status in WORST_FIRST if status in known), Status.UNKNOWN)


def _by_index(index: Fraction | None) -> Status:
    if index is None:
        return Status.UNKNOWN
    if index >= ON_TRACK_FROM:
        return Status.ON_TRACK
    return Status.AT_RISK if index >= AT_RISK_FROM else Status.OFF_TRACK
