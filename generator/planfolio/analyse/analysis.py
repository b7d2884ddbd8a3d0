"""The analysis of a whole plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planfolio.analyse.capacity import capacity_of
from planfolio.analyse.goals import goal_numbers
from planfolio.analyse.learning import learning_modes
from planfolio.analyse.measurements import review_measurements
from planfolio.analyse.money import budget_of
from planfolio.analyse.people import person_numbers
from planfolio.analyse.roles import need_numbers, rises, role_numbers
from planfolio.analyse.skills import required_levels, skill_numbers
from planfolio.analyse.steps import raisings, safe_steps, step_numbers
from planfolio.model.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from planfolio.analyse.capacity import Capacity
    from planfolio.analyse.gaps import RoleNumbers
    from planfolio.analyse.goals import GoalNumbers
    from planfolio.analyse.learning import LearningModes
    from planfolio.analyse.money import Budget
    from planfolio.analyse.people import PersonNumbers
    from planfolio.analyse.skills import SkillNumbers
    from planfolio.analyse.status import StepNumbers
    from planfolio.model.plan import Plan
    from planfolio.model.references import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """All numbers of a plan on the day `as_of`, by id.

    `steps` has the goals, the milestones and the records of other kinds that raise skills or answer
    needs, by key.
    """

    as_of: date
    goals: Mapping[str, GoalNumbers]
    steps: Mapping[Key, StepNumbers]
    skills: Mapping[str, SkillNumbers]
    roles: Mapping[str, RoleNumbers]
    capacity: Capacity
    budget: Budget | None
    learning: LearningModes | None
    people: Mapping[str, PersonNumbers]


def analyse(plan: Plan, as_of: date, *, memory: Memo | None = None) -> Analysis:
    """Return the numbers of a plan on a day. Facts dated after it do not count.

    The result depends on the plan and the day alone. The plan has no cycles of parents. `memory`
    makes it faster to analyse records of which most are the same objects as before.
    """
    memory = Memo() if memory is None else memory
    memory.begin((as_of, plan.settings.plan.time_off))
    reviews = review_measurements(plan, as_of=as_of)
    goals = goal_numbers(plan, reviews=reviews.metrics, as_of=as_of, memory=memory)
    steps = step_numbers(plan, goals=goals, as_of=as_of, memory=memory)
    required = required_levels(plan)
    raising = raisings(plan, steps=steps, required=required)
    skills = skill_numbers(
        plan, reviews=reviews.levels, raisings=raising, required=required, as_of=as_of
    )
    capacity = capacity_of(plan, steps=steps, as_of=as_of)
    needs = need_numbers(plan, steps=steps, as_of=as_of)
    return Analysis(
        as_of=as_of,
        goals=goals,
        steps=steps,
        skills=skills,
        roles=role_numbers(
            plan,
            skills=skills,
            raisings=raising,
            needs=needs,
            safe=safe_steps(plan, steps=steps),
            rises=rises(plan, raisings=raising, capacity=capacity),
        ),
        capacity=capacity,
        budget=budget_of(plan, steps=steps, as_of=as_of),
        learning=learning_modes(plan, steps=steps),
        people=person_numbers(plan, as_of=as_of),
    )
