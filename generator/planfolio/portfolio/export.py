"""plan.json: the plan and its numbers for other programs, as plan.schema.json describes them."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from planfolio.analyse.money import Budget, CurrencySum
from planfolio.analyse.what_if import Assumptions
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.portfolio import Portfolio
from planfolio.portfolio.record_exports import (
    achievement_export,
    goal_export,
    milestone_export,
    next_action_export,
    opportunity_export,
    other_record_export,
    person_export,
    plain_day,
    plain_number,
    resource_export,
    review_export,
    role_export,
    skill_export,
)
from planfolio.portfolio.role import PortfolioRole


def plan_json(portfolio: Portfolio) -> str:
    """Return the text of plan.json: one line, since many take three times as long to write."""
    return json.dumps(plan_export(portfolio), ensure_ascii=False, allow_nan=False) + "\n"


def plan_export(portfolio: Portfolio) -> dict[str, Any]:
    """Return the plan and its numbers as plain data; a kind that has no list here gets one."""
    found = {
        "version": 1,
        "as_of": portfolio.as_of.isoformat(),
        "audience": portfolio.audience.word,
        "title": portfolio.title,
        "goals": [goal_export(each) for each in portfolio.in_plan_order(PortfolioGoal)],
        "milestones": [milestone_export(each) for each in portfolio.milestones.values()],
        "skills": [skill_export(each) for each in portfolio.skills.values()],
        "roles": _roles(portfolio),
        "resources": [resource_export(each) for each in portfolio.resources],
        "people": [person_export(each) for each in portfolio.people],
        "opportunities": [opportunity_export(each) for each in portfolio.opportunities],
        "achievements": [achievement_export(each) for each in portfolio.achievements],
        "reviews": [review_export(each) for each in portfolio.reviews],
        "next_actions": [next_action_export(each) for each in portfolio.next_actions],
        "capacity": _capacity(portfolio),
        "budget": _budget(portfolio.budget) if portfolio.budget is not None else None,
        "learning": _learning(portfolio) if portfolio.learning_modes else None,
    }
    for kind in portfolio.plan.kinds:
        if kind.plural not in found and not kind.singleton:
            records = portfolio.records_of(kind.name)
            found[kind.plural] = [other_record_export(each) for each in records]
    return found


def what_if_export(
    before: Portfolio, after: Portfolio, assumptions: Assumptions
) -> dict[str, object]:
    """Return what is assumed, and roles and capacity before and after, as plan.json has them."""
    return {
        "as_of": before.as_of.isoformat(),
        "if": {
            "levels": {skill: float(level.number) for skill, level in assumptions.levels.items()},
            "hours_per_week": plain_number(assumptions.hours_per_week),
        },
        "before": {"roles": _roles(before), "capacity": _capacity(before)},
        "after": {"roles": _roles(after), "capacity": _capacity(after)},
    }


def _roles(portfolio: Portfolio) -> list[dict[str, Any]]:
    return [role_export(each) for each in portfolio.in_plan_order(PortfolioRole)]


def _capacity(portfolio: Portfolio) -> dict[str, Any]:
    capacity = portfolio.capacity
    return {
        "hours_per_week": plain_number(capacity.hours_per_week),
        "fits": capacity.fits,
        "needed_hours_per_week": plain_number(capacity.needed_hours_per_week),
        "late": [
            {
                "step": late.step.reference,
                "from": plain_day(late.first),
                "to": plain_day(late.last),
                "asked": float(late.needed_hours),
                "there": float(late.available_hours),
            }
            for late in portfolio.late_steps
        ],
        "impossible": [step.reference for step in portfolio.impossible_steps],
        "chain": [step.reference for step in portfolio.deciding_chain],
        "without_effort": [step.reference for step in portfolio.steps_without_effort],
    }


def _budget(budget: Budget) -> dict[str, Any]:
    quarters = {
        f"{part[0]}-Q{part[1]}" if part else None: sums for part, sums in budget.by_quarter.items()
    }
    return {
        "sums": _sums(budget.sums),
        "by_quarter": _sums_by("quarter", quarters),
        "by_goal": _sums_by("goal", budget.by_goal),
        "by_need": _sums_by("need", budget.by_need),
    }


def _sums_by(key: str, parts: Mapping[Any, Iterable[CurrencySum]]) -> list[dict[str, Any]]:
    return [{key: part, "sums": _sums(sums)} for part, sums in parts.items()]


def _sums(sums: Iterable[CurrencySum]) -> list[dict[str, Any]]:
    return [
        {
            "currency": each.currency,
            "planned": float(each.planned.amount),
            "spent": float(each.spent.amount),
            "set_aside": float(each.set_aside.amount) if each.set_aside else None,
            "left": plain_number(each.balance),
        }
        for each in sums
    ]


def _learning(portfolio: Portfolio) -> dict[str, Any]:
    return {
        "modes": [
            {"mode": each.mode, "hours": float(each.hours), "share": float(each.share)}
            for each in portfolio.learning_modes
        ],
        "hours_without_mode": float(portfolio.hours_without_mode),
    }
