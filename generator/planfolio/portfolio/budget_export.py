"""Money and the modes of learning in plan.json."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.portfolio.json_values import json_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planfolio.analyse.learning import LearningModes
    from planfolio.analyse.money import Budget, CurrencySum
    from planfolio.portfolio.plan_format import BudgetExport, LearningExport, SumExport


def budget_export(budget: Budget | None) -> BudgetExport | None:
    """Return the sums of money; None where there are none, or they may not be seen."""
    if budget is None:
        return None
    return {
        "sums": _sums(budget.sums),
        "by_quarter": [
            {"quarter": f"{quarter[0]}-Q{quarter[1]}" if quarter else None, "sums": _sums(sums)}
            for quarter, sums in budget.by_quarter.items()
        ],
        "by_goal": [{"goal": goal, "sums": _sums(sums)} for goal, sums in budget.by_goal.items()],
        "by_need": [{"need": need, "sums": _sums(sums)} for need, sums in budget.by_need.items()],
    }


def learning_export(learning: LearningModes | None) -> LearningExport | None:
    """Return the hours by mode of learning; None where no step has a mode."""
    if learning is None:
        return None
    return {
        "modes": [
            {"mode": mode, "hours": float(learning.hours[mode]), "share": float(share)}
            for mode, share in learning.shares.items()
        ],
        "hours_without_mode": float(learning.without_mode),
    }


def _sums(sums: Iterable[CurrencySum]) -> list[SumExport]:
    return [
        {
            "currency": found.currency,
            "planned": float(found.planned),
            "spent": float(found.spent),
            "set_aside": json_number(found.set_aside),
            "left": json_number(found.left),
        }
        for found in sums
    ]
