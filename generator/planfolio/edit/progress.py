"""Progress written down: a value of a metric, a session of a habit, a mark of a checklist."""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from planfolio.edit.arguments import read_typed
from planfolio.edit.changes import Add, Change, Put, YamlValue
from planfolio.edit.file_edit import FileEdit
from planfolio.edit.front_matter_text import FileText, Splice
from planfolio.exceptions import NothingToChange, UsageError
from planfolio.markdown.compiler import Compiler
from planfolio.markdown.placeholders import plain_text
from planfolio.message_text import quoted
from planfolio.model.body import Task
from planfolio.model.formatting import date_as_typed, number_as_typed
from planfolio.model.kinds.goal import GoalKind, Metric
from planfolio.model.plan import Goal, Plan, Record
from planfolio.model.source_tree import MappingNode, Scalar, absent
from planfolio.model.values.amounts import read_number, split_metric
from planfolio.model.values.cadence import Period
from planfolio.model.values.dates import Precision, read_date
from planfolio.model.values.text import read_text
from planfolio.names import folded
from planfolio.read.front_matter import split

_MARK = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]+\[(?P<mark>[^\]\n]{0,3})\](?=\s)")


def log_value(
    goal: Goal, value: str, *, plan: Plan, on: date, day_typed: bool = False, note: str | None
) -> list[Change]:
    """Return the changes that log a value of a metric; `day_typed` tells that its day was named.

    Raises UsageError for a value that is no number, a goal without a metric, and a day that has
    another value, NothingToChange where it is that value.
    """
    metric = goal.fields.metric
    if metric is None:
        hint = "write `metric: 0/12 talks` in it first"
        if _is_habit(goal):
            hint = f"a session of its habit has no value: `planfolio log {goal.id}`"
        raise UsageError(f"the goal {quoted(goal.id)} has no metric", hint=hint)
    number, value = read_typed(read_number, value), value.strip()
    if value.startswith("+"):
        message = f"{quoted(value)} says how much is added, and a value is the new total"
        hint = f"write `planfolio log {goal.id} {value.removeprefix('+')}` if that is the total"
        raise UsageError(message, hint=hint)
    entry: dict[str, YamlValue] = {"date": on.isoformat(), "value": value}
    if note is not None:
        entry["note"] = read_typed(read_text, note)
    is_bare = not day_typed and note is None
    undated = metric.current is not None and metric.as_of is None
    if undated and is_bare:
        if number == metric.current:
            raise NothingToChange(f"{quoted(value)} is the current value already")
    else:
        _refuse_second(goal, metric, number, plan=plan, on=on)
    if not undated:
        return [Add(("metric", "history"), entry)]
    return list(_in_place_of_current(goal, value, is_bare=is_bare, entry=entry))


def log_session(goal: Goal, *, on: date, note: str | None) -> list[Change]:
    """Return the changes that log a session of a habit; raises UsageError for a goal without one,
    and for a note, which has no place."""
    if note is not None:
        raise UsageError("a session has no note", hint="write a VALUE too, or no --note")
    if not _is_habit(goal):
        raise UsageError(
            f"the goal {quoted(goal.id)} has no cadence",
            hint=f"write the value of its metric too, as in `planfolio log {goal.id} 6`; a goal "
            "without one needs `metric: 0/12 talks` or `cadence: 3/week` first",
        )
    log = goal.source.node.value("log")
    if not isinstance(log, MappingNode) or log.find("date") is not None:
        return [Add(("log",), on.isoformat(), ("cadence",))]
    for entry in log.entries:
        held = read_date(entry.key.text)
        if held.first <= on <= held.last:
            written = entry.value.text if isinstance(entry.value, Scalar) else ""
            times = Fraction(1) if absent(entry.value) else read_number(written)
            return [Put(("log", entry.key.text), number_as_typed(times + 1))]
    keys = [read_date(entry.key.text).precision for entry in log.entries]
    precision = keys[-1] if keys else _precision(goal)
    return [Put(("log", date_as_typed(on, precision)), "1")]


def tick_item(record: Record[Any], item: str, *, undo: bool, before: bytes) -> FileEdit:
    """Set the mark of an item of a record's checklist, or with `undo` take it away.

    `item` is the text of a leaf as pages show it, or its number, from 1. Raises UsageError for an
    item that is not there or there twice, and NothingToChange.
    """
    path = record.source.path
    task = _leaf(record, item)
    if task.done != undo:
        text = quoted(_as_typed(task, record))
        raise NothingToChange(f"{text} is {'done' if task.done else 'open'} already")
    file = FileText.of(before)
    line = record.source.body_line - 1 + task.span.line
    start = file.offset(line, task.span.column)
    mark = _MARK.search(file.text, start)
    if mark is None or file.line(mark.start()) != line:
        raise _beyond(path, line, undo=undo)
    after = file.spliced([Splice(*mark.span("mark"), " " if undo else "x")])
    tasks = Compiler().compile(split(after.text, path=path).body).tasks
    index = record.body.tasks.index(task)
    rest = [(other.text, other.span.line, other.done) for other in record.body.tasks]
    rest[index] = (task.text, task.span.line, not undo)
    if [(other.text, other.span.line, other.done) for other in tasks] != rest:
        raise _beyond(path, line, undo=undo)
    return FileEdit(path, before, after.data)


def _in_place_of_current(
    goal: Goal, value: str, *, is_bare: bool, entry: dict[str, YamlValue]
) -> Iterator[Change]:
    """Yield what replaces a current value without a date, which would win over a dated one."""
    metric = goal.source.node.value("metric")
    history = [entry] if "note" in entry else []
    if not isinstance(metric, Scalar):
        yield Put(("metric", "current"), value)
        if not is_bare:
            yield Put(("metric", "as_of"), entry["date"], ("current",))
        if history:
            yield Add(("metric", "history"), entry)
    elif is_bare:
        short = metric.text.strip()
        yield Put(("metric",), value + short[len(split_metric(short)["current"]) :])
    else:
        table = {**split_metric(metric.text), "current": value, "as_of": entry["date"]}
        yield Put(("metric",), {**table, **({"history": history} if history else {})})


def _refuse_second(goal: Goal, metric: Metric, number: Fraction, *, plan: Plan, on: date) -> None:
    """Refuse a second value of a day: what is written of a day is never overwritten."""
    known_values = [(entry.date, entry.value, "its history") for entry in metric.history]
    if metric.current is not None and metric.as_of is not None:
        known_values.append((metric.as_of, metric.current, "`current`"))
    for review in plan.reviews.values():
        fields = review.fields
        if fields.date is not None and goal.id in fields.metrics:
            where = f"the review {quoted(review.id)}"
            known_values.append((fields.date, fields.metrics[goal.id], where))
    for held, value, where in known_values:
        if held.first == held.last == on:
            known = f"{where} says {number_as_typed(value)} for {on}"
            if value == number:
                raise NothingToChange(f"{known} already")
            raise UsageError(
                f"{known}, and a day has one value",
                hint="correct it there if it is wrong, or name another day with --date",
            )


def _is_habit(goal: Goal) -> bool:
    fields = goal.fields
    return fields.cadence is not None or fields.kind is GoalKind.HABIT or bool(fields.log)


def _precision(goal: Goal) -> Precision:
    every = goal.fields.cadence.every if goal.fields.cadence is not None else Period.DAY
    return Precision.DAY if every is Period.WEEKDAY else Precision(every.value)


def _leaf(record: Record[Any], item: str) -> Task:
    leaves = [task for task in record.body.tasks if task.leaf]
    if not leaves:
        hint = "write the checklist in the body of a file of its own"
        if record.source.body_line > 1:
            hint = f"write `- [ ] ITEM` in {record.source.path}"
        raise UsageError(f"{quoted(record.id)} has no checklist", hint=hint)
    found = [task for task in leaves if folded(_as_typed(task, record)) == folded(item)]
    if not found:
        found = [task for index, task in enumerate(leaves, 1) if str(index) == item.strip()]
    if len(found) == 1:
        return found[0]
    if found:
        numbers = [str(index) for index, task in enumerate(leaves, 1) if task in found]
        message = f"the text {quoted(item)} is there {len(found)} times"
        raise UsageError(message, hint=f"write its number: {', '.join(numbers)}")
    tasks = record.body.tasks
    whole = next((t for t in tasks if folded(_as_typed(t, record)) == folded(item)), None)
    if whole is not None:
        why = "is cancelled" if whole.cancelled else "has items under it, which count"
        raise UsageError(f"{quoted(item)} {why}", hint=_leaves_of(record))
    raise UsageError(
        f"there is no item {quoted(item)} in {quoted(record.id)}", hint=_leaves_of(record)
    )


def _leaves_of(record: Record[Any]) -> str:
    leaves = [quoted(_as_typed(task, record)) for task in record.body.leaves]
    few = ", ".join(f"{number} {text}" for number, text in enumerate(leaves[:8], 1))
    return f"the items are {few}" + (", …" if len(leaves) > 8 else "")


def _as_typed(task: Task, record: Record[Any]) -> str:
    """Return the text of a task without markup; a wikilink gives the name that was written."""
    return plain_text(task.text, lambda number: record.body.links[number].target)


def _beyond(path: str, line: int, *, undo: bool) -> UsageError:
    message = f"{path}:{line}: this mark cannot be changed without more; nothing was written"
    return UsageError(message, hint=f"write [{' ' if undo else 'x'}] there")
