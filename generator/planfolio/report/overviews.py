"""The status of goals and the gaps of roles, as tables for a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planfolio.analyse.results import Status
from planfolio.model import formatting
from planfolio.model.kinds.role import RoleStatus
from planfolio.report.text import clipped, width
from planfolio.spelling import visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from planfolio.portfolio.goal import PortfolioGoal
    from planfolio.portfolio.portfolio import Portfolio
    from planfolio.portfolio.role import PortfolioRequirement, PortfolioRole
    from planfolio.report.text import Paint

_TONES = {
    Status.LATE: "error",
    Status.OFF_TRACK: "error",
    Status.AT_RISK: "warning",
    Status.UNKNOWN: "quiet",
    Status.ON_TRACK: "help",
    Status.DONE: "help",
}
_COVERED = {"yes": "planned", "partly": "partly", "no": "nothing planned"}

_GAP = "  "
_NARROWEST = 12
"""Columns that the elastic column keeps, however narrow the terminal is."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """Text in a tone; numbers are aligned to the right."""

    text: str
    tone: str = ""
    number: bool = False


def status_table(portfolio: Portfolio, *, paint: Paint, columns: int | None = None) -> str:
    """Return all goals with status, progress, expected share, due day and forecast, worst first.

    `columns` is the width of the terminal, if it is one.
    """
    if not portfolio.goals:
        return "No goals yet: write one with `planfolio new goal TITLE`.\n"
    head = ("status", "goal", "progress", "expected", "due", "forecast")
    rows = [_goal_row(goal) for goal in portfolio.goals]
    return text_table(head, rows, elastic=1, columns=columns, paint=paint)


def gaps_tables(portfolio: Portfolio, *, paint: Paint, columns: int | None = None) -> str:
    """Return, for each role that is not dropped, its readiness and its gaps in order of priority.

    The target roles come first, the plan's own before the others.
    """
    others = (role for role in portfolio.other_roles if role.status is RoleStatus.CONSIDERING)
    roles = [*portfolio.target_roles, *others]
    if not roles:
        return "No roles yet: write one with `planfolio new role TITLE`.\n"
    return "\n".join(_role(role, paint, columns) for role in roles)


def text_table(
    head: Sequence[str],
    rows: Sequence[Sequence[TableCell]],
    *,
    elastic: int,
    columns: int | None,
    paint: Paint,
) -> str:
    """Return a table, one line for the head and one for each row, made safe for a terminal.

    Where the table is wider than `columns`, the cells of the column numbered `elastic` are cut.
    """
    cells = [[TableCell(word, "quiet") for word in head], *rows]
    # Some terminals draw a no-break space, which is for pages, as something else.
    texts = [[visible(cell.text.replace("\u00a0", " ")) for cell in row] for row in cells]
    widths = [max(map(width, column)) for column in zip(*texts, strict=True)]
    if columns is not None:
        excess = sum(widths) + len(_GAP) * (len(head) - 1) - columns
        narrowed = widths[elastic] - max(0, excess)
        widths[elastic] = max(min(widths[elastic], _NARROWEST), narrowed)
    numbers = [any(row[i].number for row in rows) for i in range(len(head))]
    lines = []
    for row, row_texts in zip(cells, texts, strict=True):
        parts = []
        for cell, text, room, is_number in zip(row, row_texts, widths, numbers, strict=True):
            fits = width(text) <= room
            shown = text if fits else clipped(text, last=room - 1).rstrip() + "…"
            blanks = " " * (room - width(shown))
            painted = paint(shown, cell.tone)
            parts.append(blanks + painted if is_number else painted + blanks)
        lines.append(_GAP.join(parts).rstrip() + "\n")
    return "".join(lines)


def _goal_row(goal: PortfolioGoal) -> list[TableCell]:
    return [
        TableCell(goal.status.value.replace("-", " "), _TONES.get(goal.status, "")),
        TableCell(goal.title),
        TableCell(_share(goal.progress, goal.expected), number=True),
        TableCell(_share(goal.expected, goal.progress), number=True),
        TableCell(formatting.short_date(goal.due) if goal.due else ""),
        TableCell(goal.forecast.isoformat() if goal.forecast else ""),
    ]


def _role(role: PortfolioRole, paint: Paint, columns: int | None) -> str:
    title = paint(visible(role.title), "strong")
    considered = ", considered" if role.status is RoleStatus.CONSIDERING else ""
    text = f"{title}{considered}: {_readiness(role)}\n"
    rows = [_gap_row(gap) for gap in role.gaps]
    if rows:
        head = ("skill", "level", "required", "gap", "gain per 10 h", "plan", "")
        text += text_table(head, rows, elastic=0, columns=columns, paint=paint)
    unplanned = [need.title for need in role.needs_without_plan]
    if unplanned:
        text += f"Requirements without a plan: {visible('; '.join(unplanned))}\n"
    return text


def _readiness(role: PortfolioRole) -> str:
    readiness = role.readiness
    if readiness is None:
        return "requires no skills yet"
    low, high = _share(readiness.low, readiness.high), _share(readiness.high, readiness.low)
    share = low if readiness.low == readiness.high else f"{low} to {high}"
    return f"{share} ready, {role.met_count} of {role.required_count} skills met"


def _gap_row(gap: PortfolioRequirement) -> list[TableCell]:
    standing, points = gap.standing, gap.points_per_10h
    return [
        TableCell(gap.skill.title),
        TableCell(standing.current.short if standing.current else "unrated", number=True),
        TableCell(standing.required.short if standing.required else "", number=True),
        TableCell(formatting.number(gap.gap) if gap.gap is not None else "unknown", number=True),
        TableCell(formatting.number(points) if points is not None else "", number=True),
        TableCell(_COVERED.get(gap.covered or "", "unknown")),
        TableCell("must" if gap.must else "", "strong"),
    ]


def _share(share: Fraction | None, beside: Fraction | None) -> str:
    """Return a share in percent, with a decimal where another one in the row would look alike."""
    return formatting.percent_beside(share, beside) if share is not None else ""
