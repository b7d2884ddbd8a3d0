"""Finds the days of what happened in the fields of a record, by its kind's annotations."""

from __future__ import annotations

import types
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from planfolio.model.kinds.fields import Fact, Fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.model.source_tree import Loc
    from planfolio.model.values.dates import PlanDate


def fact_days(fields: BaseModel) -> Iterator[tuple[Loc, PlanDate]]:
    """Yield the dates of a record that say when something happened, in the order of its fields.

    Dates in records of their own within it (a goal's milestones) are not among them.
    """
    for name, written, fact in _days_of(type(fields)):
        value = getattr(fields, name)
        if fact is None:
            yield from _within((written,), value)
        elif value is not None and not (fact.unless and getattr(fields, fact.unless)):
            yield (written,), value


def record_day(fields: Fields) -> PlanDate | None:
    """Return the day on which a record happened: the first such date in its own fields."""
    days = (getattr(fields, name) for name, _, fact in _days_of(type(fields)) if fact is not None)
    return next((day for day in days if day is not None), None)


def _within(loc: Loc, value: object) -> Iterator[tuple[Loc, PlanDate]]:
    entries: Any = ()
    if isinstance(value, BaseModel):
        for inner, day in fact_days(value):
            yield (*loc, *inner), day
    elif isinstance(value, tuple):
        entries = enumerate(value)
    elif isinstance(value, dict):
        entries = value.items()
    for key, entry in entries:
        yield from _within((*loc, key), entry)


@lru_cache(maxsize=256)
def _days_of(model: type[BaseModel]) -> tuple[tuple[str, str, Fact | None], ...]:
    """Return the fields that are or hold such dates: name, name as written, mark if it is one."""
    hints = get_type_hints(model, include_extras=True)
    found = []
    for name, info in model.model_fields.items():
        fact, holds = _mark(hints[name])
        if fact is not None or holds:
            found.append((name, info.alias or name, fact))
    return tuple(found)


def _mark(annotation: Any) -> tuple[Fact | None, bool]:
    """Return the mark of a date, and whether a model within the annotation has such dates."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *metadata = get_args(annotation)
        fact = next((mark for mark in metadata if isinstance(mark, Fact)), None)
        return (fact, False) if fact is not None else _mark(inner)
    if origin in (Union, types.UnionType, tuple, dict):
        marks = [_mark(part) for part in get_args(annotation) if part is not Ellipsis]
        facts = (fact for fact, _ in marks if fact is not None)
        return next(facts, None), any(holds for _, holds in marks)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return None, not issubclass(annotation, Fields) and bool(_days_of(annotation))
    return None, False
