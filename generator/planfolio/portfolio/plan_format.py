"""plan.json: key by key what the file holds of the plan and its numbers, for other programs.

Ratios are floats from 0 to 1 and not rounded, dates ISO, hours and levels numbers, urls relative to
the site's root; what is unknown or not computed yet is null. Each field is read from the attribute
of its name, of the portfolio and its values, where it does not name another.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AliasPath, BeforeValidator, ConfigDict, Field

from planfolio.analyse.gaps import Coverage  # noqa: TC001
from planfolio.analyse.measures import Measure  # noqa: TC001
from planfolio.analyse.reasons import ReasonCode  # noqa: TC001
from planfolio.analyse.status import Status  # noqa: TC001
from planfolio.model.kinds.goal import GoalKind, SmartLetter
from planfolio.model.kinds.milestone import Mode  # noqa: TC001
from planfolio.model.kinds.role import NeedKind  # noqa: TC001
from planfolio.portfolio.records_format import (
    AchievementExport,
    Amount,
    Export,
    FirstDay,
    Hours,
    Id,
    IntervalExport,
    LastDay,
    LevelValue,
    MaybeId,
    MoneyExport,
    OpportunityExport,
    PersonExport,
    RecordExport,
    Reference,
    ResourceExport,
    ReviewExport,
    Typed,
    WholeExport,
    read_from,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planfolio.portfolio.smart import SmartCheck


class MetricExport(Export):
    """What a goal counts; `as_of` is the day of the current value."""

    unit: str | None = read_from("metric", "unit")
    baseline: float = read_from("metric", "baseline")
    target: float = read_from("metric", "target")
    current: float | None
    as_of: date | None = Field(validation_alias="current_on")


class ReasonExport(Export):
    """Why a goal has its status: a code, and of the rest what belongs to it.

    `part` is the id of the goal below it that gives the status, `days` those since the due day, the
    value or the start. What is not known is left out.
    """

    model_config = ConfigDict(json_schema_serialization_defaults_required=False)

    code: ReasonCode
    part: str | None = None
    days: int | None = None
    on: date | None = None
    until: date | None = None
    done: int | None = None
    total: int | None = None
    planned: int | None = None


class ReplanExport(Export):
    """A deadline that was moved."""

    date: FirstDay
    from_: LastDay = Field(serialization_alias="from")
    to: LastDay
    days_added: int | None
    reason: str | None


def _by_schedule(name: str) -> Any:
    return Field(None, validation_alias=AliasPath("projection", name))


class ScheduledExport(RecordExport):
    """What a goal and a milestone have in common; `effort` is in hours.

    By the schedule it is worked on from `projected_start` to `projected`; `late_days` are the days
    after its due day by then, `slack_days` those left until its effective deadline, and
    `latest_start` is the last day to start. `replans` are the deadlines that it had.
    """

    due: LastDay
    effort: Hours
    cost: MoneyExport | None
    projected_start: date | None = _by_schedule("start")
    projected: date | None = _by_schedule("finish")
    late_days: int | None = _by_schedule("late_days")
    slack_days: int | None = _by_schedule("slack_days")
    latest_start: date | None = Field(
        None, validation_alias=AliasPath("projection", "latest_start")
    )
    replans: list[ReplanExport]


def _codes(checks: Iterable[SmartCheck]) -> dict[str, list[str] | None]:
    codes = {check.letter: list(check.codes) for check in checks}
    return {letter.value: codes.get(letter) for letter in SmartLetter}


class GoalExport(WholeExport, ScheduledExport):
    """A goal. `spi` is SPI(t), `measure` the one that decides.

    `decide_by` is the day on which it is decided. `smart` has for each letter the codes of what was
    found about the goal and its milestones, and null for one that rests on what this audience may
    not see.
    """

    kind: GoalKind
    horizon: Typed
    role: MaybeId
    parent: MaybeId
    start: FirstDay
    status: Status
    measure: Measure | None
    reason: ReasonExport
    progress: float | None
    expected: float | None
    spi: float | None
    forecast: date | None
    slip_days: int | None
    decide_by: LastDay
    metric: Annotated[
        MetricExport | None, BeforeValidator(lambda goal: goal if goal.metric else None)
    ] = Field(validation_alias="whole")
    milestones: list[Id]
    smart: Annotated[dict[str, list[str] | None], BeforeValidator(_codes)]


class MilestoneExport(ScheduledExport):
    """A milestone."""

    goal: MaybeId
    done: date | None = Field(validation_alias="done_on")
    weight: float | None


class SkillExport(RecordExport):
    """A skill: its level, where open steps take it, the most that a target role asks for."""

    level: LevelValue
    planned: LevelValue
    required: LevelValue


class GapExport(Export):
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


class AnswerExport(Export):
    """A step that answers a need, `goals/ID`, and how it goes."""

    step: Reference
    status: Status


class NeedExport(Export):
    """What a role needs beside skills: its type, the day on which it was met, and its answers."""

    title: str
    need: NeedKind | None = Field(validation_alias="type")
    met: date | None = Field(validation_alias="met_on")
    answers: list[AnswerExport] = Field(validation_alias="answering")


class RoleExport(RecordExport):
    """A role; `gate` says whether every must is met, `gaps` stand in order of priority."""

    readiness: IntervalExport | None
    planned: IntervalExport | None
    met: int = Field(validation_alias="met_count")
    required: int = Field(validation_alias="required_count")
    gate: bool | None = Field(validation_alias="musts_met")
    ready: bool | None
    ready_on: date | None
    gaps: Annotated[list[GapExport], BeforeValidator(lambda gaps: [gap.numbers for gap in gaps])]
    needs: list[NeedExport]


class NextActionExport(WholeExport):
    """A step to work on next, `goals/ID` or `milestones/ID`, in the order of the schedule.

    It can start now, or by the schedule within 30 days. `goal` is the id of the goal that it
    belongs to, or that it is.
    """

    step: str = Field(validation_alias="reference")
    goal: Annotated[
        MaybeId, BeforeValidator(lambda step: step if step.key.kind == "goal" else step.goal)
    ] = Field(validation_alias="whole")
    due: LastDay
    status: Status


class LateExport(Export):
    """A step that is late, and the days in which more hours are asked than there are."""

    step: Reference
    from_: date = Field(validation_alias="first", serialization_alias="from")
    to: date = Field(validation_alias="last")
    asked: float
    there: float


class CapacityExport(Export):
    """Hours a week, whether the plan fits into them, and the steps for which it does not.

    `chain` has the steps that decide when all are finished, `without_effort` those whose hours are
    not known.
    """

    hours_per_week: float | None = read_from("capacity", "hours_per_week")
    fits: bool | None = read_from("capacity", "fits")
    needed_hours_per_week: float | None = read_from("capacity", "needed_hours_per_week")
    late: list[LateExport] = Field(validation_alias="late_steps")
    impossible: list[Reference] = Field(validation_alias="impossible_steps")
    chain: list[Reference] = Field(validation_alias="deciding_chain")
    without_effort: list[Reference] = Field(validation_alias="steps_without_effort")


class SumExport(Export):
    """What is planned, spent and set aside in one currency; `left` below 0 does not suffice."""

    currency: str
    planned: Amount
    spent: Amount
    set_aside: Amount | None
    left: float | None = Field(validation_alias="balance")


class QuarterSumsExport(Export):
    """The costs due in a quarter, as `2026-Q3`; null for those without a due day."""

    quarter: Annotated[
        str | None, BeforeValidator(lambda quarter: quarter and f"{quarter[0]}-Q{quarter[1]}")
    ]
    sums: list[SumExport]


class GoalSumsExport(Export):
    """The costs of a goal, its milestones and resources; null for those of no goal."""

    goal: str | None
    sums: list[SumExport]


class NeedSumsExport(Export):
    """The costs of what answers needs of a type; null for those without."""

    need: NeedKind | None
    sums: list[SumExport]


def _named(name: str) -> BeforeValidator:
    """Return what makes a list of a mapping to sums, its keys under a name."""

    def as_list(sums: Mapping[Any, Any]) -> list[dict[str, Any]]:
        return [{name: key, "sums": of_key} for key, of_key in sums.items()]

    return BeforeValidator(as_list)


class BudgetExport(Export):
    """The money of the plan, each currency by itself."""

    sums: list[SumExport]
    by_quarter: Annotated[list[QuarterSumsExport], _named("quarter")]
    by_goal: Annotated[list[GoalSumsExport], _named("goal")]
    by_need: Annotated[list[NeedSumsExport], _named("need")]


class ModeShareExport(Export):
    """The hours of the steps of a mode, and their share of all hours with one."""

    mode: Mode
    hours: float
    share: float


class LearningExport(Export):
    """How the hours of steps are shared among modes; `hours_without_mode` are in no share."""

    modes: list[ModeShareExport] = Field(validation_alias="learning_modes")
    hours_without_mode: float


_VALUES = BeforeValidator(lambda by_id: list(by_id.values()))


class PlanExport(WholeExport):
    """All of plan.json, records in the order of the plan."""

    version: int = 1
    as_of: date
    audience: str = read_from("audience", "word")
    title: str
    goals: Annotated[list[GoalExport], _VALUES] = Field(validation_alias="goals_by_id")
    milestones: Annotated[list[MilestoneExport], _VALUES]
    skills: Annotated[list[SkillExport], _VALUES]
    roles: Annotated[list[RoleExport], _VALUES] = Field(validation_alias="roles_by_id")
    resources: list[ResourceExport]
    people: list[PersonExport]
    opportunities: list[OpportunityExport]
    achievements: list[AchievementExport]
    reviews: list[ReviewExport]
    next_actions: list[NextActionExport]
    capacity: CapacityExport = Field(validation_alias="whole")
    budget: BudgetExport | None = read_from("analysis", "budget")
    learning: Annotated[
        LearningExport | None,
        BeforeValidator(lambda portfolio: portfolio if portfolio.learning_modes else None),
    ] = Field(validation_alias="whole")
