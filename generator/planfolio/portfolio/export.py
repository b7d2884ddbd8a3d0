"""plan.json: the plan and its numbers for other programs."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from planfolio.portfolio.plan_keys import Keys, plan_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from planfolio.analyse.what_if import Assumptions
    from planfolio.portfolio.portfolio import Portfolio


_PLAIN: dict[type, Callable[[Any], Any]] = {
    Fraction: float,
    Decimal: float,
    date: date.isoformat,
}


def plan_json(portfolio: Portfolio) -> str:
    """Return the text of plan.json: one line, since many take three times as long to write."""
    return json.dumps(plan_export(portfolio), ensure_ascii=False, allow_nan=False) + "\n"


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
    found = {}
    for key, source in keys.items():
        path, inner = source if isinstance(source, tuple) else (source, None)
        own = _read(value, path.split(".") if isinstance(path, str) else [path], inner)
        if own is not None or not key.endswith("?"):
            found[key.removesuffix("?")] = own
    return found


def _read(value: Any, path: list[Any], keys: Keys | None) -> Any:
    """Return what a path leads to from a value, or from each of a list or table, as plain data."""
    type_ = type(value)
    if value is None:
        return None
    if type_ is dict and keys is not None and not path:
        type_, value = tuple, tuple(value.values())
    if type_ is tuple or type_ is list:
        return [_read(one, path, keys) for one in value]
    if type_ is dict:
        return {name: _read(one, path, keys) for name, one in value.items()}
    if path:
        step, *rest = path
        return _read(step(value) if callable(step) else getattr(value, step), rest, keys)
    if keys is not None:
        return _object(value, keys)
    return _PLAIN[type_](value) if type_ in _PLAIN else value
