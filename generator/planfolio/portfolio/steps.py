"""Steps of the plan, goals and milestones alike: what each raises, answers and waits for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from planfolio.analyse.results import Status
from planfolio.model.kinds.milestone import MilestoneFields
from planfolio.model.plan import Goal, Key, Milestone
from planfolio.portfolio.badges import goal_badge, milestone_badge
from planfolio.portfolio.components import Badge, Cell, Fact, Linked, Table
from planfolio.portfolio.facts import key_of
from planfolio.portfolio.formats import levels
from planfolio.portfolio.levels import level_dots, short_level

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from planfolio.model.plan import Record, Skill
    from planfolio.portfolio.scope import Scope

StepRecord: TypeAlias = Goal | Milestone


def goal_of(step: StepRecord, *, scope: Scope) -> Goal | None:
    """Return the goal that a milestone belongs to; a goal belongs to none."""
    if isinstance(step.fields, MilestoneFields):
        return scope.plan.goals.get(step.fields.goal or "")
    return None


@dataclass(frozen=True, slots=True)
class _Raise:
    """A skill that a step raises to a level; `asked` is what the role asks, where one does."""

    skill: Skill
    to: Fraction | None
    asked: Fraction | None


def step_badge(key: Key, *, scope: Scope) -> Badge | None:
    """Return the status of a goal or a milestone."""
    if key.kind == "goal" and key.id in scope.analysis.goals:
        return goal_badge(scope.analysis.goals[key.id])
    if key.kind == "milestone" and key.id in scope.analysis.milestones:
        return milestone_badge(scope.analysis.milestones[key.id])
    return None


def is_done(key: Key, *, scope: Scope) -> bool:
    """Return whether a goal is done or a milestone reached."""
    if key.kind == "goal":
        goal = scope.analysis.goals.get(key.id)
        return goal is not None and goal.status is Status.DONE
    milestone = scope.analysis.milestones.get(key.id)
    return milestone is not None and milestone.status is Status.DONE


def waits_for(step: StepRecord, *, scope: Scope) -> tuple[Key, ...]:
    """Return the steps that must be finished before this one, as its `after` names them."""
    keys = (key_of(after, kinds=("goal", "milestone")) for after in step.fields.after)
    return tuple(key for key in keys if key in scope.plan.records)


def raises_table(
    steps: Iterable[StepRecord], *, role: str | None, scope: Scope, caption: str
) -> Table | None:
    """Return the skills that some steps raise, and what that does for the role; None if none do."""
    found: dict[str, _Raise] = {}
    for step in steps:
        for skill_id, level in step.fields.raises.items():
            skill = scope.plan.skills.get(skill_id)
            if skill is None:
                continue
            asked = _asked(skill_id, role=role, scope=scope)
            to = level.number if level is not None else asked
            known = found.get(skill_id)
            if known is None or (to is not None and (known.to is None or to > known.to)):
                found[skill_id] = _Raise(skill, to, asked)
    if not found:
        return None
    return Table(
        caption,
        ("Skill", "Now", "Raised to", "Asked for", "What it does"),
        tuple(_raise_row(item, scope=scope) for item in found.values()),
    )


def answers_fact(key: Key, *, scope: Scope) -> tuple[Fact, ...]:
    """Return the needs of roles that a step answers, with the roles, as a fact if there are any."""
    items = []
    for place in scope.answered.get(key, ()):
        role = scope.plan.roles[place.role]
        need = role.fields.needs[place.index]
        items.append(Linked(need.title, role.url, f"of {role.title}"))
    return (Fact("Answers", tuple(items)),) if items else ()


def neighbour_facts(
    before: Record[Any] | None, after: Record[Any] | None, *, scope: Scope
) -> tuple[Fact, ...]:
    """Return the records before and after one as facts."""
    sides = (("Before this", before), ("After this", after))
    return tuple(Fact(label, (scope.link(r),)) for label, r in sides if r is not None)


def _asked(skill: str, *, role: str | None, scope: Scope) -> Fraction | None:
    """Return what the role asks of a skill, else the most that any target role asks."""
    numbers = scope.analysis.roles.get(role or "")
    requirements = numbers.requirements if numbers else ()
    own = next((r.required for r in requirements if r.skill == skill), None)
    return own if own is not None else scope.analysis.skills[skill].required


def _raise_row(item: _Raise, *, scope: Scope) -> tuple[Cell, ...]:
    now = scope.analysis.skills[item.skill.id].level
    scale = scope.scale_of(item.skill)
    return (
        Cell((scope.link(item.skill),)),
        Cell(dots=level_dots(now, scale=scale, planned=item.to, wanted=item.asked)),
        Cell((Linked(short_level(item.to, scale=scale) if item.to is not None else "not said"),)),
        Cell((Linked(short_level(item.asked, scale=scale) if item.asked is not None else "–"),)),
        _effect(now, to=item.to, asked=item.asked),
    )


def _effect(now: Fraction | None, *, to: Fraction | None, asked: Fraction | None) -> Cell:
    """Say what raising a skill from `now` to `to` does about what is asked."""
    if asked is None:
        return Cell((Linked("No role asks for it yet"),))
    if now is None:
        return Cell(badge=Badge("Gap unknown", "unknown", "not rated yet"))
    if now >= asked:
        return Cell(badge=Badge("No gap", "done"))
    if to is not None and to >= asked:
        return Cell(badge=Badge("Closes the gap", "good", f"of {levels(asked - now)}"))
    if to is not None and to > now:
        left = levels(asked - to)
        return Cell(badge=Badge("Narrows the gap", "fair", f"{left} left"))
    return Cell(badge=Badge("Leaves the gap", "poor", f"of {levels(asked - now)}"))
