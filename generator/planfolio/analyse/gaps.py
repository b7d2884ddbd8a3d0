"""Gaps: what a role requires of skills and what is there, in the order in which to close them.

Effort is hours, levels are numbers of the skill's scale. None is unknown, which is never zero.
"""

from collections.abc import Container, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from planfolio.analyse.skills import SkillNumbers
from planfolio.model.kinds.role import Requirement
from planfolio.model.plan import Role
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


def requirement_numbers(
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
