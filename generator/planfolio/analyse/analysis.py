"""The analysis of a whole plan."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from planfolio.analyse.capacity import capacity_of
from planfolio.analyse.goals import GoalNumbers, goal_numbers
from planfolio.analyse.history import PersonNumbers, person_numbers
from planfolio.analyse.money import Budget, budget_of
from planfolio.analyse.roles import RoleNumbers, role_numbers
from planfolio.analyse.schedule import Capacity
from planfolio.analyse.skills import SkillNumbers, skill_numbers
from planfolio.analyse.status import StepNumbers
from planfolio.analyse.steps import hours_by_mode, step_numbers
from planfolio.model.kinds.milestone import Mode
from planfolio.model.plan import Plan, Record
from planfolio.model.references import Key
from planfolio.model.table import updated


class Analysis(NamedTuple):
    """All numbers of a plan on the day `as_of`, by id.

    `steps` has the goals, the milestones and the records of other kinds that raise skills or answer
    needs, by key. `learning` has the hours of the steps by mode.

    Ratios are exact fractions from 0 to 1, durations are days, effort is hours. None is unknown,
    which is never shown as zero. No value is rounded.
    """

    as_of: date
    goals: Mapping[str, GoalNumbers]
    steps: Mapping[Key, StepNumbers]
    skills: Mapping[str, SkillNumbers]
    roles: Mapping[str, RoleNumbers]
    capacity: Capacity
    budget: Budget | None
    learning: Mapping[Mode | None, Fraction]
    people: Mapping[str, PersonNumbers]

    def numbers_of(self, key: Key) -> Any:
        """Return the numbers of a record; None where its kind has none."""
        by_id: dict[str, Mapping[str, Any]] = {
            "goal": self.goals,
            "skill": self.skills,
            "role": self.roles,
            "person": self.people,
        }
        return by_id[key.kind].get(key.id) if key.kind in by_id else self.steps.get(key)


def analysed_parts(record: Record[Any]) -> tuple[object, ...]:
    """Return all that the analysis reads of a record: not its title, and no text but its tasks."""
    fields = updated(record.fields, title="")
    return (
        *(record.key, fields, record.visibility, record.body.leaves),
        *(record.start, record.due, record.inherited),
    )


def analyse(plan: Plan, as_of: date) -> Analysis:
    """Return the numbers of a plan on a day. What is dated after it does not count.

    The result depends on the plan and the day alone. The plan has no cycles of parents, nor of
    steps that wait for each other.
    """
    goals = goal_numbers(plan, as_of=as_of)
    steps = step_numbers(plan, goals=goals, as_of=as_of)
    skills = skill_numbers(plan, steps=steps, as_of=as_of)
    capacity = capacity_of(plan, steps=steps, as_of=as_of)
    roles = role_numbers(
        plan, skills=skills, steps=steps, projections=capacity.projections, as_of=as_of
    )
    return Analysis(
        as_of=as_of,
        goals=goals,
        steps=steps,
        skills=skills,
        roles=roles,
        capacity=capacity,
        budget=budget_of(plan, steps=steps, as_of=as_of),
        learning=hours_by_mode(plan, steps=steps),
        people=person_numbers(plan, as_of=as_of),
    )
