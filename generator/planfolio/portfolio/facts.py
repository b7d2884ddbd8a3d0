"""The fields of any record as facts, by their types, for kinds without a template of their own.

A short value is a line; texts and tables, which are too long for a line, make a list.
"""

from collections.abc import Callable, Collection
from enum import Enum
from fractions import Fraction
from typing import Any, NamedTuple

from planfolio.model.fields import Refers
from planfolio.model.kinds.kind import Fields
from planfolio.model.references import Key
from planfolio.model.scales import Level
from planfolio.model.table import FieldType, cached_by_class, field_types
from planfolio.model.table import Table as FieldTable
from planfolio.model.values.amounts import read_scale_of_ten
from planfolio.model.values.dates import Horizon, Offset, PlanDate
from planfolio.model.values.field_reader import FieldReader
from planfolio.model.values.text import read_url
from planfolio.portfolio.record import Origin, PlanView, PortfolioRecord


class FactValue(NamedTuple):
    """One value of a field, or the `record` that it names; the filter `fact` has its words.

    `url` is an address that it leads to outside the site, `note` a remark after it.
    """

    value: Any = ""
    record: PortfolioRecord | None = None
    url: str = ""
    note: Any = ""


class Word(NamedTuple):
    """A word of the program and not of the owner: a choice, or the name of a field."""

    text: str


class OutOfTen(NamedTuple):
    """A number from 1 to 10."""

    number: Fraction


class FactParts(NamedTuple):
    """Values beside each other."""

    parts: tuple[Any, ...]
    separator: str = ", "


class Fact(NamedTuple):
    """A field by its name with its values; `origin` tells where an inherited one was written."""

    name: str
    values: tuple[FactValue, ...]
    origin: Origin | None = None


def facts_of(record: PortfolioRecord, omit: Collection[str] = ()) -> tuple[Fact, ...]:
    """Return its fields with short values, in the order of the kind, less those in `omit`."""
    facts = _facts(record, omit=omit, long=False)
    if record.tags and "tags" not in omit:
        facts += (Fact("tags", tuple(FactValue(value=tag) for tag in record.tags)),)
    return facts


def lists_of(record: PortfolioRecord, omit: Collection[str] = ()) -> tuple[Fact, ...]:
    """Return its fields that hold texts or tables, less those in `omit`."""
    return _facts(record, omit=omit, long=True)


def _facts(record: PortfolioRecord, *, omit: Collection[str], long: bool) -> tuple[Fact, ...]:
    found = []
    for name, type_ in _own_fields(record.record_kind.fields):
        if name in omit:
            continue
        value = getattr(record._written, name)
        if name in ("start", "due") and isinstance(value, PlanDate | Offset | None):
            value = getattr(record, name)
        if value is not None and value != () and value != {} and _is_long(value, type_) is long:
            values = _values(value, type_, portfolio=record._portfolio)
            found.append(Fact(name, values, record.origin(name)))
    return tuple(found)


@cached_by_class
def _own_fields(table: type[FieldTable]) -> tuple[tuple[str, FieldType], ...]:
    """Return the fields of a kind or a table, less those that all kinds have."""
    common = field_types(Fields).keys() if issubclass(table, Fields) else ()
    return tuple((name, type_) for name, type_ in field_types(table).items() if name not in common)


def _is_read_by(type_: FieldType, read: Callable[..., Any]) -> bool:
    reader = type_.mark(FieldReader)
    return reader is not None and reader.read is read


def _is_long(value: Any, type_: FieldType) -> bool:
    if isinstance(value, FieldTable):
        return True
    if type_.inside().mark(Refers):
        return False
    return _is_several(value) and any(
        isinstance(item, FieldTable) or (isinstance(item, str) and " " in item) for item in value
    )


def _is_several(value: Any) -> bool:
    """Tell whether a value is a tuple of values; a single one, as a date, may be a named tuple."""
    return type(value) is tuple


def _values(value: Any, type_: FieldType, *, portfolio: PlanView) -> tuple[FactValue, ...]:
    if _is_several(value):
        inner = type_.inside(0)
        return tuple(_value(item, inner, portfolio=portfolio) for item in value)
    if isinstance(value, dict):
        keys, values = type_.inside(0), type_.inside(1)
        return tuple(
            _value(key, keys, portfolio=portfolio, note=_plain(item, values))
            for key, item in value.items()
        )
    return (_value(value, type_, portfolio=portfolio),)


def _value(value: Any, type_: FieldType, *, portfolio: PlanView, note: Any = "") -> FactValue:
    if isinstance(value, FieldTable):
        return _of_table(value)
    if isinstance(value, str) and (refers := type_.mark(Refers)) is not None:
        record = portfolio.record(Key.parse(value, kinds=refers.kinds))
        if record is not None:
            return FactValue(record=record, note=note)
    if isinstance(value, str) and _is_read_by(type_, read_url):
        return FactValue(value=_without_scheme(value), url=value, note=note)
    return FactValue(value=_plain(value, type_), note=note)


def _of_table(table: FieldTable) -> FactValue:
    """Return a table inside a record in one line: its first value, and the rest as a note."""
    found: list[Any] = []
    url = ""
    for name, type_ in _own_fields(type(table)):
        value = getattr(table, name)
        if value is None or value is False or value in ((), {}):
            continue
        if isinstance(value, str) and _is_read_by(type_, read_url):
            url = value
        else:
            found.append(Word(name) if value is True else _plain(value, type_))
    head, *rest = found or [""]
    return FactValue(value=head, url=url, note=FactParts(tuple(rest)) if rest else "")


def _plain(value: Any, type_: FieldType) -> Any:
    """Return a value as the filter `fact` knows it."""
    match value:
        case None:
            return ""
        case bool():
            return Word("yes" if value else "no")
        case Enum():
            return Word(str(value.value))
        case Level() | Offset() if not isinstance(value, Horizon):
            return value.text
        case Fraction() if _is_read_by(type_, read_scale_of_ten):
            return OutOfTen(value)
        case FieldTable():
            item = _of_table(value)
            return FactParts((item.value, item.note)) if item.note else item.value
        case tuple() if _is_several(value):
            return tuple(_plain(item, type_.inside(0)) for item in value)
        case dict():
            pairs = ((str(key), _plain(item, type_.inside(1))) for key, item in value.items())
            return tuple(FactParts(pair, " ") if pair[1] != "" else pair[0] for pair in pairs)
        case _:
            return value


def _without_scheme(url: str) -> str:
    return url.partition(":")[2].removeprefix("//").rstrip("/")
