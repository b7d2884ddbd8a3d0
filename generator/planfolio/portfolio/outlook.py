"""What lies ahead: the schedule, what to do next, money, and how one learns."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from planfolio.portfolio import actions, aims, money
from planfolio.portfolio.records import PortfolioRecords

if TYPE_CHECKING:
    from datetime import date

    from planfolio.analyse.capacity import Capacity
    from planfolio.portfolio.actions import ActionGroup
    from planfolio.portfolio.goal import PortfolioGoal
    from planfolio.portfolio.money import ModeShare
    from planfolio.portfolio.record import PortfolioRecord
    from planfolio.portfolio.steps import PortfolioMilestone


class LateStep(NamedTuple):
    """The proof that a step is late: between two days more hours are asked than there are.

    `has_passed` tells that the last day, on which the step is due, is over.
    """

    step: PortfolioRecord[Any]
    first: date
    last: date
    asked: Fraction
    there: Fraction
    has_passed: bool

    @property
    def missing(self) -> Fraction:
        """The hours that are missing."""
        return self.asked - self.there


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
    def impossible_steps(self) -> tuple[PortfolioRecord[Any], ...]:
        """The steps that are late whatever the hours: no working day is left for them."""
        return self.find_all(self.capacity.impossible)

    @cached_property
    def steps_without_effort(self) -> tuple[PortfolioRecord[Any], ...]:
        """The steps that the schedule leaves out, as their hours are not known."""
        return self.find_all(self.capacity.without_effort)

    @cached_property
    def deciding_chain(self) -> tuple[PortfolioRecord[Any], ...]:
        """The steps that decide when all are finished: worked on without a break up to the end."""
        return self.find_all(self.capacity.chain)

    _actions = cached_property(actions.next_actions)

    @property
    def next_actions(self) -> tuple[PortfolioGoal | PortfolioMilestone, ...]:
        """The steps that can start now, or by the schedule within 30 days, in its order.

        What has no place in the schedule stands by its due day.
        """
        return tuple(action.step for action in self._actions)

    @cached_property
    def next_actions_by_time(self) -> tuple[ActionGroup, ...]:
        """The next actions by when they are: within a week, within a month, later."""
        return actions.action_groups(self._actions, as_of=self.as_of)

    open_review_items = cached_property(actions.open_review_items)
    budget = cached_property(money.portfolio_budget)

    @cached_property
    def learning_modes(self) -> tuple[ModeShare, ...]:
        """The share of each mode (experience, social, formal) in the hours of steps with one.

        70, 20 and 10 % are a habit of the field, and no rule.
        """
        return money.mode_shares(self.analysis.learning)

    @property
    def hours_without_mode(self) -> Fraction:
        """The hours of the steps without a mode, in a plan where another has one."""
        return self.analysis.learning.get(None, Fraction(0))

    ladder = cached_property(aims.ladder)
    open_decisions = cached_property(aims.open_decisions)
    compared_roles = cached_property(aims.compared_roles)
    compared_skills = cached_property(aims.compared_skills)
