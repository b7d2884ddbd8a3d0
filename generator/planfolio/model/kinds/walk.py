"""Walks through the fields of a record to what refers to other records, and to its levels.

The walk of a model is made once from its annotations; a record is rebuilt only where a visitor
changed something.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any, Protocol, TypeAlias, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel

from planfolio.model.kinds.fields import Refers
from planfolio.model.scales import Level
from planfolio.model.source_tree import Loc

B = TypeVar("B", bound=BaseModel)


class Visitor(Protocol):
    """What is done with each reference and each level; None takes it out of its field.

    A table that requires the field goes with it: an entry of a history without its level.
    """

    def reference(self, text: str, refers: Refers, loc: Loc, *, is_key: bool) -> str | None:
        """Return the reference that takes the place of this one."""
        ...

    def level(self, level: Level, loc: Loc, *, skill: str | None) -> Level | None:
        """Return the level to put here; `skill` is the key that it stands under, if any."""
        ...


_Walk: TypeAlias = Callable[[Any, Visitor, Loc, "str | None"], Any]


def visit(fields: B, visitor: Visitor) -> B:
    """Return the fields as the visitor left them."""
    walk = _walk_of_model(type(fields))
    return typing.cast("B", walk(fields, visitor, (), None)) if walk else fields


@lru_cache(maxsize=256)
def _walk_of_model(model: type[BaseModel]) -> _Walk | None:
    hints = typing.get_type_hints(model, include_extras=True)
    steps: list[tuple[str, str, bool, _Walk]] = []
    for name, info in model.model_fields.items():
        if (walk := _walk_of(hints[name])) is not None:
            steps.append((name, info.alias or name, info.is_required(), walk))
    if not steps:
        return None

    def through_model(value: Any, visitor: Visitor, loc: Loc, skill: str | None) -> Any:
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
        return value.model_copy(update=changes) if changes else value

    return through_model


def _walk_of(annotation: Any) -> _Walk | None:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *metadata = get_args(annotation)
        refers = next((m for m in metadata if isinstance(m, Refers)), None)
        return _through_reference(refers) if refers else _walk_of(inner)
    if origin in (Union, types.UnionType):
        walks = [walk for part in get_args(annotation) if (walk := _walk_of(part)) is not None]
        return walks[0] if walks else None
    if origin is tuple:
        walk = _walk_of(get_args(annotation)[0])
        return _through_tuple(walk) if walk else None
    if origin is dict:
        return _through_dict(*get_args(annotation))
    if annotation is Level:
        return _at_level
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _walk_of_model(annotation)
    return None


def _through_reference(refers: Refers) -> _Walk:
    def at_reference(value: Any, visitor: Visitor, loc: Loc, skill: str | None) -> Any:  # noqa: ARG001
        return visitor.reference(value, refers, loc, is_key=False)

    return at_reference


def _at_level(value: Any, visitor: Visitor, loc: Loc, skill: str | None) -> Any:
    return visitor.level(value, loc, skill=skill)


def _through_tuple(walk: _Walk) -> _Walk:
    def through_items(value: Any, visitor: Visitor, loc: Loc, skill: str | None) -> Any:
        new = [walk(item, visitor, (*loc, index), skill) for index, item in enumerate(value)]
        kept = tuple(item for item in new if item is not None)
        return value if kept == value else kept

    return through_items


def _through_dict(key_type: Any, value_type: Any) -> _Walk | None:
    key_walk, value_walk = _walk_of(key_type), _walk_of(value_type)
    if key_walk is None and value_walk is None:
        return None
    refers = next((m for m in get_args(key_type) if isinstance(m, Refers)), None)

    def through_entries(value: Any, visitor: Visitor, loc: Loc, skill: str | None) -> Any:
        new = {}
        for key, old in value.items():
            inner = (*loc, key)
            name = visitor.reference(key, refers, inner, is_key=True) if refers else key
            if name is None:
                continue
            below = name if refers and "skill" in refers.kinds else skill
            made = value_walk(old, visitor, inner, below) if value_walk and old is not None else old
            if made is not None or old is None:
                new[name] = made
        return value if new == value and list(new) == list(value) else new

    return through_entries
