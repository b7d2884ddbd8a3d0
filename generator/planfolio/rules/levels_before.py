"""The levels that skills will have when a step begins: what the steps before it will have raised.

Before a step are those that it waits for, through all, and those that are due before it starts.
Steps that are dropped or drafts raise nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction
from graphlib import TopologicalSorter
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from planfolio.analyse.status import Status
from planfolio.analyse.steps import raised_to
from planfolio.rules.cycles import waiting_graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set
    from datetime import date

    from planfolio.model.plan import Record
    from planfolio.model.references import Key
    from planfolio.rules.context import RuleContext
    from planfolio.rules.cycles import Point

_NONE = Fraction(0)


class RaisedByDay:
    """By skill the highest level to which the steps that are due before a day raise it."""

    def __init__(self, context: RuleContext) -> None:
        raised: dict[str, list[tuple[date, Fraction]]] = {}
        for key in context.analysis.steps:
            step = context.plan.records[key]
            goal = context.plan.goal_of(step)
            due = step.due or (goal.due if goal is not None else None)
            if due is not None:
                for skill, level in _raised_by(step, context):
                    raised.setdefault(skill, []).append((due.last, level))
        self._raised = {
            skill: ([day for day, _ in sorted(each)], [*accumulate(_levels(sorted(each)), max)])
            for skill, each in raised.items()
        }

    def before(self, day: date, *, skill: str) -> Fraction:
        """Return the level of a skill before a day; 0 where nothing raises it."""
        days, levels = self._raised.get(skill, ((), ()))
        place = bisect_left(days, day)
        return levels[place - 1] if place else _NONE


def raised_before(context: RuleContext, *, skills: Set[str]) -> dict[Key, Mapping[str, Fraction]]:
    """Return by step the levels to which all that it waits for raises some skills.

    The time grows with the plan times the number of those skills.
    """
    graph = waiting_graph(context.plan)
    found: dict[Point, Mapping[str, Fraction]] = {}
    for point in TopologicalSorter(graph).static_order():
        key, side = point
        parts = [found[other] for other in graph[point]]
        if side == "end":
            own = _raised_by(context.plan.records[key], context)
            parts.append({skill: level for skill, level in own if skill in skills})
        found[point] = _highest(parts)
    return {key: levels for (key, side), levels in found.items() if side == "begin"}


def _raised_by(step: Record[Any], context: RuleContext) -> Iterator[tuple[str, Fraction]]:
    """Yield the skills that a step raises, and how far: without a level as far as a role asks."""
    numbers = context.analysis.steps.get(step.key)
    if numbers is None or numbers.status in {Status.DROPPED, Status.DRAFT}:
        return
    goal = context.plan.goal_of(step) or step
    role = context.plan.roles.get(getattr(goal.fields, "role", None) or "")
    for skill, level in getattr(step.fields, "raises", {}).items():
        required = context.analysis.skills[skill].required
        number = raised_to(skill, level, role=role, required=required)
        if number is not None:
            yield skill, number


def _levels(raised: Iterable[tuple[date, Fraction]]) -> Iterator[Fraction]:
    return (level for _, level in raised)


def _highest(parts: Iterable[Mapping[str, Fraction]]) -> Mapping[str, Fraction]:
    """Return the highest level of each skill; what is alone is not copied."""
    some = [part for part in parts if part]
    if len(some) < 2:
        return some[0] if some else {}
    highest: dict[str, Fraction] = {}
    for part in some:
        for skill, level in part.items():
            highest[skill] = max(level, highest.get(skill, level))
    return highest
