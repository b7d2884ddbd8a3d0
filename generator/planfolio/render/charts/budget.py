"""The budget by quarter: for each currency a column of what is spent and planned in it."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from planfolio.analyse.money import Budget, Cost, CurrencySum
from planfolio.model.values.dates import PlanDate, read_date
from planfolio.render.charts.axes import ValueAxis, value_axis

_LEFT, _COLUMN, _BAR, _TOP, _BOTTOM = 64, 84, 48, 30, 180
_MOST_EMPTY = 8
"""The most quarters without costs that are shown between two with some."""


class BudgetBar(NamedTuple):
    """What one record costs: a part of the column of its quarter."""

    cost: Cost
    x: int
    y: int
    height: int


class BudgetColumn(NamedTuple):
    """A quarter, None for what has no date, around `x`, with its sum where it costs something."""

    quarter: PlanDate | None
    x: int
    sum: CurrencySum | None
    bars: tuple[BudgetBar, ...]


class BudgetDrawing(NamedTuple):
    """The columns of one currency, their bars `bar` wide, and its sum over all."""

    total: CurrencySum
    width: int
    height: int
    bar: int
    values: ValueAxis
    columns: tuple[BudgetColumn, ...]


def budget_chart(budget: Budget | None) -> tuple[BudgetDrawing, ...] | None:
    """Return the budget by quarter, a drawing for each currency; None where nothing costs."""
    sums = budget.sums if budget is not None else ()
    return tuple(_drawing(budget, total) for total in sums if budget and _all(total) > 0) or None


def _all(total: CurrencySum) -> Fraction:
    return total.planned.amount + total.spent.amount


def _drawing(budget: Budget, total: CurrencySum) -> BudgetDrawing:
    quarters = list(_quarters(budget, total.currency))
    heights = [_all(found) for _, _, found in quarters if found is not None]
    values = value_axis([Fraction(0), *heights], left=_LEFT, bottom=_BOTTOM, top=_TOP)
    columns = []
    for place, (number, costs, found) in enumerate(quarters):
        quarter = read_date(f"{number // 4:04}-Q{number % 4 + 1}") if number is not None else None
        x = _LEFT + _COLUMN * place + _COLUMN // 2
        bars = tuple(_bars(costs, x - _BAR // 2, values))
        columns.append(BudgetColumn(quarter, x, found, bars))
    width = _LEFT + _COLUMN * len(columns)
    return BudgetDrawing(total, width, _BOTTOM + 26, _BAR, values, tuple(columns))


def _quarters(
    budget: Budget, currency: str
) -> Iterator[tuple[int | None, list[Cost], CurrencySum | None]]:
    """Yield the quarters that cost something, as numbers, and a few empty ones between them."""
    last: int | None = None
    for quarter, sums in budget.by_quarter.items():
        found = next((s for s in sums if s.currency == currency and _all(s)), None)
        if found is None:
            continue
        number = quarter[0] * 4 + quarter[1] - 1 if quarter is not None else None
        if number is not None and last is not None and number - last - 1 <= _MOST_EMPTY:
            yield from ((empty, [], None) for empty in range(last + 1, number))
        costs = [c for c in budget.costs if c.quarter == quarter]
        yield number, [c for c in costs if c.amount.currency == currency], found
        last = number


def _bars(costs: list[Cost], x: int, values: ValueAxis) -> Iterator[BudgetBar]:
    """Yield the costs of a quarter from the bottom up, those that are spent first."""
    total = Fraction(0)
    costs = [cost for cost in costs if cost.amount.amount > 0]
    for cost in sorted(costs, key=lambda c: (not c.spent, -c.amount.amount, c.record)):
        bottom = values.y(total)
        total += cost.amount.amount
        top = values.y(total)
        yield BudgetBar(cost, x, top, max(bottom - top, 1))
