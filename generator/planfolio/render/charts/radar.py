"""The radar of a role: a spoke for each skill, and on them what is there, planned and required.

A spoke goes from the lowest level of its scale to the highest.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planfolio.portfolio.levels import SkillLevel
    from planfolio.portfolio.role import PortfolioRequirement, PortfolioRole

_WIDTH, _HEIGHT, _RADIUS, _LABEL = 560, 360, 130, 16
_RINGS = 5
_FEWEST, _MOST = 3, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class RadarSpoke:
    """A requirement: its spoke ends at `x`, `y`, its label is at `label_x`, `label_y`.

    `anchor` is the side of the label that stands there: start, middle or end. The mark of the
    current level is at `now`; None is unrated.
    """

    requirement: PortfolioRequirement
    x: int
    y: int
    label_x: int
    label_y: int
    anchor: str
    now: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RadarChart:
    """The spokes, rings and shapes of a role, in pixels around the middle `x`, `y`."""

    width: int
    height: int
    x: int
    y: int
    spokes: tuple[RadarSpoke, ...]
    rings: tuple[tuple[tuple[int, int], ...], ...]
    now: tuple[tuple[int, int], ...]
    planned: tuple[tuple[int, int], ...]
    required: tuple[tuple[int, int], ...]


def radar_chart(role: PortfolioRole) -> RadarChart | None:
    """Return the radar of a role of three to ten skills; None for fewer or more."""
    requirements = sorted(role.requirements, key=lambda r: (r.skill.category or "", r.skill.id))
    if not _FEWEST <= len(requirements) <= _MOST:
        return None
    count = len(requirements)

    def at(place: int, share: float) -> tuple[int, int]:
        angle = 2 * pi * place / count
        x, y = _RADIUS * share * sin(angle), _RADIUS * share * cos(angle)
        return round(_WIDTH / 2 + x), round(_HEIGHT / 2 - y)

    def shape(levels: list[SkillLevel | None]) -> tuple[tuple[int, int], ...]:
        return tuple(at(place, _share(level)) for place, level in enumerate(levels))

    standings = [requirement.standing for requirement in requirements]
    current = [standing.current for standing in standings]
    spokes = []
    for place, requirement in enumerate(requirements):
        x, y = at(place, 1)
        label_x, label_y = at(place, 1 + _LABEL / _RADIUS)
        side = label_x - _WIDTH // 2
        level = current[place]
        spokes.append(
            RadarSpoke(
                requirement=requirement,
                x=x,
                y=y,
                label_x=label_x,
                label_y=label_y + 4,
                anchor="middle" if abs(side) < 8 else "start" if side > 0 else "end",
                now=at(place, _share(level)) if level is not None else None,
            )
        )
    return RadarChart(
        width=_WIDTH,
        height=_HEIGHT,
        x=_WIDTH // 2,
        y=_HEIGHT // 2,
        spokes=tuple(spokes),
        rings=tuple(
            tuple(at(place, ring / _RINGS) for place in range(count))
            for ring in range(1, _RINGS + 1)
        ),
        now=shape(current),
        planned=shape([standing.planned or standing.current for standing in standings]),
        required=shape([standing.required for standing in standings]),
    )


def _share(level: SkillLevel | None) -> float:
    """Return how far up its scale a level is, 0 to 1; unrated is nothing."""
    if level is None:
        return 0.0
    return float((level.value - level.scale.bottom) / (level.scale.top - level.scale.bottom))
