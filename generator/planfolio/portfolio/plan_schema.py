"""The JSON Schema of plan.json, from the types and docstrings of what its keys are read from."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache, cached_property
from importlib import import_module
from inspect import cleandoc, isfunction
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin, get_type_hints

from planfolio import analyse, model, portfolio
from planfolio.model.kinds import KINDS
from planfolio.model.table import Table, field_annotations
from planfolio.portfolio.plan_keys import Keys, Source, plan_keys
from planfolio.portfolio.portfolio import Portfolio

if TYPE_CHECKING:
    from planfolio.model.kinds.kind import Kind

_WORDS = (
    "The plan and its numbers, records in the order of the plan. Ratios are from 0 to 1 and not "
    "rounded, efforts are hours, levels numbers, dates ISO: the first day of a month or a quarter "
    "where something began or happened, the last where it ends or is due. URLs are relative to the "
    "root of the site. What is unknown or not computed yet is null."
)

_FIELDS = {
    "answers": "The needs that it answers, as ROLE/NEED.",
    "confidence": "The confidence in goals, by their ids.",
    "decide_by.last": "The day by which it is decided.",
    "deciding.measure": "What decides: metric, milestones, checklist, cadence, children or step.",
    "deciding.slip_days": "The days from its due day to the forecast.",
    "deciding.spi": "The pace by the deciding measure: SPI(t) of Lipke (2003), 1 as planned.",
    "done_on": "The day on which it was done, if that is known.",
    "effort": "In hours.",
    "effort.hours": "In hours.",
    "last_met": "The day of the last review with this person.",
    "late_days": "The days since the due day, where it or the part that gives its status is late.",
    "levels.number": "The levels that it gave to skills, by their ids.",
    "meets.text": "How often one meets, as it is written.",
    "met_on": "The day on which it was met.",
    "metrics": "The values of metrics that it measured, by the ids of their goals.",
    "musts_met": "Whether all musts are met; null while one is unrated.",
    "need": "What sort of need it is: training, certification, education and so on.",
    "next_meeting": "When the next meeting is due: the last one and the agreed time.",
    "numbers.gaps": "The requirements that are not known to be met, the highest priority first.",
    "progress": "The share that is done, by the deciding measure.",
    "quarter": "The quarter, as `2026-Q3`; null for costs without a due day.",
    "readiness": "The share of the role that is met, from low to high where a skill is unrated.",
    "ready": "Whether one is ready; null where an unrated skill leaves it open.",
    "ready_on": "The day on which one is ready by the schedule; null where it does not say.",
    "status": "One word for how it goes, such as on-track, late, planned or done.",
    "step.reference": "A step, as goals/ID or milestones/ID.",
    "with_": "Ids of people, or names of those whom the plan does not know.",
}
"""What attributes hold that have no docstring of their own."""

_TYPES = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    Fraction: {"type": "number"},
    Decimal: {"type": "number"},
    str: {"type": "string"},
    date: {"type": "string", "format": "date"},
}
_NULL = {"type": "null"}


def plan_schema(kinds: Iterable[Kind] = KINDS) -> dict[str, Any]:
    """Return the JSON Schema of plan.json, which lists the records of these kinds."""
    return {**_object(Portfolio, plan_keys(kinds)), "title": "plan.json", "description": _WORDS}


def _object(class_: Any, keys: Keys) -> dict[str, Any]:
    return {
        "type": "object",
        "description": _paragraphs(get_origin(class_) or class_),
        "properties": {k.removesuffix("?"): _key(class_, source) for k, source in keys.items()},
        "required": [key for key in keys if not key.endswith("?")],
    }


def _key(class_: Any, source: Source) -> dict[str, Any]:
    """Return the schema of a key, with what the first of its attributes says of itself."""
    path, keys = source if isinstance(source, tuple) else (source, None)
    names: list[str | Callable[[Any], Any]] = [path] if callable(path) else [*path.split(".")]
    type_, words = _attribute(class_, names[0])
    found = _inside(type_, lambda each: _at(each, names[1:], keys), as_list=keys is not None)
    words = words or _FIELDS.get(str(path), "")
    return {**found, "description": words} if words else found


def _at(type_: Any, names: list[Any], keys: Keys | None) -> dict[str, Any]:
    """Return the schema of what attributes of a type lead to."""
    if names:
        inner, _ = _attribute(type_, names[0])
        return _inside(inner, lambda each: _at(each, names[1:], keys), as_list=keys is not None)
    return _leaf(type_) if keys is None else _object(type_, keys)


def _inside(
    type_: Any, schema: Callable[[Any], dict[str, Any]], *, as_list: bool
) -> dict[str, Any]:
    """Return the schema of a type that is optional, a list or a table around others."""
    origin, args = get_origin(type_), get_args(type_)
    if origin is Annotated:
        return _inside(args[0], schema, as_list=as_list)
    if origin in (Union, types.UnionType):
        # the first of several kinds of record stands for all
        inner = _inside(args[0], schema, as_list=as_list)
        optional = types.NoneType in args and _NULL not in inner.get("anyOf", ())
        return {"anyOf": [inner, _NULL]} if optional else inner
    if origin in (tuple, list):
        return {"type": "array", "items": _inside(args[0], schema, as_list=as_list)}
    if origin in (dict, Mapping):
        inner = _inside(args[1], schema, as_list=as_list)
        if as_list:
            return {"type": "array", "items": inner}
        return {"type": "object", "additionalProperties": inner}
    return schema(type_)


def _leaf(type_: Any) -> dict[str, Any]:
    if issubclass(type_, StrEnum):
        words = [word.value for word in type_]
        return {"type": "string", "description": _paragraphs(type_), "enum": words}
    return dict(_TYPES[type_])


def _attribute(type_: Any, name: Any) -> tuple[Any, str]:
    """Return the type of an attribute of a class, or of a function's result, and what it is."""
    class_ = get_origin(type_) or type_
    found = name if callable(name) else getattr(class_, name, None)
    if isinstance(found, property):
        found = found.fget
    elif isinstance(found, cached_property):
        found = found.func
    if isfunction(found):
        text = _paragraphs(found).removeprefix("Return ").replace("None", "null")
        return get_type_hints(found, localns=_names())["return"], text[:1].upper() + text[1:]
    if issubclass(class_, Table):
        return field_annotations(class_)[name], ""
    hints = get_type_hints(class_, localns=_names())
    if name in hints:
        return hints[name], ""
    numbers, fields = hints["numbers"], hints["_written"]
    return _attribute(numbers if hasattr(numbers, name) else fields, name)


@cache
def _names() -> Mapping[str, Any]:
    """Return the names in field_annotations, most of which are imported for type checkers alone."""
    found: dict[str, Any] = {"Any": Any, "Mapping": Mapping, "date": date, "Fraction": Fraction}
    for room in (model, analyse, portfolio):
        for module in walk_packages(room.__path__, f"{room.__name__}."):
            own = vars(import_module(module.name))
            found |= {name: value for name, value in own.items() if isinstance(value, type)}
    return found


def _paragraphs(thing: Any) -> str:
    """Return a docstring, each paragraph on one line."""
    paragraphs = cleandoc(thing.__doc__ or "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
