"""What lies ahead: what is late by the schedule, what to do next, and how one learns."""

from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from planfolio.model.body import Task
from planfolio.model.kinds.milestone import Mode
from planfolio.model.plan import grouped
from planfolio.model.references import Key
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.record import PlanView, PortfolioRecord
from planfolio.portfolio.section_lists import FINISHED, due_order, open_steps
from planfolio.portfolio.steps import PortfolioMilestone

_WEEK, _MONTH = timedelta(days=7), timedelta(days=30)


class LateStep(NamedTuple):
    """The proof that a step is late: between two days more hours are needed than there are.

    `first` is none where no day is left until the last, on which the step is due; `has_passed`
    tells that this is over.
    """

    step: PortfolioRecord
    first: date | None
    last: date
    needed_hours: Fraction
    available_hours: Fraction
    has_passed: bool


class ActionTime(StrEnum):
    """When an action is next: within 7 days, within 30, or later."""

    WEEK = "week"
    MONTH = "month"
    LATER = "later"


class NextAction(NamedTuple):
    """A step to work on, from the day `start` on by the schedule (None: it has no place in it).

    `waits` tells that what comes before it has to be finished first. `items` are the open items of
    its checklist.
    """

    step: PortfolioGoal | PortfolioMilestone
    start: date | None
    waits: bool
    items: tuple[Task, ...]


class ActionGroup(NamedTuple):
    """The actions of the next week, the next month, or later; `until` is the last day of it."""

    time: ActionTime
    until: date | None
    actions: tuple[NextAction, ...]


class ModeShare(NamedTuple):
    """The hours of the steps of one mode, and their share (0 to 1) of all that have a mode."""

    mode: Mode
    hours: Fraction
    share: Fraction


def late_steps(portfolio: PlanView) -> tuple[LateStep, ...]:
    """Return the steps that are late by the schedule, in its order."""
    as_of = portfolio.as_of
    return tuple(
        LateStep(portfolio.records[window.step], *window[1:], window.last < as_of)
        for window in portfolio.analysis.capacity.late
    )


def learning_modes(portfolio: PlanView) -> tuple[ModeShare, ...]:
    """Return the share of each mode (experience, social, formal) in the hours of steps with one.

    70, 20 and 10 % are a habit of the field, and no rule.
    """
    modes = {mode: hours for mode, hours in portfolio.analysis.learning.items() if mode is not None}
    total = sum(modes.values())
    return tuple(ModeShare(mode, hours, hours / total) for mode, hours in modes.items())


def next_actions(portfolio: PlanView) -> tuple[NextAction, ...]:
    """Return the open steps that can start now, or by the schedule within 30 days, in its order.

    The first milestone of a goal that is scheduled as a whole begins with it. What has no place in
    the schedule is ordered by its due day, and a habit is for every week.
    """
    soon = portfolio.as_of + _MONTH
    found = []
    begun: set[Key] = set()
    for step in open_steps(portfolio):
        start = step.projection.start if step.projection is not None else None
        if isinstance(step, PortfolioMilestone) and step.goal is not None:
            if start is None and step.goal.key not in begun:
                start = _start_of_goal(step, step.goal)
            begun.add(step.goal.key)
        waits = not _can_start(step)
        if not waits or (start is not None and start <= soon):
            items = tuple(task for task in step.tasks if not task.done)
            found.append(NextAction(step, start, waits, items))
    return tuple(sorted(found, key=lambda action: (_day(action), *_place(action))))


def next_actions_by_time(portfolio: PlanView) -> tuple[ActionGroup, ...]:
    """Return the next actions by when they are: within a week, within a month, later."""
    week, month = portfolio.as_of + _WEEK, portfolio.as_of + _MONTH
    ends = {ActionTime.WEEK: week, ActionTime.MONTH: month, ActionTime.LATER: None}

    def time(action: NextAction) -> ActionTime:
        return next(t for t, end in ends.items() if end is None or _day(action) <= end)

    groups = grouped((time(action), action) for action in portfolio.cached(next_actions))
    return tuple(ActionGroup(t, end, groups[t]) for t, end in ends.items() if t in groups)


def _start_of_goal(first: PortfolioMilestone, goal: PortfolioRecord) -> date | None:
    """Return the day on which a goal is begun, unless its first milestone is due before that."""
    start = goal.projection.start if goal.projection is not None else None
    return start if start is not None and start <= first._due_day else None


def _day(action: NextAction) -> date:
    """Return the day by which actions are in order: begun by the schedule, else due."""
    step = action.step
    if isinstance(step, PortfolioGoal) and step.cadence is not None:
        return min(step._due_day, step._portfolio.as_of + _WEEK)
    return action.start or step._due_day


def _place(action: NextAction) -> tuple[date, date]:
    projection = action.step.projection
    return projection.finish if projection else date.max, due_order(action.step)


def _can_start(step: PortfolioGoal | PortfolioMilestone) -> bool:
    """Return whether a step has begun and waits for nothing, and its goal does neither."""
    return all(
        item is None or (item.has_begun and all(before.status in FINISHED for before in item.after))
        for item in (step, step.goal)
    )
