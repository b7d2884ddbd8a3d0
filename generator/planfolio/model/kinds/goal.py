"""Goals: what one sets out to reach."""

from fractions import Fraction
from typing import Annotated, TypeAlias

from planfolio.model import fields
from planfolio.model.kinds.kind import Drop, EventSource, Fields, Kind, Pause, Replan, Section
from planfolio.model.kinds.milestone import MilestoneFields, Mode
from planfolio.model.kinds.role import NeedKind
from planfolio.model.source_tree import Entry, MappingNode, Node, Scalar, SequenceNode
from planfolio.model.table import Table
from planfolio.model.values.amounts import split_metric
from planfolio.model.values.field_reader import Choice
from planfolio.model.visibility import Visibility


class GoalKind(Choice, about="kind of goal"):
    """What sort of goal it is; habits and directions have no end to miss."""

    OUTCOME = "outcome"
    LEARNING = "learning"
    HABIT = "habit"
    DIRECTION = "direction"


class GoalStatus(
    Choice,
    about="status of a goal",
    synonyms={
        "active": (
            "in progress, doing, ongoing, open, wip, current, started, on track, at risk, late"
        ),
        "active, or draft while it is only an idea": (
            "not started, todo, to do, new, planned, pending"
        ),
        "draft": "idea, someday, maybe, later, backlog",
        "paused": "on hold, hold, blocked, waiting, deferred, postponed",
        "done": "completed, complete, finished, achieved, reached, closed",
        "dropped": "cancelled, canceled, abandoned, wont do, rejected, failed",
    },
):
    """The status that is written; what is computed from dates and numbers is not this one."""

    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    DONE = "done"
    DROPPED = "dropped"


class Priority(
    Choice,
    about="priority",
    synonyms={
        "must": "high, highest, urgent, critical, p0, p1, 1",
        "should": "medium, normal, p2, 2",
        "could": "low, lowest, p3, p4, 3",
    },
):
    """How much a goal matters beside the others."""

    MUST = "must"
    SHOULD = "should"
    COULD = "could"


class SmartLetter(Choice, about="letter of SMART"):
    """The five letters of SMART."""

    S = "S"
    M = "M"
    A = "A"
    R = "R"
    T = "T"


class MetricEntry(Table):
    """A value of the metric on a day."""

    date: fields.PastDay
    value: fields.Number
    note: fields.Text | None = None


class Metric(Table):
    """What is counted: from `baseline` to `target`, which may also fall."""

    name: fields.Text | None = None
    unit: fields.Text | None = None
    baseline: fields.Number = Fraction(0)
    target: fields.Number
    current: fields.Number | None = None
    as_of: fields.PastDay | None = None
    stretch: fields.Number | None = None
    history: fields.Many[MetricEntry] = ()


class LogEntry(Table):
    """How often a habit was kept on a day or in a period."""

    date: fields.PastDay
    times: fields.Number = Fraction(1)


class Smart(Table):
    """Letters of SMART that the goal does without, and the reason."""

    except_: fields.Many[SmartLetter] = ()
    reason: fields.Text | None = None


class MilestoneByTitle(MilestoneFields):
    """A milestone whose title is its key in a table."""

    title: fields.Text = ""


def _metric(node: Node) -> Node:
    """Return `5/12 talks` as the table of its parts."""
    if not isinstance(node, Scalar):
        return node
    parts = split_metric(node.text)
    entries = (
        Entry(Scalar(key, node.span), Scalar(text, node.span)) for key, text in parts.items()
    )
    return MappingNode(tuple(entries), node.span)


def _log(node: Node) -> Node:
    """Return `[2026-01-03, 2026-01-05]` and `{2026-W34: 3}` as entries with their dates."""
    match node:
        case MappingNode(entries=entries) if node.find("date") is None:
            pairs = [(entry.key, entry.value) for entry in entries]
            return SequenceNode(tuple(_log_entry(*pair) for pair in pairs), node.span)
        case SequenceNode(items=items):
            return SequenceNode(tuple(map(_log_entry, items)), node.span)
        case Scalar():
            return SequenceNode((_log_entry(node),), node.span)
    return node


def _log_entry(date: Node, times: Node | None = None) -> Node:
    if not isinstance(date, Scalar) or (times is None and date.absent):
        return date
    entries = [Entry(Scalar("date", date.span), date)]
    if times is not None:
        entries.append(Entry(Scalar("times", date.span), times))
    return MappingNode(tuple(entries), date.span)


_Metric: TypeAlias = Annotated[Metric, fields.NormalisedBy(_metric, types=Metric | fields.Text)]
_Log: TypeAlias = Annotated[
    fields.Many[LogEntry],
    fields.NormalisedBy(_log, types=fields.Many[LogEntry | fields.Day] | dict[str, fields.Number]),
]


_Milestones: TypeAlias = Annotated[
    fields.Many[MilestoneFields],
    fields.NormalisedBy(
        lambda node: SequenceNode((), node.span),  # they are records, which resolving reads
        types=fields.Many[MilestoneFields | fields.Text]
        | dict[str, MilestoneByTitle | fields.DayOrOffset | None],
    ),
]


class GoalFields(Fields):
    """The fields of a goal."""

    kind: GoalKind = GoalKind.OUTCOME
    status: GoalStatus = GoalStatus.ACTIVE
    done: fields.PastDay | None = None
    horizon: fields.HorizonText | None = None
    start: fields.DayOrOffset | None = None
    due: fields.DayOrOffset | None = None
    when: fields.When | None = None
    role: fields.RoleRef | None = None
    parent: fields.GoalRef | None = None
    after: fields.Many[fields.StepRef] = ()
    raises: fields.Raises = {}  # noqa: RUF012
    answers: fields.Many[fields.NeedRef] = ()
    weight: fields.Weight | None = None
    need: NeedKind | None = None
    mode: Mode | None = None
    priority: Priority | None = None
    metric: _Metric | None = None
    done_when: fields.Text | None = None
    cadence: fields.CadenceText | None = None
    log: _Log = ()
    effort: fields.EffortText | None = None
    cost: fields.MoneyText | None = None
    mentor: fields.PersonRef | None = None
    why: fields.Text | None = None
    if_then: fields.Entries[str, fields.Text] = {}  # noqa: RUF012
    confidence: fields.Confidence | None = None
    decide_by: fields.Day | None = None
    replans: fields.Many[Replan] = ()
    paused: fields.Many[Annotated[Pause, fields.shorthand("from")]] = ()
    dropped: Annotated[Drop, fields.shorthand("date")] | None = None
    milestones: _Milestones = ()
    smart: Smart | None = None


GOAL = Kind(
    name="goal",
    fields=GoalFields,
    section=Section.PLAN,
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
raises: []           # skills, up to the level that the role requires, or {{skill: level}}: {skills}
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
