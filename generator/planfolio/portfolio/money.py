"""Money and hours as pages show them: the budget in its parts, and the modes of learning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planfolio.model.formatting import number_as_typed
from planfolio.model.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from planfolio.analyse.learning import LearningModes
    from planfolio.analyse.money import Budget, Cost, CurrencySum
    from planfolio.model.kinds.milestone import Mode
    from planfolio.model.kinds.role import NeedKind
    from planfolio.portfolio.goal import PortfolioGoal
    from planfolio.portfolio.record import PortfolioRecord
    from planfolio.portfolio.records import PortfolioRecords


@dataclass(frozen=True, slots=True)
class PortfolioSum:
    """What is planned (of open steps) and spent (of those done) in one currency.

    `set_aside` is what site.toml says, and None where it says nothing of the currency. Of it
    `left` is neither spent nor planned; where it does not suffice, `missing` is what is. `share`
    (0 to 1, or more) is what is planned and spent of what is set aside.
    """

    currency: str
    planned: Money
    spent: Money
    set_aside: Money | None
    left: Money | None
    missing: Money | None
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class PortfolioCost:
    """A record that costs something, and whether it is spent, as the record is done."""

    record: PortfolioRecord[Any]
    amount: Money
    spent: bool


@dataclass(frozen=True, slots=True)
class BudgetPart:
    """The costs and sums of a quarter (`year` and `number`, 1 to 4), of a goal, or of a need.

    All of these are None in the part of what has none.
    """

    costs: tuple[PortfolioCost, ...]
    sums: tuple[PortfolioSum, ...]
    year: int | None = None
    number: int | None = None
    goal: PortfolioGoal | None = None
    need: NeedKind | None = None


@dataclass(frozen=True, slots=True)
class PortfolioBudget:
    """All that the plan costs, currency by currency, and its parts by quarter, goal and need."""

    costs: tuple[PortfolioCost, ...]
    sums: tuple[PortfolioSum, ...]
    by_quarter: tuple[BudgetPart, ...]
    by_goal: tuple[BudgetPart, ...]
    by_need: tuple[BudgetPart, ...]


@dataclass(frozen=True, slots=True)
class ModeShare:
    """The hours of the steps of one mode, and their share (0 to 1) of all that have a mode."""

    mode: Mode
    hours: Fraction
    share: Fraction


def portfolio_budget(portfolio: PortfolioRecords) -> PortfolioBudget | None:
    """Return the budget; None where nothing costs, or this audience may not see what does."""
    budget = portfolio.analysis.budget
    return _Parts(budget, portfolio).budget() if budget is not None else None


def mode_shares(modes: LearningModes | None) -> tuple[ModeShare, ...]:
    """Return the share of each mode, those without hours too; none where no step has a mode."""
    if modes is None:
        return ()
    return tuple(ModeShare(mode, modes.hours[mode], share) for mode, share in modes.shares.items())


class _Parts:
    def __init__(self, budget: Budget, portfolio: PortfolioRecords) -> None:
        self._budget = budget
        self._portfolio = portfolio

    def budget(self) -> PortfolioBudget:
        found, costs = self._budget, self._budget.costs
        return PortfolioBudget(
            costs=self._costs(costs),
            sums=_sums(found.sums),
            by_quarter=tuple(
                BudgetPart(
                    self._costs(cost for cost in costs if cost.quarter == quarter),
                    _sums(sums),
                    year=quarter[0] if quarter else None,
                    number=quarter[1] if quarter else None,
                )
                for quarter, sums in found.by_quarter.items()
            ),
            by_goal=tuple(
                BudgetPart(
                    self._costs(cost for cost in costs if cost.goal == goal),
                    _sums(sums),
                    goal=self._portfolio.goal(goal),
                )
                for goal, sums in found.by_goal.items()
            ),
            by_need=tuple(
                BudgetPart(
                    self._costs(cost for cost in costs if cost.need == need), _sums(sums), need=need
                )
                for need, sums in found.by_need.items()
            ),
        )

    def _costs(self, costs: Iterable[Cost]) -> tuple[PortfolioCost, ...]:
        return tuple(
            PortfolioCost(
                self._portfolio.records[cost.record],
                _money(cost.amount, cost.currency),
                cost.spent,
            )
            for cost in costs
        )


def _sums(sums: Iterable[CurrencySum]) -> tuple[PortfolioSum, ...]:
    return tuple(_sum(one) for one in sums)


def _sum(found: CurrencySum) -> PortfolioSum:
    left, set_aside = found.left, found.set_aside
    return PortfolioSum(
        currency=found.currency,
        planned=_money(found.planned, found.currency),
        spent=_money(found.spent, found.currency),
        set_aside=_money(set_aside, found.currency) if set_aside is not None else None,
        left=_money(left, found.currency) if left is not None and left >= 0 else None,
        missing=_money(-left, found.currency) if left is not None and left < 0 else None,
        share=(found.planned + found.spent) / set_aside if set_aside else None,
    )


def _money(amount: Fraction, currency: str) -> Money:
    return Money(f"{number_as_typed(amount)} {currency}", amount, currency)
