"""plan.json: the plan and its numbers for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from planfolio.portfolio.plan_format import CapacityExport, PlanExport, RoleExport

if TYPE_CHECKING:
    from planfolio.analyse.what_if import Assumptions
    from planfolio.portfolio.portfolio import Portfolio
    from planfolio.portfolio.records_format import Export


def plan_json(portfolio: Portfolio) -> str:
    """Return the text of plan.json."""
    text = json.dumps(plan_export(portfolio), ensure_ascii=False, indent=1, allow_nan=False)
    return text + "\n"


def plan_export(portfolio: Portfolio) -> dict[str, Any]:
    """Return the plan and its numbers as plain data, as `plan_schema` describes it."""
    found = _plain(PlanExport, portfolio)
    for goal in found["goals"]:
        goal["reason"] = {key: value for key, value in goal["reason"].items() if value is not None}
    return found


def plan_schema() -> dict[str, Any]:
    """Return the JSON Schema of plan.json."""
    return PlanExport.model_json_schema(mode="serialization")


def what_if_export(
    before: Portfolio, after: Portfolio, assumptions: Assumptions
) -> dict[str, object]:
    """Return what is assumed, and roles and capacity before and after, as plan.json has them."""
    hours = assumptions.hours_per_week
    return {
        "as_of": before.as_of.isoformat(),
        "if": {
            "levels": {skill: float(level.number) for skill, level in assumptions.levels.items()},
            "hours_per_week": float(hours) if hours is not None else None,
        },
        **{
            name: {
                "roles": [_plain(RoleExport, role) for role in portfolio.roles_by_id.values()],
                "capacity": _plain(CapacityExport, portfolio),
            }
            for name, portfolio in (("before", before), ("after", after))
        },
    }


def _plain(format_: type[Export], value: object) -> dict[str, Any]:
    return format_.model_validate(value).model_dump(mode="json", by_alias=True)
