"""Roles: readiness, the requirements in the order in which to close them, and other needs."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from planfolio.analyse.days import reached
from planfolio.analyse.gaps import Coverage, Interval, NeedNumbers, RequirementNumbers, RoleNumbers
from planfolio.analyse.status import Status
from planfolio.model.references import Key
from planfolio.urls import slug

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from planfolio.analyse.capacity import Capacity
    from planfolio.analyse.skills import SkillNumbers
    from planfolio.analyse.status import StepNumbers
    from planfolio.analyse.steps import Raising
    from planfolio.model.kinds.role import Requirement
    from planfolio.model.plan import Plan, Role

COMMON_TOP = 5
"""A level counts in sums as `level * 5 / top of its scale`, so that all scales weigh alike."""


class Rise(NamedTuple):
    """A level that a skill reaches on a day."""

    on: date
    skill: str
    level: Fraction


def role_numbers(
    plan: Plan,
    *,
    skills: Mapping[str, SkillNumbers],
    raisings: Mapping[str, Raising],
    needs: Mapping[str, Sequence[NeedNumbers]],
    safe: Container[Key],
    rises: Sequence[Rise] = (),
) -> dict[str, RoleNumbers]:
    """Return the numbers of all roles by id, whatever their status.

    `needs` has those of each role, `safe` the steps that go well, `rises` are in order.
    """
    return {
        role.id: _numbers(
            role,
            skills=skills,
            raisings=raisings,
            needs=needs.get(role.id, ()),
            safe=safe,
            rises=rises,
        )
        for role in plan.roles.values()
    }


def need_numbers(
    plan: Plan, *, steps: Mapping[Key, StepNumbers], as_of: date
) -> dict[str, tuple[NeedNumbers, ...]]:
    """Return the needs of each role, in the order of its file, with their open and done steps."""
    answers: dict[str, set[Key]] = {}
    for key, step in steps.items():
        if step.open or step.status is Status.DONE:
            for need in getattr(plan.records[key].fields, "answers", ()):
                answers.setdefault(need, set()).add(key)
    found: dict[str, tuple[NeedNumbers, ...]] = {}
    for role in plan.roles.values():
        needs = []
        for index, need in enumerate(role.fields.needs):
            need_id = need.id or slug(need.title)
            met_on = reached(need.met, as_of=as_of)
            named = tuple(sorted(answers.get(f"{role.id}/{need_id}", ())))
            needs.append(NeedNumbers(id=need_id, index=index, met_on=met_on, answers=named))
        found[role.id] = tuple(needs)
    return found


def on_common_scale(value: Fraction, *, top: Fraction) -> Fraction:
    """Return a level as it counts in sums; on a scale whose top is not above 0 nothing counts."""
    return value * COMMON_TOP / top if top > 0 else Fraction(0)


def rises(plan: Plan, *, raisings: Mapping[str, Raising], capacity: Capacity) -> tuple[Rise, ...]:
    """Return the levels that skills reach by the schedule, in order.

    What a milestone without an effort raises is raised once its goal is finished.
    """
    found = []
    for skill, raising in raisings.items():
        for step, level in raising.levels:
            goal = Key("goal", getattr(plan.records[step].fields, "goal", None) or "")
            projection = capacity.projections.get(step) or capacity.projections.get(goal)
            if projection is not None:
                found.append(Rise(projection.finish, skill, level))
    return tuple(sorted(found))


def _ready_on(
    requirements: Sequence[RequirementNumbers],
    rises: Sequence[Rise],
    *,
    points: Mapping[str, Fraction],
    ready_at: Fraction,
) -> date | None:
    """Return the first day of a rise by which a role is ready, None if there is none.

    `points` has what one level of each skill counts, `ready_at` those that are enough. Unrated
    skills count as 0.
    """
    levels = {r.skill: min(r.current or Fraction(0), r.required) for r in requirements}
    required = {r.skill: r.required for r in requirements}
    missing = {r.skill for r in requirements if r.must and levels[r.skill] < r.required}
    there = sum((level * points[skill] for skill, level in levels.items()), Fraction(0))
    for rise in rises:
        before = levels.get(rise.skill)
        if before is None or rise.level <= before:
            continue
        level = min(rise.level, required[rise.skill])
        there += (level - before) * points[rise.skill]
        levels[rise.skill] = level
        if level == required[rise.skill]:
            missing.discard(rise.skill)
        if not missing and there >= ready_at:
            return rise.on
    return None


def _numbers(
    role: Role,
    *,
    skills: Mapping[str, SkillNumbers],
    raisings: Mapping[str, Raising],
    needs: Sequence[NeedNumbers],
    safe: Container[Key],
    rises: Sequence[Rise],
) -> RoleNumbers:
    # A requirement without a level cannot be measured, so it is left out.
    required = [
        (skills[skill], requirement, requirement.level.number)
        for skill, requirement in role.fields.requires.items()
        if requirement.level is not None and skill in skills
    ]
    total = sum(
        (r.weight * on_common_scale(level, top=skill.top) for skill, r, level in required),
        Fraction(0),
    )
    requirements = [
        _requirement(skill, r, level=level, raising=raisings.get(skill.id), total=total, safe=safe)
        for skill, r, level in required
    ]
    requirements.sort(key=lambda each: _first_to_close(each, raisings))
    readiness = planned = None
    if total:
        readiness = _readiness(requirements, skills=skills, total=total)
        planned = _readiness(requirements, skills=skills, total=total, by_plan=True)
    musts_met = _all_met(r for r in requirements if r.must)
    ready_at = role.fields.ready_at / 100
    ready = _ready(readiness, musts_met=musts_met, ready_at=ready_at)
    ready_on = None
    if total and not ready:
        points = {
            skill.id: r.weight * on_common_scale(Fraction(1), top=skill.top)
            for skill, r, _ in required
        }
        ready_on = _ready_on(requirements, rises, points=points, ready_at=ready_at * total)
    return RoleNumbers(
        id=role.id,
        readiness=readiness,
        planned=planned,
        met=sum(r.met for r in requirements),
        required=len(requirements),
        musts_met=musts_met,
        ready=ready,
        ready_on=ready_on,
        requirements=tuple(requirements),
        needs=tuple(needs),
    )


def _requirement(
    skill: SkillNumbers,
    requirement: Requirement,
    *,
    level: Fraction,
    raising: Raising | None,
    total: Fraction,
    safe: Container[Key],
) -> RequirementNumbers:
    gap = weighted_gap = gain = effort = priority = None
    # An unrated skill has at least level 0, which is enough where no more is required.
    current = Fraction(0) if skill.level is None and level <= 0 else skill.level
    if current is not None:
        gap = max(Fraction(0), level - current)
        weighted_gap = requirement.weight * on_common_scale(gap, top=skill.top)
        gain = weighted_gap / total if total else None
        effort = raising.hours if raising is not None else None
        priority = weighted_gap / effort if effort else None
    covered = None if gap == 0 else _coverage(skill, required=level)
    closers = [step for step, to in raising.levels if to >= level] if raising is not None else []
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
        closers=tuple(closers) if covered is Coverage.YES else (),
        safe=any(step in safe for step in closers) if covered is Coverage.YES else None,
    )


def _coverage(skill: SkillNumbers, *, required: Fraction) -> Coverage:
    if skill.planned is not None and skill.planned >= required:
        return Coverage.YES
    return Coverage.PARTLY if skill.steps else Coverage.NO


def _first_to_close(
    requirement: RequirementNumbers, raisings: Mapping[str, Raising]
) -> tuple[object, ...]:
    """Return the sort key of requirements: gaps first, those of a must before the others.

    Then rated before unrated, no priority (no effort is known) before the highest, the larger
    weighted gap, the earliest day on which a step that raises the skill is due, the id.
    """
    raising = raisings.get(requirement.skill)
    return (
        requirement.met,
        not requirement.must,
        requirement.gap is None,
        requirement.priority is not None,
        -(requirement.priority or 0),
        -(requirement.weighted_gap or 0),
        (raising.due if raising is not None else None) or date.max,
        requirement.skill,
    )


def _readiness(
    requirements: Iterable[RequirementNumbers],
    *,
    skills: Mapping[str, SkillNumbers],
    total: Fraction,
    by_plan: bool = False,
) -> Interval:
    """Return the weighted share of the required levels that is there; a surplus never compensates.

    An unrated skill counts as 0 at the low end and as required at the high end. `by_plan` takes the
    planned level where it is higher.
    """
    low = high = Fraction(0)
    for r in requirements:
        top = skills[r.skill].top
        full = r.weight * on_common_scale(r.required, top=top)
        least = Fraction(0) if r.weighted_gap is None else full - r.weighted_gap
        if by_plan and r.planned is not None:
            reached_by_plan = min(r.planned, r.required)
            least = max(least, r.weight * on_common_scale(reached_by_plan, top=top))
        low += least
        high += full if r.weighted_gap is None else least
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
