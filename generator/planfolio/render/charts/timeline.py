"""The goals that are due next along time, for a glance: shares of one line that holds today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from planfolio.portfolio.section_lists import due_order

if TYPE_CHECKING:
    from planfolio.portfolio.goal import PortfolioGoal
    from planfolio.portfolio.portfolio import Portfolio

_ROWS = 5
_BEFORE = timedelta(days=182)
"""How far back the line begins at most."""
_NEAR = Fraction(1, 4)
"""How near to an end of the line a word has no room on that side."""


class TimelineRow(NamedTuple):
    """A goal from `start`, `length` long, of which `done` is done, with its milestones due ahead.

    All are shares of the line. Of a habit nothing is done ahead of its days.
    """

    goal: PortfolioGoal
    start: Fraction
    length: Fraction
    done: Fraction
    milestones: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The goals that are due first, on a line from `first` to `last`; `count` goals have a date.

    A word at `today` stands there by its `anchor`: start, middle or end.
    """

    first: date
    last: date
    today: Fraction
    anchor: str
    rows: tuple[TimelineRow, ...]
    count: int


def timeline_chart(portfolio: Portfolio) -> Timeline | None:
    """Return the five goals that are due first; None where no open goal has a date."""
    dated = [g for g in portfolio.goals if not g.at_rest and g.due is not None]
    if not dated:
        return None
    shown = sorted(dated, key=due_order)[:_ROWS]
    today = portfolio.as_of
    starts = [goal.start.first for goal in shown if goal.start is not None]
    line = _Line(
        max(min((*starts, *(_due(goal) for goal in shown), today)), today - _BEFORE),
        max((*(_due(goal) for goal in shown), today)),
    )
    rows = tuple(_row(goal, line) for goal in shown)
    place = line.share(today)
    anchor = "start" if place < _NEAR else "end" if place > 1 - _NEAR else "middle"
    return Timeline(line.first, line.last, place, anchor, rows, len(dated))


class _Line(NamedTuple):
    first: date
    last: date

    def share(self, day: date) -> Fraction:
        """Return where a day stands, 0 to 1; days beyond the ends stand at the ends."""
        held = min(max(day, self.first), self.last)
        return Fraction((held - self.first).days, max((self.last - self.first).days, 1))


def _row(goal: PortfolioGoal, line: _Line) -> TimelineRow:
    due = line.share(_due(goal))
    start = line.share(goal.start.first) if goal.start is not None else due
    length = max(due - start, Fraction(0))
    ahead = (m.due.last for m in goal.milestones if m.is_open and m.due is not None)
    milestones = tuple(line.share(day) for day in ahead)
    share = (goal.progress or 0) if goal.cadence is None else 0
    return TimelineRow(goal, start, length, length * share, milestones)


def _due(goal: PortfolioGoal) -> date:
    return goal.due.last if goal.due is not None else date.max
