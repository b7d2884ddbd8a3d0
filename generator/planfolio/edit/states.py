"""What becomes of a step: done, dropped, paused, resumed, or due on another day."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from planfolio.analyse.analysis import Analysis
from planfolio.analyse.measures import Measure, MeasureProgress
from planfolio.edit.arguments import read_typed
from planfolio.edit.changes import HERE, Add, Change, Put, Remove, YamlValue
from planfolio.exceptions import NothingToChange, UsageError
from planfolio.message_text import quoted
from planfolio.model import formatting
from planfolio.model.kinds.goal import GoalStatus, SmartLetter
from planfolio.model.plan import Goal, Record
from planfolio.model.source_tree import Loc, MappingNode, Scalar, SequenceNode
from planfolio.model.values.dates import (
    Offset,
    read_date,
    read_offset_or_date,
    read_window,
    single_day,
)
from planfolio.model.values.text import read_text

_BELOW_DAYS = ("due", "when", "horizon", "start", "status", "kind", "title")
_BELOW_STATUS = ("status", "kind", "title")


def finish(
    record: Record[Any],
    *,
    analysis: Analysis | None,
    on: date,
    day_typed: bool = False,
    anyway: bool = False,
    why: str | None = None,
) -> list[Change]:
    """Return the changes that make a step done; a typed day replaces a written one.

    `day_typed` tells that the day was named, `anyway` that a measure may be incomplete, `why` the
    reason for that. Raises UsageError for an incomplete step, and for a reason that has no place.
    """
    _refuse_over(record, states=("dropped",))
    written, changes = record.fields.done, _status(record, GoalStatus.DONE)
    if written is None or (day_typed and not written.first == written.last == on):
        changes.append(Put(("done",), on.isoformat(), _BELOW_DAYS))
    if not changes:
        raise NothingToChange(f"{quoted(record.id)} is done since {written.text} already")
    left = _unfinished(record, analysis) if analysis is not None else []
    if left and not anyway:
        message = f"`{record.id}` is incomplete: {', '.join(left)}"
        raise UsageError(message, hint="add --anyway if it is done all the same")
    excepted: list[Change] = []
    if left and analysis is not None and record.key.kind == "goal":
        excepted = _except_measure(record, analysis, why=why)
    if why is not None and not excepted:
        message = f"`{record.id}` needs no reason to be done"
        raise UsageError(message, hint="leave --why out")
    return [*excepted, *changes]


def drop(record: Record[Any], *, on: date, why: str) -> list[Change]:
    """Return the changes that drop a step, with the reason."""
    reason = read_typed(read_text, why)
    if record.fields.dropped is not None:
        since = record.fields.dropped.date.text
        raise NothingToChange(f"{quoted(record.id)} is dropped since {since} already")
    _refuse_over(record, states=("done",))
    table: dict[str, YamlValue] = {"date": on.isoformat(), "reason": reason}
    return [*_status(record, GoalStatus.DROPPED), Put(("dropped",), table, _BELOW_DAYS)]


def move(record: Record[Any], due: str, *, on: date, why: str) -> list[Change]:
    """Return the changes that move the due day of a goal or a milestone, with the reason."""
    _refuse_over(record)
    reason = read_typed(read_text, why)
    moved = read_typed(read_offset_or_date, due)
    start, old = record.start, record.due
    if isinstance(moved, Offset):
        if start is None:
            raise UsageError(f"{quoted(due)} has no start to count from", hint="write a date")
        moved, text = single_day(moved.from_day(start.first)), moved.text
        if old is not None and moved.last < old.last:
            raise UsageError(
                f"{quoted(due)} counts from the start, {start.first}, and is before {old.last}",
                hint="write the new day",
            )
    else:
        text = moved.text
    if old is not None and moved.last == old.last:
        raise NothingToChange(f"{quoted(record.id)} is due on {old.last} already")
    if start is not None and moved.last < start.first:
        raise UsageError(
            f"{quoted(due)} is before the start of {quoted(record.id)}, {start.first}",
            hint="move its start first",
        )
    entry: dict[str, YamlValue] = {"date": on.isoformat()}
    if old is not None:
        entry["from"] = old.last.isoformat()
    entry |= {"to": moved.text, "reason": reason}
    when = record.fields.when
    new = Put(("due",), text, ("due", "when", "start", "horizon", "title"))
    if when is not None and record.fields.due is None:
        window = f"{when.start.text}..{moved.text}"
        read_typed(read_window, window)
        new = Put(("when",), window)
    return [new, Add(("replans",), entry, ("due", "when"))]


def pause(goal: Goal, *, on: date, until: str | None, why: str | None) -> list[Change]:
    """Return the changes that pause a goal from a day on, `until` a day or until it is resumed."""
    status = goal.fields.status
    if status is GoalStatus.PAUSED or any(_holds(pause, on) for pause in goal.fields.paused):
        raise NothingToChange(f"{quoted(goal.id)} is paused already")
    _refuse_over(goal)
    if status is not GoalStatus.ACTIVE:
        message = f"{quoted(goal.id)} is {status.value}, and only an active goal can rest"
        raise UsageError(message, hint="write `status: active` in it first")
    entry: dict[str, YamlValue] = {"from": on.isoformat()}
    if until is not None:
        end = read_typed(read_date, until)
        if end.last < on:
            raise UsageError(f"{quoted(until)} is before {on}, the first day of the pause")
        entry["to"] = end.text
    if why is not None:
        entry["reason"] = read_typed(read_text, why)
    changes: list[Change] = [Add(("paused",), entry, _BELOW_DAYS)]
    if until is None:
        changes.insert(0, Put(("status",), GoalStatus.PAUSED.value, _BELOW_STATUS))
    return changes


def resume(goal: Goal, *, on: date) -> list[Change]:
    """Return the changes that end a pause with the day before, and make the goal active.

    A pause that begins on the day itself is removed.
    """
    changes: list[Change] = []
    if goal.fields.status is GoalStatus.PAUSED:
        changes.append(Put(("status",), GoalStatus.ACTIVE.value))
    last = (on - timedelta(days=1)).isoformat()
    for index, pause in reversed(list(enumerate(goal.fields.paused))):
        if not _holds(pause, on):
            continue
        if pause.from_.first == on:
            alone = len(goal.fields.paused) == 1
            changes.append(Remove(("paused",) if alone else _item(goal, "paused", index)[0]))
            continue
        loc, is_bare = _item(goal, "paused", index)
        bare = Put(loc, {"from": HERE, "to": last})
        changes.append(bare if is_bare else Put((*loc, "to"), last, ("from",)))
    if not changes:
        raise NothingToChange(f"{quoted(goal.id)} is not paused")
    return changes


def _unfinished(record: Record[Any], analysis: Analysis) -> list[str]:
    """Return what is incomplete of a step, a phrase for each measure."""
    if record.key.kind == "milestone":
        leaves = record.body.leaves
        ticked = sum(task.done for task in leaves)
        return [f"checklist {ticked} of {len(leaves)}"] if ticked < len(leaves) else []
    if record.key.kind != "goal":
        return []
    measures = analysis.goals[record.id].measures
    return [_incomplete(m) for m in measures if m.measure is not Measure.STEP and m.progress != 1]


def _except_measure(goal: Goal, analysis: Analysis, *, why: str | None) -> list[Change]:
    """Return the changes by which a goal with an incomplete measure can be done: it excepts M.

    Without it the goal would contradict itself, by rule M107. A habit may have its gaps.
    """
    smart = goal.fields.smart
    known = [m for m in analysis.goals[goal.id].measures if m.progress not in (None, 1)]
    excepted = smart is not None and SmartLetter.M in smart.except_
    if excepted or all(measure.measure is Measure.CADENCE for measure in known):
        return []
    reason = {} if why is None else {"reason": read_typed(read_text, why)}
    written = goal.source.node.value("smart")
    if smart is None or not isinstance(written, MappingNode):
        return [Put(("smart",), {"except": [SmartLetter.M.value], **reason}, _BELOW_DAYS)]
    if smart.reason and reason:
        reason = {"reason": f"{smart.reason}; {reason['reason']}"}
    letters = Add(("smart", "except"), SmartLetter.M.value)
    return [letters, *(Put(("smart", key), text) for key, text in reason.items())]


def _refuse_over(record: Record[Any], *, states: Sequence[str] = ("done", "dropped")) -> None:
    """Refuse what has no meaning for a step that is done or dropped, with a day or without."""
    for state in states:
        is_dated = getattr(record.fields, state) is not None
        if is_dated or getattr(record.fields, "status", None) == state:
            field, wrong = (state, state) if is_dated else ("status", f"status: {state}")
            line = record.source.span((field,), key=True).line
            raise UsageError(
                f"{quoted(record.id)} is {state}: {record.source.path}:{line}",
                hint=f"take `{wrong}` out there if that is wrong",
            )


def _status(record: Record[Any], status: GoalStatus) -> list[Change]:
    """Return the change of a written status; one that is not written follows from the dates."""
    written = record.source.node.value("status")
    if not isinstance(written, Scalar) or written.absent or record.fields.status == status.value:
        return []
    return [Put(("status",), status.value)]


def _incomplete(measure: MeasureProgress) -> str:
    if measure.total is not None:
        return f"{measure.measure} {measure.done} of {measure.total}"
    share = measure.progress
    return f"{measure.measure} {'unknown' if share is None else formatting.percent(share)}"


def _holds(pause: Any, on: date) -> bool:
    return pause.from_.first <= on and (pause.to is None or on <= pause.to.last)


def _item(record: Record[Any], field: str, index: int) -> tuple[Loc, bool]:
    """Return where the n-th item of a list is, and whether it is a value without a key."""
    node = record.source.node.value(field)
    if not isinstance(node, SequenceNode):
        return (field,), isinstance(node, Scalar)
    position = node.position(index) or 0
    return (field, position), isinstance(node.items[position], Scalar)
