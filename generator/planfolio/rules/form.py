"""F: whether the plan can be read, and states each fact once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planfolio.analyse.days import reached
from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import count, number
from planfolio.model.kinds.goal import GoalStatus
from planfolio.model.kinds.walk import fact_days
from planfolio.rules.rule import Finding, Rule, at, dated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planfolio.model.plan import Goal, Record
    from planfolio.model.source_tree import Span
    from planfolio.rules.context import RuleContext, Statement

UNREADABLE = Rule(
    "F101",
    "unreadable",
    Severity.ERROR,
    summary="a file, or the front matter of one, cannot be read",
    why=(
        "Front matter is YAML between two lines of `---` at the top of a UTF-8 file. Anchors, "
        "aliases, merges and tags are refused, since a few lines of them can take hours to read."
    ),
    bad="---\ntitle: [Pass the CKA exam\n---",
    good="---\ntitle: Pass the CKA exam\n---",
    unsuppressible=True,
)

BAD_VALUE = Rule(
    "F102",
    "bad-value",
    Severity.ERROR,
    summary="a date, level, effort, amount or other value cannot be read",
    why=(
        "planfolio reads a value as typed and guesses nothing: `no` is text, and 30 February is no "
        "day. The message says what the field accepts."
    ),
    bad="due: 2026-02-30",
    good="due: 2026-02-28",
    unsuppressible=True,
)

DUPLICATE = Rule(
    "F103",
    "duplicate",
    Severity.ERROR,
    summary="an id, an alias or a key is used twice",
    why=(
        "Ids are addresses: with two records of one id a link would have two targets. Case and the "
        "form of accents do not tell ids apart. Of a key that is written twice, YAML would keep "
        "the last."
    ),
    bad="due: 2026-06-30\ndue: 2026-09-30",
    good="due: 2026-09-30",
    unsuppressible=True,
)

UNKNOWN_KEY = Rule(
    "F104",
    "unknown-key",
    Severity.ERROR,
    summary="a record has a key that its kind does not know",
    why=(
        "planfolio would ignore a mistyped key, and its value with it. Keys that start with `x_` "
        "are yours and are not read; `[check] allow_keys` in site.toml names others."
    ),
    bad="dew: 2026-09-30",
    good="due: 2026-09-30",
    unsuppressible=True,
)


@Rule(
    "F105",
    "two-values",
    summary="the same fact is written twice, with two values",
    why=(
        "planfolio takes one of them by a fixed rule: a record's own value before its history, and "
        "that before a review. It cannot know which is right."
    ),
    bad="metric: {target: 12, current: 5, as_of: 2026-06, history: [{date: 2026-06, value: 6}]}",
    good="metric: {target: 12, history: [{date: 2026-06, value: 6}]}",
)
def two_values(context: RuleContext) -> Iterator[Finding]:
    """Find contradictions between dates, between status and date, and between dated values."""
    for record in context.plan.records.values():
        if not _is_draft(record):
            yield from _two_dates(record)
    for goal in context.plan.goals.values():
        if not _is_draft(goal):
            yield from _status_and_done(goal, context)
            yield from _differing(context.metric_statements(goal), about=goal, what="value")
    for skill in context.plan.skills.values():
        yield from _differing(context.level_statements(skill), about=skill, what="level")


OTHER_SCALE = Rule(
    "F106",
    "other-scale",
    Severity.ERROR,
    summary="a level is a word or a number of another scale",
    why=(
        "A level has a meaning on its skill's scale only: a 6 is the top of one and outside "
        "another. A gap between two scales would mean nothing."
    ),
    bad="scale: cefr6\nlevel: expert",
    good="scale: cefr6\nlevel: B2",
    unsuppressible=True,
)


@Rule(
    "F107",
    "in-the-future",
    summary="a fact is dated after today",
    why=(
        "A fact with a date in the future does not count until that day. Usually the year is "
        "wrong, or the date is a plan, which belongs in `due`."
    ),
    bad="done: 2062-03-10",
    good="done: 2026-03-10",
)
def in_the_future(context: RuleContext) -> Iterator[Finding]:
    """Find facts that have not happened yet: one finding a record, at the first of them."""
    places: set[tuple[str, Span]] = set()
    for record in context.plan.records.values():
        if _is_draft(record):
            continue
        ahead = [(loc, on) for loc, on in fact_days(record.fields) if on.first > context.as_of]
        if not ahead:
            continue
        loc, on = ahead[0]
        # Items of a list file share the defaults above them: one place, one finding.
        place = (record.source.path, record.source.span(loc))
        if place in places:
            continue
        places.add(place)
        others = ""
        if len(ahead) > 1:
            verb = "is" if len(ahead) == 2 else "are"
            others = f", and so {verb} {count(len(ahead) - 1, 'more date')} of this record"
        yield at(
            record,
            loc,
            message=f"{dated(on, on.first)} is after {context.as_of}{others}",
            hint="correct the date; until that day the fact does not count",
        )


STRAY = Rule(
    "F108",
    "stray-file",
    Severity.INFO,
    summary="a Markdown file belongs to no kind of record",
    why=(
        "The folder gives the kind. A file elsewhere is not read and not shown. README.md and "
        "folders that start with _ or . are ignored without a note."
    ),
    bad="content/ideas/talk.md",
    good="content/goals/talk.md",
)


NOT_AS_WRITTEN = Rule(
    "F111",
    "not-as-written",
    Severity.INFO,
    summary="something in a body is not shown as it was written",
    why=(
        "A body is Markdown alone, so that no plan can bring code into a page: HTML and unsafe "
        "addresses stay text. Comments are left out. Of task marks, `[x]` is done, `[ ]`, `[/]` "
        "and `[>]` are open, `[-]` is cancelled, and any other is open as well."
    ),
    bad="- [?] Press <kbd>Ctrl</kbd>, see [the server](ftp://example.org/)",
    good="- [ ] Press `Ctrl`, see [the server](https://example.org/)",
)


def _is_draft(record: Record[Any]) -> bool:
    return getattr(record.fields, "status", None) is GoalStatus.DRAFT


def _two_dates(record: Record[Any]) -> Iterator[Finding]:
    when = getattr(record.fields, "when", None)
    if when is None:
        return
    for field, used, other in (("start", record.start, when.start), ("due", record.due, when.due)):
        if getattr(record.fields, field, None) is None or used is None:
            continue
        used_day, other_day = (
            (used.first, other.first) if field == "start" else (used.last, other.last)
        )
        if used_day != other_day:
            yield at(
                record,
                (field,),
                message=(
                    f"`{field}` says {dated(used, used_day)}, and `when` says "
                    f"{dated(other, other_day)}"
                ),
                hint=f"remove `when`, or `{field}`",
            )


def _status_and_done(goal: Goal, context: RuleContext) -> Iterator[Finding]:
    """Find a day of completion beside a status that was written and says otherwise."""
    fields = goal.fields
    if "status" not in fields.model_fields_set or fields.status is GoalStatus.DONE:
        return
    on = reached(fields.done, as_of=context.as_of)
    if on is not None:
        yield at(
            goal,
            ("status",),
            message=f"the status is {fields.status.value}, but `done` says {on}",
            hint="remove one of them",
        )


def _differing(
    statements: Iterable[Statement], *, about: Record[Any], what: str
) -> Iterator[Finding]:
    """Find statements whose values differ from the first one of the same date."""
    first: dict[tuple[object, object], Statement] = {}
    for statement in statements:
        if statement.on is None:
            continue
        counts = first.setdefault((statement.on.first, statement.on.last), statement)
        if counts.value == statement.value:
            continue
        source = counts.record.source
        values = [number(value, decimals=2) for value in (statement.value, counts.value)]
        yield at(
            statement.record,
            statement.loc,
            message=(
                f"the {what} of {about.key} on {statement.on.text} is {values[0]} here and "
                f"{values[1]} at {source.path}:{source.span(counts.loc).line}"
            ),
            hint="correct one of them, or remove it",
            about=about,
        )
