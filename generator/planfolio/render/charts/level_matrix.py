"""Skills by levels: for each skill a bar to its level, on to the planned one, required as a tick.

Skills of one scale share a drawing, its levels as columns; a cell holds what a level of a skill
looks like, where that is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from planfolio.portfolio.levels import SkillLevel

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from planfolio.model.scales import Scale
    from planfolio.portfolio.levels import Standing
    from planfolio.portfolio.role import PortfolioRole
    from planfolio.portfolio.skill import LevelExpectations, PortfolioSkill

_WIDTH, _LEFT, _RIGHT, _HEAD, _ROW = 680, 200, 640, 34, 26
_ROWS = 50
_NAMED = 7
"""The most levels of a scale that are named by words."""


class LevelColumn(NamedTuple):
    """A level of the scale at `x`; `named` where there is room for its word."""

    level: SkillLevel
    x: int
    named: bool


class LevelCell(NamedTuple):
    """What a level of a skill looks like, around `x`."""

    expected: LevelExpectations
    x: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRow:
    """A skill: its levels in pixels, None where there is none or it is unknown."""

    skill: PortfolioSkill
    standing: Standing
    y: int
    label_y: int
    now: int | None
    planned: int | None
    required: int | None
    cells: tuple[LevelCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelPart:
    """Skills of one scale in a drawing of their own; `start` is where its bars begin.

    `more` tells that it goes on with the scale of the part before it.
    """

    scale: Scale
    columns: tuple[LevelColumn, ...]
    rows: tuple[LevelRow, ...]
    start: int
    height: int
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelMatrix:
    """The drawings, and how many skills there are, are rated, and are below what is required.

    `told` is whether it is written what a level looks like.
    """

    width: int
    parts: tuple[LevelPart, ...]
    count: int
    rated: int
    required: int
    below: int
    told: bool


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
        _part(members[at : at + _ROWS], role, more=at > 0)
        for members in sorted(by_scale.values(), key=len, reverse=True)
        for at in range(0, len(members), _ROWS)
    )
    rows = [row for part in parts for row in part.rows]
    required = [row for row in rows if row.required is not None]
    if not rows:
        return None
    return LevelMatrix(
        width=_WIDTH,
        parts=parts,
        count=len(rows),
        rated=sum(row.standing.current is not None for row in rows),
        required=len(required),
        below=sum(_is_below(row.standing) for row in required),
        told=any(row.cells for row in rows),
    )


def _by_category(skill: PortfolioSkill) -> tuple[bool, str, str, str]:
    category = skill.category or ""
    return not category, category.casefold(), skill.title.casefold(), skill.id


def _is_below(standing: Standing) -> bool:
    now, required = standing.current, standing.required
    return now is not None and required is not None and now.value < required.value


def _part(skills: Sequence[PortfolioSkill], role: PortfolioRole | None, *, more: bool) -> LevelPart:
    scale = skills[0].scale
    low, high = scale.bottom, scale.top

    def x(level: Fraction) -> int:
        return round(_LEFT + (level - low) / (high - low) * (_RIGHT - _LEFT))

    def x_of(level: SkillLevel | None) -> int | None:
        return x(level.value) if level is not None else None

    rows = []
    for place, skill in enumerate(skills):
        asked = role.requirement_of(skill.id) if role is not None else None
        standing = asked.standing if asked is not None else skill.standing
        y = _HEAD + _ROW * place + _ROW // 2
        rows.append(
            LevelRow(
                skill=skill,
                standing=standing,
                y=y,
                label_y=y + 4,
                now=x_of(standing.current),
                planned=x_of(standing.planned),
                required=x_of(standing.required),
                cells=tuple(LevelCell(found, x(found.level.value)) for found in skill.expectations),
            )
        )
    named = len(scale.levels) <= _NAMED
    return LevelPart(
        scale=scale,
        columns=tuple(
            LevelColumn(SkillLevel(level.value, scale), x(level.value), named)
            for level in scale.levels
        ),
        rows=tuple(rows),
        start=x(low),
        height=_HEAD + _ROW * len(rows),
        more=more,
    )
