"""The level of a skill over time: a line of steps, with what is required and what is planned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from planfolio.portfolio.levels import SkillLevel
from planfolio.render.charts.axes import time_axis

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from planfolio.portfolio.skill import LevelRating, PortfolioSkill, SkillRaise
    from planfolio.render.charts.axes import TimeAxis

_WIDTH, _LEFT, _TOP, _STEP = 680, 120, 52, 34
_MOST_LEVELS = 10


class LevelLine(NamedTuple):
    """A level of the scale and where it stands."""

    level: SkillLevel
    y: int


class LevelPoint(NamedTuple):
    """A rating on its day."""

    rating: LevelRating
    x: int
    y: int


class LevelPlan(NamedTuple):
    """An open step that raises the skill, on its due day and at the level that it raises it to."""

    raising: SkillRaise
    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelSteps:
    """The line of a skill's level in pixels; `required` is where the required level stands."""

    width: int
    height: int
    left: int
    axis: TimeAxis
    levels: tuple[LevelLine, ...]
    points: tuple[LevelPoint, ...]
    line: tuple[tuple[int, int], ...]
    plans: tuple[LevelPlan, ...]
    required: int | None


def level_steps_chart(skill: PortfolioSkill, *, as_of: date) -> LevelSteps | None:
    """Return the line of a skill's level; None for fewer than two ratings with a day."""
    rated = [(rating.day, rating) for rating in reversed(skill.ratings) if rating.day is not None]
    if len(rated) < 2:
        return None
    raising = [
        (found.step.due.last, found)
        for found in skill.raised_by
        if found.to is not None and found.step.due is not None and found.step.is_open
    ]
    ahead = [(day, found) for day, found in raising if day > as_of]
    days = [day for day, _ in rated] + [day for day, _ in ahead]
    axis = time_axis(days, as_of=as_of, left=_LEFT, right=_WIDTH)
    bottom = _TOP + _STEP * min(len(skill.scale.levels), _MOST_LEVELS)
    low, high = skill.scale.bottom, skill.scale.top

    def y(level: Fraction) -> int:
        return round(bottom - (level - low) / (high - low) * (bottom - _TOP))

    line: list[tuple[int, int]] = []
    points = []
    for day, rating in rated:
        current = rating.level.current
        if current is None:
            continue
        here = axis.x(day), y(current.value)
        if line:
            line.append((here[0], line[-1][1]))
        line.append(here)
        points.append(LevelPoint(rating, *here))
    now = skill.level.value if skill.level is not None else None
    if now is not None:
        line += [(axis.today, line[-1][1]), (axis.today, y(now))]
    return LevelSteps(
        width=_WIDTH,
        height=bottom + 12,
        left=_LEFT,
        axis=axis,
        levels=tuple(LevelLine(level, y(level.value)) for level in _named(skill)),
        points=tuple(points),
        line=tuple(line),
        plans=tuple(
            LevelPlan(found, axis.x(day), y(found.to.value))
            for day, found in ahead
            if found.to is not None
        ),
        required=y(skill.required.value) if skill.required is not None else None,
    )


def _named(skill: PortfolioSkill) -> list[SkillLevel]:
    """Return the levels that the axis names: all, or the ends of a long scale."""
    levels = [SkillLevel(level.value, skill.scale) for level in skill.scale.levels]
    return levels if len(levels) <= _MOST_LEVELS else [levels[0], levels[-1]]
