"""Roles: gaps in the order in which to close them, readiness now and by the plan, and needs.

Effort is hours, levels are numbers of the skill's scale. None is unknown, which is never zero.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from planfolio.analyse.days import counts_from
from planfolio.analyse.schedule import Projection
from planfolio.analyse.skills import SkillNumbers
from planfolio.analyse.status import Status, StepNumbers
from planfolio.analyse.steps import safe_steps
from planfolio.model.kinds.role import Requirement
from planfolio.model.plan import Plan, Role, grouped
from planfolio.model.references import Key

_COMMON_TOP = 5
"""A level counts in sums as `level * 5 / top of its scale`, so that all scales weigh alike."""


class Coverage(StrEnum):
    """Whether the open steps close a gap."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class RequirementNumbers(NamedTuple):
    """The gap between the level of a skill that a role requires and the current level.

    `gap` is in levels of the skill's scale, `weighted_gap` in levels of a scale of 5 times the
    weight, `gain` a share of the role's readiness, `effort` the hours of the open steps that raise
    the skill, `priority` the weighted gap per hour. All are None for an unrated skill, unless the
    role requires level 0. `covered` is None only where the level is reached. `steps` are the open
    ones that raise the skill, for whatever role; `closers` are those of them that
    raise it as far as required, and `safe` says whether one of these goes well (None: there is no
    gap, or none closes it).
    """

    skill: str
    current: Fraction | None
    required: Fraction
    stretch: Fraction | None
    weight: Fraction
    must: bool
    gap: Fraction | None
    weighted_gap: Fraction | None
    gain: Fraction | None
    effort: Fraction | None
    priority: Fraction | None
    covered: Coverage | None
    planned: Fraction | None
    steps: tuple[Key, ...]
    closers: tuple[Key, ...]
    safe: bool | None
    points: Fraction
    """What one level counts in sums."""

    @property
    def met(self) -> bool:
        """Whether the level is known to be reached."""
        return self.gap == 0


class Interval(NamedTuple):
    """The bounds of a share that is not known exactly."""

    low: Fraction
    high: Fraction


class NeedNumbers(NamedTuple):
    """The state of a need of a role: the day it was met, and the open and done steps for it."""

    id: str
    met_on: date | None
    answers: tuple[Key, ...]


class RoleNumbers(NamedTuple):
    """The numbers of a role: its readiness, and its requirements in the order of priority.

    `readiness` is None where nothing is required; `planned_readiness` is what it will be by the
    planned levels. `musts_met` and `ready` are None while unrated skills leave them open.
    `ready_on` is the day on which it will be by the schedule. `needs` come in the order of its
    file.
    """

    id: str
    readiness: Interval | None
    planned_readiness: Interval | None
    musts_met: bool | None
    ready: bool | None
    ready_on: date | None
    requirements: tuple[RequirementNumbers, ...]
    needs: tuple[NeedNumbers, ...]

    @property
    def gaps(self) -> tuple[RequirementNumbers, ...]:
        """The requirements that are not known to be met, in the order of priority."""
        return tuple(r for r in self.requirements if not r.met)


def role_numbers(
    plan: Plan,
    *,
    skills: Mapping[str, SkillNumbers],
    steps: Mapping[Key, StepNumbers],
    projections: Mapping[Key, Projection],
    as_of: date,
) -> dict[str, RoleNumbers]:
    """Return the numbers of all roles by id, whatever their status."""
    answers = _answers(plan, steps=steps)
    safe = safe_steps(plan, steps=steps)
    found: dict[str, RoleNumbers] = {}
    for role in plan.roles.values():
        requirements = _requirement_numbers(role, skills=skills, safe=safe)
        total = sum((r.points * r.required for r in requirements), Fraction(0))
        readiness = _readiness(requirements, total=total)
        musts_met = _all_met(r for r in requirements if r.must)
        ready_at = role.fields.ready_at / 100
        ready = _ready(readiness, musts_met=musts_met, ready_at=ready_at)
        ready_on = None
        if total and not ready:
            rises = _rises(requirements, plan, skills=skills, projections=projections)
            ready_on = _ready_on(requirements, rises, enough=ready_at * total)
        found[role.id] = RoleNumbers(
            id=role.id,
            readiness=readiness,
            planned_readiness=_readiness(requirements, total=total, by_plan=True),
            musts_met=musts_met,
            ready=ready,
            ready_on=ready_on,
            requirements=requirements,
            needs=_needs(role, answers=answers, as_of=as_of),
        )
    return found


def _requirement_numbers(
    role: Role, *, skills: Mapping[str, SkillNumbers], safe: Container[Key]
) -> tuple[RequirementNumbers, ...]:
    """Return the requirements of a role, the first to close first.

    One without a level cannot be measured, so it is left out.
    """
    required = [
        (skills[skill], requirement, requirement.level.number)
        for skill, requirement in role.fields.requires.items()
        if requirement.level is not None and skill in skills
    ]
    total = sum((_points(skill, r) * level for skill, r, level in required), Fraction(0))
    found = [_requirement(skill, r, level, total=total, safe=safe) for skill, r, level in required]
    return tuple(sorted(found, key=lambda each: _first_to_close(each, skills[each.skill])))


def _points(skill: SkillNumbers, requirement: Requirement) -> Fraction:
    """Return what a level counts in sums: nothing on a scale whose top is not above 0."""
    return requirement.weight * _COMMON_TOP / skill.top if skill.top > 0 else Fraction(0)


def _requirement(
    skill: SkillNumbers,
    requirement: Requirement,
    level: Fraction,
    *,
    total: Fraction,
    safe: Container[Key],
) -> RequirementNumbers:
    """Return the numbers of a requirement; `total` is what all levels of the role count."""
    raising, points = skill.raising, _points(skill, requirement)
    gap = weighted_gap = gain = effort = priority = covered = None
    # An unrated skill has at least level 0, which is enough where no more is required.
    current = Fraction(0) if skill.level is None and level <= 0 else skill.level
    if current is not None:
        gap = max(Fraction(0), level - current)
        weighted_gap = gap * points
        gain = weighted_gap / total if total else None
        effort = raising.hours
        priority = weighted_gap / effort if effort else None
    if gap != 0:
        covered = Coverage.PARTLY if skill.steps else Coverage.NO
        if skill.planned is not None and skill.planned >= level:
            covered = Coverage.YES
    closers: tuple[Key, ...] = ()
    if covered is Coverage.YES:
        closers = tuple(step for step, to in raising.levels if to >= level)
    return RequirementNumbers(
        skill=skill.id,
        current=skill.level,
        required=level,
        stretch=requirement.stretch.number if requirement.stretch is not None else None,
        weight=requirement.weight,
        must=requirement.must,
        gap=gap,
        weighted_gap=weighted_gap,
        gain=gain,
        effort=effort,
        priority=priority,
        covered=covered,
        planned=skill.planned,
        steps=skill.steps,
        closers=closers,
        safe=any(step in safe for step in closers) if closers else None,
        points=points,
    )


def _first_to_close(requirement: RequirementNumbers, skill: SkillNumbers) -> tuple[object, ...]:
    """Return the sort key of requirements: gaps first, those of a must before the others.

    Then rated before unrated, no priority (no effort is known) before the highest, the larger
    weighted gap, the earliest day on which a step that raises the skill is due, the id.
    """
    return (
        requirement.met,
        not requirement.must,
        requirement.gap is None,
        requirement.priority is not None,
        -(requirement.priority or 0),
        -(requirement.weighted_gap or 0),
        skill.raising.due or date.max,
        requirement.skill,
    )


def _needs(
    role: Role, *, answers: Mapping[str, Sequence[Key]], as_of: date
) -> tuple[NeedNumbers, ...]:
    return tuple(
        NeedNumbers(
            need.name,
            counts_from(need.met, as_of=as_of),
            tuple(sorted(answers.get(f"{role.id}/{need.name}", ()))),
        )
        for need in role.fields.needs
    )


def _answers(plan: Plan, *, steps: Mapping[Key, StepNumbers]) -> Mapping[str, Sequence[Key]]:
    """Return the open and done steps that answer each need, by `ROLE/NEED`."""
    return grouped(
        (need, key)
        for key, step in steps.items()
        if step.is_open or step.status is Status.DONE
        for need in dict.fromkeys(getattr(plan.records[key].fields, "answers", ()))
    )


def _readiness(
    requirements: Iterable[RequirementNumbers], *, total: Fraction, by_plan: bool = False
) -> Interval | None:
    """Return the weighted share of the required levels that is there; a surplus never compensates.

    An unrated skill counts as 0 at the low end and as required at the high end. `by_plan` takes the
    planned level where it is higher. None stands for not applicable: nothing is required.
    """
    if not total:
        return None
    low = high = Fraction(0)
    for r in requirements:
        there = Fraction(0) if r.gap is None else r.required - r.gap
        if by_plan and r.planned is not None:
            there = max(there, min(r.planned, r.required))
        low += r.points * there
        high += r.points * (r.required if r.gap is None else there)
    return Interval(low / total, high / total)


def _all_met(musts: Iterable[RequirementNumbers]) -> bool | None:
    """Return whether all are met: False if one is known not to be, None if one is unrated."""
    states = [None if must.gap is None else must.met for must in musts]
    if False in states:
        return False
    return None if None in states else True


def _ready(
    readiness: Interval | None, *, musts_met: bool | None, ready_at: Fraction
) -> bool | None:
    if readiness is None:
        return None
    if readiness.high < ready_at or musts_met is False:
        return False
    return True if readiness.low >= ready_at and musts_met else None


def _rises(
    requirements: Iterable[RequirementNumbers],
    plan: Plan,
    *,
    skills: Mapping[str, SkillNumbers],
    projections: Mapping[Key, Projection],
) -> list[tuple[date, str, Fraction]]:
    """Return the day, the skill and the level of what steps raise by the schedule, in order.

    What a milestone without an effort raises is raised once its goal is finished.
    """
    found = []
    for requirement in requirements:
        for step, level in skills[requirement.skill].raising.levels:
            goal = Key("goal", getattr(plan.records[step].fields, "goal", None) or "")
            projection = projections.get(step) or projections.get(goal)
            if projection is not None:
                found.append((projection.finish, requirement.skill, level))
    return sorted(found)


def _ready_on(
    requirements: Iterable[RequirementNumbers],
    rises: Iterable[tuple[date, str, Fraction]],
    *,
    enough: Fraction,
) -> date | None:
    """Return the first day of a rise by which a role is ready, None if there is none.

    `enough` is what the levels have to count together. Unrated skills count as 0.
    """
    required = {r.skill: r for r in requirements}
    levels = {skill: min(r.current or Fraction(0), r.required) for skill, r in required.items()}
    missing = {skill for skill, r in required.items() if r.must and levels[skill] < r.required}
    there = sum((level * required[skill].points for skill, level in levels.items()), Fraction(0))
    for day, skill, raised in rises:
        requirement = required[skill]
        level = min(raised, requirement.required)
        if level > levels[skill]:
            there += (level - levels[skill]) * requirement.points
            levels[skill] = level
            if level == requirement.required:
                missing.discard(skill)
            if not missing and there >= enough:
                return day
    return None
