"""What would be if: readiness, gaps and hours before and after, side by side in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.model import formatting
from planfolio.report.overviews import NO_ROLES, readiness_text, roles_not_dropped
from planfolio.report.tables import TableCell, TableColumn, text_table
from planfolio.spelling import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from planfolio.portfolio.portfolio import Portfolio
    from planfolio.portfolio.role import PortfolioRole
    from planfolio.report.text import Paint


def what_if_tables(
    before: Portfolio, after: Portfolio, *, paint: Paint, columns: int | None = None
) -> str:
    """Return a table for each role that is not dropped, and one for the hours if there are any."""
    pairs = zip(roles_not_dropped(before), roles_not_dropped(after), strict=True)
    tables = [
        _table(old.title, list(_of_role(old, new)), paint=paint, columns=columns)
        for old, new in pairs
    ]
    if before.capacity.hours_per_week is not None or after.capacity.hours_per_week is not None:
        tables.append(_table("Hours", _of_hours(before, after), paint=paint, columns=columns))
    return "\n".join(tables) or NO_ROLES


def _table(
    title: str, rows: list[tuple[str, str, str]], *, paint: Paint, columns: int | None
) -> str:
    heads = (TableColumn(visible(title), title=True), TableColumn("before"), TableColumn("after"))
    cells = [
        [TableCell(name), TableCell(old), TableCell(new, "strong" if new != old else "")]
        for name, old, new in rows
    ]
    return text_table(heads, cells, room=columns, paint=paint)


def _of_role(old: PortfolioRole, new: PortfolioRole) -> Iterator[tuple[str, str, str]]:
    yield "readiness", readiness_text(old.readiness), readiness_text(new.readiness)
    yield "planned readiness", readiness_text(old.planned), readiness_text(new.planned)
    yield "ready on", _ready_on(old), _ready_on(new)
    yield "gaps", str(len(old.gaps)), str(len(new.gaps))
    left = {gap.skill.id: gap for gap in new.gaps}
    for gap in old.gaps:
        now = left.pop(gap.skill.id, None)
        yield f"- {gap.skill.title}", _gap(gap.gap), _gap(now.gap) if now is not None else "none"
    for gap in left.values():
        yield f"- {gap.skill.title}", "none", _gap(gap.gap)


def _of_hours(before: Portfolio, after: Portfolio) -> list[tuple[str, str, str]]:
    old, new = before.capacity, after.capacity
    enough = {True: "yes", False: "no", None: "unknown"}
    return [
        ("hours a week", _hours(old.hours_per_week), _hours(new.hours_per_week)),
        ("enough", enough[old.fits], enough[new.fits]),
        ("would do", _hours(old.needed_hours_per_week), _hours(new.needed_hours_per_week)),
        ("late steps", str(len(old.late)), str(len(new.late))),
    ]


def _ready_on(role: PortfolioRole) -> str:
    if role.ready:
        return "now"
    return role.ready_on.isoformat() if role.ready_on is not None else "unknown"


def _gap(gap: Fraction | None) -> str:
    return formatting.number(gap) if gap is not None else "unknown"


def _hours(hours: Fraction | None) -> str:
    return formatting.hours(hours) if hours is not None else "unknown"
