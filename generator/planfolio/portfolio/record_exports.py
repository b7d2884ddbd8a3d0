"""The records of plan.json: a function for each kind, which returns plain data."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from planfolio.analyse.gaps import RequirementNumbers
from planfolio.analyse.reasons import Reason
from planfolio.analyse.roles import Interval
from planfolio.model.kinds.goal import SmartLetter
from planfolio.model.record_fields import Replan
from planfolio.model.values.amounts import Effort, Money
from planfolio.model.values.dates import PlanDate
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.hindsight import ReviewDay
from planfolio.portfolio.other_kinds import (
    PortfolioAchievement,
    PortfolioOpportunity,
    PortfolioPerson,
)
from planfolio.portfolio.record import PortfolioRecord
from planfolio.portfolio.review import PortfolioReview
from planfolio.portfolio.role import PortfolioNeed, PortfolioRole
from planfolio.portfolio.skill import PortfolioSkill
from planfolio.portfolio.steps import PortfolioMilestone, PortfolioResource
from planfolio.urls import relative

PLAN_JSON_URL = "plan.json"


def goal_export(goal: PortfolioGoal) -> dict[str, Any]:
    """Return what plan.json says of a goal."""
    numbers = goal.numbers
    deciding = numbers.deciding_measure
    codes = {check.letter: check.codes for check in goal.smart}
    return {
        **_step(goal),
        "kind": goal.kind,
        "horizon": goal.horizon.text if goal.horizon else None,
        "role": _id(goal.role),
        "parent": _id(goal.parent),
        "start": _first(goal.start),
        "status": numbers.status,
        "measure": deciding.measure if deciding else None,
        "reason": _reason(numbers.reason),
        "progress": plain_number(numbers.progress),
        "expected": plain_number(numbers.expected),
        "spi": plain_number(deciding.spi) if deciding else None,
        "forecast": plain_day(numbers.forecast),
        "slip_days": deciding.slip_days if deciding else None,
        "decide_by": _last(goal.decide_by),
        "metric": _metric(goal),
        "milestones": [milestone.id for milestone in goal.milestones],
        "smart": {letter: codes.get(letter) for letter in SmartLetter},
    }


def _metric(goal: PortfolioGoal) -> dict[str, Any] | None:
    metric, current = goal.metric, goal.numbers.current
    if metric is None:
        return None
    return {
        "unit": metric.unit,
        "baseline": float(metric.baseline),
        "target": float(metric.target),
        "current": float(current.value) if current else None,
        "as_of": plain_day(current.on) if current else None,
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        key: plain_day(value) if isinstance(value, date) else value
        for key, value in reason._asdict().items()
        if value is not None
    }


def milestone_export(milestone: PortfolioMilestone) -> dict[str, Any]:
    """Return what plan.json says of a milestone."""
    return {
        **_step(milestone),
        "goal": _id(milestone.goal),
        "done": plain_day(milestone.numbers.done_on),
        "weight": plain_number(milestone.weight),
    }


def _step(step: PortfolioGoal | PortfolioMilestone) -> dict[str, Any]:
    ahead = step.projection
    return {
        **_record(step),
        "due": _last(step.due),
        "effort": _hours(step.effort),
        "cost": _money(step.cost),
        "projected_start": plain_day(ahead.start) if ahead else None,
        "projected": plain_day(ahead.finish) if ahead else None,
        "late_days": ahead.late_days if ahead else None,
        "slack_days": ahead.slack_days if ahead else None,
        "latest_start": plain_day(ahead.latest_start) if ahead else None,
        "replans": [_replan(replan) for replan in step.replans],
    }


def _replan(replan: Replan) -> dict[str, Any]:
    return {
        "date": _first(replan.date),
        "from": _last(replan.from_),
        "to": _last(replan.to),
        "days_added": replan.days_added,
        "reason": replan.reason,
    }


def skill_export(skill: PortfolioSkill) -> dict[str, Any]:
    """Return what plan.json says of a skill."""
    numbers = skill.numbers
    return {
        **_record(skill),
        "level": plain_number(numbers.level),
        "planned": plain_number(numbers.planned),
        "required": plain_number(numbers.required),
    }


def role_export(role: PortfolioRole) -> dict[str, Any]:
    """Return what plan.json says of a role, its gaps and needs."""
    numbers = role.numbers
    return {
        **_record(role),
        "readiness": _interval(numbers.readiness),
        "planned": _interval(numbers.planned),
        "met": role.met_count,
        "required": role.required_count,
        "gate": numbers.musts_met,
        "ready": numbers.ready,
        "ready_on": plain_day(numbers.ready_on),
        "gaps": [_gap(gap) for gap in numbers.gaps],
        "needs": [_need(need) for need in role.needs],
    }


def _gap(gap: RequirementNumbers) -> dict[str, Any]:
    return {
        "skill": gap.skill,
        "current": plain_number(gap.current),
        "required": float(gap.required),
        "gap": plain_number(gap.gap),
        "weight": float(gap.weight),
        "must": gap.must,
        "weighted_gap": plain_number(gap.weighted_gap),
        "gain": plain_number(gap.gain),
        "effort": plain_number(gap.effort),
        "priority": plain_number(gap.priority),
        "covered": gap.covered,
        "safe": gap.safe,
    }


def _need(need: PortfolioNeed) -> dict[str, Any]:
    return {
        "title": need.title,
        "need": need.need,
        "met": plain_day(need.numbers.met_on),
        "answers": [
            {"step": found.step.reference, "status": found.status} for found in need.answering
        ],
    }


def resource_export(resource: PortfolioResource) -> dict[str, Any]:
    """Return what plan.json says of a course, a book or the like."""
    numbers, raises = resource.numbers, resource._written.raises
    return {
        **_record(resource),
        "kind": resource.kind,
        "link": resource.link,
        "author": resource.author,
        "status": numbers.status,
        "goal": _id(resource.goal),
        "start": _first(resource.start),
        "due": _last(resource.due),
        "done": plain_day(numbers.done_on),
        "late_days": numbers.late_days,
        "decide_by": _last(resource.decide_by),
        "effort": _hours(resource.effort),
        "cost": _money(resource.cost),
        "raises": {
            id_: plain_number(level.number) if level else None for id_, level in raises.items()
        },
        "answers": resource.answers,
    }


def person_export(person: PortfolioPerson) -> dict[str, Any]:
    """Return what plan.json says of a person."""
    return {
        **_record(person),
        "relation": person.relation,
        "topics": person.topics,
        "contact": person.contact,
        "meets": person.meets.text if person.meets else None,
        "meetings": [review.id for review in person.meetings],
        "last_met": plain_day(person.numbers.last_met),
        "next_meeting": plain_day(person.numbers.next_meeting),
    }


def opportunity_export(opportunity: PortfolioOpportunity) -> dict[str, Any]:
    """Return what plan.json says of an opportunity."""
    return {
        **_record(opportunity),
        "kind": opportunity.kind,
        "link": opportunity.link,
        "start": _first(opportunity.start),
        "due": _last(opportunity.due),
        "role": _id(opportunity.role),
        "likelihood": opportunity.likelihood,
        "decide_by": _last(opportunity.decide_by),
        "decision": opportunity.decision,
    }


def achievement_export(achievement: PortfolioAchievement) -> dict[str, Any]:
    """Return what plan.json says of an achievement."""
    return {
        **_record(achievement),
        "link": achievement.link,
        "date": _first(achievement.date),
        "skills": [skill.id for skill in achievement.skills],
        "impact": achievement.impact,
        "goal": _id(achievement.goal),
        "milestone": _id(achievement.milestone),
    }


def review_export(review: PortfolioReview) -> dict[str, Any]:
    """Return what plan.json says of a review."""
    return {
        **_record(review),
        "date": _first(review.date),
        "kind": review.kind,
        "with": review.with_,
        "metrics": _numbers(review.metrics),
        "levels": {skill: float(level.number) for skill, level in review.levels.items()},
        "confidence": _numbers(review.confidence),
        "wins": review.wins,
        "problems": review.problems,
        "decisions": review.decisions,
        "next": [item.text for item in review.next_items],
        "next_open": [item.text for item in review.next_open],
        "next_review": _last(review.next_review),
        "known": _known(review.known) if review.known is not None else None,
    }


def _known(known: ReviewDay) -> dict[str, Any]:
    return {
        "goals": [
            {
                "id": found.goal.id,
                "status": found.status,
                "progress": plain_number(found.progress),
                "value": plain_number(found.value),
            }
            for found in known.goals
        ],
        "roles": [
            {"id": found.role.id, "readiness": _interval(found.readiness)} for found in known.roles
        ],
        "skills": [
            {"id": found.skill.id, "level": float(found.level.value) if found.level else None}
            for found in known.skills
        ],
    }


def next_action_export(step: PortfolioGoal | PortfolioMilestone) -> dict[str, Any]:
    """Return what plan.json says of a step to do next."""
    goal = step if isinstance(step, PortfolioGoal) else step.goal
    return {
        "step": step.reference,
        "goal": _id(goal),
        "due": _last(step.due),
        "status": step.status,
    }


def other_record_export(record: PortfolioRecord) -> dict[str, Any]:
    """Return what plan.json says of a record of any other kind."""
    return {**_record(record), "date": _first(record.day)}


def _record(record: PortfolioRecord) -> dict[str, Any]:
    url = relative(record.url, page=PLAN_JSON_URL)
    return {"id": record.id, "title": record.title, "url": url}


def plain_number(value: Fraction | None) -> float | None:
    """Return an exact number as JSON has it."""
    return float(value) if value is not None else None


def plain_day(day: date | None) -> str | None:
    """Return a day as JSON has it: `2026-07-01`."""
    return day.isoformat() if day is not None else None


def _id(record: PortfolioRecord | None) -> str | None:
    return record.id if record is not None else None


def _numbers(values: Mapping[str, Fraction]) -> dict[str, float]:
    return {name: float(value) for name, value in values.items()}


def _hours(effort: Effort | None) -> float | None:
    return float(effort.hours) if effort is not None else None


def _money(money: Money | None) -> dict[str, Any] | None:
    if money is None:
        return None
    return {"amount": float(money.amount), "currency": money.currency}


def _interval(interval: Interval | None) -> dict[str, float] | None:
    if interval is None:
        return None
    return {"low": float(interval.low), "high": float(interval.high)}


def _first(when: PlanDate | None) -> str | None:
    return when.first.isoformat() if when is not None else None


def _last(when: PlanDate | None) -> str | None:
    return when.last.isoformat() if when is not None else None
