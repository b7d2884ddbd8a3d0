"""plan.json: the plan and its numbers for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from planfolio.model.kinds.goal import SmartLetter
from planfolio.portfolio.budget_export import budget_export, learning_export
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.json_values import (
    first_day,
    interval_export,
    json_day,
    json_number,
    last_day,
    money_export,
    record_export,
    step_name,
)
from planfolio.portfolio.records_export import (
    achievement_export,
    opportunity_export,
    person_export,
    resource_export,
    review_export,
)

if TYPE_CHECKING:
    from planfolio.analyse.what_if import Assumptions
    from planfolio.portfolio.goal import PortfolioReason
    from planfolio.portfolio.plan_format import (
        CapacityExport,
        GapExport,
        GoalExport,
        MetricExport,
        MilestoneExport,
        NeedExport,
        NextActionExport,
        PlanExport,
        ReasonExport,
        ReplanExport,
        RoleExport,
        SkillExport,
    )
    from planfolio.portfolio.portfolio import Portfolio
    from planfolio.portfolio.role import PortfolioNeed, PortfolioRequirement, PortfolioRole
    from planfolio.portfolio.skill import PortfolioSkill
    from planfolio.portfolio.steps import PortfolioMilestone

VERSION = 1


def plan_json(portfolio: Portfolio) -> str:
    """Return the text of plan.json."""
    text = json.dumps(plan_export(portfolio), ensure_ascii=False, indent=1, allow_nan=False)
    return text + "\n"


def plan_export(portfolio: Portfolio) -> PlanExport:
    """Return the plan and its numbers as plain data, records in the order of the plan."""
    return {
        "version": VERSION,
        "as_of": portfolio.as_of.isoformat(),
        "audience": portfolio.audience.word,
        "title": portfolio.title,
        "goals": [_goal(goal) for goal in portfolio.goals_by_id.values()],
        "milestones": [_milestone(item) for item in portfolio.milestones.values()],
        "skills": [_skill(skill) for skill in portfolio.skills.values()],
        "roles": [_role(role) for role in portfolio.roles_by_id.values()],
        "resources": [resource_export(resource) for resource in portfolio.resources],
        "people": [person_export(person) for person in portfolio.people],
        "opportunities": [opportunity_export(each) for each in portfolio.opportunities],
        "achievements": [achievement_export(each) for each in portfolio.achievements],
        "reviews": [review_export(review) for review in portfolio.reviews],
        "next_actions": [_next_action(step) for step in portfolio.next_actions],
        "capacity": _capacity(portfolio),
        "budget": budget_export(portfolio.analysis.budget),
        "learning": learning_export(portfolio.analysis.learning),
    }


def what_if_export(
    before: Portfolio, after: Portfolio, assumptions: Assumptions
) -> dict[str, object]:
    """Return what is assumed, and roles and capacity before and after, as plan.json has them."""
    levels = {skill: float(level.number) for skill, level in assumptions.levels.items()}
    return {
        "as_of": before.as_of.isoformat(),
        "if": {"levels": levels, "hours_per_week": json_number(assumptions.hours_per_week)},
        **{
            name: {
                "roles": [_role(role) for role in portfolio.roles_by_id.values()],
                "capacity": _capacity(portfolio),
            }
            for name, portfolio in (("before", before), ("after", after))
        },
    }


def _capacity(portfolio: Portfolio) -> CapacityExport:
    capacity = portfolio.capacity
    return {
        "hours_per_week": json_number(capacity.hours_per_week),
        "fits": capacity.fits,
        "needed_hours_per_week": json_number(capacity.needed_hours_per_week),
        "late": [
            {
                "step": step_name(window.step),
                "from": window.first.isoformat(),
                "to": window.last.isoformat(),
                "asked": float(window.asked),
                "there": float(window.there),
            }
            for window in portfolio.late_steps
        ],
        "impossible": [step_name(step) for step in portfolio.impossible_steps],
        "chain": [step_name(step) for step in portfolio.deciding_chain],
        "without_effort": [step_name(step) for step in portfolio.steps_without_effort],
    }


def _goal(goal: PortfolioGoal) -> GoalExport:
    smart = {check.letter: list(check.codes) for check in goal.smart}
    return {
        **record_export(goal),
        "kind": goal.kind,
        "horizon": goal.horizon.text if goal.horizon else None,
        "role": goal.role.id if goal.role else None,
        "parent": goal.parent.id if goal.parent else None,
        "start": first_day(goal.start),
        "due": last_day(goal.due),
        "status": goal.status,
        "measure": goal.measure,
        "reason": _reason(goal.reason),
        "progress": json_number(goal.progress),
        "expected": json_number(goal.expected),
        "spi": json_number(goal.spi),
        "forecast": json_day(goal.forecast),
        "slip_days": goal.slip_days,
        "effort": json_number(goal.effort.hours if goal.effort else None),
        "cost": money_export(goal.cost),
        "projected_start": json_day(goal.projection.start if goal.projection else None),
        "projected": json_day(goal.projection.finish if goal.projection else None),
        "late_days": goal.projection.late_days if goal.projection else None,
        "slack_days": goal.projection.slack_days if goal.projection else None,
        "latest_start": json_day(goal.projection.latest_start if goal.projection else None),
        "decide_by": last_day(goal.decide_by),
        "replans": _replans(goal),
        "metric": _metric(goal),
        "milestones": [milestone.id for milestone in goal.milestones],
        "smart": {letter.value: smart.get(letter) for letter in SmartLetter},
    }


def _reason(reason: PortfolioReason) -> ReasonExport:
    found = {
        "code": reason.code,
        "part": reason.part.id if reason.part is not None else None,
        "on": json_day(reason.on),
        "until": json_day(reason.until),
        **{name: getattr(reason, name) for name in ("days", "done", "total", "planned")},
    }
    return cast("ReasonExport", {key: value for key, value in found.items() if value is not None})


def _metric(goal: PortfolioGoal) -> MetricExport | None:
    metric = goal.metric
    if metric is None:
        return None
    return {
        "unit": metric.unit,
        "baseline": float(metric.baseline),
        "target": float(metric.target),
        "current": json_number(goal.current),
        "as_of": json_day(goal.current_on),
    }


def _milestone(milestone: PortfolioMilestone) -> MilestoneExport:
    effort, projection = milestone.effort, milestone.projection
    return {
        **record_export(milestone),
        "goal": milestone.goal.id if milestone.goal else None,
        "due": last_day(milestone.due),
        "done": json_day(milestone.done_on),
        "weight": json_number(milestone.weight),
        "effort": json_number(effort.hours if effort else None),
        "cost": money_export(milestone.cost),
        "projected_start": json_day(projection.start if projection else None),
        "projected": json_day(projection.finish if projection else None),
        "late_days": projection.late_days if projection else None,
        "slack_days": projection.slack_days if projection else None,
        "latest_start": json_day(projection.latest_start if projection else None),
        "replans": _replans(milestone),
    }


def _replans(step: PortfolioGoal | PortfolioMilestone) -> list[ReplanExport]:
    return [
        {
            "date": replan.date.first.isoformat(),
            "from": last_day(replan.from_),
            "to": last_day(replan.to),
            "days_added": replan.days_added,
            "reason": replan.reason,
        }
        for replan in step.replans
    ]


def _skill(skill: PortfolioSkill) -> SkillExport:
    standing = skill.standing
    return {
        **record_export(skill),
        "level": json_number(standing.current.value if standing.current else None),
        "planned": json_number(standing.planned.value if standing.planned else None),
        "required": json_number(standing.required.value if standing.required else None),
    }


def _role(role: PortfolioRole) -> RoleExport:
    return {
        **record_export(role),
        "readiness": interval_export(role.readiness),
        "planned": interval_export(role.planned),
        "met": role.met_count,
        "required": role.required_count,
        "gate": role.musts_met,
        "ready": role.ready,
        "ready_on": json_day(role.ready_on),
        "gaps": [_gap(requirement) for requirement in role.gaps],
        "needs": [_need(need) for need in role.needs],
    }


def _gap(requirement: PortfolioRequirement) -> GapExport:
    numbers = requirement.numbers
    return {
        "skill": numbers.skill,
        "current": json_number(numbers.current),
        "required": float(numbers.required),
        "gap": json_number(numbers.gap),
        "weight": float(numbers.weight),
        "must": numbers.must,
        "weighted_gap": json_number(numbers.weighted_gap),
        "gain": json_number(numbers.gain),
        "effort": json_number(numbers.effort),
        "priority": json_number(numbers.priority),
        "covered": numbers.covered,
        "safe": numbers.safe,
    }


def _need(need: PortfolioNeed) -> NeedExport:
    return {
        "title": need.title,
        "need": need.type,
        "met": json_day(need.met_on),
        "answers": [
            {"step": step_name(found.step), "status": found.status} for found in need.answering
        ],
    }


def _next_action(step: PortfolioGoal | PortfolioMilestone) -> NextActionExport:
    goal = step if isinstance(step, PortfolioGoal) else step.goal
    return {
        "step": step_name(step),
        "goal": goal.id if goal else None,
        "due": last_day(step.due),
        "status": step.status,
    }
