"""F: can it be read, and does it say each thing once?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planfolio.analyse.days import reached
from planfolio.model.diagnostics import Severity
from planfolio.model.kinds.goal import GoalStatus
from planfolio.rules.finding import Finding, at
from planfolio.rules.rule import Rule, rule
from planfolio.rules.wording import count, dated, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planfolio.model.plan import Goal, Milestone, Record
    from planfolio.model.source_tree import Loc, Span
    from planfolio.model.values.dates import PlanDate
    from planfolio.rules.context import RuleContext, Statement

UNREADABLE = Rule(
    code="F101",
    name="unreadable",
    severity=Severity.ERROR,
    summary="a file, or the front matter of one, cannot be read",
    why=(
        "Front matter is YAML between two lines of `---`, the first of them the first line of the "
        "file, and the file is UTF-8. Anchors, aliases, merges and tags are refused: a plan needs "
        "none, and a few lines of them can keep a machine busy for ever. What cannot be read is "
        "reported and never taken for an empty record."
    ),
    bad="---\ntitle: [Pass the CKA exam\n---",
    good="---\ntitle: Pass the CKA exam\n---",
    unsuppressible=True,
)

BAD_VALUE = Rule(
    code="F102",
    name="bad-value",
    severity=Severity.ERROR,
    summary="a date, level, effort, amount or other value cannot be read",
    why=(
        "Values are read by planfolio from the text as typed, and nothing is guessed: `no` stays "
        "text, `010` is not 8, and 30 February is no day. The message says what was found and what "
        "the field takes."
    ),
    bad="due: 2026-02-30",
    good="due: 2026-02-28",
    unsuppressible=True,
)

DUPLICATE = Rule(
    code="F103",
    name="duplicate",
    severity=Severity.ERROR,
    summary="an id, an alias or a key stands twice",
    why=(
        "Ids are addresses: two records with one id, or an alias that is a living id, would leave "
        "each link a matter of luck. Ids are compared without regard to case and to the form of "
        "accents, since file systems differ there. Of a key that stands twice in one record YAML "
        "would keep the last in silence."
    ),
    bad="due: 2026-06-30\ndue: 2026-09-30",
    good="due: 2026-09-30",
    unsuppressible=True,
)

UNKNOWN_KEY = Rule(
    code="F104",
    name="unknown-key",
    severity=Severity.ERROR,
    summary="a key that records of this kind do not have",
    why=(
        "A misspelt key would be dropped in silence, and with it what you wrote. Keys that start "
        "with `x_` are your own and are left alone; `[check] allow_keys` in site.toml names others."
    ),
    bad="dew: 2026-09-30",
    good="due: 2026-09-30",
    unsuppressible=True,
)


@rule(
    "F105",
    "two-values",
    Severity.WARNING,
    summary="the same fact stands twice, with two values",
    why=(
        "planfolio takes one of them by a fixed rule (an own value before its history, and that "
        "before a review), but it cannot know which is right. The other one waits to mislead you."
    ),
    bad=(
        "metric: {target: 12, current: 5, as_of: 2026-06-30, "
        "history: [{date: 2026-06-30, value: 6}]}"
    ),
    good="metric: {target: 12, history: [{date: 2026-06-30, value: 6}]}",
)
def two_values(context: RuleContext) -> Iterator[Finding]:
    """Find contradictions between dates, between status and date, and between dated values."""
    for goal in context.plan.goals.values():
        if goal.fields.status is GoalStatus.DRAFT:
            continue
        yield from _two_dates(goal)
        yield from _status_and_done(goal, context)
        yield from _differing(context.metric_statements(goal), about=goal, what="value")
    for milestone in context.plan.milestones.values():
        yield from _two_dates(milestone)
    for skill in context.plan.skills.values():
        yield from _differing(context.level_statements(skill), about=skill, what="level")


OTHER_SCALE = Rule(
    code="F106",
    name="other-scale",
    severity=Severity.ERROR,
    summary="a level is a word or a number of another scale",
    why=(
        "A level means something on its skill's scale only: a 6 is the top of one and off the end "
        "of another. Gaps between levels of two scales would be nonsense with a decimal point."
    ),
    bad="scale: cefr6\nlevel: expert",
    good="scale: cefr6\nlevel: B2",
    unsuppressible=True,
)


@rule(
    "F107",
    "in-the-future",
    Severity.WARNING,
    summary="a fact is dated after today",
    why=(
        "What is dated in the future has not happened, so it does not count until its day comes. "
        "Mostly it is a wrong year, or a plan written where a fact belongs: plans go into `due`."
    ),
    bad="done: 2062-03-10",
    good="done: 2026-03-10",
)
def in_the_future(context: RuleContext) -> Iterator[Finding]:
    """Find facts that have not happened yet: one finding a record, at the first of them."""
    places: set[tuple[str, Span]] = set()
    for record in context.plan.records.values():
        if record.key.kind == "goal" and record.fields.status is GoalStatus.DRAFT:
            continue
        ahead = [
            (loc, on) for loc, on in _facts(record) if on is not None and on.first > context.as_of
        ]
        if not ahead:
            continue
        loc, on = ahead[0]
        # What all items of a list file share stands once, and is found once.
        place = (record.source.path, record.source.span(loc))
        if place in places:
            continue
        places.add(place)
        more = count(len(ahead) - 1, "more date") if len(ahead) > 1 else ""
        others = f" (and so {'is' if len(ahead) == 2 else 'are'} {more} here)" if more else ""
        yield at(
            record,
            loc,
            message=f"{dated(on, on.first)} lies after {context.as_of}{others}",
            hint="correct the date; until it is reached the fact does not count",
        )


STRAY = Rule(
    code="F108",
    name="stray-file",
    severity=Severity.INFO,
    summary="a Markdown file that belongs to no kind of record",
    why=(
        "The folder gives the kind. A file elsewhere is not read, so it can hold no error, but "
        "it is nowhere on the site, which you may not have meant. README.md and folders that "
        "start with _ or . are passed over without a note."
    ),
    bad="content/ideas/talk.md",
    good="content/goals/talk.md",
)


NOT_AS_WRITTEN = Rule(
    code="F109",
    name="not-as-written",
    severity=Severity.INFO,
    summary="something in a body could not be shown as it was written",
    why=(
        "An address that no page should lead to stays text, code in an unknown language has no "
        "colours, and what is nested too deeply is left out. The page is sound, but it is not "
        "quite what you wrote."
    ),
    bad="[the server](ftp://example.org/)",
    good="[the server](https://example.org/)",
)


def _two_dates(step: Goal | Milestone) -> Iterator[Finding]:
    when = step.fields.when
    if when is None:
        return
    pairs = (("start", step.start, when.start), ("due", step.due, when.due))
    for field, used, other in pairs:
        written = getattr(step.fields, field)
        if written is None or used is None:
            continue
        used_day, other_day = (
            (used.first, other.first) if field == "start" else (used.last, other.last)
        )
        if used_day != other_day:
            yield at(
                step,
                (field,),
                message=(
                    f"`{field}` says {dated(used, used_day)}, and `when` says "
                    f"{dated(other, other_day)}"
                ),
                hint=f"leave out `when`, or `{field}`",
            )


def _status_and_done(goal: Goal, context: RuleContext) -> Iterator[Finding]:
    """Find a day of completion beside a status that says otherwise; the default says nothing."""
    fields = goal.fields
    if "status" not in fields.model_fields_set or fields.status is GoalStatus.DONE:
        return
    on = reached(fields.done, as_of=context.as_of)
    if on is not None:
        yield at(
            goal,
            ("status",),
            message=f"the status is {fields.status.value}, but `done` says {on}",
            hint="take one of them out",
        )


def _differing(
    statements: Iterable[Statement], *, about: Record[Any], what: str
) -> Iterator[Finding]:
    """Find statements of one date whose values differ from the one that holds on it."""
    first: dict[tuple[object, object], Statement] = {}
    for statement in statements:
        if statement.on is None:
            continue
        date = (statement.on.first, statement.on.last)
        holds = first.setdefault(date, statement)
        if holds.value == statement.value:
            continue
        # In a history the last entry of a day holds; either way one of the two is to go.
        where = holds.record.source
        place = f"{where.path}:{where.span(holds.loc).line}"
        yield at(
            statement.record,
            statement.loc,
            message=(
                f"the {what} of {about.key} on {statement.on.text} is {number(statement.value)} "
                f"here and {number(holds.value)} at {place}"
            ),
            hint="correct one of them, or take it out",
            about=about,
        )


def _facts(record: Record[Any]) -> Iterator[tuple[Loc, PlanDate | None]]:
    """Yield the dates of a record that say when something was, in the order of its fields."""
    fields = record.fields
    match record.key.kind:
        case "goal":
            yield ("done",), fields.done
            if fields.metric is not None:
                yield ("metric", "as_of"), fields.metric.as_of
                yield from _dates(("metric", "history"), fields.metric.history)
            for index, entry in enumerate(fields.log):
                yield ("log", index), entry.date
            yield from _dates(("replans",), fields.replans)
        case "milestone":
            yield ("done",), fields.done
        case "skill" if not record.implied:
            yield ("assessed",), fields.assessed
            evidence = enumerate(fields.evidence)
            for index, one in evidence:
                yield ("evidence", index, "date"), None if one.planned else one.date
            yield from _dates(("history",), fields.history)
        case "role":
            for index, need in enumerate(fields.needs):
                yield ("needs", index, "met"), need.met
        case "review":
            yield ("date",), fields.date
        case "profile":
            yield ("assessed",), fields.assessed
            yield from _dates(("certificates",), fields.certificates)


def _dates(loc: Loc, entries: Iterable[Any]) -> Iterator[tuple[Loc, PlanDate | None]]:
    for index, entry in enumerate(entries):
        yield (*loc, index, "date"), entry.date


RULES = (
    UNREADABLE,
    BAD_VALUE,
    DUPLICATE,
    UNKNOWN_KEY,
    two_values,
    OTHER_SCALE,
    in_the_future,
    STRAY,
    NOT_AS_WRITTEN,
)
