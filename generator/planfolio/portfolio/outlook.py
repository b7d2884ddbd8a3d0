"""What lies ahead: the schedule, what to do next, money, and how one learns."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from planfolio.analyse.status import OVER, Status
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.records import PortfolioRecords
from planfolio.portfolio.section_lists import due_order, open_steps
from planfolio.portfolio.steps import PortfolioMilestone

if TYPE_CHECKING:
    from planfolio.analyse.money import CurrencySum
    from planfolio.analyse.schedule import Capacity
    from planfolio.model.body import Task
    from planfolio.model.kinds.milestone import Mode
    from planfolio.model.kinds.role import NeedKind
    from planfolio.model.references import Key
    from planfolio.model.values.amounts import Money
    from planfolio.portfolio.record import PortfolioRecord
    from planfolio.portfolio.review import PortfolioReview

_WEEK, _MONTH = timedelta(days=7), timedelta(days=30)


class LateStep(NamedTuple):
    """The proof that a step is late: between two days more hours are asked than there are.

    `has_passed` tells that the last day, on which the step is due, is over.
    """

    step: PortfolioRecord
    first: date
    last: date
    asked: Fraction
    there: Fraction
    has_passed: bool

    @property
    def missing(self) -> Fraction:
        """The hours that are missing."""
        return self.asked - self.there


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


class PortfolioCost(NamedTuple):
    """A record that costs something, and whether it is spent, as the record is done."""

    record: PortfolioRecord
    amount: Money
    spent: bool


class BudgetPart(NamedTuple):
    """The costs and sums of a quarter (`year` and `number`, 1 to 4), of a goal, or of a need.

    All of these are None in the part of what has none.
    """

    costs: tuple[PortfolioCost, ...]
    sums: tuple[CurrencySum, ...]
    year: int | None = None
    number: int | None = None
    goal: PortfolioGoal | None = None
    need: NeedKind | None = None


class PortfolioBudget(NamedTuple):
    """All that the plan costs, currency by currency, and its parts by quarter, goal and need."""

    costs: tuple[PortfolioCost, ...]
    sums: tuple[CurrencySum, ...]
    by_quarter: tuple[BudgetPart, ...]
    by_goal: tuple[BudgetPart, ...]
    by_need: tuple[BudgetPart, ...]


class ModeShare(NamedTuple):
    """The hours of the steps of one mode, and their share (0 to 1) of all that have a mode."""

    mode: Mode
    hours: Fraction
    share: Fraction


class PortfolioOutlook(PortfolioRecords):
    """The records of the plan, and what the analysis says of the time to come."""

    @property
    def capacity(self) -> Capacity:
        """The hours of a week, and whether the plan fits into them."""
        return self.analysis.capacity

    @cached_property
    def late_steps(self) -> tuple[LateStep, ...]:
        """The steps that are late by the schedule, in its order."""
        return tuple(
            LateStep(self.records[w.step], w.first, w.last, w.asked, w.there, w.last < self.as_of)
            for w in self.capacity.late
        )

    @cached_property
    def impossible_steps(self) -> tuple[PortfolioRecord, ...]:
        """The steps that are late whatever the hours: no working day is left for them."""
        return self.find_all(self.capacity.impossible)

    @cached_property
    def steps_without_effort(self) -> tuple[PortfolioRecord, ...]:
        """The steps that the schedule leaves out, as their hours are not known."""
        return self.find_all(self.capacity.without_effort)

    @cached_property
    def deciding_chain(self) -> tuple[PortfolioRecord, ...]:
        """The steps that decide when all are finished: worked on without a break up to the end."""
        return self.find_all(self.capacity.chain)

    @cached_property
    def _actions(self) -> tuple[NextAction, ...]:
        return _next_actions(self)

    @property
    def next_actions(self) -> tuple[PortfolioGoal | PortfolioMilestone, ...]:
        """The steps that can start now, or by the schedule within 30 days, in its order.

        What has no place in the schedule stands by its due day.
        """
        return tuple(action.step for action in self._actions)

    @cached_property
    def next_actions_by_time(self) -> tuple[ActionGroup, ...]:
        """The next actions by when they are: within a week, within a month, later."""
        return _action_groups(self._actions, as_of=self.as_of)

    @cached_property
    def open_review_items(self) -> tuple[OpenReviewItem, ...]:
        """What is left of the newest review that wrote down what to do next."""
        newest = [review for review in self.past_reviews if review.next_items][:1]
        return tuple(OpenReviewItem(r, item.text) for r in newest for item in r.next_open)

    @cached_property
    def budget(self) -> PortfolioBudget | None:
        """The budget; None where nothing costs, or this audience may not see what does."""
        return _budget(self)

    @cached_property
    def learning_modes(self) -> tuple[ModeShare, ...]:
        """The share of each mode (experience, social, formal) in the hours of steps with one.

        70, 20 and 10 % are a habit of the field, and no rule.
        """
        modes = {mode: found for mode, found in self.analysis.learning.items() if mode is not None}
        total = sum(modes.values())
        return tuple(ModeShare(mode, found, found / total) for mode, found in modes.items())

    @property
    def hours_without_mode(self) -> Fraction:
        """The hours of the steps without a mode, in a plan where another has one."""
        return self.analysis.learning.get(None, Fraction(0))


def _next_actions(portfolio: PortfolioRecords) -> tuple[NextAction, ...]:
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


def _action_groups(actions: tuple[NextAction, ...], *, as_of: date) -> tuple[ActionGroup, ...]:
    """Return the actions, which are in order, by when they are next."""
    ends = ((ActionTime.WEEK, as_of + _WEEK), (ActionTime.MONTH, as_of + _MONTH))
    groups = []
    first = date.min
    for time, end in (*ends, (ActionTime.LATER, None)):
        own = (a for a in actions if first <= _day(a) and (end is None or _day(a) <= end))
        groups.append(ActionGroup(time, end, tuple(own)))
        first = end + timedelta(days=1) if end is not None else first
    return tuple(group for group in groups if group.actions)


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


def _budget(portfolio: PortfolioRecords) -> PortfolioBudget | None:
    budget = portfolio.analysis.budget
    if budget is None:
        return None

    def costs(name: str = "", value: object = None) -> tuple[PortfolioCost, ...]:
        return tuple(
            PortfolioCost(portfolio.records[cost.record], cost.amount, cost.spent)
            for cost in budget.costs
            if not name or getattr(cost, name) == value
        )

    return PortfolioBudget(
        costs=costs(),
        sums=budget.sums,
        by_quarter=tuple(
            BudgetPart(
                costs("quarter", quarter),
                sums,
                year=quarter[0] if quarter else None,
                number=quarter[1] if quarter else None,
            )
            for quarter, sums in budget.by_quarter.items()
        ),
        by_goal=tuple(
            BudgetPart(costs("goal", goal), sums, goal=portfolio.goal(goal))
            for goal, sums in budget.by_goal.items()
        ),
        by_need=tuple(
            BudgetPart(costs("need", need), sums, need=need)
            for need, sums in budget.by_need.items()
        ),
    )
