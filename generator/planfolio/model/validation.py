"""Source nodes read as tables: a value, and every error at its own place.

What cannot be read is reported and left out, and the rest is still made, so that one typo does not
hide the next.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import (
    Any,
    Generic,
    NamedTuple,
    TypeAlias,
    TypeVar,
    get_origin,
)

from planfolio.message_text import quoted
from planfolio.model.diagnostics import Diagnostic, FirstFew, Problem
from planfolio.model.fields import NormalisedBy
from planfolio.model.hints import is_known_word, table_hint, unknown_key_problem
from planfolio.model.source_tree import (
    MappingNode,
    Node,
    Scalar,
    SequenceNode,
    Span,
    absent,
    locate,
    plain_data,
)
from planfolio.model.table import (
    FieldType,
    Table,
    cached_by_class,
    field_types,
    is_required,
    written_names,
)
from planfolio.model.values.field_reader import Choice, FieldReader, shape_of

M = TypeVar("M", bound=Table)

NEVER_EMPTY = frozenset({"visibility"})
"""Keys that must not be left empty: the author may have meant to hide something."""

_LOST: Any = object()
"""Stands for a value that could not be read, and whose problems were reported."""


class Validated(NamedTuple, Generic[M]):
    """A value (None: it could not be made) and what was found wrong.

    `lost` are the keys of the value that were written, in whole or in part, and could not be read.
    """

    value: M | None
    diagnostics: tuple[Diagnostic, ...] = ()
    lost: frozenset[str] = frozenset()


def validate(
    table: type[M],
    node: Node,
    *,
    path: str = "",
    hours_per_week: Fraction | None = None,
    allow_keys: Collection[str] = frozenset(),
    title: str = "",
) -> Validated[M]:
    """Read a node as a table; without a key that it requires its value is None.

    Keys that start with `x_` and those of `allow_keys` are ignored where they are unknown.
    `title` is for one that is absent, empty or cannot be read. `path` is that of the diagnostics,
    and `hours_per_week` gives `2w` of effort a meaning.
    """
    reading = _Reading(path, hours_per_week, allow_keys, title)
    read = reading.table(table, node, _Place("", node.span))
    value = None if read is _LOST else read
    return Validated(value, tuple(reading.found.diagnostics()), frozenset(reading.lost))


class _Place(NamedTuple):
    """Where a value is: under a key ("" in a list), and the span to report missing keys at.

    `top` is the key of the whole table that it belongs to, None for that table itself.
    """

    key: str
    span: Span
    top: str | None = None

    def of(self, key: Scalar) -> "_Place":
        """Return the place of the value of a key of the table that is here."""
        return _Place(key.text, key.span, self.top or key.text)


_Read: TypeAlias = Callable[["_Reading", Node, _Place], Any]
"""Reads a node. Raises Problem; returns _LOST where the parts of the value had problems."""


class _Reading:
    """The reading of one table with all that is inside it."""

    def __init__(
        self,
        path: str,
        hours_per_week: Fraction | None,
        allow_keys: Collection[str],
        title: str,
    ) -> None:
        self.path = path
        self.hours_per_week = hours_per_week
        self.allow_keys = allow_keys
        self.title = title
        self.found = FirstFew()
        self.lost: set[str] = set()

    def value(self, read: _Read, node: Node, place: _Place) -> Any:
        """Read a value, or report what is wrong with it and return _LOST."""
        try:
            return read(self, node, place)
        except Problem as problem:
            span = place.span if absent(node) else node.span
            if problem.key:
                span = locate(node, (problem.key,))
            self._report(problem, span, group=place.top)
            self.lost.add(place.top or problem.key)
            return _LOST

    def table(self, table: type[Table], node: Node, place: _Place) -> Any:
        """Read a node as a table: a value, or _LOST without a key that it requires."""
        node = _as_mapping(node, place, table)
        readers = _readers(table)
        values: dict[str, Any] = {}
        written = {"title"} if self.title and place.top is None else set()
        unknown: list[Scalar] = []
        for key, value in node.entries:
            if key.text not in readers:
                if not key.text.startswith("x_") and key.text not in self.allow_keys:
                    unknown.append(key)
            elif not absent(value) or key.text in NEVER_EMPTY:
                written.add(key.text)
                name, read = readers[key.text]
                values[name] = self.value(read, value, place.of(key))
        if place.top is None and self.title and values.get("title", _LOST) is _LOST:
            default = Scalar(self.title, node.span, plain=False)
            place_of_title = _Place("title", node.span, "title")
            values["title"] = self.value(readers["title"][1], default, place_of_title)
        required = _required(table)
        missing = [key for key in required if key not in written]
        if unknown and missing and len(unknown) == len(node.entries):
            self._report_pairs(unknown, missing, sorted(readers), place)
        elif unknown or missing:
            self._report_keys(unknown, missing, sorted(readers), place)
        if any(values.get(name, _LOST) is _LOST for name in required.values()):
            return _LOST
        made = table(**{name: value for name, value in values.items() if value is not _LOST})
        made._check()
        return made

    def items(self, read: _Read, node: Node, place: _Place) -> tuple[Any, ...]:
        """Read a node as a list, without the items that cannot be read."""
        if not isinstance(node, SequenceNode):
            found = shape_of(plain_data(node))
            raise Problem(f"expected a list, found {found}", "write it as a list: [a, b]")
        items = (
            self.value(read, item, _Place("", item.span, place.top))
            for item in node.items
            if not absent(item)
        )
        return tuple(item for item in items if item is not _LOST)

    def entries(
        self, keys: _Read, values: _Read, node: Node, place: _Place, *, may_be_empty: bool
    ) -> dict[Any, Any]:
        """Read a node as keys and values, without the entries that cannot be read."""
        found: dict[Any, Any] = {}
        for entry in _as_mapping(node, place).entries:
            inner = place.of(entry.key)
            key = self.value(keys, entry.key, inner)
            value = None
            if not may_be_empty or not absent(entry.value):
                value = self.value(values, entry.value, inner)
            if key is not _LOST and value is not _LOST:
                found[key] = value
        return found

    def _report_pairs(
        self, unknown: Sequence[Scalar], missing: Sequence[str], known: Sequence[str], place: _Place
    ) -> None:
        """Report a table without a known key, such as `2026-03-01: 3` for a date and its value."""
        if any(is_known_word(key.text, known) for key in unknown):
            self._report_keys(unknown, missing, known, place)
            return
        message = f"unknown key {quoted(unknown[0].text)}"
        hint = _keys_hint(missing, known)
        problem = Problem(message, hint, code="F104", name="unknown-key")
        self._report(problem, unknown[0].span, group=place.top)
        self.lost.add(place.top or "")

    def _report_keys(
        self, unknown: Sequence[Scalar], missing: Sequence[str], known: Sequence[str], place: _Place
    ) -> None:
        """Report the unknown and the missing keys of a table, and each mistyped key once."""
        meant: set[str] = set()
        for key in unknown:
            if self.found.skips((place.top, "F104", "unknown-key")):
                continue
            problem, known_key = unknown_key_problem(key.text, known)
            self._report(problem, key.span, group=place.top)
            self.lost.add(place.top or known_key)
            meant.add(known_key)
        for name in missing:
            self.lost.add(place.top or name)
            if name not in meant:
                how = f"write `{name}:` and its value; put a value that begins with # in quotes"
                problem = Problem(f"`{name}` is missing or empty", how, name="missing-value")
                self._report(problem, place.span, group=place.top or name)

    def _report(self, problem: Problem, span: Span, *, group: str | None) -> None:
        self.found.add((group, problem.code, problem.name), problem.as_diagnostic(self.path, span))


def _keys_hint(required: Iterable[str], known: Collection[str]) -> str:
    """Return how a table is written with the keys that it requires; nothing if it requires none."""
    if not (keys := list(required)):
        return ""
    keys += [key for key in ("due", "times") if key in known]
    return f"write {{{', '.join(f'{key}: …' for key in keys)}}}"


def _as_mapping(node: Node, place: _Place, table: type[Table] | None = None) -> MappingNode:
    if isinstance(node, MappingNode):
        return node
    data = plain_data(node)
    message = f"expected a table of keys, found {shape_of(data)}"
    hint = _keys_hint(_required(table), _readers(table)) if table and place.top else ""
    raise Problem(message, hint or table_hint(place.key, data))


@cached_by_class
def _readers(table: type[Table]) -> Mapping[str, tuple[str, _Read]]:
    """Return the field of each key of a table, and how it is read."""
    types = field_types(table)
    return {key: (name, _reader_of(types[name])) for key, name in written_names(table).items()}


@cached_by_class
def _required(table: type[Table]) -> Mapping[str, str]:
    """Return the fields of a table that have no default, by their keys."""
    return {key: name for key, name in written_names(table).items() if is_required(table, name)}


def _reader_of(field: FieldType) -> _Read:
    read = _reader_of_usual_form(field)
    marks = [mark for mark in reversed(field.marks) if isinstance(mark, NormalisedBy)]
    if not marks:
        return read

    def read_normalised(reading: _Reading, node: Node, place: _Place) -> Any:
        for mark in marks:
            node = mark.normalise(node)
        return read(reading, node, place)

    return read_normalised


def _reader_of_usual_form(field: FieldType) -> _Read:
    base, origin = field.base, get_origin(field.base)
    reader = field.mark(FieldReader)
    if reader is None and isinstance(base, type) and issubclass(base, Choice):
        reader = base.reader
    if reader is not None:
        return partial(_read_value, reader)
    if origin is tuple:
        items = _reader_of(field.inside())
        return lambda reading, node, place: reading.items(items, node, place)
    if origin is dict:
        keys, values = _reader_of(field.inside(0)), _reader_of(field.inside(1))
        empty = field.inside(1).optional
        return lambda reading, node, place: reading.entries(
            keys, values, node, place, may_be_empty=empty
        )
    if isinstance(base, type) and issubclass(base, Table):
        return lambda reading, node, place: reading.table(base, node, place)
    if base is str:
        return _read_as_typed
    raise TypeError(f"a field cannot be of the type {base}")


def _read_as_typed(_: _Reading, node: Node, __: _Place) -> str:
    if not isinstance(node, Scalar):
        raise Problem(f"expected text, found {shape_of(plain_data(node))}", "write one value")
    return node.text


def _read_value(reader: FieldReader, reading: _Reading, node: Node, _: _Place) -> Any:
    return reader.value(plain_data(node), hours_per_week=reading.hours_per_week)
