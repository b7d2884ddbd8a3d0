"""What roles require: the gaps of all at once, and the readiness and the radar of one."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, cos, pi, sin
from textwrap import wrap
from typing import NamedTuple

from planfolio.portfolio.levels import SkillLevel
from planfolio.portfolio.portfolio import Portfolio
from planfolio.portfolio.role import PortfolioRequirement, PortfolioRole
from planfolio.portfolio.skill import PortfolioSkill
from planfolio.render.charts.axes import MOST_ROWS, Line, LinearScale, Mark

_LABELS, _ROW, _HEAD = 184, 28, 30
_WIDTH, _NARROWEST, _WIDEST = 800, 132, 220
_SHADES = 4

_RADAR_WIDTH, _RADAR_HEIGHT, _RADIUS, _LABEL = 350, 280, 90, 11
_LETTERS, _LINE = 13, 15
"""The letters of a line of a label on a radar, and the pixels from one line to the next."""

_RINGS = 5
_FEWEST, _MOST = 3, 10

PIECES = ("now", "planned", "unknown", "missing")
"""What pieces of the band of readiness can be, from its start."""

_MOST_PIECES = 24
"""The most skills that have pieces of their own: more are too narrow to tell apart."""


class GapColumn(NamedTuple):
    """A role, from `x`, its title around `middle` in `room` letters."""

    role: PortfolioRole
    x: int
    middle: int
    room: int


class GapCell(NamedTuple):
    """What a role requires of a skill, its number at `number`; `shade` is 0 for none to 4.

    A shade of None is unrated.
    """

    requirement: PortfolioRequirement
    shade: int | None
    x: int
    y: int
    number: int


class GapRow(NamedTuple):
    """A skill with its cells, at the baseline `y`."""

    skill: PortfolioSkill
    cells: tuple[GapCell, ...]
    y: int


class GapMatrix(NamedTuple):
    """A row for each skill, a column for each role, and numbers in cells that are `cell` wide.

    A cell is the darker the wider its gap is on a scale of five, so that skills of any scale
    compare. `open` cells are gaps, `met` none, `unrated` unknown. `more` skills have no row.
    """

    width: int
    height: int
    cell: int
    columns: tuple[GapColumn, ...]
    rows: tuple[GapRow, ...]
    open: int
    met: int
    unrated: int
    more: int

    def shaded(self, shade: int | None) -> Iterator[GapCell]:
        """Yield the cells of a shade."""
        return (cell for row in self.rows for cell in row.cells if cell.shade == shade)


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
    """The band of all that a role requires, each skill as wide as its weight times its level.

    The pieces of all skills that are there come first, then those that open steps will add, those
    of unrated skills, and what is missing: it is filled up to the readiness, and coloured up to the
    planned one. `rows` are the numbers of each requirement.
    """

    pieces: tuple[ReadinessPiece, ...]
    rows: tuple[ReadinessRow, ...]


class RadarSpoke(NamedTuple):
    """A requirement: its spoke ends at `x`, `y`, with the lines of its title beside it.

    `anchor` is the side of the lines that is there: start, middle or end. The mark of the current
    level is at `now`; None is unrated.
    """

    requirement: PortfolioRequirement
    x: int
    y: int
    label: tuple[Mark[str], ...]
    anchor: str
    now: tuple[int, int] | None


class RadarChart(NamedTuple):
    """A spoke for each skill around the middle `x`, `y`, from the lowest level to the highest."""

    width: int
    height: int
    x: int
    y: int
    spokes: tuple[RadarSpoke, ...]
    rings: tuple[Line, ...]
    now: Line
    planned: Line
    required: Line


def gap_matrix_chart(portfolio: Portfolio) -> GapMatrix | None:
    """Return the matrix of the roles that are not dropped; None for fewer than two of them.

    Skills with gaps to several roles come first, then those that add most.
    """
    roles = portfolio.compared_roles
    if len(roles) < 2:
        return None
    wide = max(_NARROWEST, min((_WIDTH - _LABELS) // len(roles), _WIDEST))
    lefts = [_LABELS + wide * place for place in range(len(roles))]
    columns = tuple(
        GapColumn(role, x, x + wide // 2, wide // 7) for role, x in zip(roles, lefts, strict=True)
    )
    rows = []
    for place, compared in enumerate(portfolio.compared_skills):
        y = _HEAD + _ROW * place + _ROW // 2
        cells = tuple(
            GapCell(requirement, _shade(requirement), column.x, y, column.middle - 4)
            for column, requirement in zip(columns, compared.requirements, strict=True)
            if requirement is not None
        )
        rows.append(GapRow(compared.skill, cells, y + 4))
    shades = [cell.shade for row in rows for cell in row.cells]
    drawn = tuple(rows[:MOST_ROWS])
    return GapMatrix(
        width=_LABELS + wide * len(roles),
        height=_HEAD + _ROW * len(drawn),
        cell=wide - 2,
        columns=columns,
        rows=drawn,
        open=sum(bool(shade) for shade in shades),
        met=shades.count(0),
        unrated=shades.count(None),
        more=len(rows) - len(drawn),
    )


def _shade(requirement: PortfolioRequirement) -> int | None:
    gap = requirement.numbers.gap
    if gap is None:
        return None
    scale = requirement.levels.scale
    return min(ceil(gap * 5 / (scale.top - scale.bottom)), _SHADES)


def readiness_chart(role: PortfolioRole) -> ReadinessChart | None:
    """Return the band of a role; None where it requires nothing."""
    if role.readiness is None:
        return None
    rows = tuple(_readiness_rows(role))
    return ReadinessChart(tuple(_pieces(rows)), rows)


def _readiness_rows(role: PortfolioRole) -> Iterator[ReadinessRow]:
    nothing = Fraction(0)
    # Nothing counts on a scale whose top is not above 0, and no level that is not.
    points = [
        r.weight * max(r.numbers.required, nothing) / r.skill.scale.top
        if r.skill.scale.top > 0
        else nothing
        for r in role.requirements
    ]
    total = sum(points, nothing)
    for requirement, point in zip(role.requirements, points, strict=True):
        if not point:
            continue
        required = point / total
        level = requirement.numbers.required
        current, planned = requirement.numbers.current, requirement.numbers.planned
        now = min(max(current or nothing, nothing), level)
        then = min(max(planned if planned is not None else now, now), level)
        left = required * (level - then) / level
        yield ReadinessRow(
            requirement,
            now=required * now / level,
            planned=required * (then - now) / level,
            unknown=left if current is None else nothing,
            missing=left if current is not None else nothing,
            required=required,
        )


def _pieces(rows: tuple[ReadinessRow, ...]) -> Iterator[ReadinessPiece]:
    start = Fraction(0)
    for kind in PIECES:
        widths: list[tuple[PortfolioRequirement | None, Fraction]]
        widths = [(row.requirement, getattr(row, kind)) for row in rows]
        if len(rows) > _MOST_PIECES:
            widths = [(None, sum((width for _, width in widths), Fraction(0)))]
        for requirement, width in widths:
            if width:
                yield ReadinessPiece(kind, requirement, start, width)
                start += width


def radar_chart(role: PortfolioRole) -> RadarChart | None:
    """Return the radar of a role of three to ten skills; None for fewer or more."""
    requirements = sorted(role.requirements, key=lambda r: (r.skill.category or "", r.skill.id))
    count = len(requirements)
    if not _FEWEST <= count <= _MOST:
        return None

    def point(place: int, share: float) -> tuple[int, int]:
        angle = 2 * pi * place / count
        x, y = _RADIUS * share * sin(angle), _RADIUS * share * cos(angle)
        return round(_RADAR_WIDTH / 2 + x), round(_RADAR_HEIGHT / 2 - y)

    def shape(levels: list[SkillLevel | None]) -> Line:
        return tuple(point(place, _share(level)) for place, level in enumerate(levels))

    levels = [requirement.levels for requirement in requirements]
    now = shape([one.current for one in levels])
    spokes = []
    for place, requirement in enumerate(requirements):
        label, anchor = _spoke_label(requirement.skill.title, *point(place, 1 + _LABEL / _RADIUS))
        here = now[place] if levels[place].current is not None else None
        spokes.append(RadarSpoke(requirement, *point(place, 1), label, anchor, here))
    return RadarChart(
        width=_RADAR_WIDTH,
        height=_RADAR_HEIGHT,
        x=_RADAR_WIDTH // 2,
        y=_RADAR_HEIGHT // 2,
        spokes=tuple(spokes),
        rings=tuple(
            tuple(point(place, ring / _RINGS) for place in range(count))
            for ring in range(1, _RINGS + 1)
        ),
        now=now,
        planned=shape([one.planned or one.current for one in levels]),
        required=shape([one.required for one in levels]),
    )


def _spoke_label(title: str, x: int, y: int) -> tuple[tuple[Mark[str], ...], str]:
    """Return a title in two lines at most beside a point of the outline, and its side there."""
    side, rise = x - _RADAR_WIDTH // 2, _RADAR_HEIGHT // 2 - y
    anchor = "middle" if abs(side) < 8 else "start" if side > 0 else "end"
    lines = wrap(
        title, _LETTERS if anchor != "middle" else 3 * _LETTERS, max_lines=2, placeholder="…"
    )
    # Above the outline a label ends at the point, below it begins there, beside it is around it.
    above = (len(lines) - 1) * (1 + rise / (_RADIUS + _LABEL)) / 2
    first = y + 4 - round(above * _LINE)
    return tuple(Mark(line, x, first + _LINE * place) for place, line in enumerate(lines)), anchor


def _share(level: SkillLevel | None) -> float:
    """Return how far up its scale a level is, 0 to 1; unrated is nothing."""
    if level is None:
        return 0.0
    return float(LinearScale(level.scale.bottom, level.scale.top, 0, 1).share(level.value))
