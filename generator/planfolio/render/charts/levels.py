"""Levels of skills: all as bars to their level and on to the planned one, and of one over time."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from planfolio.model.scales import Scale
from planfolio.portfolio.levels import LevelExpectations, LevelRating, SkillLevel, SkillLevels
from planfolio.portfolio.role import PortfolioRole
from planfolio.portfolio.skill import PortfolioSkill, SkillRaise
from planfolio.render.charts.axes import (
    MOST_ROWS,
    Line,
    LinearScale,
    Mark,
    TimeAxis,
    stepped,
    time_axis,
)

_HEAD, _ROW, _LABEL, _BAR = 28, 38, 16, 26
"""Pixels of the words above all rows, of a row, and from its top to its label and its bar."""

_NAMED = 6
"""The most levels of a scale that columns name by words."""

_WIDTH, _AXIS, _TOP, _STEP = 680, 120, 52, 34
_MOST_LEVELS = 10
"""The most levels that an axis names all."""


class LevelRow(NamedTuple):
    """A skill: its levels in percent of the width, None where there is none or it is unknown.

    Its label is at `label`, its bar at `y`. `cells` are what some of its levels look like.
    """

    skill: PortfolioSkill
    levels: SkillLevels
    label: int
    y: int
    now: int | None
    planned: int | None
    required: int | None
    cells: tuple[Mark[LevelExpectations], ...]


class LevelPart(NamedTuple):
    """Skills of one scale in a drawing of their own, its levels as columns, in percent.

    Levels are called by their words where those have room (`named`). `more` tells that it goes on
    with the scale of the part before it.
    """

    scale: Scale
    columns: tuple[Mark[SkillLevel], ...]
    named: bool
    rows: tuple[LevelRow, ...]
    height: int
    more: bool


class LevelMatrix(NamedTuple):
    """The drawings, and how many skills there are, are rated, required, and below that.

    `has_expectations` tells whether the plan says what a level looks like.
    """

    parts: tuple[LevelPart, ...]
    skill_count: int
    rated_count: int
    required_count: int
    below_count: int
    has_expectations: bool


class LevelSteps(NamedTuple):
    """The line of a skill's level in pixels, its ratings, and the open steps that raise it.

    `required` is the place of the required level.
    """

    width: int
    height: int
    left: int
    axis: TimeAxis
    levels: tuple[Mark[SkillLevel], ...]
    points: tuple[Mark[LevelRating], ...]
    line: Line
    plans: tuple[Mark[SkillRaise], ...]
    required: int | None


def level_matrix_chart(
    skills: Iterable[PortfolioSkill], *, role: PortfolioRole | None = None
) -> LevelMatrix | None:
    """Return the matrix of some skills: by category and title, or in their order for a role.

    With a role it is what that requires that counts. None for no skill.
    """
    by_scale: dict[str, list[PortfolioSkill]] = {}
    for skill in skills if role is not None else sorted(skills, key=_by_category):
        by_scale.setdefault(skill.scale.name, []).append(skill)
    parts = tuple(
        _part(members[start : start + MOST_ROWS], role, more=start > 0)
        for members in sorted(by_scale.values(), key=len, reverse=True)
        for start in range(0, len(members), MOST_ROWS)
    )
    rows = [row for part in parts for row in part.rows]
    if not rows:
        return None
    return LevelMatrix(
        parts=parts,
        skill_count=len(rows),
        rated_count=sum(row.levels.current is not None for row in rows),
        required_count=sum(row.required is not None for row in rows),
        below_count=sum(_is_below(row.levels) for row in rows),
        has_expectations=any(row.cells for row in rows),
    )


def _by_category(skill: PortfolioSkill) -> tuple[bool, str, str, str]:
    category = skill.category or ""
    return not category, category.casefold(), skill.title.casefold(), skill.id


def _is_below(levels: SkillLevels) -> bool:
    now, required = levels.current, levels.required
    return now is not None and required is not None and now.value < required.value


def _part(skills: Sequence[PortfolioSkill], role: PortfolioRole | None, *, more: bool) -> LevelPart:
    scale = skills[0].scale
    across = LinearScale(scale.bottom, scale.top, 0, 100)

    def x(level: SkillLevel | None) -> int | None:
        return across.pixel(level.value) if level is not None else None

    rows = []
    for place, skill in enumerate(skills):
        requirement = role.requirement_of(skill.id) if role is not None else None
        levels = requirement.levels if requirement is not None else skill.levels
        top = _HEAD + _ROW * place
        expected = ((found, across.pixel(found.level.value)) for found in skill.expectations)
        rows.append(
            LevelRow(
                skill=skill,
                levels=levels,
                label=top + _LABEL,
                y=top + _BAR,
                now=x(levels.current),
                planned=x(levels.planned),
                required=x(levels.required),
                cells=tuple(Mark(found, left, top + _BAR) for found, left in expected),
            )
        )
    return LevelPart(
        scale=scale,
        columns=tuple(
            Mark(SkillLevel(level.value, scale), across.pixel(level.value), _LABEL)
            for level in scale.levels
        ),
        named=len(scale.levels) <= _NAMED,
        rows=tuple(rows),
        height=_HEAD + _ROW * len(rows),
        more=more,
    )


def level_steps_chart(skill: PortfolioSkill, *, as_of: date) -> LevelSteps | None:
    """Return the line of a skill's level; None for fewer than two ratings with a day."""
    rated = [
        (rating.day, rating, rating.levels.current)
        for rating in reversed(skill.ratings)
        if rating.day is not None
    ]
    if len(rated) < 2:
        return None
    raising = [
        (found.step.due.last, found, found.to)
        for found in skill.raised_by
        if found.to is not None and found.step.due is not None and found.step.is_open
    ]
    ahead = [found for found in raising if found[0] > as_of]
    days = [day for day, _, _ in (*rated, *ahead)]
    axis = time_axis(days, as_of=as_of, left=_AXIS, right=_WIDTH)
    levels = [SkillLevel(level.value, skill.scale) for level in skill.scale.levels]
    bottom = _TOP + _STEP * min(len(levels), _MOST_LEVELS)
    up = LinearScale(skill.scale.bottom, skill.scale.top, bottom, _TOP)
    points = [
        Mark(rating, axis.x(day), up.pixel(level.value)) for day, rating, level in rated if level
    ]
    line = [(point.x, point.y) for point in points]
    if skill.level is not None:
        line.append((axis.today, up.pixel(skill.level.value)))
    named = levels if len(levels) <= _MOST_LEVELS else [levels[0], levels[-1]]
    return LevelSteps(
        width=_WIDTH,
        height=bottom + 12,
        left=_AXIS,
        axis=axis,
        levels=tuple(Mark(level, _AXIS, up.pixel(level.value)) for level in named),
        points=tuple(points),
        line=stepped(line),
        plans=tuple(Mark(found, axis.x(day), up.pixel(to.value)) for day, found, to in ahead),
        required=up.pixel(skill.required.value) if skill.required is not None else None,
    )
