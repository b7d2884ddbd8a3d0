"""Facts of a record, read off its fields by their types; what a kind never seen before shows.

Of each field that is written, or inherited, its value becomes words: a date at its precision, an
effort in hours, a reference the title of its record with the page behind it. Lists of texts and of
tables become passages, since they are too long for a line.
"""

from __future__ import annotations

import types
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from planfolio.model.kinds.fields import Fields, Refers
from planfolio.model.kinds.fields import Table as FieldTable
from planfolio.model.plan import Key
from planfolio.model.scales import Level
from planfolio.model.values.cadence import Cadence
from planfolio.model.values.dates import Horizon, Offset, PlanDate, Window
from planfolio.model.values.effort import Effort
from planfolio.model.values.field_reader import FieldReader
from planfolio.model.values.money import Money
from planfolio.model.values.number import read_scale_of_ten
from planfolio.model.values.text import read_url
from planfolio.portfolio import formats
from planfolio.portfolio.components import Fact, Linked, Passage
from planfolio.urls import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.model.plan import Record
    from planfolio.portfolio.scope import Scope


_LABELS = {"uri": "Reference", "url": "Link"}
"""Fields that are better known by another word."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """The type of a value without what is optional, and the marks that stand on it."""

    base: Any
    marks: tuple[Any, ...]

    @property
    def refers(self) -> Refers | None:
        return next((mark for mark in self.marks if isinstance(mark, Refers)), None)

    @property
    def leads_out(self) -> bool:
        return any(isinstance(m, FieldReader) and m.read is read_url for m in self.marks)

    @property
    def of_ten(self) -> bool:
        return any(isinstance(m, FieldReader) and m.read is read_scale_of_ten for m in self.marks)

    def inner(self, index: int) -> _Shape:
        args = get_args(self.base)
        return _shape(args[index]) if index < len(args) else _Shape(Any, ())


def facts_of(
    record: Record[Any], *, scope: Scope, omit: frozenset[str] = frozenset()
) -> tuple[Fact, ...]:
    """Return the facts of a record that stand in a line each, in the order of its fields.

    `omit` names the fields that the page shows elsewhere.
    """
    found = []
    for name, value, shape in _fields(record, omit=omit):
        if _is_long(value, shape):
            continue
        items = _items(value, shape, scope=scope)
        if items:
            source = _source(record, name, scope=scope)
            found.append(Fact(_label(name), items, source))
    if record.fields.tags and "tags" not in omit:
        found.append(Fact("Tags", tuple(Linked(tag) for tag in record.fields.tags)))
    return tuple(found)


def passages_of(
    record: Record[Any], *, scope: Scope, omit: frozenset[str] = frozenset()
) -> tuple[Passage, ...]:
    """Return the lists of texts and tables of a record, each under a heading of its own."""
    return tuple(
        Passage(
            _label(name),
            anchor(name),
            _items(value, shape, scope=scope),
        )
        for name, value, shape in _fields(record, omit=omit)
        if _is_long(value, shape)
    )


def _label(name: str) -> str:
    return _LABELS.get(name) or formats.name_of(name)


def anchor(name: str) -> str:
    """Return the anchor of a part of a page; a heading of a body hardly ever has such a one."""
    return "part-" + slug(name.replace("_", " "))


def source_of(record: Record[Any], name: str, *, scope: Scope) -> str:
    """Return from where a field was inherited, `from …`, or nothing for a field written here."""
    return _source(record, name, scope=scope)


def key_of(reference: str, *, kinds: tuple[str, ...]) -> Key:
    """Return the record that a resolved reference names: an id of the one kind, else `kind/id`."""
    return Key.parse(reference, kinds=kinds)


def _fields(record: Record[Any], *, omit: frozenset[str]) -> Iterator[tuple[str, Any, _Shape]]:
    """Yield name, value and shape of each field that says something."""
    for name, info in type(record.fields).model_fields.items():
        if name in omit or name in Fields.model_fields:
            continue
        value = getattr(record.fields, name)
        if name in ("start", "due") and isinstance(value, PlanDate | Offset | None):
            # The resolved date: relative ones are absolute by now, inherited ones filled in.
            value = getattr(record, name)
        if value is None or value == () or value == {}:
            continue
        yield name, value, _shape(info.annotation, tuple(info.metadata))


def _is_long(value: Any, shape: _Shape) -> bool:
    """Return whether a value wants lines of its own: tables, and lists of more than words."""
    if isinstance(value, FieldTable):
        return True
    if shape.inner(0).refers:
        return False
    return isinstance(value, tuple) and any(
        isinstance(item, FieldTable) or (isinstance(item, str) and " " in item) for item in value
    )


def _items(value: Any, shape: _Shape, *, scope: Scope) -> tuple[Linked, ...]:
    """Return what a field says, an item for each of its values."""
    if isinstance(value, tuple):
        inner = shape.inner(0)
        return tuple(_item(item, inner, scope=scope) for item in value)
    if isinstance(value, dict):
        keys, values = shape.inner(0), shape.inner(1)
        return tuple(
            _noted(
                _item(key, keys, scope=scope),
                _words(item, values),
            )
            for key, item in value.items()
        )
    return (_item(value, shape, scope=scope),)


def _item(value: Any, shape: _Shape, *, scope: Scope) -> Linked:
    if isinstance(value, FieldTable):
        return _table_item(value)
    if isinstance(value, str) and shape.refers:
        key = key_of(value, kinds=shape.refers.kinds)
        if key in scope.plan.records:
            return scope.link(scope.plan.records[key])
    if isinstance(value, str) and shape.leads_out:
        return Linked(_address(value), value, external=True)
    return Linked(_words(value, shape))


def _table_item(table: FieldTable) -> Linked:
    """Return a table inside a record in one line: its first text, and the rest as a remark."""
    said: list[str] = []
    url = None
    for name, info in type(table).model_fields.items():
        value = getattr(table, name)
        shape = _shape(info.annotation, tuple(info.metadata))
        if value is None or value is False or value in ((), {}):
            continue
        if isinstance(value, str) and shape.leads_out:
            url = value
        elif value is True:
            said.append(formats.name_of(name).lower())
        else:
            said.append(_words(value, shape))
    head, *rest = said or [""]
    return Linked(head, url, ", ".join(rest), external=url is not None)


def _words(value: Any, shape: _Shape) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Enum():
            return formats.name_of(str(value.value)).lower()
        case str():
            return value
        case PlanDate():
            return formats.plan_date(value)
        case Window():
            return formats.span(value.start, value.due)
        case Effort():
            return formats.hours(value.hours)
        case Money():
            return formats.money(value)
        case Cadence():
            return formats.cadence(value)
        case Horizon():
            return formats.horizon(value)
        case Level():
            return value.text
        case Fraction():
            return formats.number(value) + (" of 10" if shape.of_ten else "")
        case FieldTable():
            item = _table_item(value)
            return f"{item.text}, {item.note}" if item.note else item.text
        case tuple():
            return formats.listing([_words(item, shape.inner(0)) for item in value])
        case dict():
            pairs = [(str(key), _words(item, shape.inner(1))) for key, item in value.items()]
            return formats.listing([f"{key} {said}".rstrip() for key, said in pairs])
        case Offset():
            return value.text
        case _:
            return str(value)


def _noted(item: Linked, note: str) -> Linked:
    return Linked(item.text, item.url, note, item.external)


def _address(url: str) -> str:
    """Return an address as one would say it: without its scheme and the slash at its end."""
    return url.partition(":")[2].removeprefix("//").rstrip("/")


def _source(record: Record[Any], name: str, *, scope: Scope) -> str:
    if name not in record.inherited:
        return ""
    key = record.inherited[name]
    if key is None:
        return "from the plan's settings"
    source = scope.plan.records.get(key)
    return f"from {source.title}" if source else "inherited"


def _shape(annotation: Any, marks: tuple[Any, ...] = ()) -> _Shape:
    """Take off what is optional and collect the marks of `Annotated`."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *more = get_args(annotation)
            marks = (*marks, *more)
        elif origin in (Union, types.UnionType):
            kept = [arg for arg in get_args(annotation) if arg is not types.NoneType]
            if len(kept) != 1:
                return _Shape(annotation, marks)
            annotation = kept[0]
        else:
            return _Shape(annotation, marks)
