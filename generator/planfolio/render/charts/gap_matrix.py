"""The gaps of all roles at once: a row for each skill, a column for each role, numbers in cells.

A cell is the darker the wider its gap is on a scale of five, so that skills of any scale compare.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planfolio.portfolio.portfolio import Portfolio
    from planfolio.portfolio.role import PortfolioRequirement, PortfolioRole
    from planfolio.portfolio.skill import PortfolioSkill

_LABELS, _ROW, _HEAD = 184, 28, 30
_WIDTH, _NARROWEST, _WIDEST = 800, 132, 220
_ROWS = 50
_SHADES = 4


class GapColumn(NamedTuple):
    """A role, from `x`, its title around `middle` in `room` letters, its numbers from `number`."""

    role: PortfolioRole
    x: int
    middle: int
    number: int
    room: int


class GapCell(NamedTuple):
    """What a role requires of a skill. `shade` is 0 for none to 4; None is unrated."""

    requirement: PortfolioRequirement
    shade: int | None
    column: GapColumn
    y: int


class GapRow(NamedTuple):
    """A skill with its cells, at the baseline `y`."""

    skill: PortfolioSkill
    cells: tuple[GapCell, ...]
    y: int


class GapPart(NamedTuple):
    """Rows in a drawing of their own."""

    rows: tuple[GapRow, ...]
    height: int

    def shaded(self, shade: int | None) -> Iterator[GapCell]:
        """Yield the cells of a shade."""
        return (cell for row in self.rows for cell in row.cells if cell.shade == shade)


@dataclass(frozen=True, slots=True, kw_only=True)
class GapMatrix:
    """The matrix. Of its cells, `cell` wide, `open` are gaps, `met` none, `unrated` unknown."""

    width: int
    cell: int
    columns: tuple[GapColumn, ...]
    parts: tuple[GapPart, ...]
    open: int
    met: int
    unrated: int


def gap_matrix_chart(portfolio: Portfolio) -> GapMatrix | None:
    """Return the matrix of the roles that are not dropped; None for fewer than two of them.

    Skills with gaps to several roles come first, then those that add most.
    """
    roles = portfolio.compared_roles
    if len(roles) < 2:
        return None
    wide = max(_NARROWEST, min((_WIDTH - _LABELS) // len(roles), _WIDEST))
    columns = tuple(_column(role, _LABELS + wide * i, wide) for i, role in enumerate(roles))
    found = [compared.skill for compared in portfolio.compared_skills]
    parts = tuple(_part(found[at : at + _ROWS], columns) for at in range(0, len(found), _ROWS))
    shades = [cell.shade for part in parts for row in part.rows for cell in row.cells]
    return GapMatrix(
        width=_LABELS + wide * len(roles),
        cell=wide - 2,
        columns=columns,
        parts=parts,
        open=sum(bool(shade) for shade in shades),
        met=shades.count(0),
        unrated=shades.count(None),
    )


def _column(role: PortfolioRole, x: int, wide: int) -> GapColumn:
    return GapColumn(role, x, x + wide // 2, x + wide // 2 - 4, wide // 7)


def _part(skills: Sequence[PortfolioSkill], columns: Sequence[GapColumn]) -> GapPart:
    rows = []
    for place, skill in enumerate(skills):
        middle = _HEAD + _ROW * place + _ROW // 2
        cells = tuple(
            GapCell(requirement, _shade(requirement), column, middle)
            for column in columns
            if (requirement := column.role.requirement_of(skill.id)) is not None
        )
        rows.append(GapRow(skill, cells, middle + 4))
    return GapPart(tuple(rows), _HEAD + _ROW * len(rows))


def _shade(requirement: PortfolioRequirement) -> int | None:
    if requirement.gap is None:
        return None
    scale = requirement.skill.scale
    return min(ceil(requirement.gap * 5 / (scale.top - scale.bottom)), _SHADES)
