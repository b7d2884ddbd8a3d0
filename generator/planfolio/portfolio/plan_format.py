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


class GoalExport(TypedDict):
    """A goal. `spi` is SPI(t), `measure` the one that decides; `effort` is in hours.

    `projected` is its finish by the schedule, `late_days` are the days after its due day by then.

    `smart` has for each letter the codes of what was found, and null for one that rests on what
    this audience may not see.
    """

    id: str
    title: str
    url: str
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
    projected: str | None
    late_days: int | None
    metric: MetricExport | None
    milestones: list[str]
    smart: dict[str, list[str] | None]


class MilestoneExport(TypedDict):
    """A milestone. `projected` and `late_days` are the schedule's; `effort` is in hours."""

    id: str
    title: str
    url: str
    goal: str | None
    due: str | None
    done: str | None
    weight: float | None
    effort: float | None
    projected: str | None
    late_days: int | None


class SkillExport(TypedDict):
    """A skill: its level, where open steps take it, the most that a target role asks for."""

    id: str
    title: str
    url: str
    level: float | None
    planned: float | None
    required: float | None


class IntervalExport(TypedDict):
    """A share that is known to lie between two."""

    low: float
    high: float


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


class RoleExport(TypedDict):
    """A role; `gate` says whether every must is met, `gaps` stand in order of priority."""

    id: str
    title: str
    url: str
    readiness: IntervalExport | None
    planned: IntervalExport | None
    met: int
    required: int
    gate: bool | None
    ready: bool | None
    ready_on: str | None
    gaps: list[GapExport]


class NextActionExport(TypedDict):
    """A step that can be worked on now, `goals/ID` or `milestones/ID`.

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
    """Hours a week, whether the plan fits into them, and the steps for which it does not."""

    hours_per_week: float | None
    fits: bool | None
    needed_hours_per_week: float | None
    late: list[LateExport]
    impossible: list[str]


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
    next_actions: list[NextActionExport]
    capacity: CapacityExport


def plan_schema() -> dict[str, Any]:
    """Return the JSON Schema of plan.json."""
    return TypeAdapter(PlanExport).json_schema()
