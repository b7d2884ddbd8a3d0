"""F: whether the plan can be read, and says everything once."""

from collections.abc import Iterator, Sequence
from typing import Any

from planfolio.analyse.days import counts_from
from planfolio.analyse.history import Statement, level_statements, metric_statements
from planfolio.model.diagnostics import Severity
from planfolio.model.field_walk import past_days
from planfolio.model.formatting import count, in_quotes, number
from planfolio.model.kinds.goal import GoalFields, GoalStatus
from planfolio.model.plan import Goal, Record
from planfolio.model.source_tree import Span
from planfolio.model.table import fields_set
from planfolio.model.values.dates import PlanDate
from planfolio.rules.context import RuleContext
from planfolio.rules.rule import Finding, Findings, day_as_typed, finding_at, rule


@rule("F101", Severity.ERROR, unsuppressible=True)
def unreadable(_: RuleContext) -> Findings:
    """A file, or the front matter of one, cannot be read.

    Front matter is YAML between two lines of `---` at the top of a UTF-8 file. Anchors, aliases,
    merges and tags are refused, since a few lines of them can take hours to read.

    Bad:  title: [Pass the CKA exam
    Good: title: Pass the CKA exam
    """
    return ()


@rule("F102", Severity.ERROR, unsuppressible=True)
def bad_value(_: RuleContext) -> Findings:
    """A date, level, effort, amount or other value cannot be read.

    planfolio reads a value as typed and guesses nothing: `no` is text, and 30 February is no day.
    The message says what the field accepts.

    Bad:  due: 2026-02-30
    Good: due: 2026-02-28
    """
    return ()


@rule("F103", Severity.ERROR, unsuppressible=True)
def duplicate(_: RuleContext) -> Findings:
    """An id, an alias or a key is used twice.

    Ids are addresses: with two records of one id a link would have two targets. Case and the form
    of accents do not tell ids apart. Of a key that is written twice, YAML would keep the last.

    Bad:  due: 2026-06-30
          due: 2026-09-30
    Good: due: 2026-09-30
    """
    return ()


@rule("F104", Severity.ERROR, unsuppressible=True)
def unknown_key(_: RuleContext) -> Findings:
    """A record has a key that its kind does not know.

    planfolio would ignore a mistyped key, and its value with it. Keys that start with `x_` are
    yours and are not read; `[check] allow_keys` in site.toml names others.

    Bad:  dew: 2026-09-30
    Good: due: 2026-09-30
    """
    return ()


@rule("F105")
def two_values(context: RuleContext) -> Findings:
    """The same thing is written twice, with two values.

    planfolio takes one of them by a fixed rule: a record's own value before its history, and that
    before a review. It cannot know which is right. The rule also finds a deadline that was moved to
    another day than `due`, and a status that dates contradict.

    Bad:  metric: {target: 12, current: 5, as_of: 2026-06, history: [{date: 2026-06, value: 6}]}
    Good: metric: {target: 12, history: [{date: 2026-06, value: 6}]}
    """
    for record in context.plan.records.values():
        if not _is_draft(record):
            yield from _two_dates(record)
            yield from _moved_elsewhere(record)
            yield from _stated_twice(record, context)
    for goal in context.plan.goals.values():
        if not _is_draft(goal):
            yield from _status_and_pause(goal, context)
    for id_, values in metric_statements(context.plan).items():
        if not _is_draft(goal := context.plan.goals[id_]):
            yield from _differing(values, about=goal, what="value", context=context)
    for id_, levels in level_statements(context.plan).items():
        skill = context.plan.skills[id_]
        yield from _differing(levels, about=skill, what="level", context=context)


@rule("F106", Severity.ERROR, unsuppressible=True)
def other_scale(_: RuleContext) -> Findings:
    """A level is a word or a number of another scale.

    A level has a meaning on its skill's scale only: a 6 is the top of one and outside another. A
    gap between two scales would mean nothing.

    Bad:  scale: cefr6
          level: expert
    Good: scale: cefr6
          level: B2
    """
    return ()


@rule("F107")
def in_the_future(context: RuleContext) -> Findings:
    """Something that happened is dated after today.

    It does not count until that day. Usually the year is wrong, or the date is a plan, which
    belongs in `due`.

    Bad:  done: 2062-03-10
    Good: done: 2026-03-10
    """
    places: set[tuple[str, Span]] = set()
    for record in context.plan.records.values():
        ahead = [(loc, on) for loc, on in past_days(record.fields) if on.first > context.as_of]
        if not ahead or _is_draft(record):
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
        yield finding_at(
            record,
            loc,
            message=f"{day_as_typed(on, on.first)} is after {context.as_of}{others}",
            hint="correct the date; until that day it does not count",
        )


@rule("F108", Severity.INFO)
def stray_file(_: RuleContext) -> Findings:
    """A Markdown file belongs to no kind of record.

    The folder gives the kind. A file elsewhere is not read and not shown. README.md, and files and
    folders that start with _ or . are ignored without a note.

    Bad:  content/ideas/talk.md
    Good: content/goals/talk.md
    """
    return ()


@rule("F109")
def value_without_metric(context: RuleContext) -> Findings:
    """A review has a value for a goal without a metric.

    A value counts on the way from a baseline to a target. Without a metric it is shown nowhere, and
    the goal is measured by something else.

    Bad:  metrics: {cka: 3}   # the goal has milestones
    Good: metric: {target: 5, unit: mock exams}   # in the goal
    """
    for review in context.plan.reviews.values():
        for name in review.fields.metrics:
            goal = context.plan.goals.get(name)
            if goal is None or goal.fields.metric is not None or _writes(goal, "metric"):
                continue
            yield finding_at(
                review,
                ("metrics", name),
                message=f"{in_quotes(goal.title)} has no metric, so this value is not used",
                hint="write one there, as in `metric: {target: 12, unit: talks}`, or remove it",
                key=True,
                about=goal,
            )


@rule("F110", Severity.ERROR, unsuppressible=True)
def conflict(_: RuleContext) -> Findings:
    """Git or a sync program left two versions of a record.

    Nobody but you knows which version is right. A file with the markers of a merge is not read. Nor
    is the second copy that a sync program (Dropbox, Nextcloud, OneDrive, Syncthing, iCloud) wrote
    beside a record; that one is a warning.

    Bad:  content/goals/cka.md
          content/goals/cka (conflicted copy 2026-03-30).md
    Good: content/goals/cka.md
    """
    return ()


@rule("F111", Severity.INFO)
def not_as_written(_: RuleContext) -> Findings:
    """Something in a body is not shown as it was written.

    A body is Markdown alone, so that no plan can bring code into a page: HTML and unsafe addresses
    stay text. Comments are left out. Of task marks, `[x]` is done, `[ ]`, `[/]` and `[>]` are open,
    `[-]` is cancelled, and any other is open as well, but for a number such as `[1]`, which is no
    mark.

    Bad:  - [?] Press <kbd>Ctrl</kbd>, see [the server](ftp://example.org/)
    Good: - [ ] Press `Ctrl`, see [the server](https://example.org/)
    """
    return ()


def _is_draft(record: Record[Any]) -> bool:
    """Return whether a record is the draft of a goal, of which nothing is asked yet."""
    return getattr(record.fields, "status", None) is GoalStatus.DRAFT


def _writes(record: Record[Any], field: str) -> bool:
    """Return whether a record's own front matter has a field, readable or not."""
    return record.source.node.find(field) is not None


def _two_dates(record: Record[Any]) -> Iterator[Finding]:
    """Find a start or due day beside a `when` that says another."""
    when = getattr(record.fields, "when", None)
    for field, end in (("start", "first"), ("due", "last")) if when is not None else ():
        used, other = getattr(record, field), getattr(when, field)
        if used is None or getattr(record.fields, field, None) is None:
            continue
        used_day, other_day = getattr(used, end), getattr(other, end)
        if used_day != other_day:
            says = f"`{field}` says {day_as_typed(used, used_day)}"
            yield finding_at(
                record,
                (field,),
                message=f"{says}, and `when` says {day_as_typed(other, other_day)}",
                hint=f"remove `when`, or `{field}`",
            )


def _moved_elsewhere(record: Record[Any]) -> Iterator[Finding]:
    """Find a last replan that ends on another day than the due day that is written."""
    replans = [r for r in getattr(record.fields, "replans", ()) if r.to is not None]
    due = record.due
    if not replans or due is None:
        return
    field = next((name for name in ("due", "when") if _writes(record, name)), None)
    if field is None:
        return
    moved = max(replans, key=lambda replan: replan.date.last).to
    if not (_is_within(moved, due) or _is_within(due, moved)):
        says = f"`{field}` says {day_as_typed(due, due.last)}"
        moved_to = day_as_typed(moved, moved.last)
        yield finding_at(
            record,
            (field,),
            message=f"{says}, and the last of `replans` moved it to {moved_to}",
            hint=f"write due: {moved.text}, or correct the replan",
        )


def _is_within(day: PlanDate, other: PlanDate) -> bool:
    return other.first <= day.first and day.last <= other.last


def _stated_twice(record: Record[Any], context: RuleContext) -> Iterator[Finding]:
    """Find a step that is both done and dropped, and a goal whose status is not what it was."""
    fields = record.fields
    drop, done = (getattr(fields, name, None) for name in ("dropped", "done"))
    days = {"dropped": drop.date if drop is not None else None, "done": done}
    says = {
        state: on
        for state, day in days.items()
        if (on := counts_from(day, as_of=context.as_of)) is not None
    }
    if len(says) == 2:
        message = f"`dropped` says {says['dropped']}, and `done` says {says['done']}"
        yield finding_at(record, ("dropped",), message=message, hint="remove one of them")
    elif says and isinstance(fields, GoalFields) and "status" in fields_set(fields):
        ((state, on),) = says.items()
        if fields.status != state:
            message = f"the status is {fields.status}, but `{state}` says {on}"
            yield finding_at(record, ("status",), message=message, hint="remove one of them")


def _status_and_pause(goal: Goal, context: RuleContext) -> Iterator[Finding]:
    """Find a status that was written beside a pause that says otherwise."""
    fields, as_of = goal.fields, context.as_of
    if "status" not in fields_set(fields):
        return
    status = fields.status
    last = max(fields.paused, key=lambda pause: pause.from_.first, default=None)
    if last is None or last.from_.first > as_of:
        return
    if status is GoalStatus.ACTIVE and last.to is None:
        message = f"the status is active, but a pause goes on since {last.from_.first}"
        hint = "write the `to` of the pause, or remove the status"
    elif status is GoalStatus.PAUSED and last.to is not None and last.to.last < as_of:
        message = f"the status is paused, but the last of `paused` ended on {last.to.last}"
        hint = "remove the status, or write the new pause"
    else:
        return
    yield finding_at(goal, ("status",), message=message, hint=hint)


def _differing(
    statements: Sequence[Statement], *, about: Record[Any], what: str, context: RuleContext
) -> Iterator[Finding]:
    """Find statements whose values differ from the one of the same date that counts."""
    last: dict[tuple[object, object], Statement] = {}
    for statement in reversed(statements):
        if statement.when is None:
            continue
        counts = last.setdefault((statement.when.first, statement.when.last), statement)
        if counts.value != statement.value:
            here, there = (number(each.value, decimals=2) for each in (statement, counts))
            source = context.plan.records[counts.source].source
            place = f"{source.path}:{source.span(counts.loc).line}"
            yield finding_at(
                context.plan.records[statement.source],
                statement.loc,
                message=f"the {what} of {about.key} on {statement.when.text} is {here} here and "
                f"{there} at {place}",
                hint="correct one of them, or remove it",
                about=about,
            )
