"""The status of goals, the gaps of roles and what to do next, as tables for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.analyse.status import Status
from planfolio.model import formatting
from planfolio.model.kinds.role import RoleStatus
from planfolio.model.settings import WEEK_HOURS
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.steps import PortfolioMilestone
from planfolio.report.tables import TableCell, TableColumn, text_table, wrapped_note
from planfolio.report.why import ReasonWords
from planfolio.spelling import visible

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from planfolio.analyse.gaps import Interval
    from planfolio.model.references import Key
    from planfolio.model.values.dates import PlanDate
    from planfolio.portfolio.actions import ActionGroup
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
NO_ROLES = "No roles yet: write one with `planfolio new role TITLE`.\n"
_NO_GOALS = "No goals yet: write one with `planfolio new goal TITLE`.\n"

_GOALS = (
    TableColumn("status"),
    TableColumn("goal", title=True),
    TableColumn("progress"),
    TableColumn("expected", spare=2),
    TableColumn("due"),
    TableColumn("forecast", spare=1),
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

    Below one that needs attention, or whose status is unknown, stands why. Below them all stands
    whether the plan fits its hours, and when one is ready for the target roles. `columns` is the
    width of the terminal, if it is one.
    """
    if not portfolio.goals:
        return _NO_GOALS
    words = ReasonWords(portfolio)
    rows = [_goal_row(goal, portfolio.as_of) for goal in portfolio.goals]
    notes = [
        [words.cause(goal)] if goal.needs_attention or goal.status is Status.UNKNOWN else []
        for goal in portfolio.goals
    ]
    table = text_table(_GOALS, rows, notes=notes, room=columns, paint=paint)
    outlook = [*outlook_lines(portfolio), *money_lines(portfolio)]
    lines = [part for line in outlook for part in wrapped_note(line, columns)]
    return table + "".join(f"\n{line}" for line in lines) + ("\n" if lines else "")


def status_of(step: Key, portfolio: Portfolio, *, paint: Paint, columns: int | None = None) -> str:
    """Return the same table of one goal, or of that of another step; empty for one without a goal.

    Below it stands why, and how far it is by its other measures and the milestone by its checklist.
    """
    found = portfolio.find(step)
    goal = found if isinstance(found, PortfolioGoal) else getattr(found, "goal", None)
    if not isinstance(goal, PortfolioGoal):
        return ""
    words = ReasonWords(portfolio)
    notes = [words.reason(goal), *words.other_measures(goal)]
    if isinstance(found, PortfolioMilestone):
        notes += words.checklist(found)
    row = _goal_row(goal, portfolio.as_of)
    return text_table(_GOALS, [row], notes=[notes], room=columns, paint=paint)


def gaps_tables(portfolio: Portfolio, *, paint: Paint, columns: int | None = None) -> str:
    """Return, for each role that is not dropped, its readiness and its gaps in order of priority.

    The target roles come first, the plan's own before the others.
    """
    roles = roles_not_dropped(portfolio)
    if not roles:
        return NO_ROLES
    return "\n".join(_role(role, paint, columns) for role in roles)


def roles_not_dropped(portfolio: Portfolio) -> list[PortfolioRole]:
    """Return the roles that are not dropped, the target roles first."""
    others = (role for role in portfolio.other_roles if role.status is RoleStatus.CONSIDERING)
    return [*portfolio.target_roles, *others]


def readiness_text(readiness: Interval | None) -> str:
    """Return a readiness: `67%`, `55% to 73%`, or nothing where nothing is required."""
    if readiness is None:
        return ""
    low, high = _share(readiness.low, readiness.high), _share(readiness.high, readiness.low)
    return low if readiness.low == readiness.high else f"{low} to {high}"


def next_table(portfolio: Portfolio, *, paint: Paint, columns: int | None = None) -> str:
    """Return what to do this week, this month and later, in the order of the schedule.

    Below the first step with a checklist that can start stand the open items of it, and last what
    the newest review left open.
    """
    if not portfolio.next_actions and not portfolio.open_review_items:
        return "Nothing can start today.\n" if portfolio.goals else _NO_GOALS
    rows = [_step_row(step, portfolio.as_of) for step in portfolio.next_actions]
    heading, *lines = text_table(_STEPS, rows, room=columns, paint=paint).splitlines()
    text = [heading] if rows else []
    in_hand = True
    for group in portfolio.next_actions_by_time:
        text.append(paint(_heading(group), "strong"))
        for action in group.actions:
            text.append(lines.pop(0))
            if in_hand and action.items and not action.waits:
                text += _items("[ ] ", [task.text for task in action.items], columns)
                in_hand = False
    if portfolio.open_review_items:
        text.append(paint("From the last review", "strong"))
        text += _items("", [item.text for item in portfolio.open_review_items], columns)
    return "\n".join(text) + "\n"


def _items(mark: str, items: list[str], columns: int | None) -> list[str]:
    """Return items to do, indented, in lines that fit."""
    room = columns - 2 if columns is not None else None
    return [f"  {line}" for item in items for line in wrapped_note(mark + item, room)]


def outlook_lines(portfolio: Portfolio) -> list[str]:
    """Return whether the hours are enough, and when one is ready for each target role."""
    capacity = portfolio.capacity
    if capacity.hours_per_week is None:
        return []
    week = f"{formatting.hours(capacity.hours_per_week)} a week"
    lines = [_verdict(portfolio, week=week)]
    for role in portfolio.target_roles:
        if role.ready:
            state = "ready now"
        elif role.ready_on is not None:
            state = f"ready on {formatting.calendar_day(role.ready_on)} at {week}"
        else:
            state = "the plan gives no day on which you are ready"
        lines.append(f"{role.title}: {state}.")
    return lines


def money_lines(portfolio: Portfolio) -> list[str]:
    """Return for each currency what is planned, spent and left."""
    lines = []
    for found in portfolio.budget.sums if portfolio.budget is not None else ():
        line = f"{formatting.money(found.planned)} planned"
        if found.spent.amount:
            line += f", {formatting.money(found.spent)} spent"
        if found.set_aside is not None:
            line += f" of {formatting.money(found.set_aside)} set aside: "
            rest = found.missing if found.missing is not None else found.left
            line += f"{formatting.money(rest)} " if rest is not None else ""
            line += "too little" if found.missing is not None else "left"
        lines.append(f"{line}.")
    return lines


def _verdict(portfolio: Portfolio, *, week: str) -> str:
    capacity = portfolio.capacity
    hours = capacity.hours_per_week or 0
    are = "is" if hours == 1 else "are"
    needed = capacity.needed_hours_per_week
    would = f"{formatting.hours(needed)} a week would" if needed is not None else ""
    if capacity.fits:
        less = needed is not None and needed < hours
        return f"{week} {are} enough" + (f"; {would} do." if less else ".")
    if capacity.fits is None:
        unknown = formatting.count(len(capacity.without_effort), "step has", "steps have")
        return f"Whether {week} {are} enough is not known: {unknown} no effort."
    text = f"{week} {are} not enough"
    ahead = [window for window in capacity.late if window.last >= portfolio.as_of]
    if ahead:
        asked, there = formatting.hours(ahead[0].asked), formatting.number(ahead[0].there)
        by = formatting.calendar_day(ahead[0].last)
        text += f": by {by} the plan asks {asked} and there are {there}"
    if needed is not None:
        more = ", more than a week has" if needed > WEEK_HOURS else ""
        return f"{text}. {would} fit{more}."
    titles = [formatting.in_quotes(portfolio.records[key].title) for key in capacity.impossible]
    are = "is" if len(titles) == 1 else "are"
    return f"{text}. {formatting.listing(titles, most=3)} {are} late whatever the hours."


def _heading(group: ActionGroup) -> str:
    until = f", until {formatting.calendar_day(group.until)}" if group.until else ""
    return {"week": "This week", "month": "This month", "later": "Later"}[group.time] + until


def _goal_row(goal: PortfolioGoal, as_of: date) -> list[TableCell]:
    return [
        _status(goal.status),
        TableCell(goal.title),
        TableCell(_share(goal.progress, goal.expected), number=True),
        TableCell(_share(goal.expected, goal.progress), number=True),
        _due(goal.due, as_of),
        TableCell(goal.forecast.isoformat() if goal.forecast else ""),
    ]


def _step_row(step: PortfolioGoal | PortfolioMilestone, as_of: date) -> list[TableCell]:
    return [
        _status(step.status),
        TableCell(step.title),
        TableCell(step.goal.title if step.goal else "", "quiet"),
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
    if role.readiness is None:
        return "requires no skills yet"
    share = readiness_text(role.readiness)
    text = f"{share} ready, {role.met_count} of {role.required_count} skills met"
    if role.ready_on is not None:
        text += f", ready on {formatting.calendar_day(role.ready_on)} by the schedule"
    return text


def _gap_row(gap: PortfolioRequirement) -> list[TableCell]:
    standing, gain = gap.standing, gap.gain_per_10h
    closing = gap.closing if gap.safe is False else None
    return [
        TableCell(gap.skill.title),
        TableCell(standing.current.short if standing.current else "unrated", number=True),
        TableCell(standing.required.short if standing.required else "", number=True),
        TableCell(formatting.number(gap.gap) if gap.gap is not None else "unknown", number=True),
        TableCell(formatting.number(gain * 100) if gain is not None else "", number=True),
        _status(closing.status) if closing else TableCell(gap.covered or "unknown"),
        TableCell("must" if gap.must else "", "strong"),
    ]


def _share(share: Fraction | None, beside: Fraction | None) -> str:
    """Return a share in percent, with a decimal where another one in the row would look alike."""
    return formatting.percent_beside(share, beside) if share is not None else ""
