"""plan.json: the plan and its numbers for other programs.

The classes here are the format: key by key what the file holds. Ratios are floats from 0 to 1 and
not rounded, dates ISO, hours and levels numbers, urls relative to the site's root; what is unknown
or not computed yet is null.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter
from typing_extensions import TypedDict  # pydantic reads no other before Python 3.12

from planfolio.analyse.results import Coverage, Status  # noqa: TC001
from planfolio.model.kinds.goal import GoalKind  # noqa: TC001 (the schema reads the annotations)
from planfolio.portfolio.page import Document
from planfolio.portfolio.smart import smart_findings
from planfolio.urls import relative

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from planfolio.analyse.results import Interval, RequirementNumbers
    from planfolio.model.plan import Goal, Milestone, Role, Skill
    from planfolio.portfolio.scope import Scope

URL = "plan.json"
VERSION = 1


class MetricExport(TypedDict):
    """What a goal counts; `as_of` is the day of the current value."""

    unit: str | None
    baseline: float
    target: float
    current: float | None
    as_of: str | None


class GoalExport(TypedDict):
    """A goal. `spi` is SPI(t).

    `smart` has for each letter the codes of what was found, and null for one that rests on what
    this audience may not see.
    """

    id: str
    title: str
    url: str
    kind: GoalKind
    horizon: str | None
    role: str | None
    parent: str | None
    start: str | None
    due: str | None
    status: Status
    progress: float | None
    expected: float | None
    spi: float | None
    forecast: str | None
    slip_days: int | None
    metric: MetricExport | None
    milestones: list[str]
    smart: dict[str, list[str] | None]


class MilestoneExport(TypedDict):
    """A milestone. `projected` and `late_days` are the schedule's; `effort` is in hours."""

    id: str
    title: str
    url: str
    goal: str | None
    due: str | None
    done: str | None
    weight: float | None
    effort: float | None
    projected: str | None
    late_days: int | None


class SkillExport(TypedDict):
    """A skill: its level, where open steps take it, the most that a target role asks for."""

    id: str
    title: str
    url: str
    level: float | None
    planned: float | None
    required: float | None


class IntervalExport(TypedDict):
    """A share that is known to lie between two."""

    low: float
    high: float


class GapExport(TypedDict):
    """A requirement that is not known to be met; `effort` is in hours, `priority` per hour."""

    skill: str
    current: float | None
    required: float
    gap: float | None
    weight: float
    must: bool
    weighted_gap: float | None
    gain: float | None
    effort: float | None
    priority: float | None
    covered: Coverage | None


class RoleExport(TypedDict):
    """A role; `gate` says whether every must is met, `gaps` stand in order of priority."""

    id: str
    title: str
    url: str
    readiness: IntervalExport | None
    met: int
    required: int
    gate: bool | None
    ready: bool | None
    ready_on: str | None
    gaps: list[GapExport]


class CapacityExport(TypedDict):
    """Hours a week, and whether the plan fits into them."""

    hours_per_week: float | None
    fits: bool | None
    needed_hours_per_week: float | None


class PlanExport(TypedDict):
    """All of plan.json."""

    version: int
    as_of: str
    audience: str
    title: str
    goals: list[GoalExport]
    milestones: list[MilestoneExport]
    skills: list[SkillExport]
    roles: list[RoleExport]
    capacity: CapacityExport


def plan_document(scope: Scope) -> Document:
    """Return plan.json."""
    text = json.dumps(plan_export(scope), ensure_ascii=False, indent=1, allow_nan=False)
    return Document(URL, text + "\n")


def plan_schema() -> dict[str, Any]:
    """Return the JSON Schema of plan.json."""
    return TypeAdapter(PlanExport).json_schema()


def plan_export(scope: Scope) -> PlanExport:
    """Return the plan and its numbers as plain data, records in the order of their ids."""
    capacity = scope.analysis.capacity
    return {
        "version": VERSION,
        "as_of": scope.as_of.isoformat(),
        "audience": scope.audience.word,
        "title": scope.plan.settings.title,
        "goals": [_goal(goal, scope=scope) for goal in scope.plan.goals.values()],
        "milestones": [_milestone(item, scope=scope) for item in scope.plan.milestones.values()],
        "skills": [_skill(skill, scope=scope) for skill in scope.plan.skills.values()],
        "roles": [_role(role, scope=scope) for role in scope.plan.roles.values()],
        "capacity": {
            "hours_per_week": _float(capacity.hours_per_week),
            "fits": capacity.fits,
            "needed_hours_per_week": _float(capacity.needed_hours_per_week),
        },
    }


def _goal(goal: Goal, *, scope: Scope) -> GoalExport:
    numbers = scope.analysis.goals[goal.id]
    found = smart_findings(goal, scope=scope)
    return {
        "id": goal.id,
        "title": goal.title,
        "url": _url(goal.url),
        "kind": goal.fields.kind,
        "horizon": goal.fields.horizon.text if goal.fields.horizon else None,
        "role": goal.fields.role,
        "parent": goal.fields.parent,
        "start": _iso(goal.start.first if goal.start else None),
        "due": _iso(goal.due.last if goal.due else None),
        "status": numbers.status,
        "progress": _float(numbers.leading.progress),
        "expected": _float(numbers.leading.expected),
        "spi": _float(numbers.leading.spi),
        "forecast": _iso(numbers.leading.forecast),
        "slip_days": numbers.leading.slip_days,
        "metric": _metric(goal, scope=scope),
        "milestones": [m.id for m in scope.plan.milestones_of.get(goal.id, ())],
        "smart": {
            letter.value: None
            if letter in scope.untold
            else list(dict.fromkeys(finding.code for finding in findings))
            for letter, findings in found.items()
        },
    }


def _metric(goal: Goal, *, scope: Scope) -> MetricExport | None:
    metric = goal.fields.metric
    if metric is None:
        return None
    current = scope.analysis.goals[goal.id].current
    return {
        "unit": metric.unit,
        "baseline": float(metric.baseline),
        "target": float(metric.target),
        "current": _float(current.value if current else None),
        "as_of": _iso(current.on if current else None),
    }


def _milestone(milestone: Milestone, *, scope: Scope) -> MilestoneExport:
    numbers = scope.analysis.milestones[milestone.id]
    effort = milestone.fields.effort
    return {
        "id": milestone.id,
        "title": milestone.title,
        "url": _url(milestone.url),
        "goal": milestone.fields.goal,
        "due": _iso(milestone.due.last if milestone.due else None),
        "done": _iso(numbers.done_on),
        "weight": _float(milestone.fields.weight),
        "effort": _float(effort.hours if effort else None),
        "projected": _iso(numbers.projected),
        "late_days": numbers.projected_late_days,
    }


def _skill(skill: Skill, *, scope: Scope) -> SkillExport:
    numbers = scope.analysis.skills[skill.id]
    return {
        "id": skill.id,
        "title": skill.title,
        "url": _url(skill.url),
        "level": _float(numbers.level),
        "planned": _float(numbers.planned),
        "required": _float(numbers.required),
    }


def _role(role: Role, *, scope: Scope) -> RoleExport:
    numbers = scope.analysis.roles[role.id]
    return {
        "id": role.id,
        "title": role.title,
        "url": _url(role.url),
        "readiness": _interval(numbers.readiness),
        "met": numbers.met,
        "required": numbers.required,
        "gate": numbers.musts_met,
        "ready": numbers.ready,
        "ready_on": _iso(numbers.ready_on),
        "gaps": [_gap(requirement) for requirement in numbers.gaps],
    }


def _interval(interval: Interval | None) -> IntervalExport | None:
    if interval is None:
        return None
    return {"low": float(interval.low), "high": float(interval.high)}


def _gap(requirement: RequirementNumbers) -> GapExport:
    return {
        "skill": requirement.skill,
        "current": _float(requirement.current),
        "required": float(requirement.required),
        "gap": _float(requirement.gap),
        "weight": float(requirement.weight),
        "must": requirement.must,
        "weighted_gap": _float(requirement.weighted_gap),
        "gain": _float(requirement.gain),
        "effort": _float(requirement.effort),
        "priority": _float(requirement.priority),
        "covered": requirement.covered,
    }


def _url(url: str) -> str:
    return relative(url, page=URL)


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
