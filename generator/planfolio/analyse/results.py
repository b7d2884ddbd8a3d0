"""The numbers that the analysis computes about goals, milestones, skills and roles.

Ratios are exact fractions from 0 to 1, durations are days, effort is hours. None is unknown, which
is never shown as zero. No value is rounded.
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
    """The computed status of a goal or a milestone."""

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
    Status.DONE,
    Status.DROPPED,
)
"""All statuses, the most urgent first."""

INACTIVE = frozenset({Status.PAUSED, Status.DROPPED, Status.DRAFT})
"""The statuses in which nothing is worked on; they are as written."""


class Measure(StrEnum):
    """The part of a goal from which its progress is computed."""

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
    """A value on a day and the record that states it. `on` is None for a value without a date."""

    value: Fraction
    on: date | None
    source: Key


@dataclass(frozen=True, slots=True)
class Tally:
    """How many are done, and of how many."""

    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureProgress:
    """Progress against time by one measure.

    `expected` is the share of the time that has gone, `planned` the weight of the milestones due
    by now over all weight, `spi` the earned-schedule index SPI(t) (Lipke 2003), `slip_days` the
    days from the due day to the forecast, `late_days` the days since the due day. `tally` counts
    milestones, leaves of the checklist, kept periods or children.
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
    tally: Tally | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalNumbers:
    """The numbers of a goal.

    `measures` has the leading measure first and, for a goal with a metric and milestones, the
    other one. `status` is the worse of theirs. `measurements` are the values of the metric up to
    as_of, oldest first, and `current` is the one that counts. `done_on` is the day on which the
    goal was done, if known. `unknown_children` counts the children whose progress is unknown.
    `open` is true where the goal is neither done nor inactive.
    """

    id: str
    status: Status
    measures: tuple[MeasureProgress, ...]
    current: Measurement | None = None
    measurements: tuple[Measurement, ...] = ()
    done_on: date | None = None
    unknown_children: int = 0
    open: bool = False

    @property
    def leading(self) -> MeasureProgress:
        """The progress by the measure that comes first."""
        return self.measures[0]

    @property
    def tally(self) -> Tally | None:
        """What the leading measure counts."""
        return self.leading.tally


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneNumbers:
    """The numbers of a milestone: done by as_of, late, planned (not started) or open.

    `progress` and `tally` are those of its checklist. A milestone that is not done is paused,
    dropped or draft with its goal, and never late once its goal is done. `open` is true where it is
    still to do. `projected` and `projected_late_days` are None until a schedule is computed.
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


@dataclass(frozen=True, slots=True)
class StepNumbers:
    """The status of a record that raises skills or answers needs, whatever its kind."""

    status: Status
    open: bool
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillNumbers:
    """The numbers of a skill: its current, planned and required level on its scale.

    `level` is None for an unrated skill. `planned` is the highest level to which an open step
    raises it, if above the current one or if that is unrated. `required` is the highest level that
    a target role requires. `steps` are the open goals and milestones that raise it, `top` is the
    highest number of its scale, `word` the scale's word for the level.
    """

    id: str
    level: Fraction | None
    top: Fraction
    word: str | None = None
    current: Measurement | None = None
    measurements: tuple[Measurement, ...] = ()
    planned: Fraction | None = None
    required: Fraction | None = None
    steps: tuple[Key, ...] = ()
    newest_evidence: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementNumbers:
    """The gap between the level of a skill that a role requires and the current level.

    `gap` is in levels of the skill's scale, `weighted_gap` in levels of a scale of 5 times the
    weight, `gain` a share of the role's readiness, `effort` the hours of the open steps that raise
    the skill, `priority` the weighted gap per hour. All are None for an unrated skill, unless the
    role requires level 0. `covered` is None only where the level is reached. `steps` are the open
    goals and milestones that raise the skill, for whatever role.
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
    """The state of a need of a role: the day it was met, and the open and done steps for it.

    `index` is its place in the role's list.
    """

    id: str
    index: int
    met_on: date | None
    answers: tuple[Key, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether the need is met or has a step."""
        return self.met_on is not None or bool(self.answers)


@dataclass(frozen=True, slots=True)
class Interval:
    """The bounds of a share that is not known exactly."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleNumbers:
    """The numbers of a role: its readiness, and its requirements in the order of priority.

    `readiness` is None where nothing is required. `met` of `required` requirements are met.
    `musts_met` and `ready` are None while unrated skills leave them open. `ready_on` is None until
    a schedule is computed.
    """

    id: str
    readiness: Interval | None
    met: int
    required: int
    musts_met: bool | None
    ready: bool | None
    ready_on: date | None = None
    requirements: tuple[RequirementNumbers, ...] = ()
    needs: tuple[NeedNumbers, ...] = ()

    @property
    def gaps(self) -> tuple[RequirementNumbers, ...]:
        """The requirements that are not known to be met, in the order of priority."""
        return tuple(r for r in self.requirements if not r.met)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """The hours a week, and whether the plan fits into them (None until a schedule is computed)."""

    hours_per_week: Fraction | None
    fits: bool | None = None
    needed_hours_per_week: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """All numbers of a plan on the day `as_of`, by id.

    `steps` has the goals, the milestones and the records of other kinds that raise skills or answer
    needs, by key.
    """

    as_of: date
    goals: Mapping[str, GoalNumbers]
    milestones: Mapping[str, MilestoneNumbers]
    steps: Mapping[Key, StepNumbers]
    skills: Mapping[str, SkillNumbers]
    roles: Mapping[str, RoleNumbers]
    capacity: Capacity
