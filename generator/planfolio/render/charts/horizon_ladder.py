"""The ladder of horizons: goals by how far ahead they are due, near years wider than far ones."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from planfolio.portfolio.aims import Rung
    from planfolio.portfolio.goal import PortfolioGoal
    from planfolio.portfolio.portfolio import Portfolio

_WIDTH, _HEAD, _PITCH = 760, 34, 26
_CHARACTER = 7
_ROWS = 50


class LadderColumn(NamedTuple):
    """A rung from `x` to `end`, around `middle`."""

    rung: Rung
    x: int
    middle: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderMark:
    """A goal of a rung at its due day; its label begins at `label`, or ends there where `ends`."""

    goal: PortfolioGoal
    rung: Rung
    x: int
    y: int
    label: int
    label_y: int
    ends: bool
    room: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HorizonLadder:
    """The rungs from today on, and the goals on them, the first due on top.

    `count` goals have a date; those beyond the ones that are drawn are counted by `more`.
    """

    width: int
    height: int
    columns: tuple[LadderColumn, ...]
    marks: tuple[LadderMark, ...]
    count: int
    more: int


def horizon_ladder_chart(portfolio: Portfolio) -> HorizonLadder | None:
    """Return the ladder of the goals with a date; None where none has one."""
    rungs = [rung for rung in portfolio.ladder if rung.dated]
    found = [(place, goal) for place, rung in enumerate(rungs) for goal in rung.goals]
    if not found:
        return None
    wide = Fraction(_WIDTH, len(rungs))
    edges = [round(wide * place) for place in range(len(rungs) + 1)]
    marks = []
    for row, (place, goal) in enumerate(found[:_ROWS]):
        span = edges[place], edges[place + 1]
        x = _place(goal, rungs, place, as_of=portfolio.as_of, span=span)
        ends = 2 * x > _WIDTH
        label = x - 12 if ends else x + 12
        y = _HEAD + _PITCH * row + _PITCH // 2
        marks.append(
            LadderMark(
                goal=goal,
                rung=rungs[place],
                x=x,
                y=y,
                label=label,
                label_y=y + 4,
                ends=ends,
                room=(label if ends else _WIDTH - label) // _CHARACTER,
            )
        )
    return HorizonLadder(
        width=_WIDTH,
        height=_HEAD + _PITCH * len(marks),
        columns=tuple(
            LadderColumn(rung, x, (x + end) // 2)
            for rung, (x, end) in zip(rungs, pairwise(edges), strict=True)
        ),
        marks=tuple(marks),
        count=len(found),
        more=len(found) - len(marks),
    )


def _place(
    goal: PortfolioGoal, rungs: list[Rung], place: int, *, as_of: date, span: tuple[int, int]
) -> int:
    """Return where a goal stands between the ends of its rung; in the middle beyond the last."""
    left, right = span
    months, before = rungs[place].months, rungs[place - 1].months if place else 0
    if months is None or before is None or goal.due is None:
        return (left + right) // 2
    ahead = Fraction((goal.due.last - as_of).days * 1200, 36525)
    share = min(max((ahead - before) / (months - before), Fraction(0)), Fraction(1))
    return min(max(round(left + share * (right - left)), 6), _WIDTH - 6)
