"""Money: what the plan costs and has cost, by quarter, goal and need, currency by currency.

Amounts of different currencies are never added up nor converted. Every record with a `cost` counts,
a goal and each of its milestones by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from planfolio.analyse.status import INACTIVE, OVER, Status, StepNumbers, written_status
from planfolio.model.formatting import number_as_typed
from planfolio.model.kinds.role import NeedKind
from planfolio.model.values.money import Money
from planfolio.urls import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from typing import TypeAlias

    from planfolio.model.plan import Goal, Plan, Record
    from planfolio.model.references import Key


@dataclass(frozen=True, slots=True)
class CurrencySum:
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
        return self._money(self.balance)

    @property
    def missing(self) -> Money | None:
        """What is planned and spent beyond what is set aside."""
        return self._money(-self.balance) if self.balance else None

    @property
    def share(self) -> Fraction | None:
        """What is planned and spent of what is set aside: 0 to 1, or more."""
        aside = self.set_aside.amount if self.set_aside is not None else None
        return (self.planned.amount + self.spent.amount) / aside if aside else None

    def _money(self, amount: Fraction | None) -> Money | None:
        return _money(amount, self.currency) if amount is not None and amount >= 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a record costs: planned, or spent where it is done.

    `due` is the last day on which it is due, its own or else its goal's; `goal` is the id of the
    goal that it belongs to or is.
    """

    record: Key
    amount: Money
    spent: bool
    due: date | None
    goal: str | None
    need: NeedKind | None

    @property
    def quarter(self) -> tuple[int, int] | None:
        """The year and the quarter, 1 to 4, in which it is due."""
        return (self.due.year, (self.due.month + 2) // 3) if self.due is not None else None


_Sums: TypeAlias = "tuple[CurrencySum, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """All costs, and their sums by currency: of the whole plan, each quarter, goal and need.

    What has no due day, goal or need stands under None, last.
    """

    costs: tuple[Cost, ...]
    sums: _Sums
    by_quarter: Mapping[tuple[int, int] | None, _Sums]
    by_goal: Mapping[str | None, _Sums]
    by_need: Mapping[NeedKind | None, _Sums]


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
    goals = list(plan.goals)
    return Budget(
        costs=costs,
        sums=_sums(costs, set_aside),
        by_quarter=_grouped(costs, lambda cost: cost.quarter),
        by_goal=_grouped(costs, lambda cost: cost.goal, order=goals.index),
        by_need=_grouped(costs, lambda cost: cost.need, order=list(NeedKind).index),
    )


def _cost(
    record: Record[Any], plan: Plan, *, steps: Mapping[Key, StepNumbers], as_of: date
) -> Cost | None:
    fields = vars(record.fields)
    money: Money | None = fields.get("cost")
    if money is None or not money.amount:
        return None
    step = steps.get(record.key)
    if step is None:
        status = written_status(record.fields, as_of=as_of) or Status.OPEN
        step = StepNumbers(status=status, open=status not in INACTIVE | OVER)
    spent = step.status in OVER
    if not (spent or step.open):
        return None
    goal = plan.goals.get(fields.get("goal") or "")
    due = record.due or (goal.due if goal is not None else None)
    own = record if record.key.kind == "goal" else goal
    return Cost(
        record=record.key,
        amount=money,
        spent=spent,
        due=due.last if due is not None else None,
        goal=own.id if own is not None else None,
        need=_need(record, plan) or (_need(goal, plan) if goal is not None else None),
    )


def _need(record: Record[Any] | Goal, plan: Plan) -> NeedKind | None:
    """Return the type of need that a record states, else that of the first that it answers."""
    need: NeedKind | None = getattr(record.fields, "need", None)
    if need is not None:
        return need
    for name in getattr(record.fields, "answers", ()):
        role_id, _, need_id = name.rpartition("/")
        role = plan.roles.get(role_id)
        for answered in role.fields.needs if role is not None else ():
            if (answered.id or slug(answered.title)) == need_id and answered.need is not None:
                return answered.need
    return None


def _grouped(
    costs: Sequence[Cost],
    group: Callable[[Cost], Any],
    *,
    order: Callable[[Any], Any] | None = None,
) -> dict[Any, _Sums]:
    groups: dict[Any, list[Cost]] = {}
    for cost in costs:
        groups.setdefault(group(cost), []).append(cost)
    names = sorted((name for name in groups if name is not None), key=order)
    return {name: _sums(groups[name]) for name in (*names, None) if name in groups}


def _sums(costs: Sequence[Cost], set_aside: Iterable[Money] = ()) -> _Sums:
    planned = _by_currency(cost.amount for cost in costs if not cost.spent)
    spent = _by_currency(cost.amount for cost in costs if cost.spent)
    aside = _by_currency(set_aside)
    return tuple(
        CurrencySum(
            name,
            _money(planned.get(name, Fraction(0)), name),
            _money(spent.get(name, Fraction(0)), name),
            _money(aside[name], name) if name in aside else None,
        )
        for name in sorted({*planned, *spent, *aside})
    )


def _by_currency(amounts: Iterable[Money]) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for money in amounts:
        found[money.currency] = found.get(money.currency, Fraction(0)) + money.amount
    return found


def _money(amount: Fraction, currency: str) -> Money:
    return Money(f"{number_as_typed(amount)} {currency}", amount, currency)
