"""What somebody types after a command: the name of a record, a day, a value."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from planfolio.exceptions import UsageError
from planfolio.message_text import alternatives, quoted
from planfolio.model.diagnostics import Problem
from planfolio.model.plan import Plan, Record
from planfolio.model.values.dates import read_date
from planfolio.names import folded, near_hint
from planfolio.urls import slug

V = TypeVar("V")


def find_record(text: str, *, plan: Plan, kinds: Sequence[str]) -> Record[Any]:
    """Return the record of one of these kinds that a name means.

    A name is an id, `kind/id`, an alias or a beginning of one of them; `GOAL/ID` and `GOAL/TITLE`
    are a milestone. An exact name wins. Raises UsageError for one that fits none or several.
    """
    found = _matches(text, plan=plan, kinds=kinds)
    if len(found) == 1:
        return found[0]
    if found:
        names = [f"`{record.kind.folder}/{record.id}`" for record in found]
        shown = alternatives(names[:6]) + (" or another" if len(names) > 6 else "")
        raise UsageError(f"{quoted(text)} fits {len(found)} records", hint=f"write {shown}")
    others = [kind.name for kind in plan.kinds if kind.name not in kinds]
    other = next((r for r in _called(folded(text), plan, others)), None)
    if other is not None:
        wanted = alternatives(kinds)
        raise UsageError(f"{quoted(text)} is a {other.kind.name}", hint=f"name a {wanted}")
    ids = [record.id for record in _of(plan, kinds)]
    hint = near_hint(folded(text), ids, otherwise="`planfolio check` shows unread files")
    raise UsageError(f"there is no {alternatives(kinds)} {quoted(text)}", hint=hint)


def read_typed(read: Callable[[str], V], text: str) -> V:
    """Return what a reader of the plan makes of a text; its Problem becomes a UsageError."""
    try:
        return read(text)
    except Problem as problem:
        raise UsageError(problem.message, hint=problem.hint) from None


def read_day(text: str) -> date:
    """Return a day; raises UsageError for a longer time, such as a month."""
    read = read_typed(read_date, text)
    if read.first != read.last:
        raise UsageError(f"`{text}` is more than one day", hint=f"write a day like {read.last}")
    return read.first


def _matches(text: str, *, plan: Plan, kinds: Sequence[str]) -> list[Record[Any]]:
    name = folded(text)
    first, slash, rest = name.partition("/")
    prefixed = [k.name for k in plan.kinds if first in (k.name, k.folder) and k.name in kinds]
    if slash and prefixed:
        return _called(rest, plan, prefixed) or _beginning(rest, plan, prefixed)
    found = _called(name, plan, kinds)
    if not found and slash and "milestone" in kinds:
        goals = _called(first, plan, ["goal"]) or _beginning(first, plan, ["goal"])
        steps = [step for goal in goals for step in plan.milestones_of.get(goal.id, ())]
        found = [s for s in steps if rest in _own_names(s) or slug(rest) == slug(s.title)]
        found = found or [s for s in steps if any(n.startswith(rest) for n in _own_names(s))]
    return found or _beginning(name, plan, kinds)


def _called(name: str, plan: Plan, kinds: Iterable[str]) -> list[Record[Any]]:
    records = list(_of(plan, kinds))
    by_id = [record for record in records if folded(record.id) == name]
    return by_id or [r for r in records if name in map(folded, r.fields.aliases)]


def _beginning(name: str, plan: Plan, kinds: Iterable[str]) -> list[Record[Any]]:
    """Find by the beginning of an id; those of inline milestones begin with their goal's."""
    own_file = (record for record in _of(plan, kinds) if not record.inline)
    names = ((record, (record.id, *record.fields.aliases)) for record in own_file)
    return [r for r, own in names if name and any(folded(n).startswith(name) for n in own)]


def _own_names(milestone: Record[Any]) -> list[str]:
    """Return the names of a milestone within its goal."""
    own = milestone.fields.id or (None if milestone.inline else milestone.id)
    return [folded(name) for name in (own, milestone.title) if name]


def _of(plan: Plan, kinds: Iterable[str]) -> Iterable[Record[Any]]:
    return (
        record for kind in kinds for record in plan.records_of(kind).values() if not record.implied
    )
