"""The gaps of roles, as they are and as they would be if, as tables for a terminal."""

from collections.abc import Iterator
from fractions import Fraction

from planfolio.analyse.roles import Interval
from planfolio.message_text import visible
from planfolio.model import formatting
from planfolio.model.kinds.role import RoleStatus
from planfolio.portfolio.portfolio import Portfolio
from planfolio.portfolio.role import PortfolioRequirement, PortfolioRole
from planfolio.report.overviews import status_cell
from planfolio.report.text import Paint, TableCell, TableColumn, text_table

_NO_ROLES = "No roles yet: write one with `planfolio new role TITLE`.\n"
_GAPS = (
    TableColumn("skill", title=True),
    TableColumn("level", number=True),
    TableColumn("required", number=True),
    TableColumn("gap", number=True, spare=1),
    TableColumn("gain per 10 h", number=True, spare=2),
    TableColumn("planned"),
    TableColumn(""),
)


def gaps_tables(portfolio: Portfolio, *, paint: Paint, columns: int | None = None) -> str:
    """Return, for each role that is not dropped, its readiness and its gaps in order of priority.

    The target roles come first, the plan's own before the others. `columns` is the width of the
    terminal, if it is one.
    """
    roles = _roles_not_dropped(portfolio)
    return "\n".join(_role(role, paint, columns) for role in roles) or _NO_ROLES


def what_if_tables(
    before: Portfolio, after: Portfolio, *, paint: Paint, columns: int | None = None
) -> str:
    """Return a table for each role that is not dropped, and one for the hours if there are any."""
    pairs = zip(_roles_not_dropped(before), _roles_not_dropped(after), strict=True)
    parts = [(old.title, list(_role_rows(old, new))) for old, new in pairs]
    if before.capacity.hours_per_week is not None or after.capacity.hours_per_week is not None:
        parts.append(("Hours", _hours_rows(before, after)))
    tables = []
    for title, rows in parts:
        heads = (TableColumn(title, title=True), TableColumn("before"), TableColumn("after"))
        cells = [
            [TableCell(name), TableCell(old), TableCell(new, "strong" if new != old else "")]
            for name, old, new in rows
        ]
        tables.append(text_table(heads, cells, max_width=columns, paint=paint))
    return "\n".join(tables) or _NO_ROLES


def _roles_not_dropped(portfolio: Portfolio) -> list[PortfolioRole]:
    """Return the roles that are not dropped, the target roles first."""
    others = (role for role in portfolio.other_roles if role.status is RoleStatus.CONSIDERING)
    return [*portfolio.target_roles, *others]


def _readiness(readiness: Interval | None) -> str:
    """Return a readiness: `67%`, `55% to 73%`, or nothing where nothing is required."""
    if readiness is None:
        return ""
    low = formatting.percent_beside(readiness.low, readiness.high)
    high = formatting.percent_beside(readiness.high, readiness.low)
    return low if readiness.low == readiness.high else f"{low} to {high}"


def _role(role: PortfolioRole, paint: Paint, columns: int | None) -> str:
    text = paint(visible(role.title), "strong")
    text += ", considered: " if role.status is RoleStatus.CONSIDERING else ": "
    if role.readiness is None:
        text += "requires no skills yet"
    else:
        share = _readiness(role.readiness)
        text += f"{share} ready, {role.met_count} of {role.required_count} skills met"
        if role.ready_on is not None:
            text += f", ready on {formatting.calendar_day(role.ready_on)} by the schedule"
    text += "\n"
    if role.gaps:
        text += text_table(
            _GAPS, [_gap_row(gap) for gap in role.gaps], max_width=columns, paint=paint
        )
    unplanned = [need.title for need in role.needs_without_plan]
    if unplanned:
        text += f"Requirements without a plan: {visible('; '.join(unplanned))}\n"
    return text


def _gap_row(gap: PortfolioRequirement) -> list[TableCell]:
    levels, gain = gap.levels, gap.gain_per_10h
    closing = gap.closing if gap.safe is False else None
    return [
        TableCell(gap.skill.title),
        TableCell(levels.current.short if levels.current else "unrated"),
        TableCell(levels.required.short if levels.required else ""),
        TableCell(_number(gap.gap)),
        TableCell(formatting.number(gain * 100) if gain is not None else ""),
        status_cell(closing.status) if closing else TableCell(gap.covered or "unknown"),
        TableCell("must" if gap.must else "", "strong"),
    ]


def _role_rows(old: PortfolioRole, new: PortfolioRole) -> Iterator[tuple[str, str, str]]:
    yield "readiness", _readiness(old.readiness), _readiness(new.readiness)
    yield "planned readiness", _readiness(old.planned_readiness), _readiness(new.planned_readiness)
    yield "ready on", _ready_on(old), _ready_on(new)
    yield "gaps", str(len(old.gaps)), str(len(new.gaps))
    left = {gap.skill.id: gap for gap in new.gaps}
    for gap in old.gaps:
        now = left.pop(gap.skill.id, None)
        yield (
            f"- {gap.skill.title}",
            _number(gap.gap),
            _number(now.gap) if now else "none",
        )
    for gap in left.values():
        yield f"- {gap.skill.title}", "none", _number(gap.gap)


def _hours_rows(before: Portfolio, after: Portfolio) -> list[tuple[str, str, str]]:
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


def _number(gap: Fraction | None) -> str:
    return formatting.number(gap) if gap is not None else "unknown"


def _hours(hours: Fraction | None) -> str:
    return formatting.hours(hours) if hours is not None else "unknown"
