"""From a plan and a day to all its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.analyse.current import reviewed
from planfolio.analyse.goals import goal_numbers
from planfolio.analyse.milestones import milestone_numbers
from planfolio.analyse.needs import need_numbers
from planfolio.analyse.results import Analysis, Capacity
from planfolio.analyse.roles import role_numbers
from planfolio.analyse.skills import skill_numbers
from planfolio.analyse.steps import raisings, required_levels

if TYPE_CHECKING:
    from datetime import date

    from planfolio.analyse.results import GoalNumbers
    from planfolio.memo import Derived
    from planfolio.model.plan import Plan


def analyse(plan: Plan, as_of: date, *, known: Derived[str, GoalNumbers] | None = None) -> Analysis:
    """Return the numbers of a plan as they stand on a day; facts dated after it do not count.

    Pure: the same plan and day give the same numbers, whatever the clock says. `known` are those of
    the goals the time before, used again where nothing has changed that they are made from.
    """
    reviews = reviewed(plan, as_of=as_of)
    goals = goal_numbers(plan, reviews=reviews.metrics, as_of=as_of, known=known)
    milestones = milestone_numbers(plan, goals=goals, as_of=as_of)
    required = required_levels(plan)
    raising = raisings(plan, goals=goals, milestones=milestones, required=required)
    skills = skill_numbers(
        plan, reviews=reviews.levels, raisings=raising, required=required, as_of=as_of
    )
    needs = need_numbers(plan, goals=goals, milestones=milestones, as_of=as_of)
    return Analysis(
        as_of=as_of,
        goals=goals,
        milestones=milestones,
        skills=skills,
        roles=role_numbers(plan, skills=skills, raisings=raising, needs=needs),
        capacity=Capacity(hours_per_week=plan.settings.plan.hours_per_week),
    )
