"""Needs of roles beside skills: met, answered by a step, or left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.analyse.facts import reached
from planfolio.analyse.results import NeedNumbers, Status
from planfolio.urls import slug

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from planfolio.analyse.results import GoalNumbers, MilestoneNumbers
    from planfolio.model.plan import Key, Plan


def need_numbers(
    plan: Plan,
    *,
    goals: Mapping[str, GoalNumbers],
    milestones: Mapping[str, MilestoneNumbers],
    as_of: date,
) -> dict[str, tuple[NeedNumbers, ...]]:
    """Return the needs of each role, in the order of its file, with their open and done answers."""
    answers = _answers(plan, goals=goals, milestones=milestones)
    found: dict[str, tuple[NeedNumbers, ...]] = {}
    for role in plan.roles.values():
        needs = []
        for index, need in enumerate(role.fields.needs):
            need_id = need.id or slug(need.title)
            met_on = reached(need.met, as_of=as_of)
            steps = tuple(sorted(answers.get(f"{role.id}/{need_id}", ())))
            needs.append(
                NeedNumbers(
                    id=need_id,
                    index=index,
                    met_on=met_on,
                    answers=steps,
                    answered=met_on is not None or bool(steps),
                )
            )
        found[role.id] = tuple(needs)
    return found


def _answers(
    plan: Plan, *, goals: Mapping[str, GoalNumbers], milestones: Mapping[str, MilestoneNumbers]
) -> dict[str, set[Key]]:
    """Return by `role/need` the goals and milestones that name it and are open or done."""
    found: dict[str, set[Key]] = {}
    for goal in plan.goals.values():
        numbers = goals[goal.id]
        if numbers.open or numbers.status is Status.DONE:
            for need in goal.fields.answers:
                found.setdefault(need, set()).add(goal.key)
    for milestone in plan.milestones.values():
        step = milestones[milestone.id]
        if step.open or step.done_on is not None:
            for need in milestone.fields.answers:
                found.setdefault(need, set()).add(milestone.key)
    return found
