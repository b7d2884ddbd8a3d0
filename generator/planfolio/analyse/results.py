"""What the analysis finds out: numbers about goals, milestones, skills and roles.

Ratios are exact fractions from 0 to 1, durations days, effort hours. None is unknown, which is
never shown as zero. Nothing here is rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from fractions import Fraction

    from planfolio.model.plan import Key


class Status(StrEnum):
    """The status of a goal, computed."""

    ON_TRACK = "on-track"
    AT_RISK = "at-risk"
    OFF_TRACK = "off-track"
    LATE = "late"
    UNKNOWN = "unknown"
    PLANNED = "planned"
    OPEN = "open"
    STARTED = "started"
    DONE = "done"
    PAUSED = "paused"
    DROPPED = "dropped"
    DRAFT = "draft"


class Measure(StrEnum):
    """What a goal's progress is read from."""

    METRIC = "metric"
    MILESTONES = "milestones"
    CHECKLIST = "checklist"
    CADENCE = "cadence"
    CHILDREN = "children"
    STEP = "step"


class Coverage(StrEnum):
    """Whether the open steps close a gap."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Measurement:
    """A value on a day, and the record that says it; an undated value has no day."""

    value: Fraction
    on: date | None
    source: Key


@dataclass(frozen=True, slots=True)
class Tally:
    """So many of so many."""

    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """Progress against time by one measure.

    `expected` is the share of the time that has gone, `planned` the weight of milestones due by
    now over all weight, `spi` the earned-schedule index SPI(t) (Lipke 2003), `slip_days` the
    forecast less the due day, `late_days` the days since the due day.
    """

    measure: Measure
    status: Status
    progress: Fraction | None = None
    expected: Fraction | None = None
    planned: Fraction | None = None
    spi: Fraction | None = None
    forecast: date | None = None
    slip_days: int | None = None
    late_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalNumbers:
    """A goal: the track that leads, and, where it has a metric and milestones, the other one.

    `status` is the goal's (the worse of both tracks). `readings` are the values of the metric up
    to as_of, oldest first, and `current` the one that holds. `done_on` is the day it was done, if
    known. `tally` counts milestones, checklist leaves, kept periods or children, as the measure
    has it; `unknown_children` counts children without a known progress.
    """

    id: str
    status: Status
    track: Track
    milestones_track: Track | None = None
    current: Measurement | None = None
    readings: tuple[Measurement, ...] = ()
    done_on: date | None = None
    tally: Tally | None = None
    unknown_children: int = 0
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneNumbers:
    """A milestone: done (by as_of), late, planned (not started) or open.

    `progress` and `tally` are its checklist's. One that is not reached is paused, dropped or draft
    with its goal, and never late once its goal is done. `open` tells that it is still to do.
    `projected` and `projected_late_days` come from the schedule and are None until it is computed.
    """

    id: str
    status: Status
    done_on: date | None = None
    late_days: int | None = None
    progress: Fraction | None = None
    tally: Tally | None = None
    open: bool = False
    projected: date | None = None
    projected_late_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillNumbers:
    """A skill: its level (None: unrated), where open steps will take it, and what roles ask.

    `planned` is the highest level that an open step raises it to, if above the current one; an
    unrated skill is below all of them.
    `required` is the highest level that a target role asks for. `steps` are the open goals and
    milestones that raise it; `top` is the highest number of its scale.
    """

    id: str
    level: Fraction | None
    top: Fraction
    word: str | None = None
    current: Measurement | None = None
    readings: tuple[Measurement, ...] = ()
    planned: Fraction | None = None
    required: Fraction | None = None
    steps: tuple[Key, ...] = ()
    newest_evidence: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What a role asks of a skill, what there is, and what closes the gap.

    `gap` is in levels of the skill's scale, `weighted_gap` in levels of a scale of 5 times the
    weight, `gain` a share of the role's readiness, `effort` the hours of the open steps that raise
    the skill, `priority` weighted gap per hour. With an unrated skill all of them are None, unless
    level 0 is asked, which anyone has.
    `covered` is None only where the level is reached: an unrated skill has it from its planned
    level. `steps` are the open goals and milestones that raise the skill, for whatever role.
    """

    skill: str
    current: Fraction | None
    required: Fraction
    stretch: Fraction | None
    weight: Fraction
    must: bool
    gap: Fraction | None
    weighted_gap: Fraction | None
    gain: Fraction | None
    effort: Fraction | None
    priority: Fraction | None
    covered: Coverage | None
    planned: Fraction | None
    steps: tuple[Key, ...] = ()

    @property
    def met(self) -> bool:
        """Whether the level is known to be reached."""
        return self.gap == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedNumbers:
    """A need of a role: met by as_of, and the open and done steps that answer it.

    `index` is its place in the role's list. It is answered when it is met or has such a step.
    """

    id: str
    index: int
    met_on: date | None
    answers: tuple[Key, ...] = ()
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """A share that is known only to lie between two."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleNumbers:
    """A role: its readiness (None: nothing is required) and requirements, the first to close first.

    `met` of `required` requirements are reached. `musts_met` is True, False, or None while an
    unrated must leaves it open. `ready` says so for the role; `ready_on` waits for the schedule.
    """

    id: str
    readiness: Interval | None
    met: int
    required: int
    musts_met: bool | None
    ready: bool | None
    ready_on: date | None = None
    requirements: tuple[Requirement, ...] = ()
    needs: tuple[NeedNumbers, ...] = ()

    @property
    def gaps(self) -> tuple[Requirement, ...]:
        """The requirements that are not known to be met, in order of priority."""
        return tuple(r for r in self.requirements if not r.met)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """Hours a week, and whether the plan fits into them (None until the schedule is computed)."""

    hours_per_week: Fraction | None
    fits: bool | None = None
    needed_hours_per_week: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """All numbers about a plan on the day `as_of`, by id."""

    as_of: date
    goals: Mapping[str, GoalNumbers]
    milestones: Mapping[str, MilestoneNumbers]
    skills: Mapping[str, SkillNumbers]
    roles: Mapping[str, RoleNumbers]
    capacity: Capacity
