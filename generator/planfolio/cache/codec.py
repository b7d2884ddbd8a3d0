"""What was made of a Markdown file as JSON, and back.

JSON and not pickle: a cache may come with a plan that someone else made, and reading it must do
nothing but make values of the classes that are named here.
"""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from planfolio import marks
from planfolio.diagnostics import Diagnostic, Severity
from planfolio.kinds.kind import Visibility
from planfolio.markdown import body
from planfolio.stage1_read.documents import Document, Read

if TYPE_CHECKING:
    from collections.abc import Callable

_CLASSES: tuple[type, ...] = (
    marks.Span,
    marks.Scalar,
    marks.Sequence,
    marks.Entry,
    marks.Mapping,
    body.Place,
    body.Link,
    body.Slot,
    body.Task,
    body.Heading,
    body.Note,
    body.Fault,
    body.Block,
    body.Body,
    Diagnostic,
    Document,
    Read,
)
_ENUMS: tuple[type[Visibility | Severity], ...] = (Visibility, Severity)

_NAMES = {
    cls: tuple(field.name for field in dataclasses.fields(cls) if field.init) for cls in _CLASSES
}
_TUPLE = 0
_TAGS: dict[type, int] = {cls: tag for tag, cls in enumerate((*_CLASSES, *_ENUMS), start=1)}

SHAPE = repr([(cls.__qualname__, names) for cls, names in _NAMES.items()])
"""Which classes there are and what they are made of: another shape is another language."""


class UnfitError(Exception):
    """A value that cannot be written, or bytes that are none."""


def encode(read: Read) -> bytes:
    """Return what came of a file as JSON; UnfitError if it holds what JSON cannot."""
    return json.dumps(_plain(read), ensure_ascii=False, separators=(",", ":")).encode(
        errors="surrogatepass"
    )


def decode(data: bytes) -> Read:
    """Return what `encode` was given; UnfitError for anything that it did not write."""
    try:
        value = _value(json.loads(data.decode(errors="surrogatepass")))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise UnfitError(str(error)) from error
    if not isinstance(value, Read):
        raise UnfitError(type(value).__name__)
    return value


def _plain(value: Any) -> Any:
    kind = type(value)
    if value is None or kind in (str, int, bool):
        return value
    if kind is tuple:
        return [_TUPLE, *map(_plain, value)]
    if kind in _ENUMS:
        return [_TAGS[kind], value.value]
    if kind not in _NAMES:
        raise UnfitError(kind.__name__)
    return [_TAGS[kind], *(_plain(getattr(value, name)) for name in _NAMES[kind])]


def _value(data: Any) -> Any:
    if type(data) is not list:
        return data
    return _MAKERS[data[0]]([_value(item) if type(item) is list else item for item in data[1:]])


def _maker(cls: type) -> Callable[[list[Any]], Any]:
    if cls in _ENUMS:
        return lambda parts: cls(*parts)
    names = _NAMES[cls]
    # Diagnostics are made by name alone.
    by_name = cls is Diagnostic
    count = len(names)

    def make(parts: list[Any]) -> Any:
        if len(parts) != count:
            raise ValueError(cls.__name__)
        return cls(**dict(zip(names, parts, strict=True))) if by_name else cls(*parts)

    return make


_MAKERS: dict[int, Callable[[list[Any]], Any]] = {
    _TUPLE: tuple,
    **{tag: _maker(cls) for cls, tag in _TAGS.items()},
}
