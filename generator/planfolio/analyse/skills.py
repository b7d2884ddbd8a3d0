"""Skills: the level of each on its scale, what roles require, and where open steps take it.

What a goal raises, all its steps do. A goal that is a step stands for its milestones and raises
what they raise. The hours of a record of another kind that belongs to a goal are part of the
goal's for what both raise.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from planfolio.analyse.history import Measurement, level_measurements
from planfolio.analyse.status import StepNumbers
from planfolio.analyse.steps import due_of, effort_steps
from planfolio.model.field_walk import record_day
from planfolio.model.kinds.role import RoleStatus
from planfolio.model.plan import Goal, Plan, Record, Role
from planfolio.model.references import Key
from planfolio.model.scales import Level
from planfolio.model.values.dates import PlanDate

_OF_GOALS = ("goal", "milestone")


class Raising(NamedTuple):
    """How the open steps raise one skill.

    `level` is the highest that one of them names (None: they only name the skill), `levels` has the
    level to which each raises it, `hours` their effort with each open step counted once (None: no
    effort is known), `due` their earliest due day.
    """

    level: Fraction | None = None
    levels: tuple[tuple[Key, Fraction], ...] = ()
    hours: Fraction | None = None
    due: date | None = None


class SkillNumbers(NamedTuple):
    """The numbers of a skill: its current, planned and required level on its scale.

    `level` is None for an unrated skill. `planned` is the highest level to which an open step
    raises it, if above the current one or if that is unrated. `required` is the highest level that
    a target role requires. `steps` are the open ones that raise it, and `raising` says how far.
    `top` is the highest number of its scale.
    """

    id: str
    level: Fraction | None
    top: Fraction
    measurements: tuple[Measurement, ...]
    planned: Fraction | None
    required: Fraction | None
    steps: tuple[Key, ...]
    raising: Raising
    newest_evidence: date | None

    @property
    def current(self) -> Measurement | None:
        """The measurement that gives the level."""
        return self.measurements[-1] if self.measurements else None


class _RaisedBy(NamedTuple):
    """How one open step raises a skill; `work` has the hours of the steps that it stands for."""

    step: Key
    goal: Key | None
    level: Fraction | None
    due: date | None
    work: Mapping[Key, Fraction]


def skill_numbers(
    plan: Plan, *, steps: Mapping[Key, StepNumbers], as_of: date
) -> dict[str, SkillNumbers]:
    """Return the numbers of all skills by id."""
    required = required_levels(plan)
    raised = _raised_by_steps(plan, steps=steps, required=required)
    evidence = _newest_evidence(plan, as_of=as_of)
    measurements = level_measurements(plan, as_of=as_of)
    found: dict[str, SkillNumbers] = {}
    for skill in plan.skills.values():
        own = raised.get(skill.id, ())
        raising = _together(own)
        values = measurements[skill.id]
        level = values[-1].value if values else None
        rises = raising.level is not None and (level is None or raising.level > level)
        found[skill.id] = SkillNumbers(
            id=skill.id,
            level=level,
            top=plan.scale_of(skill).top,
            measurements=values,
            planned=raising.level if rises else None,
            required=required.get(skill.id),
            steps=tuple(sorted({one.step for one in own})),
            raising=raising,
            newest_evidence=evidence.get(skill.id),
        )
    return found


def required_levels(plan: Plan) -> dict[str, Fraction]:
    """Return for each skill the highest level that a target role requires."""
    found: dict[str, Fraction] = {}
    for role in plan.roles.values():
        if role.fields.status is not RoleStatus.TARGET:
            continue
        for skill, requirement in role.fields.requires.items():
            if requirement.level is not None:
                level = requirement.level.number
                found[skill] = max(level, found.get(skill, level))
    return found


def raised_to(
    skill: str, level: Level | None, *, role: Role | None, required: Fraction | None
) -> Fraction | None:
    """Return the level that a skill is raised to: as written, else as the role requires.

    `required` is what any target role does, where the role says nothing.
    """
    if level is not None:
        return level.number
    requirement = role.fields.requires.get(skill) if role is not None else None
    if requirement is not None and requirement.level is not None:
        return requirement.level.number
    return required


def _raised_by_steps(
    plan: Plan, *, steps: Mapping[Key, StepNumbers], required: Mapping[str, Fraction]
) -> dict[str, list[_RaisedBy]]:
    """Return by skill what the open steps raise.

    A skill that is raised without a level is raised as far as the goal's role requires, else as far
    as any target role does.
    """
    carriers = effort_steps(plan, steps=steps)
    found: dict[str, list[_RaisedBy]] = {}
    for key, step in steps.items():
        record = plan.records[key]
        raises = getattr(record.fields, "raises", None) if step.is_open else None
        if not raises:
            continue
        goal = record if key.kind == "goal" else plan.goal_of(record)
        role = plan.roles.get(goal.fields.role or "") if goal is not None else None
        work = _hours(record, goal, carriers, steps=steps)
        due = due_of(record, goal)
        for skill, level in raises.items():
            aim = raised_to(skill, level, role=role, required=required.get(skill))
            found.setdefault(skill, []).append(
                _RaisedBy(key, goal.key if goal else None, aim, due.last if due else None, work)
            )
    return found


def _hours(
    record: Record[Any],
    goal: Goal | None,
    carriers: Mapping[str, Sequence[Record[Any]]],
    *,
    steps: Mapping[Key, StepNumbers],
) -> dict[Key, Fraction]:
    """Return the hours of the open steps that a record stands for, by step.

    A goal stands for what carries its effort, a milestone that does not carry it for its goal.
    """
    of_goal = carriers[goal.id] if goal is not None and record.key.kind in _OF_GOALS else ()
    own = not of_goal or (record is not goal and of_goal[0] is not goal)
    efforts = {r.key: getattr(r.fields, "effort", None) for r in ((record,) if own else of_goal)}
    return {
        key: effort.hours
        for key, effort in efforts.items()
        if effort is not None and steps[key].is_open
    }


def _together(raised: Sequence[_RaisedBy]) -> Raising:
    """Return how steps raise a skill; hours that are part of a goal's count with that goal."""
    with_hours = {one.goal for one in raised if one.step.kind in _OF_GOALS and one.work}
    hours: dict[Key, Fraction] = {}
    for one in raised:
        if one.step.kind in _OF_GOALS or one.goal is None or one.goal not in with_hours:
            hours.update(one.work)
    levels = tuple(sorted((one.step, one.level) for one in raised if one.level is not None))
    return Raising(
        level=max((level for _, level in levels), default=None),
        levels=levels,
        hours=sum(hours.values(), Fraction(0)) if hours else None,
        due=min((one.due for one in raised if one.due is not None), default=None),
    )


def _newest_evidence(plan: Plan, *, as_of: date) -> dict[str, date]:
    """Return by skill the day of the newest evidence that exists by as_of.

    Evidence is listed with a skill, or is a record of a kind whose fields name skills that it
    shows. Of a partly given date it is the last day so far, so that nothing is called older than
    it may be.
    """
    dated: list[tuple[str, PlanDate | None]] = [
        (skill.id, evidence.date)
        for skill in plan.skills.values()
        for evidence in skill.fields.evidence
        if not evidence.planned
    ]
    for edge in plan.edges:
        if edge.target.kind == "skill" and edge.source in plan.records:
            record = plan.records[edge.source]
            if edge.loc[0] in record.kind.evidence_fields:
                dated.append((edge.target.id, record_day(record.fields)))
    found: dict[str, date] = {}
    for skill_id, when in dated:
        if when is not None and when.first <= as_of:
            day = min(when.last, as_of)
            found[skill_id] = max(day, found.get(skill_id, day))
    return found
