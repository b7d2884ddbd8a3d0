"""plan.json: the plan and its numbers for other programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from planfolio.portfolio.plan_keys import Keys, Source, plan_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.analyse.what_if import Assumptions
    from planfolio.portfolio.portfolio import Portfolio


_Read: TypeAlias = Callable[[Any], Any]
"""Returns what a value has for plan.json, as plain data."""

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
    return _object_reader(plan_keys(portfolio.plan.kinds))(portfolio)


def what_if_export(
    before: Portfolio, after: Portfolio, assumptions: Assumptions
) -> dict[str, object]:
    """Return what is assumed, and roles and capacity before and after, as plan.json has them."""
    hours = assumptions.hours_per_week
    keys = plan_keys(before.plan.kinds)
    compared = _object_reader({"roles": keys["roles"], "capacity": keys["capacity"]})
    return {
        "as_of": before.as_of.isoformat(),
        "if": {
            "levels": {skill: float(level.number) for skill, level in assumptions.levels.items()},
            "hours_per_week": float(hours) if hours is not None else None,
        },
        "before": compared(before),
        "after": compared(after),
    }


def _object_reader(keys: Keys) -> Callable[[Any], dict[str, Any]]:
    readers = [
        (k.removesuffix("?"), k.endswith("?"), _reader(source)) for k, source in keys.items()
    ]

    def read_object(value: Any) -> dict[str, Any]:
        found = {}
        for key, may_be_left_out, read in readers:
            own = read(value)
            if own is not None or not may_be_left_out:
                found[key] = own
        return found

    return read_object


def _reader(source: Source) -> _Read:
    path, keys = source if isinstance(source, tuple) else (source, None)
    steps: Sequence[str | _Read] = path.split(".") if isinstance(path, str) else [path]
    read: _Read = _plain if keys is None else _object_reader(keys)
    for step in reversed(steps):
        read = _step_reader(step, read, as_list=keys is not None)
    return read


def _step_reader(step: str | _Read, read: _Read, *, as_list: bool) -> _Read:
    """Return what reads that to which a step leads, or each of a list or table."""
    get = attrgetter(step) if isinstance(step, str) else step

    def each(value: Any) -> Any:
        if value is None:
            return None
        if type(value) is dict:
            if as_list:
                return [each(one) for one in value.values()]
            return {name: each(one) for name, one in value.items()}
        if type(value) is tuple or type(value) is list:
            return [each(one) for one in value]
        return read(value)

    return lambda value: each(get(value))


def _plain(value: Any) -> Any:
    make = _PLAIN.get(type(value))
    return make(value) if make else value
