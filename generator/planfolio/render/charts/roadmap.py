"""The roadmap: goals along time with their milestones, what they wait for, and today.

A goal is a row of its own. Its bar goes from start to due day, is filled as far as it is done, and
has its milestones on it. A tick marks where the schedule has it finished: the rest of the bar up to
the due day is slack, and a line beyond it is lateness.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from planfolio.model.kinds.goal import GoalKind
from planfolio.model.references import Key
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.portfolio import Portfolio
from planfolio.portfolio.steps import PortfolioMilestone
from planfolio.render.charts.axes import MOST_ROWS, Label, Mark, TimeAxis, label_beside, time_axis

_Step = PortfolioGoal | PortfolioMilestone
_Dated = tuple[_Step, date]
"""A step and the last day that it reaches to."""

_WIDTH = 840
_HEAD = 40
_PITCH = 34
_BASELINE, _BAR = 15, 24
"""Pixels from the top of a row to the baseline of its label and to the middle of its bar."""


class RoadmapRow(NamedTuple):
    """A goal, or a milestone of no goal: from `x1` to `x2`, done up to `done`.

    `y` is the middle of the bar. `finish` is where the schedule has it finished, and `over` tells
    that this is beyond the bar.
    """

    step: _Step
    y: int
    x1: int
    x2: int
    done: int
    finish: int | None
    over: bool
    label: Label
    marks: tuple[Mark[PortfolioMilestone], ...]


class RoadmapArrow(NamedTuple):
    """That a step waits for another: from the place of one to that of the other.

    The line leaves and arrives upright, and `bend` is how far it does so.
    """

    x1: int
    y1: int
    x2: int
    y2: int
    bend: int


class RoadmapPart(NamedTuple):
    """Rows in a drawing of their own, those of a priority; it is empty for none."""

    priority: str
    rows: tuple[RoadmapRow, ...]
    arrows: tuple[RoadmapArrow, ...]
    height: int


class RoadmapChart(NamedTuple):
    """The roadmap of the steps that are due first; `more` are due after them.

    `time_off` are days off in pixels, from and width. `step_count` steps end by the day `last`,
    `attention_count` of them need attention, and `late_count` ones finish after their due day by
    the schedule, `latest_days` at most. `undated` goals are not in it.
    """

    width: int
    axis: TimeAxis
    time_off: tuple[tuple[int, int], ...]
    parts: tuple[RoadmapPart, ...]
    step_count: int
    last: date
    attention_count: int
    late_count: int
    latest_days: int
    undated: int
    more: int


def roadmap_chart(portfolio: Portfolio) -> RoadmapChart | None:
    """Return the roadmap of what is not finished, by priority; None where no such goal has a date.

    It has the fifty steps that are due first.
    """
    goals = [
        goal
        for goal in portfolio.in_plan_order(PortfolioGoal)
        if not goal.at_rest and goal.kind is not GoalKind.DIRECTION
    ]
    alone = [m for m in portfolio.milestones.values() if m.goal is None and m.is_open]
    steps: list[_Step] = [*goals, *alone]
    dated = [(step, day) for step in steps if (day := _last_day(step)) is not None]
    if not dated:
        return None
    found = sorted(dated, key=lambda one: one[1])
    drawn = found[:MOST_ROWS]
    axis = _axis(drawn, as_of=portfolio.as_of)
    lateness = [p.late_days for s, _ in found if (p := s.projection) is not None and p.late_days]
    shown = [goal for goal, _ in found if isinstance(goal, PortfolioGoal)]
    return RoadmapChart(
        width=_WIDTH,
        axis=axis,
        time_off=tuple(_days_off(portfolio, axis)),
        parts=tuple(_parts(drawn, axis)),
        step_count=len(found),
        last=found[-1][1],
        attention_count=sum(goal.needs_attention for goal in shown),
        late_count=len(lateness),
        latest_days=max(lateness, default=0),
        undated=len(goals) - len(shown),
        more=len(found) - len(drawn),
    )


def _last_day(step: _Step) -> date | None:
    """Return the last day that a step reaches to: due, else that of its milestones or children."""
    if step.due is not None:
        return step.due.last
    if not isinstance(step, PortfolioGoal):
        return None
    dues = [part.due for part in (*step.milestones, *step.children)]
    return max((due.last for due in dues if due is not None), default=None)


def _axis(steps: Sequence[_Dated], *, as_of: date) -> TimeAxis:
    """Return an axis that holds all that is ahead, and of what is past no more than a third."""
    days = [as_of + timedelta(days=30), *(last for _, last in steps)]
    days += [p.finish for step, _ in steps if (p := step.projection) is not None]
    past = max(90, (max(days) - as_of).days // 2)
    starts = [step.start.first for step, _ in steps if step.start is not None]
    first = max(min([as_of, *starts, *days]), as_of - timedelta(days=past))
    return time_axis([first, max(days)], as_of=as_of, left=0, right=_WIDTH)


def _days_off(portfolio: Portfolio, axis: TimeAxis) -> Iterator[tuple[int, int]]:
    if portfolio.capacity.hours_per_week is None:
        return
    for off in portfolio.settings.plan.time_off:
        first, last = off.from_.first, off.to.last
        if last >= axis.first and first <= axis.last:
            yield axis.x(first), max(1, axis.x(last) - axis.x(first))


def _parts(steps: Sequence[_Dated], axis: TimeAxis) -> Iterator[RoadmapPart]:
    """Yield steps by priority, the next due first and the parts of a goal right after it."""
    places = {step.key: place for place, (step, _) in enumerate(steps)}

    def line(step: _Step) -> list[_Step]:
        """Return a step and what it is a part of, the outermost first."""
        parent = step.parent if isinstance(step, PortfolioGoal) else None
        return [*(line(parent) if parent is not None and parent.key in places else ()), step]

    groups: dict[str, list[_Dated]] = {"must": [], "should": [], "could": [], "": []}
    for found in sorted(steps, key=lambda one: [places[part.key] for part in line(one[0])]):
        root = line(found[0])[0]
        priority = root.priority if isinstance(root, PortfolioGoal) else None
        groups[priority or ""].append(found)
    for name, members in groups.items():
        if members:
            rows = tuple(_row(*found, place, axis) for place, found in enumerate(members))
            height = _HEAD + _PITCH * len(rows) + 4
            yield RoadmapPart(name, rows, tuple(_arrows(rows)), height)


def _row(step: _Step, last: date, place: int, axis: TimeAxis) -> RoadmapRow:
    top = _HEAD + _PITCH * place
    right = axis.x(last)
    left = min(axis.x(step.start.first), right - 3) if step.start is not None else right - 3
    left = max(left, 0)
    right = max(right, left + 3)
    # A habit is kept up to today at most, whatever share of it that is.
    deciding = step.deciding_measure if isinstance(step, PortfolioGoal) else None
    is_habit = deciding is not None and deciding.measure == "cadence"
    reach = min(max(axis.today, left), right) if is_habit else right
    finish = axis.x(step.projection.finish) if step.projection is not None else None
    milestones = step.milestones if isinstance(step, PortfolioGoal) else (step,)
    marks = [
        Mark(milestone, axis.x(day), top + _BAR)
        for milestone in milestones
        if (day := _day_of(milestone)) is not None
    ]
    return RoadmapRow(
        step=step,
        y=top + _BAR,
        x1=left,
        x2=right,
        done=left + round((reach - left) * (step.progress or 0)),
        finish=finish,
        over=finish is not None and finish > right,
        label=label_beside(left, before=right, after=left, y=top + _BASELINE, width=_WIDTH),
        marks=tuple(sorted(marks, key=lambda mark: mark.x)),
    )


def _day_of(milestone: PortfolioMilestone) -> date | None:
    """Return the day of a milestone: when it was reached, else when it is due."""
    if milestone.status == "dropped":
        return None
    return milestone.done_on or (milestone.due.last if milestone.due is not None else None)


def _arrows(rows: Sequence[RoadmapRow]) -> Iterator[RoadmapArrow]:
    """Yield what waits for what, where both are among the rows."""
    places: dict[Key, tuple[int, int]] = {}
    for row in rows:
        places |= {mark.subject.key: (mark.x, row.y) for mark in row.marks}
        places[row.step.key] = (row.x2, row.y)
    for row in rows:
        waiting = [(row.step, row.x1), *((mark.subject, mark.x) for mark in row.marks)]
        for step, x in waiting:
            for before in step.after:
                x1, y1 = places.get(before.key, (0, row.y))
                if y1 != row.y:
                    yield RoadmapArrow(x1, y1, x, row.y, (y1 + row.y) // 2)
