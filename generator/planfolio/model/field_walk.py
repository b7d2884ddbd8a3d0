"""Walks through the fields of a record to what is marked: references, levels and past days.

The walk of a table is made once from its annotations; a record is rebuilt only where a visitor
changed something.
"""

import typing
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias, TypeVar, get_origin

from planfolio.model.fields import PastMark, Refers
from planfolio.model.kinds.kind import Fields
from planfolio.model.scales import Level
from planfolio.model.source_tree import Loc
from planfolio.model.table import (
    FieldType,
    Table,
    cached_by_class,
    field_types,
    is_required,
    updated,
    written_names,
)
from planfolio.model.values.dates import PlanDate

B = TypeVar("B", bound=Table)


class Visitor(typing.Protocol):
    """What is done with each reference and each level; None takes it out of its field.

    A table that requires the field goes with it: an entry of a history without its level.
    """

    def reference(self, text: str, refers: Refers, loc: Loc, *, is_key: bool) -> str | None:
        """Return the reference that takes the place of this one."""
        ...

    def level(self, level: Level, loc: Loc, *, skill: str | None, is_key: bool) -> Level | None:
        """Return the level to put here; `skill` is the key above it, if any."""
        ...


def visit(fields: B, visitor: Visitor) -> B:
    """Return the fields as the visitor left them."""
    walk = _walk_of_table(type(fields), _reference_or_level)
    return typing.cast("B", walk(fields, visitor, (), None)) if walk else fields


def past_days(fields: Table) -> Iterator[tuple[Loc, PlanDate]]:
    """Yield the dates of a record that say when something happened, in the order of its fields.

    Dates in records of their own within it (a goal's milestones) are not among them, nor those of a
    table that says `planned: true`.
    """
    found: list[tuple[Loc, PlanDate]] = []
    walk = _walk_of_table(type(fields), _past_day)
    if walk is not None:
        walk(fields, found, (), None)
    yield from found


def record_day(fields: Fields) -> PlanDate | None:
    """Return the day on which a record happened: the first such date in its own fields."""
    return next((day for loc, day in past_days(fields) if len(loc) == 1), None)


_Walk: TypeAlias = Callable[[Any, Any, Loc, "str | None"], Any]
"""Takes a value, what is done with the marked parts of it, its place and the skill above it."""
_Find: TypeAlias = Callable[[FieldType], "_Walk | None"]
"""Returns what is done with values of a type, if it is one that is looked for."""


def _reference_or_level(field: FieldType) -> _Walk | None:
    if (refers := field.mark(Refers)) is not None:
        return lambda value, visitor, loc, _: visitor.reference(value, refers, loc, is_key=False)
    if field.base is Level:
        return lambda value, visitor, loc, skill: visitor.level(
            value, loc, skill=skill, is_key=False
        )
    return None


def _past_day(field: FieldType) -> _Walk | None:
    def note(value: Any, found: Any, loc: Loc, skill: str | None) -> Any:  # noqa: ARG001
        found.append((loc, value))
        return value

    return note if field.mark(PastMark) is not None else None


@cached_by_class
def _walk_of_table(table: type[Table], find: _Find) -> _Walk | None:
    types = field_types(table)
    steps = [
        (name, key, is_required(table, name), walk)
        for key, name in written_names(table).items()
        if (walk := _walk_of(types[name], find)) is not None
    ]
    if not steps:
        return None
    may_be_planned = find is _past_day and "planned" in types

    def through_table(value: Any, visitor: Any, loc: Loc, skill: str | None) -> Any:
        if may_be_planned and value.planned:
            return value
        changes = {}
        gone = False
        for name, written, required, walk in steps:
            old = getattr(value, name)
            if old is None:
                continue
            new = walk(old, visitor, (*loc, written), skill)
            gone = gone or (new is None and required)
            if new is not old:
                changes[name] = new
        if gone:
            return None
        return updated(value, **changes) if changes else value

    return through_table


def _walk_of(field: FieldType, find: _Find) -> _Walk | None:
    base, origin = field.base, get_origin(field.base)
    if (leaf := find(field)) is not None:
        return leaf
    if origin is tuple:
        walk = _walk_of(field.inside(), find)
        return _through_tuple(walk) if walk else None
    if origin is dict:
        return _through_dict(field.inside(0), field.inside(1), find)
    if isinstance(base, type) and issubclass(base, Table) and not issubclass(base, Fields):
        return _walk_of_table(base, find)
    return None


def _through_tuple(walk: _Walk) -> _Walk:
    def through_items(value: Any, visitor: Any, loc: Loc, skill: str | None) -> Any:
        new = [walk(item, visitor, (*loc, index), skill) for index, item in enumerate(value)]
        kept = tuple(item for item in new if item is not None)
        return value if kept == value else kept

    return through_items


def _through_dict(key_type: FieldType, value_type: FieldType, find: _Find) -> _Walk | None:
    key_walk, value_walk = _walk_of(key_type, find), _walk_of(value_type, find)
    if key_walk is None and value_walk is None:
        return None
    refers = key_type.mark(Refers)

    def through_entries(value: Any, visitor: Any, loc: Loc, skill: str | None) -> Any:
        new = {}
        for key, old in value.items():
            inner = (*loc, key.text if isinstance(key, Level) else key)
            name = key
            if refers:
                name = visitor.reference(key, refers, inner, is_key=True)
            elif key_walk:
                name = visitor.level(key, inner, skill=skill, is_key=True)
            if name is None:
                continue
            below = name if refers and "skill" in refers.kinds else skill
            made = value_walk(old, visitor, inner, below) if value_walk and old is not None else old
            if made is not None or old is None:
                new[name] = made
        return value if new == value and list(new) == list(value) else new

    return through_entries
