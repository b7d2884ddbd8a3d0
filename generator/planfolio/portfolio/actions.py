"""What to do next: steps in the order of the schedule, and what reviews left open."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from planfolio.analyse.status import OVER, Status
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.section_lists import due_order, open_steps
from planfolio.portfolio.steps import PortfolioMilestone

if TYPE_CHECKING:
    from planfolio.model.body import Task
    from planfolio.model.references import Key
    from planfolio.portfolio.record import PortfolioRecord
    from planfolio.portfolio.records import PortfolioRecords
    from planfolio.portfolio.review import PortfolioReview

_WEEK, _MONTH = timedelta(days=7), timedelta(days=30)


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


class OpenReviewItem(NamedTuple):
    """Something that a review wrote down to do and that is not ticked."""

    review: PortfolioReview
    text: str


def next_actions(portfolio: PortfolioRecords) -> tuple[NextAction, ...]:
    """Return the open steps that can start now, or by the schedule within 30 days, in its order.

    The first milestone of a goal that is scheduled as a whole begins with it. What has no place in
    the schedule stands by its due day, and a habit is for every week.
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


def action_groups(actions: tuple[NextAction, ...], *, as_of: date) -> tuple[ActionGroup, ...]:
    """Return the actions, which are in order, by when they are next."""
    ends = ((ActionTime.WEEK, as_of + _WEEK), (ActionTime.MONTH, as_of + _MONTH))
    groups = []
    first = date.min
    for time, end in (*ends, (ActionTime.LATER, None)):
        own = (a for a in actions if first <= _day(a) and (end is None or _day(a) <= end))
        groups.append(ActionGroup(time, end, tuple(own)))
        first = end + timedelta(days=1) if end is not None else first
    return tuple(group for group in groups if group.actions)


def open_review_items(portfolio: PortfolioRecords) -> tuple[OpenReviewItem, ...]:
    """Return what is left of the newest review that wrote down what to do next."""
    newest = next((review for review in portfolio.past_reviews if review.next_items), None)
    if newest is None:
        return ()
    return tuple(OpenReviewItem(newest, item.text) for item in newest.next_open)


def _start_of_goal(first: PortfolioMilestone, goal: PortfolioRecord[Any]) -> date | None:
    """Return the day on which a goal is begun, unless its first milestone is due before that."""
    start = goal.projection.start if goal.projection is not None else None
    due = first.due.last if first.due is not None else date.max
    return start if start is not None and start <= due else None


def _day(action: NextAction) -> date:
    """Return the day by which actions are in order: begun by the schedule, else due."""
    step = action.step
    due = step.due.last if step.due is not None else date.max
    if isinstance(step, PortfolioGoal) and step.cadence is not None:
        return min(due, step._portfolio.as_of + _WEEK)
    return action.start or due


def _place(action: NextAction) -> tuple[date, date, str, str]:
    projection = action.step.projection
    return (projection.finish if projection else date.max, *due_order(action.step))


def _can_start(step: PortfolioGoal | PortfolioMilestone) -> bool:
    """Return whether a step has begun and waits for nothing, and its goal does neither."""
    over = OVER | {Status.DROPPED}
    return all(
        item is None or (item.has_begun and all(before.status in over for before in item.after))
        for item in (step, step.goal)
    )
