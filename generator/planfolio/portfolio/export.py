"""plan.json: the plan and its numbers for other programs, as plan.schema.json describes them."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from planfolio.analyse.money import Budget, CurrencySum
from planfolio.analyse.roles import Interval, RequirementNumbers
from planfolio.analyse.what_if import Assumptions
from planfolio.model.kinds import KINDS
from planfolio.model.kinds.goal import SmartLetter
from planfolio.model.kinds.kind import Kind
from planfolio.model.scales import Level
from planfolio.model.values.amounts import Effort, Money
from planfolio.model.values.cadence import Cadence
from planfolio.model.values.dates import Horizon, PlanDate
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.other_kinds import (
    PortfolioAchievement,
    PortfolioOpportunity,
    PortfolioPerson,
)
from planfolio.portfolio.portfolio import Portfolio
from planfolio.portfolio.record import PortfolioRecord
from planfolio.portfolio.review import PortfolioReview, ReviewDay
from planfolio.portfolio.role import PortfolioNeed, PortfolioRole
from planfolio.portfolio.skill import PortfolioSkill
from planfolio.portfolio.steps import PortfolioMilestone, PortfolioResource
from planfolio.urls import relative_from

PLAN_JSON_URL = "plan.json"
_relative_url = relative_from(PLAN_JSON_URL)


def plan_json(portfolio: Portfolio) -> str:
    """Return the text of plan.json: one line, since many take three times as long to write."""
    return json.dumps(plan_export(portfolio), ensure_ascii=False, allow_nan=False) + "\n"


def plan_export(portfolio: Portfolio) -> dict[str, Any]:
    """Return the plan and its numbers as plain data; a kind that has no list here gets one."""
    found = parts_of_export(portfolio, *_PARTS)
    for kind in portfolio.plan.kinds:
        if kind.plural not in found and not kind.singleton:
            records = portfolio.records_of(kind.name)
            found[kind.plural] = [{**_record(r), "date": _first(r.day)} for r in records]
    return found


def parts_of_export(portfolio: Portfolio, *keys: str) -> dict[str, Any]:
    """Return what plan.json has under some of its keys."""
    return {key: _PARTS[key](portfolio) for key in keys}


def what_if_export(before: Portfolio, after: Portfolio, assumptions: Assumptions) -> dict[str, Any]:
    """Return what is assumed, and roles and capacity before and after, as plan.json has them."""
    return {
        **parts_of_export(before, "as_of"),
        "if": {
            **_values(assumptions, "hours_per_week"),
            "levels": _plain(dict(assumptions.levels)),
        },
        "before": parts_of_export(before, "roles", "capacity"),
        "after": parts_of_export(after, "roles", "capacity"),
    }


def plan_schema(kinds: Iterable[Kind] = KINDS) -> dict[str, Any]:
    """Return the JSON Schema of plan.json, which lists the records of these kinds."""
    from importlib import resources

    text = resources.files(__package__).joinpath("plan.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    for kind in kinds:
        if kind.plural not in schema["properties"] and not kind.singleton:
            schema["properties"][kind.plural] = {
                "description": f"The {kind.plural}.",
                "type": "array",
                "items": {"$ref": "#/$defs/record"},
            }
            schema["required"].append(kind.plural)
    return schema


_PARTS: Mapping[str, Callable[[Portfolio], Any]] = {
    "version": lambda _: 1,
    "as_of": lambda portfolio: portfolio.as_of.isoformat(),
    "audience": lambda portfolio: portfolio.audience.word,
    "title": lambda portfolio: portfolio.title,
    "goals": lambda portfolio: [_goal(each) for each in portfolio.in_plan_order(PortfolioGoal)],
    "milestones": lambda portfolio: [_milestone(each) for each in portfolio.milestones.values()],
    "skills": lambda portfolio: [_skill(each) for each in portfolio.skills.values()],
    "roles": lambda portfolio: [_role(each) for each in portfolio.in_plan_order(PortfolioRole)],
    "resources": lambda portfolio: [_resource(each) for each in portfolio.resources],
    "people": lambda portfolio: [_person(each) for each in portfolio.people],
    "opportunities": lambda portfolio: [_opportunity(each) for each in portfolio.opportunities],
    "achievements": lambda portfolio: [_achievement(each) for each in portfolio.achievements],
    "reviews": lambda portfolio: [_review(each) for each in portfolio.reviews],
    "next_actions": lambda portfolio: [_next_action(each) for each in portfolio.next_actions],
    "capacity": lambda portfolio: _capacity(portfolio),
    "budget": lambda portfolio: _budget(portfolio.budget) if portfolio.budget else None,
    "learning": lambda portfolio: _learning(portfolio) if portfolio.learning_modes else None,
}


def _goal(goal: PortfolioGoal) -> dict[str, Any]:
    reason = goal.numbers.reason._asdict()
    codes = {check.letter: check.codes for check in goal.smart}
    return {
        **_step(goal, "kind", "horizon", "role", "parent", "status", "progress", "expected"),
        **_values(goal, "forecast", "decide_by", "milestones"),
        "start": _first(goal.start),
        **_values(goal.numbers.deciding_measure, "measure", "spi", "slip_days"),
        "reason": {name: _plain(each) for name, each in reason.items() if each is not None},
        "metric": _metric(goal),
        "smart": {letter: codes.get(letter) for letter in SmartLetter},
    }


def _metric(goal: PortfolioGoal) -> dict[str, Any] | None:
    if goal.metric is None:
        return None
    current = goal.numbers.current
    return {
        **_values(goal.metric, "unit", "baseline", "target"),
        "current": _plain(current.value) if current else None,
        "as_of": _plain(current.on) if current else None,
    }


def _milestone(milestone: PortfolioMilestone) -> dict[str, Any]:
    done = _plain(milestone.numbers.done_on)
    return {**_step(milestone, "goal", "weight"), "done": done}


def _step(step: PortfolioGoal | PortfolioMilestone, *names: str) -> dict[str, Any]:
    ahead = step.projection
    return {
        **_record(step, *names, "due", "effort", "cost"),
        "projected_start": _plain(ahead.start) if ahead else None,
        "projected": _plain(ahead.finish) if ahead else None,
        **_values(ahead, "late_days", "slack_days", "latest_start"),
        "replans": [
            {
                "date": _first(replan.date),
                "from": _plain(replan.from_),
                **_values(replan, "to", "days_added", "reason"),
            }
            for replan in step.replans
        ],
    }


def _skill(skill: PortfolioSkill) -> dict[str, Any]:
    return {**_record(skill), **_values(skill.numbers, "level", "planned", "required")}


def _role(role: PortfolioRole) -> dict[str, Any]:
    return {
        **_record(role, "readiness", "ready", "ready_on"),
        "planned": _plain(role.numbers.planned_readiness),
        "met": role.met_count,
        "required": role.required_count,
        "gate": role.numbers.musts_met,
        "gaps": [_gap(gap) for gap in role.numbers.gaps],
        "needs": [_need(need) for need in role.needs],
    }


def _gap(gap: RequirementNumbers) -> dict[str, Any]:
    return {
        **_values(gap, "skill", "current", "required", "gap", "weight", "must", "covered", "safe"),
        **_values(gap, "weighted_gap", "gain", "effort", "priority"),
    }


def _need(need: PortfolioNeed) -> dict[str, Any]:
    return {
        **_values(need, "title", "need"),
        "met": _plain(need.numbers.met_on),
        "answers": [{"step": a.step.reference, "status": a.status} for a in need.answering],
    }


def _resource(resource: PortfolioResource) -> dict[str, Any]:
    return {
        **_record(resource, "kind", "link", "author", "status", "goal", "due", "late_days"),
        **_values(resource, "decide_by", "effort", "cost", "answers"),
        "start": _first(resource.start),
        "done": _plain(resource.numbers.done_on),
        "raises": _plain(resource._written.raises),
    }


def _person(person: PortfolioPerson) -> dict[str, Any]:
    return {
        **_record(person, "relation", "topics", "contact", "meets"),
        **_values(person, "meetings", "last_met", "next_meeting"),
    }


def _opportunity(opportunity: PortfolioOpportunity) -> dict[str, Any]:
    return {
        **_record(opportunity, "kind", "link", "due", "role", "likelihood"),
        **_values(opportunity, "decide_by", "decision"),
        "start": _first(opportunity.start),
    }


def _achievement(achievement: PortfolioAchievement) -> dict[str, Any]:
    return {
        **_record(achievement, "link", "skills", "impact", "goal", "milestone"),
        "date": _first(achievement.date),
    }


def _review(review: PortfolioReview) -> dict[str, Any]:
    return {
        **_record(review, "kind", "metrics", "levels", "confidence"),
        **_values(review, "wins", "problems", "decisions", "next_review"),
        "date": _first(review.date),
        "with": _plain(review.with_),
        "next": [item.text for item in review.next_items],
        "next_open": [item.text for item in review.next_open],
        "known": _known(review.known) if review.known is not None else None,
    }


def _known(known: ReviewDay) -> dict[str, Any]:
    levels = ((skill.id, level.value if level else None) for skill, level in known.skills)
    return {
        "goals": [
            {"id": found.goal.id, **_values(found, "status", "progress", "value")}
            for found in known.goals
        ],
        "roles": [{"id": each.role.id, **_values(each, "readiness")} for each in known.roles],
        "skills": [{"id": id_, "level": _plain(level)} for id_, level in levels],
    }


def _next_action(step: PortfolioGoal | PortfolioMilestone) -> dict[str, Any]:
    goal = step if isinstance(step, PortfolioGoal) else step.goal
    return {"step": step.reference, "goal": _plain(goal), **_values(step, "due", "status")}


def _capacity(portfolio: Portfolio) -> dict[str, Any]:
    return {
        **_values(portfolio.capacity, "hours_per_week", "fits", "needed_hours_per_week"),
        "late": [
            {
                "step": late.step.reference,
                "from": _plain(late.first),
                "to": _plain(late.last),
                "asked": _plain(late.needed_hours),
                "there": _plain(late.available_hours),
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
        "sums": [
            {
                **_sum(each),
                "set_aside": _plain(each.set_aside.amount) if each.set_aside else None,
                "left": _plain(each.balance),
            }
            for each in budget.sums
        ],
        "by_quarter": _sums_by("quarter", quarters),
        "by_goal": _sums_by("goal", budget.by_goal),
        "by_need": _sums_by("need", budget.by_need),
    }


def _sums_by(key: str, parts: Mapping[Any, Iterable[CurrencySum]]) -> list[dict[str, Any]]:
    return [{key: part, "sums": [_sum(each) for each in sums]} for part, sums in parts.items()]


def _sum(found: CurrencySum) -> dict[str, Any]:
    return {
        "currency": found.currency,
        "planned": _plain(found.planned.amount),
        "spent": _plain(found.spent.amount),
    }


def _learning(portfolio: Portfolio) -> dict[str, Any]:
    return {
        "modes": [_values(each, "mode", "hours", "share") for each in portfolio.learning_modes],
        "hours_without_mode": _plain(portfolio.hours_without_mode),
    }


def _record(record: PortfolioRecord, *names: str) -> dict[str, Any]:
    url = _relative_url(record.url)
    return {"id": record.id, "title": record.title, "url": url, **_values(record, *names)}


def _values(source: object, *names: str) -> dict[str, Any]:
    """Return attributes by name as plain data; all are null where there is nothing to have them."""
    if source is None:
        return dict.fromkeys(names)
    return {name: _plain(getattr(source, name)) for name in names}


def _first(when: PlanDate | None) -> str | None:
    """Return the day on which something begins or happened; `_plain` gives the last of a date."""
    return when.first.isoformat() if when is not None else None


def _plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if value is None or isinstance(value, str):
        return value
    as_plain = _AS_PLAIN.get(type(value))
    if as_plain is not None:
        return as_plain(value)
    return value.id if isinstance(value, PortfolioRecord) else value


_AS_PLAIN: Mapping[type, Callable[[Any], Any]] = {
    Fraction: float,
    date: date.isoformat,
    PlanDate: lambda when: when.last.isoformat(),
    Horizon: lambda horizon: horizon.text,
    Cadence: lambda cadence: cadence.text,
    Effort: lambda effort: float(effort.hours),
    Money: lambda money: {"amount": float(money.amount), "currency": money.currency},
    Level: lambda level: float(level.number),
    Interval: lambda interval: {"low": float(interval.low), "high": float(interval.high)},
    tuple: lambda values: [_plain(each) for each in values],
    dict: lambda values: {key: _plain(value) for key, value in values.items()},
}
