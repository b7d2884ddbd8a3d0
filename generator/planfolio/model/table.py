"""Tables: immutable values with named fields, as records, their parts and site.toml have them.

The fields of a table are the annotations of its class, the values there their defaults. A table has
no methods, since fields may have any name: the functions of this module work on it.
"""

import types
from collections.abc import Callable, Iterable, KeysView, Mapping
from functools import cache
from inspect import get_annotations
from typing import (
    Annotated,
    Any,
    ClassVar,
    NamedTuple,
    ParamSpec,
    TypeVar,
    Union,
    cast,
    dataclass_transform,
    get_args,
    get_origin,
)

M = TypeVar("M")
P = ParamSpec("P")


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Table:
    """A table of keys. It holds the values that were given; for others its class has defaults."""

    __keys__: ClassVar[dict[str, str]] = {}
    """The names of the fields by the keys under which they are written."""

    def __init_subclass__(cls) -> None:
        own = get_annotations(cls)
        cls.__keys__ = {**cls.__keys__, **{name.rstrip("_"): name for name in own}}

    def __init__(self, **values: Any) -> None:
        vars(self).update(values)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed: {name}")

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return vars(self) == vars(other) or _values(self) == _values(other)

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({given})"

    def _check(self) -> None:
        """Raise Problem if values that were read do not go together."""


T = TypeVar("T", bound=Table)


def cached_by_class(function: Callable[P, M]) -> Callable[P, M]:
    """Cache the results of a function of classes; mypy does not take classes for hashable."""
    return cast("Callable[P, M]", cache(function))


class FieldType(NamedTuple):
    """The type of a field: `base`, less None, with the marks that `Annotated` puts on it.

    The innermost mark comes first.
    """

    base: Any
    marks: tuple[Any, ...] = ()
    optional: bool = False

    def mark(self, sort: type[M]) -> M | None:
        """Return the mark of a class, if there is one."""
        return next((mark for mark in self.marks if isinstance(mark, sort)), None)

    def inside(self, index: int = 0) -> "FieldType":
        """Return the type of the items of a tuple, of the keys (0) or the values (1) of a dict."""
        args = get_args(self.base)
        return field_type(args[index]) if index < len(args) else FieldType(Any)


def field_type(annotation: Any) -> FieldType:
    """Return the type that an annotation means."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        inner = field_type(args[0])
        return inner._replace(marks=(*inner.marks, *args[1:]))
    if origin in (Union, types.UnionType) and types.NoneType in args:
        kept = [arg for arg in args if arg is not types.NoneType]
        if len(kept) == 1:
            return field_type(kept[0])._replace(optional=True)
    return FieldType(annotation)


@cached_by_class
def field_types(table: type[Table]) -> Mapping[str, FieldType]:
    """Return the fields of a table with their types, in order, those of its bases first."""
    annotations = field_annotations(table)
    return {name: field_type(annotation) for name, annotation in annotations.items()}


def field_annotations(table: type[Table]) -> Mapping[str, Any]:
    """Return the annotations of the fields of a table, evaluated, in the same order."""
    found: dict[str, Any] = {}
    for class_ in reversed(table.__mro__[: table.__mro__.index(Table)]):
        found |= get_annotations(class_, eval_str=True)
    return {name: found[name] for name in table.__keys__.values()}


def written_names(table: type[Table]) -> Mapping[str, str]:
    """Return the fields of a table by the keys under which they are written.

    A key that is a word of Python has an underscore after it in the name of its field: `from_`.
    """
    return table.__keys__


def is_required(table: type[Table], name: str) -> bool:
    """Tell whether a field has no default."""
    return not hasattr(table, name)


def fields_set(table: Table) -> KeysView[str]:
    """Return the fields that were written, or given their value since."""
    return vars(table).keys()


def updated(table: T, **values: Any) -> T:
    """Return a table with other values in some fields."""
    return type(table)(**{**vars(table), **values})


def without_fields(table: T, names: Iterable[str]) -> T:
    """Return a table as if some fields had not been written."""
    gone = set(names)
    return type(table)(**{name: value for name, value in vars(table).items() if name not in gone})


def _values(table: Table) -> list[Any]:
    return [getattr(table, name) for name in written_names(type(table)).values()]
