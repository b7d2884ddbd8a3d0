"""Words with a tone: statuses, coverages, and who may see a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.analyse.results import Coverage, Status
from planfolio.model.visibility import Visibility
from planfolio.portfolio.components import Badge
from planfolio.portfolio.formats import GLUE, count

if TYPE_CHECKING:
    from planfolio.analyse.results import GoalNumbers, MilestoneNumbers, RoleNumbers

STATUS_WORDS = {
    Status.ON_TRACK: ("On track", "good"),
    Status.AT_RISK: ("At risk", "fair"),
    Status.OFF_TRACK: ("Off track", "poor"),
    Status.LATE: ("Late", "bad"),
    Status.UNKNOWN: ("Unknown", "unknown"),
    Status.PLANNED: ("Planned", "quiet"),
    Status.OPEN: ("Open", "accent"),
    Status.STARTED: ("Started", "accent"),
    Status.DONE: ("Done", "done"),
    Status.PAUSED: ("Paused", "quiet"),
    Status.DROPPED: ("Dropped", "quiet"),
    Status.DRAFT: ("Draft", "quiet"),
}
"""The word and the tone of each status."""

_COVERAGE_WORDS = {
    Coverage.YES: ("Covered", "good"),
    Coverage.PARTLY: ("Partly", "fair"),
    Coverage.NO: ("No step yet", "bad"),
}


def status_badge(status: Status, *, late_days: int | None = None) -> Badge:
    """Return the badge of a status; of what is late, with the days."""
    word, tone = STATUS_WORDS[status]
    late = status is Status.LATE and late_days is not None
    return Badge(word, tone, f"by{GLUE}{count(late_days, 'day')}" if late and late_days else "")


def goal_badge(numbers: GoalNumbers) -> Badge:
    """Return the badge of a goal's status."""
    tracks = numbers.measures
    days = [t.late_days for t in tracks if t.late_days is not None]
    return status_badge(numbers.status, late_days=max(days, default=None))


def milestone_badge(numbers: MilestoneNumbers) -> Badge:
    """Return the badge of a milestone: a reached one is `Reached`."""
    if numbers.status is Status.DONE:
        return Badge("Reached", "done")
    return status_badge(numbers.status, late_days=numbers.late_days)


def ready_badge(numbers: RoleNumbers) -> Badge:
    """Return whether a role's demands are met; unknown where an unrated skill leaves it open."""
    if numbers.readiness is None:
        return Badge("n/a", "unknown")
    match numbers.ready:
        case True:
            return Badge("Ready", "good")
        case False:
            return Badge("Not yet ready", "fair")
        case None:
            return Badge("Unknown", "unknown")


def coverage_badge(covered: Coverage | None) -> Badge:
    """Return whether the open steps close a gap; unknown where the gap is."""
    if covered is None:
        return Badge("Unknown", "unknown")
    word, tone = _COVERAGE_WORDS[covered]
    return Badge(word, tone)


def visibility_badge(visibility: Visibility) -> Badge | None:
    """Return the badge of a record that not everyone may see; what is public has none."""
    match visibility:
        case Visibility.PUBLIC:
            return None
        case Visibility.MENTOR:
            return Badge("For mentors", "quiet")
        case Visibility.PRIVATE:
            return Badge("Private", "quiet")
