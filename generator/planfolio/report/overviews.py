"""The status of goals and what to do next, as tables for a terminal."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from planfolio import bundled
from planfolio.analyse.status import Status
from planfolio.model import formatting
from planfolio.model.references import Key
from planfolio.model.settings import WEEK_HOURS
from planfolio.model.values.dates import PlanDate
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.outlook import ActionGroup
from planfolio.portfolio.pages import Page
from planfolio.portfolio.portfolio import Portfolio
from planfolio.portfolio.steps import PortfolioMilestone
from planfolio.report.text import Paint, TableCell, TableColumn, text_table, wrapped_note

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
    TableColumn("progress", number=True),
    TableColumn("expected", number=True, spare=2),
    TableColumn("due"),
    TableColumn("forecast", spare=1),
)
_STEPS = (
    TableColumn("status"),
    TableColumn("step", title=True),
    TableColumn("goal", title=True),
    TableColumn("due"),
)


def status_table(portfolio: Portfolio, *, paint: Paint, columns: int | None = None) -> str:
    """Return all goals with status, progress, expected share, due day and forecast, worst first.

    One that needs attention, or whose status is unknown, is followed by the reason. The last lines
    say whether the plan fits its hours, and when one is ready for the target roles. `columns` is
    the width of the terminal, if it is one.
    """
    if not portfolio.goals:
        return _NO_GOALS
    sentence = _reasons(portfolio)
    notes = [
        [sentence("cause", goal)] if goal.needs_attention or goal.status is Status.UNKNOWN else []
        for goal in portfolio.goals
    ]
    table = _goals(portfolio.goals, notes, portfolio.as_of, paint=paint, columns=columns)
    outlook = [*_hours_lines(portfolio), *_money_lines(portfolio)]
    lines = [f"{part}\n" for line in outlook for part in wrapped_note(line, columns)]
    return "".join([table, "\n" * bool(lines), *lines])


def step_status_table(
    step: Key, portfolio: Portfolio, *, paint: Paint, columns: int | None = None
) -> str:
    """Return the same table of one goal, or of that of another step; empty for one without a goal.

    The lines below say why, and how far it is by its other measures and the milestone by its
    checklist.
    """
    found = portfolio.record(step)
    goal = found if isinstance(found, PortfolioGoal) else getattr(found, "goal", None)
    if not isinstance(goal, PortfolioGoal):
        return ""
    sentence = _reasons(portfolio)
    others = (each for each in goal.measures if each != goal.deciding_measure)
    notes = [sentence("reason", goal), *(sentence("measured", goal, each) for each in others)]
    if isinstance(found, PortfolioMilestone) and found.tasks:
        notes.append(sentence("ticked", found))
    return _goals([goal], [notes], portfolio.as_of, paint=paint, columns=columns)


def next_table(portfolio: Portfolio, *, paint: Paint, columns: int | None = None) -> str:
    """Return what to do this week, this month and later, in the order of the schedule.

    The first step with a checklist that can start is followed by its open items. What the newest
    review left open comes last.
    """
    if not portfolio.next_actions and portfolio.review_left_open is None:
        return "Nothing can start today.\n" if portfolio.goals else _NO_GOALS
    rows = [
        [
            status_cell(step.status),
            TableCell(step.title),
            TableCell(step.goal.title if step.goal else "", "quiet"),
            TableCell(_due(step.due, portfolio.as_of)),
        ]
        for step in portfolio.next_actions
    ]
    heading, *lines = text_table(_STEPS, rows, max_width=columns, paint=paint).splitlines()
    text = [heading] if rows else []
    in_hand = True
    for group in portfolio.next_actions_by_time:
        text.append(paint(_heading(group), "strong"))
        for action in group.actions:
            text.append(lines.pop(0))
            if in_hand and action.items and not action.waits:
                text += _items([f"[ ] {task.text}" for task in action.items], columns)
                in_hand = False
    if portfolio.review_left_open is not None:
        text.append(paint("From the last review", "strong"))
        text += _items([item.text for item in portfolio.review_left_open.next_open], columns)
    return "\n".join(text) + "\n"


def status_cell(status: Status) -> TableCell:
    """Return a status in its colour."""
    return TableCell(status.value.replace("-", " "), _TONES.get(status, ""))


def _goals(
    goals: Sequence[PortfolioGoal],
    notes: Sequence[Sequence[str]],
    as_of: date,
    *,
    paint: Paint,
    columns: int | None,
) -> str:
    rows = []
    for goal in goals:
        # With a decimal where the two would look alike.
        both = ((goal.progress, goal.expected), (goal.expected, goal.progress))
        shares = (formatting.percent_beside(a, b) if a is not None else "" for a, b in both)
        forecast = goal.forecast.isoformat() if goal.forecast else ""
        texts = (goal.title, *shares, _due(goal.due, as_of), forecast)
        rows.append([status_cell(goal.status), *map(TableCell, texts)])
    return text_table(_GOALS, rows, notes=notes, max_width=columns, paint=paint)


def _due(due: PlanDate | None, as_of: date) -> str:
    return formatting.short_date(due, as_of=as_of) if due else ""


def _reasons(portfolio: Portfolio) -> Callable[..., str]:
    """Return a function of the macros of `reasons.html`, in the default theme whatever the site's.

    They say why a goal has its status, and how far it is, as its page does; what is a link there is
    in quotes.
    """
    # Jinja takes a tenth of the time that the numbers take, and only these sentences need it.
    from markupsafe import Markup

    from planfolio.render.templates import page_values
    from planfolio.render.theme import load_theme
    from planfolio.theme_folders import DEFAULT

    theme = load_theme(DEFAULT, site_root=bundled.themes().parent)
    template = theme.templates.get_template("reasons.html")
    macros = template.make_module(page_values(Page(url="", template="home.html"), portfolio))

    def sentence(macro: str, *values: object) -> str:
        html = getattr(macros, macro)(*values)
        quoted = re.sub(r"<a\b[^>]*>(.*?)</a>", formatting.in_quotes(r"\1"), html)
        return Markup(quoted).striptags()  # noqa: S704  the template has escaped it

    return sentence


def _heading(group: ActionGroup) -> str:
    until = f", until {formatting.calendar_day(group.until)}" if group.until else ""
    return {"week": "This week", "month": "This month", "later": "Later"}[group.time] + until


def _items(items: list[str], columns: int | None) -> list[str]:
    """Return items to do, indented, in lines that fit."""
    max_width = columns - 2 if columns is not None else None
    return [f"  {line}" for item in items for line in wrapped_note(item, max_width)]


def _hours_lines(portfolio: Portfolio) -> list[str]:
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


def _money_lines(portfolio: Portfolio) -> list[str]:
    """Return for each currency what is planned, spent and left."""
    lines = []
    for found in portfolio.budget.sums if portfolio.budget is not None else ():
        line = f"{formatting.money(found.planned)} planned"
        if found.spent.amount:
            line += f", {formatting.money(found.spent)} spent"
        if found.set_aside is not None:
            line += f" of {formatting.money(found.set_aside)} set aside"
        if found.missing is not None:
            line += f": {formatting.money(found.missing)} too little"
        elif found.left is not None:
            line += f": {formatting.money(found.left)} left"
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
        needed_hours = formatting.hours(ahead[0].needed_hours)
        available = formatting.number(ahead[0].available_hours)
        by = formatting.calendar_day(ahead[0].last)
        text += f": by {by} the plan needs {needed_hours} and has {available}"
    if needed is not None:
        more = ", more than a week has" if needed > WEEK_HOURS else ""
        return f"{text}. {would} fit{more}."
    titles = [formatting.in_quotes(portfolio.records[key].title) for key in capacity.impossible]
    are = "is" if len(titles) == 1 else "are"
    return f"{text}. {formatting.listing(titles, most=3)} {are} late whatever the hours."
