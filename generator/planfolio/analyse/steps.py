"""Open steps: what is still to be done, and which skills it raises, how far and at what effort.

Open steps are those of an active goal that is not done: its milestones not reached, or the goal
itself when its milestones do not carry the effort. They carry it when one of them has an effort,
or when the goal has none. A goal that is a step stands for its milestones, and then raises what
they raise; what a goal raises, all its steps do.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.analyse.milestones import due_of
from planfolio.model.kinds.role import RoleStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from planfolio.analyse.results import GoalNumbers, MilestoneNumbers
    from planfolio.model.plan import Goal, Key, Milestone, Plan
    from planfolio.model.values.level import Level


@dataclass(frozen=True, slots=True)
class Raising:
    """How open steps raise one skill.

    `level` is the highest that one of them aims at (None: they only name the skill), `steps` the
    goals and milestones that say so, in order, `hours` their effort with each open step counted
    once (None: no effort is known), `due` their earliest day.
    """

    level: Fraction | None
    steps: tuple[Key, ...]
    hours: Fraction | None
    due: date | None


@dataclass(frozen=True, slots=True)
class _Claim:
    """What one goal or milestone says about one skill; `work` has the hours of its open steps."""

    skill: str
    by: Key
    level: Fraction | None
    due: date | None
    work: Mapping[Key, Fraction]


def required_levels(plan: Plan) -> dict[str, Fraction]:
    """Return for each skill the highest level that a target role asks for."""
    found: dict[str, Fraction] = {}
    for role in plan.roles.values():
        if role.fields.status is not RoleStatus.TARGET:
            continue
        for skill, requirement in role.fields.requires.items():
            if requirement.level is not None:
                level = requirement.level.number
                found[skill] = max(level, found.get(skill, level))
    return found


def raisings(
    plan: Plan,
    *,
    goals: Mapping[str, GoalNumbers],
    milestones: Mapping[str, MilestoneNumbers],
    required: Mapping[str, Fraction],
) -> dict[str, Raising]:
    """Return by skill how the open steps raise it; `required` has what the target roles ask.

    A skill that is raised without a level is raised as far as the goal's role asks, else as far
    as any target role does.
    """
    claims: dict[str, list[_Claim]] = {}
    for goal in plan.goals.values():
        if goals[goal.id].open:
            for claim in _claims(plan, goal, milestones=milestones, required=required):
                claims.setdefault(claim.skill, []).append(claim)
    for milestone in plan.milestones.values():
        if milestone.fields.goal not in plan.goals and milestones[milestone.id].open:
            due, work = due_of(milestone, goal=None), _hours(milestone)
            for skill, level in milestone.fields.raises.items():
                aim = level.number if level is not None else required.get(skill)
                claim = _Claim(skill, milestone.key, aim, due, work)
                claims.setdefault(skill, []).append(claim)
    return {skill: _together(said) for skill, said in claims.items()}


def _claims(
    plan: Plan,
    goal: Goal,
    *,
    milestones: Mapping[str, MilestoneNumbers],
    required: Mapping[str, Fraction],
) -> Iterator[_Claim]:
    def aim(skill: str, level: Level | None) -> Fraction | None:
        if level is not None:
            return level.number
        role = plan.roles.get(goal.fields.role) if goal.fields.role is not None else None
        asked = role.fields.requires.get(skill) if role is not None else None
        if asked is not None and asked.level is not None:
            return asked.level.number
        return required.get(skill)

    all_steps = plan.milestones_of.get(goal.id, ())
    left = [milestone for milestone in all_steps if milestones[milestone.id].open]
    carried = _carry_effort(all_steps, goal=goal)
    work: dict[Key, Fraction] = {}
    for record in left if carried else [goal]:
        work.update(_hours(record))
    due = goal.due.last if goal.due is not None else None
    for skill, level in goal.fields.raises.items():
        yield _Claim(skill, goal.key, aim(skill, level), due, work)
    for milestone in left:
        due, own = due_of(milestone, goal=goal), _hours(milestone) if carried else work
        for skill, level in milestone.fields.raises.items():
            yield _Claim(skill, milestone.key, aim(skill, level), due, own)


def _carry_effort(milestones: Sequence[Milestone], *, goal: Goal) -> bool:
    if any(milestone.fields.effort is not None for milestone in milestones):
        return True
    return bool(milestones) and goal.fields.effort is None


def _hours(record: Goal | Milestone) -> dict[Key, Fraction]:
    effort = record.fields.effort
    return {record.key: effort.hours} if effort is not None else {}


def _together(claims: Sequence[_Claim]) -> Raising:
    hours: dict[Key, Fraction] = {}
    for claim in claims:
        hours.update(claim.work)
    levels = [claim.level for claim in claims if claim.level is not None]
    return Raising(
        level=max(levels, default=None),
        steps=tuple(sorted({claim.by for claim in claims})),
        hours=sum(hours.values(), Fraction(0)) if hours else None,
        due=min((claim.due for claim in claims if claim.due is not None), default=None),
    )
