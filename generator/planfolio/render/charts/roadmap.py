"""The roadmap: goals along time with their milestones, what they wait for, and today.

A goal is a row of its own. Its bar goes from start to due day, is filled as far as it is done, and
has its milestones on it. A tick marks where the schedule has it finished: the rest of the bar up to
the due day is slack, and a line beyond it is lateness.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from planfolio.model.kinds.goal import GoalKind
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.render.charts.axes import time_axis

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planfolio.model.references import Key
    from planfolio.portfolio.portfolio import Portfolio
    from planfolio.portfolio.steps import PortfolioMilestone
    from planfolio.render.charts.axes import TimeAxis

_WIDTH = 840
_HEAD = 40
_PITCH = 34
_BASELINE, _BAR = 15, 24
"""Pixels from the top of a row to the baseline of its label and to the middle of its bar."""

_CHARACTER = 7
"""Pixels of a character of a label, taken wide."""

_ROWS = 100
"""The most rows that are drawn, the first due; more than that nobody reads as one picture."""

_OPEN_ROWS = 50
"""The most rows that are shown at once; further parts are closed until asked for."""


class RoadmapMark(NamedTuple):
    """A milestone on the bar of its goal."""

    milestone: PortfolioMilestone
    x: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmapRow:
    """A goal, or a milestone of no goal: from `x1` to `x2`, done up to `done`.

    `y` is the middle of the bar. `finish` is where the schedule has it finished, and `over` tells
    that this is beyond the bar. The label begins at `label`, or ends there where `ends`
    is true, and has room for as many characters as `room`.
    """

    step: PortfolioGoal | PortfolioMilestone
    y: int
    x1: int
    x2: int
    done: int
    finish: int | None
    over: bool
    label: int
    label_y: int
    ends: bool
    room: int
    marks: tuple[RoadmapMark, ...]


class RoadmapArrow(NamedTuple):
    """That a step waits for another: from the place of one to that of the other.

    The line leaves and arrives upright, and `bend` is how far it does so.
    """

    x1: int
    y1: int
    x2: int
    y2: int
    bend: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmapPart:
    """Rows in a drawing of their own: a group by name, or the goals of it that are due in a year.

    `is_open` is false for what lies beyond the rows that are shown at once.
    """

    name: str
    year: int | None
    rows: tuple[RoadmapRow, ...]
    arrows: tuple[RoadmapArrow, ...]
    height: int
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmapChart:
    """The roadmap of the steps that are due first; `more` are due after them.

    `off` are days off in pixels, from and width. `count` steps end by the day `last`, `attention`
    of them need attention, and `late` ones finish after their due day by the schedule,
    `latest_days` at most. `undated` goals are not in it.
    """

    width: int
    axis: TimeAxis
    off: tuple[tuple[int, int], ...]
    parts: tuple[RoadmapPart, ...]
    count: int
    last: date
    attention: int
    late: int
    latest_days: int
    undated: int
    more: int


def roadmap_chart(portfolio: Portfolio, *, by: str = "priority") -> RoadmapChart | None:
    """Return the roadmap of what is not finished, in groups by `priority` or by `role`.

    None where no such goal has a date.
    """
    goals = [g for g in portfolio.goals if not g.at_rest and g.kind is not GoalKind.DIRECTION]
    dated = [goal for goal in goals if _last_day(goal) is not None]
    steps: list[PortfolioGoal | PortfolioMilestone] = [*dated]
    alone = (m for m in portfolio.milestones.values() if m.goal is None and m.is_open and m.due)
    steps += alone
    if not steps:
        return None
    found = sorted(steps, key=lambda step: (_last_day(step) or date.max, step.key))
    steps, more = found[:_ROWS], len(found[_ROWS:])
    axis = _axis(steps, as_of=portfolio.as_of)
    parts = tuple(_parts(_grouped(steps, by=by), axis))
    off: tuple[tuple[int, int], ...] = ()
    if portfolio.capacity.hours_per_week is not None:
        off = tuple(_bands(portfolio, axis))
    lateness = [p.late_days for s in found if (p := s.projection) is not None and p.late_days]
    return RoadmapChart(
        width=_WIDTH,
        axis=axis,
        off=off,
        parts=parts,
        count=len(found),
        last=max(filter(None, map(_last_day, found))),
        attention=sum(goal.needs_attention for goal in dated),
        late=len(lateness),
        latest_days=max(lateness, default=0),
        undated=len(goals) - len(dated),
        more=more,
    )


def _last_day(step: PortfolioGoal | PortfolioMilestone) -> date | None:
    """Return the last day that a step reaches to: due, else that of its milestones or children."""
    if step.due is not None:
        return step.due.last
    if not isinstance(step, PortfolioGoal):
        return None
    dues = [part.due for part in step.milestones] + [part.due for part in step.children]
    return max((due.last for due in dues if due is not None), default=None)


def _axis(steps: Sequence[PortfolioGoal | PortfolioMilestone], *, as_of: date) -> TimeAxis:
    """Return an axis that holds all that is ahead, and of what is past no more than a third."""
    days = [as_of + timedelta(days=30), *filter(None, map(_last_day, steps))]
    days += [p.finish for step in steps if (p := step.projection) is not None]
    past = max(90, (max(days) - as_of).days // 2)
    starts = [step.start.first for step in steps if step.start is not None]
    first = max(min([as_of, *starts, *days]), as_of - timedelta(days=past))
    return time_axis([first, max(days)], as_of=as_of, left=0, right=_WIDTH)


def _bands(portfolio: Portfolio, axis: TimeAxis) -> Iterator[tuple[int, int]]:
    for off in portfolio.settings.plan.time_off:
        x1, x2 = axis.x(off.from_.first), axis.x(off.to.last)
        if off.to.last >= axis.first and off.from_.first <= axis.last:
            yield x1, max(1, x2 - x1)


_Groups = dict[str, list["PortfolioGoal | PortfolioMilestone"]]


def _grouped(steps: Sequence[PortfolioGoal | PortfolioMilestone], *, by: str) -> _Groups:
    """Return steps by group, the next due first and the parts of a goal right after it."""
    groups: _Groups = {name: [] for name in ("must", "should", "could")} if by != "role" else {}
    keys = {step.key for step in steps}

    def line(step: PortfolioGoal | PortfolioMilestone) -> list[Any]:
        """Return a step and what it is a part of, the outermost first."""
        parent = step.parent if isinstance(step, PortfolioGoal) else None
        return [*(line(parent) if parent is not None and parent.key in keys else ()), step]

    def order(step: PortfolioGoal | PortfolioMilestone) -> list[tuple[date, Key]]:
        return [(_last_day(part) or date.max, part.key) for part in line(step)]

    for step in sorted(steps, key=order):
        root = line(step)[0]
        if by == "role":
            name = root.role.title if isinstance(root, PortfolioGoal) and root.role else ""
        else:
            name = str(root.priority or "") if isinstance(root, PortfolioGoal) else ""
        groups.setdefault(name, []).append(step)
    found = {name: members for name, members in groups.items() if members}
    if "" in found:
        found[""] = found.pop("")
    return found


def _parts(groups: _Groups, axis: TimeAxis) -> Iterator[RoadmapPart]:
    shown = 0
    for name, members in groups.items():
        by_year: dict[int | None, list[PortfolioGoal | PortfolioMilestone]] = {}
        for step in members:
            last = _last_day(step)
            year = last.year if last is not None and len(members) > _OPEN_ROWS else None
            by_year.setdefault(year, []).append(step)
        for year, steps in sorted(by_year.items(), key=lambda item: item[0] or 0):
            shown += len(steps)
            rows = tuple(_row(step, place, axis) for place, step in enumerate(steps))
            yield RoadmapPart(
                name=name,
                year=year,
                rows=rows,
                arrows=tuple(_arrows(rows)),
                height=_HEAD + _PITCH * len(rows) + 4,
                is_open=shown <= _OPEN_ROWS or shown == len(steps),
            )


def _row(step: PortfolioGoal | PortfolioMilestone, place: int, axis: TimeAxis) -> RoadmapRow:
    last = _last_day(step)
    right = axis.x(last) if last is not None else axis.right
    left = min(axis.x(step.start.first), right - 3) if step.start is not None else right - 3
    left = max(left, 0)
    right = max(right, left + 3)
    projection = step.projection
    milestones = step.milestones if isinstance(step, PortfolioGoal) else (step,)
    marks = [RoadmapMark(m, x) for m in milestones if (x := _place_of(m, axis)) is not None]
    ends = 2 * left > axis.right
    # A habit is kept up to today at most, whatever share of it that is.
    is_habit = isinstance(step, PortfolioGoal) and step.measure == "cadence"
    reach = min(max(axis.today, left), right) if is_habit else right
    label = right if ends else left
    return RoadmapRow(
        step=step,
        y=_HEAD + _PITCH * place + _BAR,
        x1=left,
        x2=right,
        done=left + round((reach - left) * (step.progress or 0)),
        finish=axis.x(projection.finish) if projection is not None else None,
        over=projection is not None and axis.x(projection.finish) > right,
        label=label,
        label_y=_HEAD + _PITCH * place + _BASELINE,
        ends=ends,
        room=(label if ends else axis.right - label) // _CHARACTER,
        marks=tuple(sorted(marks, key=lambda mark: (mark.x, mark.milestone.key))),
    )


def _place_of(milestone: PortfolioMilestone, axis: TimeAxis) -> int | None:
    """Return where a milestone stands: when it was reached, else when it is due."""
    if milestone.status == "dropped":
        return None
    day = milestone.done_on or (milestone.due.last if milestone.due is not None else None)
    return axis.x(day) if day is not None else None


def _arrows(rows: Sequence[RoadmapRow]) -> Iterator[RoadmapArrow]:
    """Yield what waits for what, where both are among the rows."""
    places: dict[Key, tuple[int, int]] = {}
    for row in rows:
        places |= {mark.milestone.key: (mark.x, row.y) for mark in row.marks}
        places[row.step.key] = (row.x2, row.y)
    for row in rows:
        waiting = [(row.step, row.x1), *((m.milestone, m.x) for m in row.marks)]
        for step, x in waiting:
            for before in step.after:
                x1, y1 = places.get(before.key, (0, row.y))
                if y1 != row.y:
                    yield RoadmapArrow(x1, y1, x, row.y, (y1 + row.y) // 2)
