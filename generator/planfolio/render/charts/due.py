"""Goals by their due day: the next ones on a line of time, and all on the ladder of horizons."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.portfolio import Portfolio
from planfolio.portfolio.section_lists import Rung, due_order
from planfolio.render.charts.axes import (
    MOST_ROWS,
    Label,
    LinearScale,
    Mark,
    label_beside,
    scale_of_days,
)

_NEXT = 5
"""How many goals are due next."""
_BEFORE = timedelta(days=182)
"""How far back the line of time begins at most."""
_NEAR = Fraction(1, 4)
"""How near to an end of the line a word has no room on that side."""

_WIDTH, _HEAD, _PITCH = 760, 34, 26
_BESIDE = 12
"""Pixels from the middle of a mark to its label."""


class TimelineRow(NamedTuple):
    """A goal from `start`, `length` long, of which `done` is done, with its milestones due ahead.

    All are shares of the line. Of a habit nothing is done ahead of its days.
    """

    goal: PortfolioGoal
    start: Fraction
    length: Fraction
    done: Fraction
    milestones: tuple[Fraction, ...]


class Timeline(NamedTuple):
    """The goals that are due first, on a line from `first` to `last`; `dated` goals have a date.

    A word at `today` is aligned there by its `anchor`: start, middle or end.
    """

    first: date
    last: date
    today: Fraction
    anchor: str
    rows: tuple[TimelineRow, ...]
    dated: int


class LadderMark(NamedTuple):
    """A goal of a rung at its due day, with its label."""

    goal: PortfolioGoal
    rung: Rung
    x: int
    y: int
    label: Label


class HorizonLadder(NamedTuple):
    """The rungs from today on as columns, from `edges` on and named at their middles, and goals.

    The first due is on top. `dated` goals have a date; `more` of them are not drawn.
    """

    width: int
    height: int
    edges: tuple[int, ...]
    columns: tuple[Mark[Rung], ...]
    marks: tuple[LadderMark, ...]
    dated: int
    more: int


def timeline_chart(portfolio: Portfolio) -> Timeline | None:
    """Return the five goals that are due first; None where no open goal has a date."""
    dated = [(g.due.last, g) for g in portfolio.goals if not g.at_rest and g.due is not None]
    if not dated:
        return None
    shown = sorted(dated, key=lambda found: due_order(found[1]))[:_NEXT]
    today = portfolio.as_of
    starts = [goal.start.first for _, goal in shown if goal.start is not None]
    dues = [due for due, _ in shown]
    first, last = max(min(*starts, *dues, today), today - _BEFORE), max(*dues, today)
    line = scale_of_days(first, last, left=0, right=1)
    rows = tuple(_timeline_row(goal, due, line) for due, goal in shown)
    place = line.share(today.toordinal())
    anchor = "start" if place < _NEAR else "end" if place > 1 - _NEAR else "middle"
    return Timeline(first, last, place, anchor, rows, len(dated))


def _timeline_row(goal: PortfolioGoal, due: date, line: LinearScale) -> TimelineRow:
    end = line.share(due.toordinal())
    start = line.share(goal.start.first.toordinal()) if goal.start is not None else end
    length = max(end - start, Fraction(0))
    ahead = [m.due.last for m in goal.milestones if m.is_open and m.due is not None]
    milestones = tuple(line.share(day.toordinal()) for day in ahead)
    done = (goal.progress or 0) if goal.cadence is None else 0
    return TimelineRow(goal, start, length, length * done, milestones)


def horizon_ladder_chart(portfolio: Portfolio) -> HorizonLadder | None:
    """Return the ladder of the goals with a date, near years wider than far ones.

    None where no goal has a date.
    """
    rungs = [rung for rung in portfolio.ladder if rung.dated]
    found = [(place, goal) for place, rung in enumerate(rungs) for goal in rung.goals]
    if not found:
        return None
    edges = [round(Fraction(_WIDTH * place, len(rungs))) for place in range(len(rungs) + 1)]
    spans = list(pairwise(edges))
    marks = []
    for row, (place, goal) in enumerate(found[:MOST_ROWS]):
        before = rungs[place - 1].months if place else 0
        x = _rung_place(goal, before, rungs[place].months, spans[place], as_of=portfolio.as_of)
        y = _HEAD + _PITCH * row + _PITCH // 2
        label = label_beside(x, before=x - _BESIDE, after=x + _BESIDE, y=y + 4, width=_WIDTH)
        marks.append(LadderMark(goal, rungs[place], x, y, label))
    middles = ((left + right) // 2 for left, right in spans)
    return HorizonLadder(
        width=_WIDTH,
        height=_HEAD + _PITCH * len(marks),
        edges=tuple(edges[:-1]),
        columns=tuple(Mark(rung, x, 20) for rung, x in zip(rungs, middles, strict=True)),
        marks=tuple(marks),
        dated=len(found),
        more=len(found) - len(marks),
    )


def _rung_place(
    goal: PortfolioGoal,
    before: int | None,
    until: int | None,
    span: tuple[int, int],
    *,
    as_of: date,
) -> int:
    """Return the place of a goal within its rung, by months; in the middle beyond the last."""
    if until is None or before is None or goal.due is None:
        return sum(span) // 2
    ahead = Fraction((goal.due.last - as_of).days * 1200, 36525)
    return min(max(LinearScale(before, until, *span).pixel(ahead), 6), _WIDTH - 6)
