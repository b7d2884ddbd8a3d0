"""Goals: what one sets out to reach."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, Field

from planfolio.model.diagnostics import Problem
from planfolio.model.kinds.fields import (
    CadenceText,
    Confidence,
    Day,
    DayOrOffset,
    Drop,
    EffortText,
    FactDay,
    Fields,
    GoalRef,
    HorizonText,
    Many,
    MoneyText,
    NeedRef,
    Number,
    Pause,
    PersonRef,
    Raises,
    Replan,
    RoleRef,
    Short,
    StepRef,
    Table,
    Text,
    Weight,
    When,
    drop_empty,
)
from planfolio.model.kinds.kind import EventSource, Kind, Section
from planfolio.model.kinds.milestone import MilestoneFields, Mode
from planfolio.model.kinds.role import NeedKind
from planfolio.model.values.field_reader import as_pydantic_error, choice
from planfolio.model.values.number import split_metric
from planfolio.model.visibility import Visibility


class GoalKind(StrEnum):
    """What sort of goal it is; habits and directions have no end to miss."""

    OUTCOME = "outcome"
    LEARNING = "learning"
    HABIT = "habit"
    DIRECTION = "direction"


class GoalStatus(StrEnum):
    """The status that is written; what is computed from dates and numbers is not this one."""

    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    DONE = "done"
    DROPPED = "dropped"


class Priority(StrEnum):
    """How much a goal matters beside the others."""

    MUST = "must"
    SHOULD = "should"
    COULD = "could"


class SmartLetter(StrEnum):
    """The five letters of SMART."""

    S = "S"
    M = "M"
    A = "A"
    R = "R"
    T = "T"


_STATUS_WORDS = {
    "active": "in progress, doing, ongoing, open, wip, current, started, on track, at risk, late",
    "active, or draft while it is only an idea": "not started, todo, to do, new, planned, pending",
    "draft": "idea, someday, maybe, later, backlog",
    "paused": "on hold, hold, blocked, waiting, deferred, postponed",
    "done": "completed, complete, finished, achieved, reached, closed",
    "dropped": "cancelled, canceled, abandoned, wont do, rejected, failed",
}
_PRIORITY_WORDS = {
    "must": "high, highest, urgent, critical, p0, p1, 1",
    "should": "medium, normal, p2, 2",
    "could": "low, lowest, p3, p4, 3",
}


class MetricEntry(Table):
    """A value of the metric on a day."""

    date: FactDay
    value: Number
    note: Text | None = None


class Metric(Table):
    """What is counted: from `baseline` to `target`, which may also fall."""

    name: Text | None = None
    unit: Text | None = None
    baseline: Number = Fraction(0)
    target: Number
    current: Number | None = None
    as_of: FactDay | None = None
    stretch: Number | None = None
    history: Many[MetricEntry] = ()


class LogEntry(Table):
    """How often a habit was kept on a day or in a period."""

    date: FactDay
    times: Number = Fraction(1)


class Smart(Table):
    """Letters of SMART that the goal does without, and the reason."""

    except_: Many[Annotated[SmartLetter, choice(SmartLetter, about="letter of SMART")]] = Field(
        default=(), alias="except"
    )
    reason: Text | None = None


class MilestoneByTitle(MilestoneFields):
    """A milestone whose title is the key that it stands under."""

    title: Text = ""


def _metric(value: object) -> object:
    """Read `5/12 talks` as the table of its parts."""
    try:
        return split_metric(value) if isinstance(value, str) else value
    except Problem as problem:
        raise as_pydantic_error(problem) from None


def _log(value: object) -> object:
    """Read `[2026-01-03, 2026-01-05]` and `{2026-W34: 3}` as entries."""
    if isinstance(value, dict) and "date" not in value:
        return [{"date": date, "times": times} for date, times in value.items()]
    if isinstance(value, str):
        value = [value]
    if isinstance(value, list):
        return [{"date": item} if isinstance(item, str) else item for item in value]
    return value


class GoalFields(Fields):
    """The fields of a goal."""

    kind: Annotated[GoalKind, choice(GoalKind, about="kind of goal")] = GoalKind.OUTCOME
    status: Annotated[
        GoalStatus, choice(GoalStatus, about="status of a goal", synonyms=_STATUS_WORDS)
    ] = GoalStatus.ACTIVE
    done: FactDay | None = None
    horizon: HorizonText | None = None
    start: DayOrOffset | None = None
    due: DayOrOffset | None = None
    when: When | None = None
    role: RoleRef | None = None
    parent: GoalRef | None = None
    after: Many[StepRef] = ()
    raises: Raises = {}  # noqa: RUF012
    answers: Many[NeedRef] = ()
    weight: Weight | None = None
    need: Annotated[NeedKind, choice(NeedKind, about="need")] | None = None
    mode: Annotated[Mode, choice(Mode, about="mode")] | None = None
    priority: (
        Annotated[Priority, choice(Priority, about="priority", synonyms=_PRIORITY_WORDS)] | None
    ) = None
    metric: (
        Annotated[Metric, BeforeValidator(_metric, json_schema_input_type=Metric | Text)] | None
    ) = None
    done_when: Text | None = None
    cadence: CadenceText | None = None
    log: Annotated[
        Many[LogEntry],
        BeforeValidator(_log, json_schema_input_type=Many[LogEntry | Day] | dict[str, Number]),
    ] = ()
    effort: EffortText | None = None
    cost: MoneyText | None = None
    mentor: PersonRef | None = None
    why: Text | None = None
    if_then: Annotated[dict[str, Text], BeforeValidator(drop_empty)] = {}  # noqa: RUF012
    confidence: Confidence | None = None
    decide_by: Day | None = None
    replans: Many[Replan] = ()
    paused: Many[Annotated[Pause, Short("from")]] = ()
    dropped: Annotated[Drop, Short("date")] | None = None
    milestones: Annotated[
        Many[MilestoneFields],
        BeforeValidator(
            lambda _: (),  # they are records of their own, which resolving reads
            json_schema_input_type=Many[MilestoneFields | Text]
            | dict[str, MilestoneByTitle | DayOrOffset | None],
        ),
    ] = ()
    smart: Smart | None = None


GOAL = Kind(
    name="goal",
    plural="goals",
    folder="goals",
    fields=GoalFields,
    section=Section.PLAN,
    template="goal.html",
    index="plan/",
    reference_words={
        "raises": "Raised by",
        "role": "Goals for this role",
        "parent": "Parts",
        "after": "Waiting for this",
        "answers": "Answered by",
        "mentor": "Guides",
    },
    events=(
        EventSource(field="done_on", name="done", label="Done", feed=True, achievement=True),
        EventSource(field="replans.date", name="moved", label="Moved", feed=True),
        EventSource(field="due", name="due", calendar=True),
        EventSource(field="to_decide_by", name="decide", label="Decide on", calendar=True),
    ),
    summary_fields=("done_when",),
    field_visibility=dict.fromkeys(("if_then", "confidence", "cost"), Visibility.MENTOR),
    starter="""\
due:                 # {quarter}, a day, or +6m from its start
raises: []           # skills; as far as the role asks, or {{skill: level}}: {skills}
role:                # {roles}
metric:              # 0/12 talks; a habit has `cadence: 3/week` instead
milestones:          # or steps on the way, a line each:
  # First draft: {quarter}
effort:              # 40h, 5d, or 2w of your weekly hours
why:
""",
    questions=(
        "How will you know that it is done?",
        "By when, and what happens halfway?",
        "What does it change about the role you want?",
        "How many hours is it, honestly?",
    ),
)
