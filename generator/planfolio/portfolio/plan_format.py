"""The format of plan.json: key by key what the file holds.

Ratios are floats from 0 to 1 and not rounded, dates ISO, hours and levels numbers, urls relative to
the site's root; what is unknown or not computed yet is null.
"""

from __future__ import annotations

from typing import (
    Any,
    NotRequired,  # pydantic reads no other before Python 3.12
)

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from planfolio.analyse.gaps import Coverage  # noqa: TC001
from planfolio.analyse.results import Measure, ReasonCode, Status  # noqa: TC001
from planfolio.model.kinds.goal import GoalKind  # noqa: TC001
from planfolio.model.kinds.milestone import Mode  # noqa: TC001
from planfolio.model.kinds.role import NeedKind  # noqa: TC001
from planfolio.portfolio.records_format import (
    AchievementExport,
    IntervalExport,
    MoneyExport,
    OpportunityExport,
    PersonExport,
    RecordExport,
    ResourceExport,
    ReviewExport,
)


class MetricExport(TypedDict):
    """What a goal counts; `as_of` is the day of the current value."""

    unit: str | None
    baseline: float
    target: float
    current: float | None
    as_of: str | None


class ReasonExport(TypedDict):
    """Why a goal has its status: a code, and of the rest what belongs to it.

    `part` is the id of the goal below it that gives the status, `days` those since the due day, the
    value or the start.
    """

    code: ReasonCode
    part: NotRequired[str]
    days: NotRequired[int]
    on: NotRequired[str]
    until: NotRequired[str]
    done: NotRequired[int]
    total: NotRequired[int]
    planned: NotRequired[int]


ReplanExport = TypedDict(
    "ReplanExport",
    {
        "date": str,
        "from": str | None,
        "to": str | None,
        "days_added": int | None,
        "reason": str | None,
    },
)


class GoalExport(RecordExport):
    """A goal. `spi` is SPI(t), `measure` the one that decides; `effort` is in hours.

    By the schedule it is worked on from `projected_start` to `projected`; `late_days` are the days
    after its due day by then, `slack_days` those left until its effective deadline, and
    `latest_start` is the last day to start.

    `decide_by` is the day on which it is decided, and `replans` are the deadlines that it had.

    `smart` has for each letter the codes of what was found about the goal and its milestones, and
    null for one that rests on what this audience may not see.
    """

    kind: GoalKind
    horizon: str | None
    role: str | None
    parent: str | None
    start: str | None
    due: str | None
    status: Status
    measure: Measure | None
    reason: ReasonExport
    progress: float | None
    expected: float | None
    spi: float | None
    forecast: str | None
    slip_days: int | None
    effort: float | None
    cost: MoneyExport | None
    projected_start: str | None
    projected: str | None
    late_days: int | None
    slack_days: int | None
    latest_start: str | None
    decide_by: str | None
    replans: list[ReplanExport]
    metric: MetricExport | None
    milestones: list[str]
    smart: dict[str, list[str] | None]


class MilestoneExport(RecordExport):
    """A milestone, its schedule as that of a goal; `effort` is in hours."""

    goal: str | None
    due: str | None
    done: str | None
    weight: float | None
    effort: float | None
    cost: MoneyExport | None
    projected_start: str | None
    projected: str | None
    late_days: int | None
    slack_days: int | None
    latest_start: str | None
    replans: list[ReplanExport]


class SkillExport(RecordExport):
    """A skill: its level, where open steps take it, the most that a target role asks for."""

    level: float | None
    planned: float | None
    required: float | None


class GapExport(TypedDict):
    """A requirement that is not known to be met; `effort` is in hours, `priority` per hour."""

    skill: str
    current: float | None
    required: float
    gap: float | None
    weight: float
    must: bool
    weighted_gap: float | None
    gain: float | None
    effort: float | None
    priority: float | None
    covered: Coverage | None
    safe: bool | None


class AnswerExport(TypedDict):
    """A step that answers a need, `goals/ID`, and how it goes."""

    step: str
    status: Status


class NeedExport(TypedDict):
    """What a role needs beside skills: its type, the day on which it was met, and its answers."""

    title: str
    need: NeedKind | None
    met: str | None
    answers: list[AnswerExport]


class RoleExport(RecordExport):
    """A role; `gate` says whether every must is met, `gaps` stand in order of priority."""

    readiness: IntervalExport | None
    planned: IntervalExport | None
    met: int
    required: int
    gate: bool | None
    ready: bool | None
    ready_on: str | None
    gaps: list[GapExport]
    needs: list[NeedExport]


class NextActionExport(TypedDict):
    """A step to work on next, `goals/ID` or `milestones/ID`, in the order of the schedule.

    It can start now, or by the schedule within 30 days.

    `goal` is the id of the goal that it belongs to, or that it is.
    """

    step: str
    goal: str | None
    due: str | None
    status: Status


LateExport = TypedDict(
    "LateExport", {"step": str, "from": str, "to": str, "asked": float, "there": float}
)
"""A step that is late, and the days in which more hours are asked than there are."""


class CapacityExport(TypedDict):
    """Hours a week, whether the plan fits into them, and the steps for which it does not.

    `chain` has the steps that decide when all are finished, `without_effort` those whose hours are
    not known.
    """

    hours_per_week: float | None
    fits: bool | None
    needed_hours_per_week: float | None
    late: list[LateExport]
    impossible: list[str]
    chain: list[str]
    without_effort: list[str]


class SumExport(TypedDict):
    """What is planned, spent and set aside in one currency; `left` below 0 does not suffice."""

    currency: str
    planned: float
    spent: float
    set_aside: float | None
    left: float | None


class QuarterSumsExport(TypedDict):
    """The costs due in a quarter, as `2026-Q3`; null for those without a due day."""

    quarter: str | None
    sums: list[SumExport]


class GoalSumsExport(TypedDict):
    """The costs of a goal, its milestones and resources; null for those of no goal."""

    goal: str | None
    sums: list[SumExport]


class NeedSumsExport(TypedDict):
    """The costs of what answers needs of a type; null for those without."""

    need: NeedKind | None
    sums: list[SumExport]


class BudgetExport(TypedDict):
    """The money of the plan, each currency by itself."""

    sums: list[SumExport]
    by_quarter: list[QuarterSumsExport]
    by_goal: list[GoalSumsExport]
    by_need: list[NeedSumsExport]


class ModeShareExport(TypedDict):
    """The hours of the steps of a mode, and their share of all hours with one."""

    mode: Mode
    hours: float
    share: float


class LearningExport(TypedDict):
    """How the hours of steps are shared among modes; `hours_without_mode` are in no share."""

    modes: list[ModeShareExport]
    hours_without_mode: float


class PlanExport(TypedDict):
    """All of plan.json."""

    version: int
    as_of: str
    audience: str
    title: str
    goals: list[GoalExport]
    milestones: list[MilestoneExport]
    skills: list[SkillExport]
    roles: list[RoleExport]
    resources: list[ResourceExport]
    people: list[PersonExport]
    opportunities: list[OpportunityExport]
    achievements: list[AchievementExport]
    reviews: list[ReviewExport]
    next_actions: list[NextActionExport]
    capacity: CapacityExport
    budget: BudgetExport | None
    learning: LearningExport | None


def plan_schema() -> dict[str, Any]:
    """Return the JSON Schema of plan.json."""
    return TypeAdapter(PlanExport).json_schema()
