"""plan.json: the plan and its numbers for other programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from planfolio.portfolio.plan_keys import Keys, Source, plan_keys

if TYPE_CHECKING:
    from planfolio.analyse.what_if import Assumptions
    from planfolio.portfolio.portfolio import Portfolio


def plan_json(portfolio: Portfolio) -> str:
    """Return the text of plan.json."""
    text = json.dumps(plan_export(portfolio), ensure_ascii=False, indent=1, allow_nan=False)
    return text + "\n"


def plan_export(portfolio: Portfolio) -> dict[str, Any]:
    """Return the plan and its numbers as plain data, as `plan_schema` describes it."""
    return _object(portfolio, plan_keys(portfolio.plan.kinds))


def what_if_export(
    before: Portfolio, after: Portfolio, assumptions: Assumptions
) -> dict[str, object]:
    """Return what is assumed, and roles and capacity before and after, as plan.json has them."""
    hours = assumptions.hours_per_week
    keys = plan_keys(before.plan.kinds)
    compared = {"roles": keys["roles"], "capacity": keys["capacity"]}
    return {
        "as_of": before.as_of.isoformat(),
        "if": {
            "levels": {skill: float(level.number) for skill, level in assumptions.levels.items()},
            "hours_per_week": float(hours) if hours is not None else None,
        },
        "before": _object(before, compared),
        "after": _object(after, compared),
    }


def _object(value: Any, keys: Keys) -> dict[str, Any]:
    found = {key: _read(value, source) for key, source in keys.items()}
    return {
        key.removesuffix("?"): own
        for key, own in found.items()
        if own is not None or not key.endswith("?")
    }


def _read(value: Any, source: Source) -> Any:
    if not isinstance(source, tuple):
        return _each(_taken(value, source), _plain)
    source, keys = source
    inner = _taken(value, source)
    if isinstance(inner, Mapping):
        inner = tuple(inner.values())
    return _each(inner, lambda one: _object(one, keys))


def _taken(value: Any, source: str | Callable[[Any], Any]) -> Any:
    if callable(source):
        return source(value)
    for name in source.split("."):
        value = _each(value, attrgetter(name))
    return value


def _each(value: Any, function: Callable[[Any], Any]) -> Any:
    """Return what a function gives for a value, or for each of a list or table."""
    if value is None:
        return None
    if type(value) in (tuple, list):
        return [_each(one, function) for one in value]
    if isinstance(value, Mapping):
        return {name: _each(one, function) for name, one in value.items()}
    return function(value)


def _plain(value: Any) -> Any:
    match value:
        case Fraction() | Decimal():
            return float(value)
        case date():
            return value.isoformat()
        case _:
            return value
