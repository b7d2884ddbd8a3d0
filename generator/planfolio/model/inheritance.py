"""What records inherit: roles, dates and visibility from their ancestors and from site.toml.

This is a function of the records alone: a plan that was narrowed for an audience inherits anew, so
nothing comes from a record that the audience may not see.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, cast

from planfolio.model.kinds.goal import GoalFields, GoalStatus
from planfolio.model.memo import Memo
from planfolio.model.plan import Record
from planfolio.model.references import Key
from planfolio.model.settings import Settings
from planfolio.model.table import updated, written_names
from planfolio.model.values.dates import Offset, PlanDate, single_day
from planfolio.model.visibility import Visibility
from planfolio.model.visibility_settings import default_visibility, field_visibility

_INHERITED = frozenset({"due", "when", "goal"})
"""The fields by one of which a record has a date, or a goal above it."""


def inherit(
    records: Mapping[Key, Record[Any]], *, settings: Settings, memo: Memo | None = None
) -> dict[Key, Record[Any]]:
    """Fill in what goals, milestones and roles leave open.

    A goal takes role, due and visibility from its parent, else the role from `[plan] role`. A start
    is the latest due day in `after`, else the start of the goal or parent, else that of the plan. A
    horizon gives a due day from the start. A milestone is never seen by more people than its goal,
    and a draft only by the owner; the same holds for any record that belongs to a goal. A cycle is
    cut where it closes. With a `memo` a record stays the same object as in the last run where it
    and those that it inherits from do.
    """
    memo = Memo() if memo is None else memo
    memo.begin(settings)
    inheritors = {
        key: _as_written(record)
        for key, record in records.items()
        if not _INHERITED.isdisjoint(written_names(type(record.fields)))
    }
    ancestors = {key: [*_after(one), *_above(one)] for key, one in inheritors.items()}
    filled: dict[Key, Record[Any]] = {}
    for key in _ancestors_first(ancestors):
        one = inheritors[key]
        basis = (one, *(filled[above] for above in ancestors[key] if above in filled))
        filled[key] = memo.get_or_make(key, basis, partial(_filled, one, filled, settings))
    return {key: filled.get(key, record) for key, record in records.items()}


def _as_written(record: Record[Any]) -> Record[Any]:
    """Return a record without what it inherited before."""
    if record.start is None and record.due is None and not record.inherited:
        return record
    fields = record.fields
    if "role" in record.inherited:
        fields = updated(fields, role=None)
    return record._replace(fields=fields, start=None, due=None, inherited=MappingProxyType({}))


def _after(record: Record[Any]) -> list[Key]:
    """Return the steps that a record comes after."""
    return [Key.parse(text) for text in getattr(record.fields, "after", ())]


def _above(record: Record[Any]) -> list[Key]:
    """Return the parent of a goal, or the goal that another record belongs to, if there is one."""
    fields = record.fields
    goal = fields.parent if isinstance(fields, GoalFields) else getattr(fields, "goal", None)
    return [Key("goal", goal)] if goal is not None else []


def _ancestors_first(ancestors: Mapping[Key, Sequence[Key]]) -> Iterator[Key]:
    """Yield each record after its ancestors; depth first, without recursion."""
    entered: set[Key] = set()
    left: set[Key] = set()
    for root in ancestors:
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
                stack.extend(k for k in ancestors[key] if k in ancestors and k not in entered)


def _filled(
    record: Record[Any], filled: Mapping[Key, Record[Any]], settings: Settings
) -> Record[Any]:
    return _Inheritor(record, filled, settings).filled()


class _Inheritor:
    """Fills in one record; `inherited` notes which field came from where."""

    def __init__(
        self, record: Record[Any], filled: Mapping[Key, Record[Any]], settings: Settings
    ) -> None:
        self.record = record
        self.fields = record.fields
        self.when = getattr(self.fields, "when", None)
        self.after = [filled[key] for key in _after(record) if key in filled]
        self.above = next((filled[key] for key in _above(record) if key in filled), None)
        self.settings = settings
        self.inherited: dict[str, Key | None] = {}

    def filled(self) -> Record[Any]:
        """Return the record with its start, due, role and visibility."""
        start = self._start()
        return self.record._replace(
            start=start,
            due=self._due(start),
            fields=self._with_role(),
            visibility=self._visibility(),
            inherited=MappingProxyType(self.inherited),
        )

    def _start(self) -> PlanDate | None:
        written = self.when.start if self.when else None
        if not hasattr(self.fields, "start"):
            return written
        written = self.fields.start or written
        above = self.above.start if self.above else None
        if isinstance(written, Offset):
            return _from(written, above or self.settings.plan.start)
        if written is not None:
            return cast("PlanDate", written)
        ends = [(one.due.last, one.key) for one in self.after if one.due is not None]
        if ends:
            latest, self.inherited["start"] = max(ends)
            return single_day(latest)
        if self.above is not None and above is not None:
            self.inherited["start"] = self.above.key
            return above
        if self.settings.plan.start is not None:
            self.inherited["start"] = None
        return self.settings.plan.start

    def _due(self, start: PlanDate | None) -> PlanDate | None:
        fields, above = self.fields, self.above
        written = getattr(fields, "due", None) or (self.when.due if self.when else None)
        if isinstance(written, Offset):
            return _from(
                written, start or (above.start if above else None) or self.settings.plan.start
            )
        if written is not None or not isinstance(fields, GoalFields):
            return cast("PlanDate | None", written)
        if fields.horizon is not None and start is not None:
            end = fields.horizon.from_day(start.first)
            return single_day(end)._replace(text=fields.horizon.text, approximate=True)
        if fields.horizon is None and above is not None and above.due is not None:
            self.inherited["due"] = above.key
            return above.due
        return None

    def _with_role(self) -> Any:
        """Return the fields with the role of the parent or of the plan, if a goal names none."""
        fields, above = self.fields, self.above
        if not isinstance(fields, GoalFields) or fields.role is not None:
            return fields
        role, origin = self.settings.plan.role, None
        if above is not None and above.fields.role is not None:
            role, origin = above.fields.role, above.key
        if role is None:
            return fields
        self.inherited["role"] = origin
        return updated(fields, role=role)

    def _visibility(self) -> Visibility:
        record, above = self.record, self.above
        written: Visibility | None = self.fields.visibility
        own = (
            default_visibility(record.kind, settings=self.settings) if written is None else written
        )
        is_goal = isinstance(self.fields, GoalFields)
        if is_goal and self.fields.status is GoalStatus.DRAFT:
            return Visibility.PRIVATE
        if above is None or (is_goal and written is not None):
            return own
        widest = above.visibility
        if record.inline:
            # An inline milestone is in a field of the goal, which may be narrower than the goal.
            of_field = field_visibility(above.kind, "milestones", settings=self.settings)
            widest = max(widest, of_field)
        if widest > own:
            self.inherited["visibility"] = above.key
        return max(widest, own)


def _from(offset: Offset, start: PlanDate | None) -> PlanDate | None:
    """Return the day that lies so far after the first day of a start, if there is one."""
    return single_day(offset.from_day(start.first))._replace(text=offset.text) if start else None
