"""What was known on an earlier day: the status of goals, levels of skills, readiness for roles.

Only what has a date can be known for an earlier day. A level or a value without a date is known for
the present only. Of a plan without some reviews it is what those know who do not see them.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from planfolio.analyse.goals import GoalNumbers, goal_numbers
from planfolio.analyse.roles import RoleNumbers, role_numbers
from planfolio.analyse.skills import SkillNumbers, skill_numbers
from planfolio.model.plan import Goal, Plan, Record, Role
from planfolio.model.references import Key
from planfolio.model.table import updated


def goals_known_on(
    day: date, goals: Iterable[Goal], *, plan: Plan, undated: Collection[str]
) -> dict[str, GoalNumbers]:
    """Return the numbers of goals, and of their parts, as they were known on a day.

    The current value of the goals in `undated` is left out where it has no date, as it may be of
    any day. The ticks of a checklist have no date either, and count.
    """
    records = _records_behind(goals, plan=plan)
    for key, record in records.items():
        metric = record.fields.metric if key.kind == "goal" and key.id in undated else None
        if metric is not None and metric.as_of is None:
            fields = updated(record.fields, metric=updated(metric, current=None))
            records[key] = record._replace(fields=fields)
    return goal_numbers(replace(plan, records=records), as_of=day)


def roles_known_on(
    day: date, roles: Collection[Role], *, plan: Plan, undated: bool
) -> tuple[dict[str, RoleNumbers], dict[str, SkillNumbers]]:
    """Return the numbers of roles and of the skills that they require as they were known on a day.

    Levels without a date count if `undated`.
    """
    required = {skill for role in roles for skill in role.fields.requires}
    records: dict[Key, Record[Any]] = {r.key: r for r in (*roles, *plan.reviews.values())}
    for skill in plan.skills.values():
        if skill.id not in required:
            continue
        records[skill.key] = skill
        if not undated and skill.fields.assessed is None and skill.fields.level is not None:
            fields = updated(skill.fields, level=None)
            records[skill.key] = skill._replace(fields=fields)
    known = replace(plan, records=records, edges=())
    skills = skill_numbers(known, steps={}, as_of=day)
    return role_numbers(known, skills=skills, steps={}, projections={}, as_of=day), skills


def _records_behind(goals: Iterable[Goal], *, plan: Plan) -> dict[Key, Record[Any]]:
    """Return all that the status of goals comes from: them, their parts, and their reviews."""
    found: dict[Key, Record[Any]] = {}
    left = list(goals)
    while left:
        goal = left.pop()
        if goal.key in found:
            continue
        found[goal.key] = goal
        found |= {m.key: m for m in plan.milestones_of.get(goal.id, ())}
        for edge in plan.edges_to.get(goal.key, ()):
            if edge.source.kind == "review" and edge.source in plan.records:
                found[edge.source] = plan.records[edge.source]
        left += plan.children_of.get(goal.id, ())
    return found
