"""The numbers of a plan as tables for a terminal: the same as on its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.kinds.role import RoleStatus
from planfolio.report.printable import printable, width
from planfolio.scales import scale_of, scales
from planfolio.stage5_layout import formats
from planfolio.stage5_layout.badges import STATUS_WORDS, WORST_FIRST, coverage_badge
from planfolio.stage5_layout.levels import short_level

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from planfolio.plan import Goal, Plan, Role
    from planfolio.stage4_analyse.results import Analysis, GoalNumbers, Requirement

    Paint = Callable[[str, str], str]

_TONES = {"good": "help", "fair": "warning", "poor": "warning", "bad": "error", "unknown": "quiet"}


def status_table(plan: Plan, analysis: Analysis, *, paint: Paint) -> str:
    """Return all goals with status, progress, what was expected, due day and forecast, worst first."""
    goals = sorted(
        plan.goals.values(),
        key=lambda goal: (WORST_FIRST.index(analysis.goals[goal.id].status), goal.id),
    )
    if not goals:
        return "No goals yet: write one with planfolio new goal TITLE.\n"
    rows = [_goal_row(goal, analysis.goals[goal.id], paint) for goal in goals]
    head = ("status", "goal", "progress", "expected", "due", "forecast")
    return _table(head, rows, numbers=(2, 3), paint=paint)


def gaps_tables(plan: Plan, analysis: Analysis, *, paint: Paint) -> str:
    """Return, for each role that is not dropped, its readiness and its gaps in order of priority."""
    roles = [r for r in plan.roles.values() if r.fields.status is not RoleStatus.DROPPED]
    if not roles:
        return "No roles yet: write one with planfolio new role TITLE.\n"
    return "\n".join(_role_table(role, plan, analysis, paint) for role in roles)


def _goal_row(goal: Goal, numbers: GoalNumbers, paint: Paint) -> list[str]:
    word, tone = STATUS_WORDS[numbers.status]
    track = numbers.track
    return [
        paint(word.lower(), _TONES.get(tone, "plain")),
        goal.title,
        _share(track.progress),
        _share(track.expected),
        formats.plan_date(goal.due) if goal.due else "",
        formats.calendar_day(track.forecast) if track.forecast else "",
    ]


def _role_table(role: Role, plan: Plan, analysis: Analysis, paint: Paint) -> str:
    numbers = analysis.roles[role.id]
    if numbers.readiness is None:
        ready = "n/a: it requires nothing"
    elif numbers.readiness.low == numbers.readiness.high:
        ready = formats.percent(numbers.readiness.low)
    else:
        ready = f"{_share(numbers.readiness.low)} to {_share(numbers.readiness.high)}"
    heading = paint(printable(role.title), "strong")
    lines = f"{heading}: ready to {ready}; {numbers.met} of {numbers.required} requirements met\n"
    rows = [_gap_row(gap, plan) for gap in numbers.gaps]
    if not rows:
        return lines.replace("\u00a0", " ")
    head = ("skill", "level", "asked", "gap", "points per 10 h", "covered", "")
    return lines.replace("\u00a0", " ") + _table(head, rows, numbers=(1, 2, 3, 4), paint=paint)


def _gap_row(gap: Requirement, plan: Plan) -> list[str]:
    skill = plan.skills[gap.skill]
    scale = scale_of(skill.fields.scale, site=plan.site, known=scales(plan.site))
    return [
        skill.title,
        short_level(gap.current, scale=scale),
        short_level(gap.required, scale=scale),
        formats.number(gap.gap) if gap.gap is not None else formats.UNKNOWN,
        formats.number(gap.priority * 10) if gap.priority is not None else "",
        coverage_badge(gap.covered).word.lower(),
        "must" if gap.must else "",
    ]


def _share(share: Fraction | None) -> str:
    return formats.percent(share) if share is not None else ""


def _table(
    head: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Sequence[int], paint: Paint
) -> str:
    """Set rows in columns two spaces apart; the columns in `numbers` stand to the right."""
    cells = [[_clean(cell) for cell in row] for row in (head, *rows)]
    widths = [max(_shown(row[i]) for row in cells) for i in range(len(head))]
    lines = []
    for index, row in enumerate(cells):
        parts = []
        for column, cell in enumerate(row):
            gap = " " * (widths[column] - _shown(cell))
            parts.append(gap + cell if column in numbers else cell + gap)
        line = "  ".join(parts).rstrip()
        lines.append(paint(line, "quiet") if index == 0 else line)
    return "\n".join(lines) + "\n"


def _clean(cell: str) -> str:
    """Make a cell printable; colour that we put in is kept."""
    start, escape, rest = cell.partition("\x1b[")
    if escape and cell.endswith("\x1b[0m"):
        return cell
    return printable((start + escape + rest).replace("\u00a0", " "))


def _shown(cell: str) -> int:
    plain = cell
    while "\x1b[" in plain:
        start, _, rest = plain.partition("\x1b[")
        plain = start + rest.partition("m")[2]
    return width(plain)
