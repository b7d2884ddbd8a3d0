"""Money and hours as pages show them: the budget in its parts, and the modes of learning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from planfolio.analyse.money import CurrencySum
    from planfolio.model.kinds.milestone import Mode
    from planfolio.model.kinds.role import NeedKind
    from planfolio.model.values.money import Money
    from planfolio.portfolio.goal import PortfolioGoal
    from planfolio.portfolio.record import PortfolioRecord
    from planfolio.portfolio.records import PortfolioRecords


class PortfolioCost(NamedTuple):
    """A record that costs something, and whether it is spent, as the record is done."""

    record: PortfolioRecord[Any]
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


def portfolio_budget(portfolio: PortfolioRecords) -> PortfolioBudget | None:
    """Return the budget; None where nothing costs, or this audience may not see what does."""
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


def mode_shares(hours: Mapping[Mode | None, Fraction]) -> tuple[ModeShare, ...]:
    """Return the share of each mode in the hours with one; none where no step has a mode."""
    modes = {mode: found for mode, found in hours.items() if mode is not None}
    total = sum(modes.values())
    return tuple(ModeShare(mode, found, found / total) for mode, found in modes.items())
