"""The readiness for a role as a band: what is there now, planned, unknown and missing, by skill.

The band is all that the role requires, each skill as wide as its weight times its level. The parts
of all skills that are there come first, then those that open steps will add, those of unrated
skills, and what is missing: it is filled up to the readiness, and coloured up to the planned one.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.portfolio.role import PortfolioRequirement, PortfolioRole

KINDS_OF_PIECE = ("now", "planned", "unknown", "missing")
"""What pieces of the band can be, from its start."""

_MOST_SKILLS = 24
"""The most skills that have pieces of their own: more are too narrow to tell apart."""


class ReadinessPiece(NamedTuple):
    """The part of one skill: from `start`, `width` wide, as shares of the band.

    Where there are many skills, a piece is all of its kind, and no requirement's.
    """

    kind: str
    requirement: PortfolioRequirement | None
    start: Fraction
    width: Fraction


class ReadinessRow(NamedTuple):
    """What a requirement gives of the readiness: each a share of the whole, together `required`."""

    requirement: PortfolioRequirement
    now: Fraction
    planned: Fraction
    unknown: Fraction
    missing: Fraction
    required: Fraction


class ReadinessChart(NamedTuple):
    """The pieces of the band from its start, and the numbers of each requirement."""

    role: PortfolioRole
    pieces: tuple[ReadinessPiece, ...]
    rows: tuple[ReadinessRow, ...]


def readiness_chart(role: PortfolioRole) -> ReadinessChart | None:
    """Return the band of a role; None where it requires nothing."""
    if role.readiness is None:
        return None
    rows = tuple(_rows(role))
    return ReadinessChart(role, tuple(_pieces(rows)), rows)


def _rows(role: PortfolioRole) -> Iterator[ReadinessRow]:
    requirements = role.requirements
    # Nothing counts on a scale whose top is not above 0, and no level that is not.
    points = [
        r.weight * max(r.numbers.required, Fraction(0)) / r.skill.scale.top
        if r.skill.scale.top > 0
        else Fraction(0)
        for r in requirements
    ]
    total = sum(points, Fraction(0)) or Fraction(1)
    for requirement, point in zip(requirements, points, strict=True):
        required = point / total
        if not required:
            continue
        level = requirement.numbers.required
        current, planned = requirement.numbers.current, requirement.numbers.planned
        now = min(max(current or Fraction(0), Fraction(0)), level)
        then = min(max(planned if planned is not None else now, now), level)
        left = required * (level - then) / level
        yield ReadinessRow(
            requirement,
            now=required * now / level,
            planned=required * (then - now) / level,
            unknown=left if current is None else Fraction(0),
            missing=left if current is not None else Fraction(0),
            required=required,
        )


def _pieces(rows: tuple[ReadinessRow, ...]) -> Iterator[ReadinessPiece]:
    start = Fraction(0)
    for kind in KINDS_OF_PIECE:
        widths: list[tuple[PortfolioRequirement | None, Fraction]]
        widths = [(row.requirement, getattr(row, kind)) for row in rows]
        if len(rows) > _MOST_SKILLS:
            widths = [(None, sum((width for _, width in widths), Fraction(0)))]
        for requirement, width in widths:
            if width:
                yield ReadinessPiece(kind, requirement, start, width)
                start += width
