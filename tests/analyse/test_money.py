"""Money: what is planned and spent, currency by currency, and how hours are shared among modes."""

from collections.abc import Iterable

from tests.analyse.planned import AnyRecord, goal, milestone, numbers_of, planned, resource, role

from planfolio.analyse.money import Budget, CurrencySum
from planfolio.model.kinds.milestone import Mode
from planfolio.model.kinds.role import NeedKind

ON = "2026-07-01"


def budget(*records: AnyRecord, aside: Iterable[str] = ()) -> Budget:
    """Return the budget of a plan on 1 July 2026."""
    found = numbers_of(planned(*records, plan={"budget": list(aside)}), on=ON).budget
    assert found is not None
    return found


def words(sums: Iterable[CurrencySum]) -> list[str]:
    """Return sums as text: currency, planned, spent, set aside, left."""
    return [
        f"{s.currency} {s.planned.amount} {s.spent.amount} "
        f"{s.set_aside and s.set_aside.amount} {s.balance}"
        for s in sums
    ]


def test_currencies_stand_side_by_side() -> None:
    """395 + 60.50 USD are planned and 120 spent; 900 + 100 EUR are set aside for 1050 EUR.

    Nothing is set aside in USD, so nothing is known to be left of it.
    """
    found = budget(
        goal("exam", cost="395 USD"),
        milestone("book", goal="exam", cost="60.50 USD"),
        milestone("course", goal="exam", cost="120 USD", done="2026-06-01"),
        goal("trip", cost="1050 EUR"),
        aside=["900 EUR", "100 EUR", "50 CHF"],
    )
    assert words(found.sums) == [
        "CHF 0 0 50 50",
        "EUR 1050 0 1000 -50",
        "USD 911/2 120 None None",
    ]


def test_what_rests_or_is_dropped_costs_nothing() -> None:
    """Neither a paused goal nor its milestones, nor what a goal that is done did without."""
    found = budget(
        goal("paused", status="paused", cost="1 USD"),
        milestone("p", goal="paused", cost="2 USD"),
        milestone("paid", goal="paused", cost="4 USD", done="2026-05-01"),
        goal("draft", status="draft", cost="8 USD"),
        goal("dropped", dropped={"date": "2026-05-01"}, cost="16 USD"),
        goal("done", done="2026-06-01", cost="32 USD"),
        milestone("without", goal="done", cost="64 USD"),
        goal("later", done="2026-09-01", cost="128 USD"),
    )
    assert words(found.sums) == ["USD 128 36 None None"]


def test_resources_cost_by_their_status_and_with_their_goal() -> None:
    """One that is done is spent, one that is begun or planned is not; that of a paused goal rests.

    It belongs to its goal, and is due when it takes place, else with its goal.
    """
    found = budget(
        goal("a", due="2026-09-30", need="training"),
        resource("course", goal="a", cost="100 EUR", status="doing"),
        resource("meeting", goal="a", cost="40 EUR", when="2026-Q4"),
        resource("book", cost="30 EUR", status="done"),
        resource("other", cost="20 EUR", status="dropped"),
        goal("p", status="paused"),
        resource("later", goal="p", cost="10 EUR"),
    )
    assert words(found.sums) == ["EUR 140 30 None None"]
    assert {name: words(sums) for name, sums in found.by_goal.items()} == {
        "a": ["EUR 140 0 None None"],
        None: ["EUR 0 30 None None"],
    }
    assert list(found.by_quarter) == [(2026, 3), (2026, 4), None]
    assert list(found.by_need) == [NeedKind.TRAINING, None]


def test_costs_by_quarter_goal_and_need() -> None:
    """A milestone is due, and needed, with its goal where it does not say itself.

    A need is that of the field, else that of the first answered need with a type.
    """
    found = budget(
        role("r", needs=[{"title": "Exam", "need": "certification"}, {"title": "Other"}]),
        goal("a", due="2026-09-30", cost="100 EUR", answers=["r/other", "r/exam"]),
        milestone("a-1", goal="a", cost="20 EUR"),
        milestone("a-2", goal="a", due="2026-08-01", cost="5 EUR", need="tool", done="2026-06-01"),
        goal("b", due="2027-01-01", cost="7 USD"),
        milestone("alone", goal=None, cost="1 USD"),
    )
    assert {quarter: words(sums) for quarter, sums in found.by_quarter.items()} == {
        (2026, 3): ["EUR 120 5 None None"],
        (2027, 1): ["USD 7 0 None None"],
        None: ["USD 1 0 None None"],
    }
    assert {name: words(sums) for name, sums in found.by_goal.items()} == {
        "a": ["EUR 120 5 None None"],
        "b": ["USD 7 0 None None"],
        None: ["USD 1 0 None None"],
    }
    assert {need: words(sums) for need, sums in found.by_need.items()} == {
        NeedKind.CERTIFICATION: ["EUR 120 0 None None"],
        NeedKind.TOOL: ["EUR 0 5 None None"],
        None: ["USD 8 0 None None"],
    }


def test_without_money_there_is_no_budget() -> None:
    """Nothing costs and nothing is set aside; the money set aside alone is a budget."""
    assert numbers_of(planned(goal("a")), on=ON).budget is None
    assert words(budget(goal("a"), aside=["10 EUR"]).sums) == ["EUR 0 0 10 10"]


def test_hours_by_mode() -> None:
    """30 h of experience, 10 of them by the goal's mode, 6 social, 4 formal.

    The 90 h of a goal whose milestones have hours do not count, nor do those of a paused one; 5 h
    have no mode. Finished steps count.
    """
    plan = planned(
        goal("a", mode="experience", effort="90h"),
        milestone("a-1", goal="a", effort="10h", done="2026-05-01"),
        milestone("a-2", goal="a", effort="6h", mode="social"),
        goal("b", mode="experience", effort="20h"),
        goal("c", mode="formal", effort="4h"),
        goal("d", effort="5h"),
        goal("e", mode="formal", effort="50h", status="paused"),
    )
    assert numbers_of(plan, on=ON).learning == {
        Mode.EXPERIENCE: 30,
        Mode.SOCIAL: 6,
        Mode.FORMAL: 4,
        None: 5,
    }
    assert numbers_of(planned(goal("d", effort="5h")), on=ON).learning == {}


def test_what_is_free_is_in_no_currency() -> None:
    """`cost: 0 USD` says that a course is free, and adds no line of USD to a plan in EUR."""
    found = budget(resource("course", cost="0 USD"), goal("exam", cost="260 EUR"))
    assert words(found.sums) == ["EUR 260 0 None None"]
    assert list(found.by_goal) == ["exam"]
