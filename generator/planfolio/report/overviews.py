"""The status of goals, the gaps of roles and what to do next, as tables for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.analyse.results import Status
from planfolio.model import formatting
from planfolio.model.kinds.role import RoleStatus
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.report.tables import TableCell, TableColumn, text_table
from planfolio.report.why import reason_in_words
from planfolio.spelling import visible

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from planfolio.model.values.dates import PlanDate
    from planfolio.portfolio.portfolio import Portfolio
    from planfolio.portfolio.role import PortfolioRequirement, PortfolioRole
    from planfolio.portfolio.steps import PortfolioMilestone
    from planfolio.report.text import Paint

_TONES = {
    Status.LATE: "error",
    Status.OFF_TRACK: "error",
    Status.AT_RISK: "warning",
    Status.UNKNOWN: "quiet",
    Status.ON_TRACK: "help",
    Status.DONE: "help",
}
_NO_GOALS = "No goals yet: write one with `planfolio new goal TITLE`.\n"

_GOALS = (
    TableColumn("status"),
    TableColumn("goal", title=True),
    TableColumn("progress"),
    TableColumn("expected", spare=2),
    TableColumn("due"),
    TableColumn("forecast", spare=1),
    TableColumn("why", spare=3),
)
_GAPS = (
    TableColumn("skill", title=True),
    TableColumn("level"),
    TableColumn("required"),
    TableColumn("gap", spare=1),
    TableColumn("gain per 10 h", spare=2),
    TableColumn("planned"),
    TableColumn(""),
)
_STEPS = (
    TableColumn("status"),
    TableColumn("step", title=True),
    TableColumn("goal", title=True),
    TableColumn("due"),
)


def status_table(portfolio: Portfolio, *, paint: Paint, columns: int | None = None) -> str:
    """Return all goals with status, progress, expected share, due day and forecast, worst first.

    Why each has its status follows where there is room. `columns` is the width of the terminal, if
    it is one.
    """
    if not portfolio.goals:
        return _NO_GOALS
    rows = [_goal_row(goal, portfolio.as_of) for goal in portfolio.goals]
    return text_table(_GOALS, rows, room=columns, paint=paint)


def status_of(goal: str, portfolio: Portfolio, *, paint: Paint, columns: int | None = None) -> str:
    """Return the same table of one goal, by its id."""
    rows = [_goal_row(one, portfolio.as_of) for one in portfolio.goals if one.id == goal]
    return text_table(_GOALS, rows, room=columns, paint=paint)


def gaps_tables(portfolio: Portfolio, *, paint: Paint, columns: int | None = None) -> str:
    """Return, for each role that is not dropped, its readiness and its gaps in order of priority.

    The target roles come first, the plan's own before the others.
    """
    others = (role for role in portfolio.other_roles if role.status is RoleStatus.CONSIDERING)
    roles = [*portfolio.target_roles, *others]
    if not roles:
        return "No roles yet: write one with `planfolio new role TITLE`.\n"
    return "\n".join(_role(role, paint, columns) for role in roles)


def next_table(portfolio: Portfolio, *, paint: Paint, columns: int | None = None) -> str:
    """Return the steps that can be worked on now, by due day, each milestone with its goal."""
    if not portfolio.next_actions:
        return "Nothing can start today.\n" if portfolio.goals else _NO_GOALS
    rows = [_step_row(step, portfolio.as_of) for step in portfolio.next_actions]
    return text_table(_STEPS, rows, room=columns, paint=paint)


def _goal_row(goal: PortfolioGoal, as_of: date) -> list[TableCell]:
    return [
        _status(goal.status),
        TableCell(goal.title),
        TableCell(_share(goal.progress, goal.expected), number=True),
        TableCell(_share(goal.expected, goal.progress), number=True),
        _due(goal.due, as_of),
        TableCell(goal.forecast.isoformat() if goal.forecast else ""),
        TableCell(reason_in_words(goal), "quiet"),
    ]


def _step_row(step: PortfolioGoal | PortfolioMilestone, as_of: date) -> list[TableCell]:
    goal = None if isinstance(step, PortfolioGoal) else step.goal
    return [
        _status(step.status),
        TableCell(step.title),
        TableCell(goal.title if goal else "", "quiet"),
        _due(step.due, as_of),
    ]


def _status(status: Status) -> TableCell:
    return TableCell(status.value.replace("-", " "), _TONES.get(status, ""))


def _due(due: PlanDate | None, as_of: date) -> TableCell:
    return TableCell(formatting.short_date(due, as_of=as_of) if due else "")


def _role(role: PortfolioRole, paint: Paint, columns: int | None) -> str:
    title = paint(visible(role.title), "strong")
    considered = ", considered" if role.status is RoleStatus.CONSIDERING else ""
    text = f"{title}{considered}: {_readiness(role)}\n"
    rows = [_gap_row(gap) for gap in role.gaps]
    if rows:
        text += text_table(_GAPS, rows, room=columns, paint=paint)
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
    closing = gap.closing if gap.safe is False else None
    return [
        TableCell(gap.skill.title),
        TableCell(standing.current.short if standing.current else "unrated", number=True),
        TableCell(standing.required.short if standing.required else "", number=True),
        TableCell(formatting.number(gap.gap) if gap.gap is not None else "unknown", number=True),
        TableCell(formatting.number(points) if points is not None else "", number=True),
        _status(closing.status) if closing else TableCell(gap.covered or "unknown"),
        TableCell("must" if gap.must else "", "strong"),
    ]


def _share(share: Fraction | None, beside: Fraction | None) -> str:
    """Return a share in percent, with a decimal where another one in the row would look alike."""
    return formatting.percent_beside(share, beside) if share is not None else ""
