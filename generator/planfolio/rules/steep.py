"""A104: whether a skill is to rise faster than skills do.

A rise counts from the level that the steps before will have brought: those that a step waits for,
through all, and those that are due before it starts. Steps that are dropped or drafts raise
nothing.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from graphlib import TopologicalSorter
from itertools import accumulate
from typing import Any, NamedTuple

from planfolio.analyse.skills import raised_to
from planfolio.analyse.status import Status
from planfolio.model.formatting import count, in_quotes, number
from planfolio.model.plan import Record
from planfolio.model.references import Key
from planfolio.rules.context import RuleContext
from planfolio.rules.links import Point, waiting_graph
from planfolio.rules.rule import Findings, finding_at, rule

STEEP_LEVELS = 2
STEEP_DAYS = 90


@rule("A104", of_whole_plan=True)
def steep(context: RuleContext) -> Findings:
    """A skill is planned to rise by two levels in under 90 days.

    A level of any scale is months of practice. Goals motivate as long as they are within one's
    ability (Locke and Latham, 1990). The rise counts from where the steps before will have brought
    the skill. Or the current level is set too low.

    Bad:  when: 2026-01..2026-02
          raises: {kubernetes: 4}   # the skill is at 1
    Good: when: 2026-01..2026-02
          raises: {kubernetes: 2}
    """
    climbs = list(_climbs(context))
    if not climbs:
        return
    skills = {climb.skill for climb in climbs}
    by_order, by_day = _raised_by_order(context, skills), _raised_by_day(context)
    for climb in climbs:
        days, levels = by_day.get(climb.skill, ((), (climb.current,)))
        before = max(
            climb.current,
            levels[bisect_left(days, climb.start)],
            by_order.get(climb.step.key, {}).get(climb.skill, climb.current),
        )
        if climb.level - before >= STEEP_LEVELS:
            title = in_quotes(context.plan.skills[climb.skill].title)
            yield finding_at(
                climb.step,
                ("raises", climb.skill),
                message=f"{title} is to rise from level {number(before)} to {number(climb.level)} "
                f"in {count(climb.days, 'day')}",
                hint="aim at the next level first, or plan more time",
            )


class _Climb(NamedTuple):
    """A step of few days that raises a skill two levels or more above the current one."""

    step: Record[Any]
    skill: str
    start: date
    days: int
    current: Fraction
    level: Fraction


def _climbs(context: RuleContext) -> Iterator[_Climb]:
    for step in context.open_steps("A"):
        goal = context.plan.goal_of(step)
        start = step.start or (goal.start if goal is not None else None)
        if start is None or step.due is None:
            continue
        days = (step.due.last - start.first).days
        if not 0 <= days < STEEP_DAYS:
            continue
        for skill, level in getattr(step.fields, "raises", {}).items():
            current = context.analysis.skills[skill].level
            if level is None or current is None or level.number - current < STEEP_LEVELS:
                continue
            yield _Climb(step, skill, start.first, days, current, level.number)


def _raised_by_day(
    context: RuleContext,
) -> Mapping[str, tuple[Sequence[date], Sequence[Fraction]]]:
    """Return by skill the due days of the steps that raise it, and the highest level before each.

    There is one level more than days: that after the last.
    """
    raised: dict[str, list[tuple[date, Fraction]]] = {}
    for key in context.analysis.steps:
        step = context.plan.records[key]
        goal = context.plan.goal_of(step)
        due = step.due or (goal.due if goal is not None else None)
        if due is None:
            continue
        for skill, level in _raises(step, context):
            raised.setdefault(skill, []).append((due.last, level))
    return {
        skill: (
            [day for day, _ in sorted(each)],
            [*accumulate((level for _, level in sorted(each)), max, initial=Fraction(0))],
        )
        for skill, each in raised.items()
    }


def _raised_by_order(
    context: RuleContext, skills: Collection[str]
) -> Mapping[Key, Mapping[str, Fraction]]:
    """Return by step the levels to which all that it waits for raises some skills.

    The time grows with the plan times the number of those skills.
    """
    graph = waiting_graph(context.plan)
    found: dict[Point, dict[str, Fraction]] = {}
    for point in TopologicalSorter(graph).static_order():
        key, side = point
        raised = [raise_ for other in graph[point] for raise_ in found[other].items()]
        if side == "end":
            own = _raises(context.plan.records[key], context)
            raised += [(skill, level) for skill, level in own if skill in skills]
        highest: dict[str, Fraction] = {}
        for skill, level in raised:
            highest[skill] = max(level, highest.get(skill, level))
        found[point] = highest
    return {key: levels for (key, side), levels in found.items() if side == "begin"}


def _raises(step: Record[Any], context: RuleContext) -> Iterator[tuple[str, Fraction]]:
    """Yield the skills that a step raises, and how far: without a level as far as a role asks."""
    numbers = context.analysis.steps.get(step.key)
    if numbers is None or numbers.status in {Status.DROPPED, Status.DRAFT}:
        return
    goal = context.plan.goal_of(step) or step
    role = context.plan.roles.get(getattr(goal.fields, "role", None) or "")
    for skill, level in getattr(step.fields, "raises", {}).items():
        required = context.analysis.skills[skill].required
        raised = raised_to(skill, level, role=role, required=required)
        if raised is not None:
            yield skill, raised
