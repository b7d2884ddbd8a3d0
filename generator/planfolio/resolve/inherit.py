"""What records inherit: roles, dates and visibility from goals above them and from site.toml.

This is a function of the plan alone, so a plan that was narrowed for an audience inherits anew,
and nothing comes from a record that is not there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from planfolio.memo import Derived
from planfolio.model.field_visibility import field_visibility
from planfolio.model.kinds.goal import GoalFields, GoalStatus
from planfolio.model.kinds.milestone import MilestoneFields
from planfolio.model.plan import Key, Record
from planfolio.model.values.dates import Offset, PlanDate, day
from planfolio.model.visibility import Visibility

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from planfolio.model.kinds import Kind
    from planfolio.model.settings import Settings


def default_visibility(kind: Kind, site: Settings) -> Visibility:
    """Return the visibility of a kind: site.toml's for it, else the narrower of the kind's own and
    the default's: who has all be private would not have reviews shown to a mentor."""
    if kind.name in site.visibility:
        return site.visibility[kind.name]
    return max(kind.visibility, site.visibility.get("default", Visibility.PUBLIC))


def inherit(
    records: Mapping[Key, Record[Any]],
    *,
    site: Settings,
    known: Derived[Key, Record[Any]] | None = None,
) -> dict[Key, Record[Any]]:
    """Fill in what goals, milestones and roles do not say themselves.

    A goal takes role, due and visibility from its parent, else the role from `[plan] role`; a
    start is the latest due day of what it waits for, else its goal's or parent's, else the
    plan's. A horizon stands for a due day from the start. A milestone is never seen by more people
    than its goal; a raw is the owner's alone. Cycles end where they close. `known` are the heirs
    of the time before.
    """
    known = Derived() if known is None else known
    known.begin(site)
    heirs = {
        key: _without_inherited(record)
        for key, record in records.items()
        if hasattr(record.fields, "due")
    }
    elders_of = {key: _elders(record) for key, record in heirs.items()}
    made: dict[Key, Record[Any]] = {}
    for key in _elders_first(elders_of):
        record = heirs[key]
        elders = tuple(made.get(elder) for elder in elders_of[key])
        made[key] = known.of(key, (record, *elders), partial(_heir, record, made, site))
    return {key: made.get(key, record) for key, record in records.items()}


def _without_inherited(record: Record[Any]) -> Record[Any]:
    if record.start is None and record.due is None and not record.inherited:
        return record
    fields = record.fields
    if "role" in record.inherited:
        fields = fields.model_copy(update={"role": None})
    return replace(record, fields=fields, start=None, due=None, inherited=MappingProxyType({}))


def _elders_first(elders_of: Mapping[Key, Sequence[Key]]) -> Iterator[Key]:
    """Yield each record after those that it inherits from; depth first, without recursion."""
    entered: set[Key] = set()
    left: set[Key] = set()
    for root in elders_of:
        stack = [root]
        while stack:
            key = stack[-1]
            if key in left:
                stack.pop()
            elif key in entered:
                left.add(stack.pop())
                yield key
            else:
                entered.add(key)
                stack.extend(e for e in elders_of[key] if e in elders_of and e not in entered)


def _elders(record: Record[Any]) -> list[Key]:
    fields = record.fields
    elders = [Key.parse(after) for after in getattr(fields, "after", ())]
    above = _above(record)
    return [*elders, above] if above else elders


def _above(record: Record[Any]) -> Key | None:
    match record.fields:
        case GoalFields(parent=str(parent)):
            return Key("goal", parent)
        case MilestoneFields(goal=str(goal)):
            return Key("goal", goal)
    return None


@dataclass(slots=True)
class _Filled:
    start: PlanDate | None = None
    due: PlanDate | None = None


def _heir(record: Record[Any], made: Mapping[Key, Record[Any]], site: Settings) -> Record[Any]:
    above_key = _above(record)
    above = made.get(above_key) if above_key else None
    inherited: dict[str, Key | None] = {}
    fields = record.fields
    start = _start(record, above, made, site, inherited)
    due = _due(record, start, above, site, inherited)
    if isinstance(fields, GoalFields) and fields.role is None:
        fields = _with_role(fields, above, site, inherited)
    visibility = _visibility(record, above, site, inherited)
    return replace(
        record,
        fields=fields,
        start=start,
        due=due,
        visibility=visibility,
        inherited=MappingProxyType(inherited),
    )


def _start(
    record: Record[Any],
    above: Record[Any] | None,
    made: Mapping[Key, Record[Any]],
    site: Settings,
    inherited: dict[str, Key | None],
) -> PlanDate | None:
    fields = record.fields
    if not hasattr(fields, "start"):
        return None
    written = fields.start or (fields.when.start if fields.when else None)
    base = above.start if above and above.start else site.plan.start
    if isinstance(written, Offset):
        return _from(written, base.first) if base else None
    if written is not None:
        return cast("PlanDate", written)
    waits = [made[key] for key in map(Key.parse, fields.after) if key in made]
    ends = [(one.due.last, one.key) for one in waits if one.due is not None]
    if ends:
        latest, key = max(ends)
        inherited["start"] = key
        return day(latest)
    if above is not None and above.start is not None:
        inherited["start"] = above.key
        return above.start
    if site.plan.start is not None:
        inherited["start"] = None
    return site.plan.start


def _due(
    record: Record[Any],
    start: PlanDate | None,
    above: Record[Any] | None,
    site: Settings,
    inherited: dict[str, Key | None],
) -> PlanDate | None:
    fields = record.fields
    when = getattr(fields, "when", None)
    written = fields.due or (when.due if when else None)
    base = start or (above.start if above else None) or site.plan.start
    if isinstance(written, Offset):
        return _from(written, base.first) if base else None
    if written is not None:
        return cast("PlanDate", written)
    if not isinstance(fields, GoalFields):
        return None
    if fields.horizon is not None and start is not None:
        end = fields.horizon.from_day(start.first)
        return replace(day(end), text=fields.horizon.text, about=True)
    if fields.horizon is None and above is not None and above.due is not None:
        inherited["due"] = above.key
        return above.due
    return None


def _with_role(
    fields: GoalFields,
    above: Record[Any] | None,
    site: Settings,
    inherited: dict[str, Key | None],
) -> GoalFields:
    parent_role = above.fields.role if above and isinstance(above.fields, GoalFields) else None
    if above is not None and parent_role is not None:
        inherited["role"] = above.key
        return fields.model_copy(update={"role": parent_role})
    default = site.plan.role
    if default is not None:
        inherited["role"] = None
        return fields.model_copy(update={"role": default})
    return fields


def _visibility(
    record: Record[Any],
    above: Record[Any] | None,
    site: Settings,
    inherited: dict[str, Key | None],
) -> Visibility:
    fields = record.fields
    own: Visibility = (
        fields.visibility
        if fields.visibility is not None
        else default_visibility(record.kind, site)
    )
    if isinstance(fields, GoalFields):
        if fields.status is GoalStatus.DRAFT:
            return Visibility.PRIVATE
        if fields.visibility is None and above is not None and above.visibility > own:
            inherited["visibility"] = above.key
            return above.visibility
        return own
    if above is None:
        return own
    # What stands in a field of the goal is seen by no more people than that field.
    field = field_visibility(above.kind, "milestones", site=site) if record.inline else own
    widest = max(above.visibility, field)
    if widest > own:
        inherited["visibility"] = above.key
    return max(widest, own)


def _from(offset: Offset, start: date) -> PlanDate:
    return replace(day(offset.from_day(start)), text=offset.text)
