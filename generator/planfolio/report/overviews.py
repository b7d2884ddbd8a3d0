"""The status of goals and the gaps of roles, as tables for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.analyse.results import WORST_FIRST, Status
from planfolio.model.kinds.role import RoleStatus
from planfolio.model.scales import scale_of, scales
from planfolio.portfolio import formats
from planfolio.portfolio.badges import STATUS_WORDS, coverage_badge
from planfolio.portfolio.gap_table import readiness_words
from planfolio.portfolio.levels import short_level
from planfolio.report.tables import TableCell, text_table
from planfolio.spelling import visible

if TYPE_CHECKING:
    from fractions import Fraction

    from planfolio.analyse.results import Analysis, GoalNumbers, RequirementNumbers
    from planfolio.model.plan import Goal, Plan, Role
    from planfolio.report.text import Paint

_TONES = {
    Status.LATE: "error",
    Status.OFF_TRACK: "error",
    Status.AT_RISK: "warning",
    Status.UNKNOWN: "quiet",
    Status.ON_TRACK: "help",
    Status.DONE: "help",
}
_RANKS = (RoleStatus.TARGET, RoleStatus.CONSIDERING)


def status_table(
    plan: Plan, analysis: Analysis, *, paint: Paint, columns: int | None = None
) -> str:
    """Return all goals with status, progress, what was expected, due day and forecast, worst first.

    `columns` is the width of the terminal, if it is one.
    """
    if not plan.goals:
        return "No goals yet: write one with `planfolio new goal TITLE`.\n"

    def order(goal: Goal) -> tuple[int, str, str]:
        due = goal.due.last.isoformat() if goal.due else "9999"
        return WORST_FIRST.index(analysis.goals[goal.id].status), due, goal.id

    rows = [
        _goal_row(goal, analysis.goals[goal.id]) for goal in sorted(plan.goals.values(), key=order)
    ]
    head = ("status", "goal", "progress", "expected", "due", "forecast")
    return text_table(head, rows, elastic=1, columns=columns, paint=paint)


def gaps_tables(plan: Plan, analysis: Analysis, *, paint: Paint, columns: int | None = None) -> str:
    """Return, for each role that is not dropped, its readiness and its gaps in order of priority.

    The roles aimed at come first, the plan's own before the others.
    """
    roles = [role for role in plan.roles.values() if role.fields.status in _RANKS]
    if not roles:
        return "No roles yet: write one with `planfolio new role TITLE`.\n"
    roles.sort(key=lambda r: (_RANKS.index(r.fields.status), r.id != plan.settings.plan.role, r.id))
    return "\n".join(_role(role, plan, analysis, paint, columns) for role in roles)


def _goal_row(goal: Goal, numbers: GoalNumbers) -> list[TableCell]:
    track = numbers.leading
    word, _ = STATUS_WORDS[numbers.status]
    return [
        TableCell(word.lower(), _TONES.get(numbers.status, "")),
        TableCell(goal.title),
        TableCell(_share(track.progress), number=True),
        TableCell(_share(track.expected), number=True),
        TableCell(formats.plan_date(goal.due) if goal.due else ""),
        TableCell(formats.calendar_day(track.forecast) if track.forecast else ""),
    ]


def _role(role: Role, plan: Plan, analysis: Analysis, paint: Paint, columns: int | None) -> str:
    numbers = analysis.roles[role.id]
    title = paint(visible(role.title), "strong")
    considered = ", considered" if role.fields.status is RoleStatus.CONSIDERING else ""
    ready = "requires no skills yet"
    if numbers.readiness is not None:
        met = f"{numbers.met} of {numbers.required} skills met"
        ready = f"{readiness_words(numbers.readiness)} ready, {met}"
    text = f"{title}{considered}: {ready}\n".replace("\u00a0", " ")
    rows = [_gap_row(gap, plan) for gap in numbers.gaps]
    if rows:
        head = ("skill", "level", "required", "gap", "gain per 10 h", "covered", "")
        text += text_table(head, rows, elastic=0, columns=columns, paint=paint)
    open_needs = [
        role.fields.needs[need.index].title
        for need in numbers.needs
        if need.met_on is None and not need.answered
    ]
    if open_needs:
        text += f"Requirements without a plan: {visible('; '.join(open_needs))}\n"
    return text


def _gap_row(gap: RequirementNumbers, plan: Plan) -> list[TableCell]:
    skill = plan.skills[gap.skill]
    scale = scale_of(skill.fields.scale, site=plan.settings, known=scales(plan.settings))
    return [
        TableCell(skill.title),
        TableCell(short_level(gap.current, scale=scale), number=True),
        TableCell(short_level(gap.required, scale=scale), number=True),
        TableCell(formats.number(gap.gap) if gap.gap is not None else formats.UNKNOWN, number=True),
        TableCell(
            formats.number(gap.priority * 10) if gap.priority is not None else "", number=True
        ),
        TableCell(coverage_badge(gap.covered).word.lower()),
        TableCell("must" if gap.must else "", "strong"),
    ]


def _share(share: Fraction | None) -> str:
    return formats.percent(share) if share is not None else ""
