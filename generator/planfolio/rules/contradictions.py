"""F105: whether the plan states each fact once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planfolio.analyse.days import reached
from planfolio.model.formatting import number
from planfolio.model.kinds.goal import GoalStatus
from planfolio.rules.form import is_draft, writes
from planfolio.rules.rule import Finding, Rule, at, dated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planfolio.model.plan import Goal, Record
    from planfolio.model.values.dates import PlanDate
    from planfolio.rules.context import RuleContext, Statement


@Rule(
    "F105",
    bad="metric: {target: 12, current: 5, as_of: 2026-06, history: [{date: 2026-06, value: 6}]}",
    good="metric: {target: 12, history: [{date: 2026-06, value: 6}]}",
)
def two_values(context: RuleContext) -> Iterator[Finding]:
    """The same fact is written twice, with two values.

    planfolio takes one of them by a fixed rule: a record's own value before its history, and that
    before a review. It cannot know which is right. The rule also finds a deadline that was moved to
    another day than `due`, and a status that dates contradict.
    """
    for record in context.plan.records.values():
        if not is_draft(record):
            yield from context.of_record("F105", record, _dates)
    for goal in context.plan.goals.values():
        if not is_draft(goal):
            yield from _differing(context.metric_statements(goal), about=goal, what="value")
    for skill in context.plan.skills.values():
        yield from _differing(context.level_statements(skill), about=skill, what="level")


def _dates(record: Record[Any], context: RuleContext) -> list[Finding]:
    found = [*_two_dates(record), *_moved_elsewhere(record), *_done_and_dropped(record, context)]
    if record.key.kind == "goal":
        found += _status_and_days(record, context)
    return found


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


def _moved_elsewhere(record: Record[Any]) -> Iterator[Finding]:
    """Find a last replan that ends on another day than the due day that is written."""
    replans = [r for r in getattr(record.fields, "replans", ()) if r.to is not None]
    due = record.due
    if not replans or due is None:
        return
    field = next((name for name in ("due", "when") if writes(record, name)), None)
    if field is None:
        return
    moved = max(replans, key=lambda replan: replan.date.last).to
    if _is_within(moved, due) or _is_within(due, moved):
        return
    yield at(
        record,
        (field,),
        message=(
            f"`{field}` says {dated(due, due.last)}, and the last of `replans` moved it to "
            f"{dated(moved, moved.last)}"
        ),
        hint=f"write due: {moved.text}, or correct the replan",
    )


def _is_within(day: PlanDate, other: PlanDate) -> bool:
    return other.first <= day.first and day.last <= other.last


def _done_and_dropped(record: Record[Any], context: RuleContext) -> Iterator[Finding]:
    """Find a step that is both done and dropped."""
    dropped, done = (getattr(record.fields, name, None) for name in ("dropped", "done"))
    if dropped is None or done is None:
        return
    days = [reached(day, as_of=context.as_of) for day in (dropped.date, done)]
    if None not in days:
        message = f"`dropped` says {days[0]}, and `done` says {days[1]}"
        yield at(record, ("dropped",), message=message, hint="remove one of them")


def _status_and_days(goal: Goal, context: RuleContext) -> Iterator[Finding]:
    """Find a status that was written beside days that say otherwise."""
    fields, as_of = goal.fields, context.as_of
    if "status" not in fields.model_fields_set:
        return
    says = {
        GoalStatus.DONE: reached(fields.done, as_of=as_of),
        GoalStatus.DROPPED: reached(fields.dropped.date if fields.dropped else None, as_of=as_of),
    }
    status = fields.status
    for other, on in says.items():
        if on is not None and status is not other and None in says.values():
            message = f"the status is {status.value}, but `{other.value}` says {on}"
            yield at(goal, ("status",), message=message, hint="remove one of them")
    last = max(fields.paused, key=lambda pause: pause.from_.first, default=None)
    if last is None or last.from_.first > as_of:
        return
    if status is GoalStatus.ACTIVE and last.to is None:
        yield at(
            goal,
            ("status",),
            message=f"the status is active, but `paused` goes on since {last.from_.first}",
            hint="write the `to` of the pause, or remove the status",
        )
    elif status is GoalStatus.PAUSED and last.to is not None and last.to.last < as_of:
        yield at(
            goal,
            ("status",),
            message=f"the status is paused, but the last of `paused` ended on {last.to.last}",
            hint="remove the status, or write the new pause",
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
