"""Money: what the plan costs and has cost, by quarter, goal and need, currency by currency.

Amounts of different currencies are never added up nor converted. Every record with a `cost` counts,
a goal and each of its milestones by itself.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from planfolio.analyse.status import AT_REST, OVER, Status, StepNumbers, written_status
from planfolio.model.kinds.role import NeedKind
from planfolio.model.plan import Plan, Record, grouped
from planfolio.model.references import Key
from planfolio.model.values.amounts import Money


class CurrencySum(NamedTuple):
    """What is planned (of open steps) and spent (of those done) in one currency.

    `set_aside` is what site.toml says, and None where it says nothing of the currency.
    """

    currency: str
    planned: Money
    spent: Money
    set_aside: Money | None = None

    @property
    def balance(self) -> Fraction | None:
        """What is set aside and neither spent nor planned; below 0 where it does not suffice."""
        if self.set_aside is None:
            return None
        return self.set_aside.amount - self.planned.amount - self.spent.amount

    @property
    def left(self) -> Money | None:
        """What is set aside and neither spent nor planned, where it suffices."""
        balance = self.balance
        return Money(balance, self.currency) if balance is not None and balance >= 0 else None

    @property
    def missing(self) -> Money | None:
        """What is planned and spent beyond what is set aside."""
        balance = self.balance
        return Money(-balance, self.currency) if balance is not None and balance < 0 else None

    @property
    def share(self) -> Fraction | None:
        """What is planned and spent of what is set aside: 0 to 1, or more."""
        aside = self.set_aside.amount if self.set_aside is not None else None
        return (self.planned.amount + self.spent.amount) / aside if aside else None


class Cost(NamedTuple):
    """What a record costs: planned, or spent where it is done.

    `quarter` is the year and the quarter, 1 to 4, in which it is due, itself or else its goal;
    `goal` is the id of the goal that it belongs to or is.
    """

    record: Key
    amount: Money
    spent: bool
    quarter: tuple[int, int] | None
    goal: str | None
    need: NeedKind | None


class Budget(NamedTuple):
    """All costs, and their sums by currency: of the whole plan, each quarter, goal and need.

    What has no due day, goal or need is under None, last.
    """

    costs: tuple[Cost, ...]
    sums: tuple[CurrencySum, ...]
    by_quarter: Mapping[tuple[int, int] | None, tuple[CurrencySum, ...]]
    by_goal: Mapping[str | None, tuple[CurrencySum, ...]]
    by_need: Mapping[NeedKind | None, tuple[CurrencySum, ...]]


def budget_of(plan: Plan, *, steps: Mapping[Key, StepNumbers], as_of: date) -> Budget | None:
    """Return the budget; None where nothing costs and nothing is set aside, or it may not be seen.

    What is paused, dropped or a draft, itself or with its goal, is neither planned nor spent, and
    what costs 0 of a currency is free in all of them.
    """
    set_aside = plan.settings.plan.budget
    if set_aside is None:
        return None
    found = (_cost(record, plan, steps=steps, as_of=as_of) for record in plan.records.values())
    costs = tuple(cost for cost in found if cost is not None)
    if not costs and not set_aside:
        return None
    quarters = sorted({cost.quarter for cost in costs if cost.quarter is not None})
    return Budget(
        costs=costs,
        sums=_sums(costs, set_aside),
        by_quarter=_sums_by(costs, lambda cost: cost.quarter, quarters),
        by_goal=_sums_by(costs, lambda cost: cost.goal, plan.goals),
        by_need=_sums_by(costs, lambda cost: cost.need, NeedKind),
    )


def _cost(
    record: Record[Any], plan: Plan, *, steps: Mapping[Key, StepNumbers], as_of: date
) -> Cost | None:
    money: Money | None = getattr(record.fields, "cost", None)
    if money is None or not money.amount:
        return None
    step = steps.get(record.key)
    if step is None:
        status = written_status(record.fields, as_of=as_of) or Status.OPEN
        step = StepNumbers(status=status, is_open=status not in AT_REST)
    spent = step.status in OVER
    if not (spent or step.is_open):
        return None
    goal = record if record.key.kind == "goal" else plan.goal_of(record)
    due = record.due or (goal.due if goal is not None else None)
    return Cost(
        record=record.key,
        amount=money,
        spent=spent,
        quarter=(due.last.year, (due.last.month + 2) // 3) if due is not None else None,
        goal=goal.id if goal is not None else None,
        need=_need(record, plan) or (_need(goal, plan) if goal is not None else None),
    )


def _need(record: Record[Any], plan: Plan) -> NeedKind | None:
    """Return the type of need that a record states, else that of the first that it answers."""
    need: NeedKind | None = getattr(record.fields, "need", None)
    if need is not None:
        return need
    answered = (plan.needs.get(name) for name in getattr(record.fields, "answers", ()))
    return next((each.need for each in answered if each and each.need is not None), None)


def _sums_by(
    costs: Iterable[Cost], part_of: Callable[[Cost], Any], parts: Iterable[Any]
) -> dict[Any, tuple[CurrencySum, ...]]:
    """Return the sums of each part that costs something, in the order of the parts, None last."""
    groups = grouped((part_of(cost), cost) for cost in costs)
    return {part: _sums(groups[part]) for part in (*parts, None) if part in groups}


def _sums(costs: Iterable[Cost], set_aside: Iterable[Money] = ()) -> tuple[CurrencySum, ...]:
    planned: defaultdict[str, Fraction] = defaultdict(Fraction)
    spent: defaultdict[str, Fraction] = defaultdict(Fraction)
    aside: defaultdict[str, Fraction] = defaultdict(Fraction)
    for cost in costs:
        (spent if cost.spent else planned)[cost.amount.currency] += cost.amount.amount
    for money in set_aside:
        aside[money.currency] += money.amount
    return tuple(
        CurrencySum(
            currency,
            Money(planned[currency], currency),
            Money(spent[currency], currency),
            Money(aside[currency], currency) if currency in aside else None,
        )
        for currency in sorted({*planned, *spent, *aside})
    )
