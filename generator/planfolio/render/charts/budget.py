"""The budget by quarter: for each currency a column of what is spent and planned in it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from planfolio.model.values.dates import read_date
from planfolio.render.charts.axes import value_axis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.analyse.money import CurrencySum
    from planfolio.model.values.dates import PlanDate
    from planfolio.portfolio.money import BudgetPart, PortfolioBudget, PortfolioCost
    from planfolio.render.charts.axes import ValueAxis

_LEFT, _COLUMN, _BAR, _TOP, _BOTTOM = 64, 84, 48, 30, 180
_MOST_EMPTY = 8
"""The most quarters without costs that are shown between two with some."""


class BudgetBar(NamedTuple):
    """What one record costs: a part of the column of its quarter."""

    cost: PortfolioCost
    x: int
    y: int
    height: int


class BudgetColumn(NamedTuple):
    """A quarter, None for what has no date, around `x`, with its sum where it costs something."""

    quarter: PlanDate | None
    x: int
    sum: CurrencySum | None
    bars: tuple[BudgetBar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetDrawing:
    """The columns of one currency, and its sum over all."""

    total: CurrencySum
    width: int
    height: int
    left: int
    bar: int
    values: ValueAxis
    columns: tuple[BudgetColumn, ...]


class BudgetChart(NamedTuple):
    """A drawing for each currency."""

    drawings: tuple[BudgetDrawing, ...]


def budget_chart(budget: PortfolioBudget | None) -> BudgetChart | None:
    """Return the budget by quarter; None where nothing costs."""
    sums = budget.sums if budget is not None else ()
    costing = [total for total in sums if total.planned.amount + total.spent.amount > 0]
    if budget is None or not costing:
        return None
    return BudgetChart(tuple(_drawing(budget, total) for total in costing))


def _drawing(budget: PortfolioBudget, total: CurrencySum) -> BudgetDrawing:
    quarters = list(_quarters(budget, total.currency))
    heights = [
        found.planned.amount + found.spent.amount for _, _, found in quarters if found is not None
    ]
    values = value_axis([Fraction(0), *heights], bottom=_BOTTOM, top=_TOP)
    columns = []
    for place, (quarter, part, found) in enumerate(quarters):
        x = _LEFT + _COLUMN * place + _COLUMN // 2
        bars = tuple(_bars(part, total.currency, x - _BAR // 2, values)) if part else ()
        columns.append(BudgetColumn(quarter, x, found, bars))
    return BudgetDrawing(
        total=total,
        width=_LEFT + _COLUMN * len(columns),
        height=_BOTTOM + 26,
        left=_LEFT,
        bar=_BAR,
        values=values,
        columns=tuple(columns),
    )


_Quarters = tuple["PlanDate | None", "BudgetPart | None", "CurrencySum | None"]


def _quarters(budget: PortfolioBudget, currency: str) -> Iterator[_Quarters]:
    """Yield the quarters that cost something in a currency, and a few empty ones between them."""
    last: int | None = None
    for part in budget.by_quarter:
        found = next((s for s in part.sums if s.currency == currency), None)
        if found is None or not found.planned.amount + found.spent.amount:
            continue
        if part.year is None or part.number is None:
            yield None, part, found
            continue
        number = part.year * 4 + part.number - 1
        if last is not None and number - last - 1 <= _MOST_EMPTY:
            for empty in range(last + 1, number):
                yield _quarter(empty), None, None
        yield _quarter(number), part, found
        last = number


def _quarter(number: int) -> PlanDate:
    return read_date(f"{number // 4:04}-Q{number % 4 + 1}")


def _bars(part: BudgetPart, currency: str, x: int, values: ValueAxis) -> Iterator[BudgetBar]:
    """Yield the costs of a quarter from the bottom up, those that are spent first."""
    total = Fraction(0)
    costs = [c for c in part.costs if c.amount.currency == currency and c.amount.amount > 0]
    for cost in sorted(costs, key=lambda c: (not c.spent, -c.amount.amount, c.record.key)):
        bottom = values.y(total)
        total += cost.amount.amount
        top = values.y(total)
        yield BudgetBar(cost, x, top, max(bottom - top, 1))
