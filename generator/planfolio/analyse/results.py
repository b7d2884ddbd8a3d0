"""The numbers that the analysis computes about goals and milestones, and all of them together.

Ratios are exact fractions from 0 to 1, durations are days, effort is hours. None is unknown, which
is never shown as zero. No value is rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from planfolio.analyse.capacity import Capacity
    from planfolio.analyse.gaps import RoleNumbers, SkillNumbers
    from planfolio.analyse.learning import LearningModes
    from planfolio.analyse.money import Budget
    from planfolio.analyse.people import PersonNumbers
    from planfolio.model.references import Key
    from planfolio.model.values.dates import PlanDate


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


class Measure(StrEnum):
    """The part of a goal from which its progress is computed."""

    METRIC = "metric"
    MILESTONES = "milestones"
    CHECKLIST = "checklist"
    CADENCE = "cadence"
    CHILDREN = "children"
    STEP = "step"


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


class Measurement(NamedTuple):
    """A value on a day and the record that states it.

    `when` is the date as given and `on` its last day, but not after as_of; both are None for a
    value without a date.
    """

    value: Fraction
    on: date | None
    source: Key
    when: PlanDate | None = None


class Tally(NamedTuple):
    """How many are done, and of how many."""

    done: int
    total: int


class PeriodState(StrEnum):
    """What became of a period of a habit."""

    KEPT = "kept"
    MISSED = "missed"
    OPEN = "open"
    RESTED = "rested"


class HabitPeriod(NamedTuple):
    """A period of a habit, with the sessions that count in it.

    It is open until its last day, unless it is kept before. One that is rested is not asked for:
    the start or the due day cuts it, or half and more of it is time off or paused.
    """

    first: date
    last: date
    sessions: Fraction
    state: PeriodState


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureProgress:
    """Progress against time by one measure.

    `progress` is the share that is done, `expected` the share that should be done by now, `spi` the
    earned-schedule index SPI(t) (Lipke 2003), `slip_days` the days from the due day to the
    forecast, `late_days` the days since the due day. `tally` counts milestones, leaves of the
    checklist, kept periods or children: `done` of `total`. `planned` counts the milestones that are
    due by now, `unknown` the children whose progress is unknown, `run` the periods of a habit kept
    in a row, `sessions` those of the `asked` ones that were held, `periods` all of them, oldest
    first. `stale_days` is the age of a value that is too old to judge by, `completed_on` the day on
    which the measure was complete, `part` the child that gives the status.
    """

    measure: Measure
    status: Status
    progress: Fraction | None = None
    expected: Fraction | None = None
    spi: Fraction | None = None
    forecast: date | None = None
    slip_days: int | None = None
    late_days: int | None = None
    tally: Tally | None = None
    planned: int | None = None
    unknown: int = 0
    run: int | None = None
    sessions: Fraction | None = None
    asked: int | None = None
    periods: tuple[HabitPeriod, ...] = ()
    stale_days: int | None = None
    completed_on: date | None = None
    part: str | None = None

    @property
    def done(self) -> int | None:
        """How many of what is counted are done."""
        return self.tally.done if self.tally is not None else None

    @property
    def total(self) -> int | None:
        """How many are counted."""
        return self.tally.total if self.tally is not None else None

    @property
    def is_of_latest(self) -> bool:
        """Whether older periods of the habit are over that no longer count."""
        over = (PeriodState.KEPT, PeriodState.MISSED)
        return sum(period.state in over for period in self.periods) > (self.total or 0)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class StepNumbers:
    """The numbers of a step: a milestone, or another record that may raise skills or answer needs.

    `open` is true where it is still to do, `done_on` the day on which it was done, if known,
    `late_days` are those since its due day, where it is late. `tally` counts its checklist.
    """

    status: Status
    open: bool
    done_on: date | None = None
    late_days: int | None = None
    tally: Tally | None = None

    @property
    def progress(self) -> Fraction | None:
        """The share (0..1) of its checklist that is done."""
        return Fraction(self.tally.done, self.tally.total) if self.tally is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalNumbers(StepNumbers):
    """The numbers of a goal.

    `deciding` is the measure that gives status, progress, expected, SPI(t) and forecast; a
    direction has none, and no `measures`. Those stand in the order metric, milestones, checklist,
    cadence, children, step. `measurements` are the values of the metric up to as_of, oldest first.
    """

    id: str
    reason: Reason
    deciding: MeasureProgress | None = None
    measures: tuple[MeasureProgress, ...] = ()
    measurements: tuple[Measurement, ...] = ()

    @property
    def progress(self) -> Fraction | None:
        """The share that is done (0..1), by the deciding measure."""
        return self.deciding.progress if self.deciding is not None else None

    @property
    def forecast(self) -> date | None:
        """The day on which it ends at this pace, by the deciding measure."""
        return self.deciding.forecast if self.deciding is not None else None

    @property
    def current(self) -> Measurement | None:
        """The value of the metric that counts."""
        return self.measurements[-1] if self.measurements else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """All numbers of a plan on the day `as_of`, by id.

    `steps` has the goals, the milestones and the records of other kinds that raise skills or answer
    needs, by key.
    """

    as_of: date
    goals: Mapping[str, GoalNumbers]
    steps: Mapping[Key, StepNumbers]
    skills: Mapping[str, SkillNumbers]
    roles: Mapping[str, RoleNumbers]
    capacity: Capacity
    budget: Budget | None
    learning: LearningModes | None
    people: Mapping[str, PersonNumbers]
