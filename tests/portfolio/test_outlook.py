"""What the portfolio says of the time to come: money, hours, needs, and the proof of lateness."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from tests.analyse.planned import AnyRecord, goal, milestone, planned, resource, role, skill

from planfolio.analyse.analysis import analyse
from planfolio.model.formatting import money
from planfolio.model.visibility import Visibility
from planfolio.portfolio.export import plan_export
from planfolio.portfolio.portfolio import Portfolio


def portfolio(*records: AnyRecord, **plan: Any) -> Portfolio:
    """Return the owner's portfolio of a plan on 1 July 2026."""
    whole = planned(*records, plan=plan)
    analysis = analyse(whole, date(2026, 7, 1))
    return Portfolio(whole, analysis, (), audience=Visibility.PRIVATE)


def test_the_budget_and_its_parts() -> None:
    """900 of 1000 EUR are planned or spent; of 50 USD 10 are missing. plan.json says the same."""
    found = portfolio(
        goal("a", due="2026-09-30", cost="500 EUR", need="training"),
        resource("book", goal="a", cost="59.50 USD", status="done"),
        milestone("m", goal="a", cost="400 EUR", due="2026-12-01", done="2026-06-01"),
        milestone("n", goal="a"),
        goal("b", cost="0.50 USD"),
        budget=["1000 EUR", "50 USD"],
    )
    budget, export = found.budget, plan_export(found)["budget"]
    assert budget is not None
    assert export is not None
    euros, dollars = budget.sums
    amounts = (euros.planned, euros.spent, euros.left, dollars.missing)
    assert [money(amount) for amount in amounts if amount] == [
        *("500 EUR", "400 EUR", "100 EUR", "10 USD"),
    ]
    assert (euros.missing, dollars.left, euros.share) == (None, None, Fraction(9, 10))
    assert [(part.year, part.number) for part in budget.by_quarter] == [
        *((2026, 3), (2026, 4), (None, None)),
    ]
    assert [part["quarter"] for part in export["by_quarter"]] == ["2026-Q3", "2026-Q4", None]
    assert [part.goal and part.goal.id for part in budget.by_goal] == ["a", "b"]
    assert [[cost.record.id for cost in part.costs] for part in budget.by_need] == [
        *(["a", "book", "m"], ["b"]),
    ]
    assert [s["left"] for s in export["sums"]] == [100, -10]
    for ours, theirs in (
        *zip(budget.by_quarter, export["by_quarter"], strict=True),
        *zip(budget.by_goal, export["by_goal"], strict=True),
        *zip(budget.by_need, export["by_need"], strict=True),
    ):
        assert [float(s.planned.amount) for s in ours.sums] == [
            s["planned"] for s in theirs["sums"]
        ]
        assert [float(s.spent.amount) for s in ours.sums] == [s["spent"] for s in theirs["sums"]]


def test_modes_of_learning() -> None:
    """30 of 40 h are experience, none is social; plan.json has the same."""
    found = portfolio(
        goal("a", mode="experience", effort="30h"),
        goal("b", mode="formal", effort="10h"),
        goal("c", effort="5h"),
    )
    shares = [(m.mode.value, float(m.hours), float(m.share)) for m in found.learning_modes]
    assert shares == [("experience", 30, 0.75), ("social", 0, 0), ("formal", 10, 0.25)]
    export = plan_export(found)["learning"]
    assert [(m["mode"], m["hours"], m["share"]) for m in export["modes"]] == shares
    assert found.hours_without_mode == export["hours_without_mode"] == 5
    assert portfolio(goal("c", effort="5h")).learning_modes == ()


def test_needs_by_type_with_what_answers_each() -> None:
    """In the order of the types; each with its steps and how these go."""
    needs = [
        {"title": "Anything"},
        {"title": "A guide", "need": "mentor"},
        {"title": "Exam", "need": "certification", "met": "2026-05-01"},
        {"title": "Course", "need": "training"},
    ]
    found = portfolio(
        role("r", needs=needs),
        goal("late", due="2026-06-01", answers=["r/course"]),
        resource("done", status="done", answers=["r/course", "r/anything"]),
        goal("dropped", status="dropped", answers=["r/a-guide"]),
    )
    groups = {str(group.type): group.needs for group in found.needs_by_type}
    assert list(groups) == ["training", "certification", "mentor", "None"]
    (course,) = groups["training"]
    answers = [(answer.step.id, answer.status.value) for answer in course.answering]
    assert answers == [("late", "late"), ("done", "done")]
    (guide,) = groups["mentor"]
    assert (guide.answering, guide.is_answered, guide.is_done) == ((), False, False)
    # One step that answers the course is still open.
    assert [need.is_done for need in (course, *groups["None"])] == [False, True]
    (exported,) = plan_export(found)["roles"]
    assert [(n["title"], n["met"], n["answers"]) for n in exported["needs"]][2:] == [
        ("Exam", "2026-05-01", []),
        (
            *("Course", None),
            [
                {"step": "goals/late", "status": "late"},
                {"step": "resources/done", "status": "done"},
            ],
        ),
    ]


def test_the_schedule_in_plan_json() -> None:
    """20 h, 30 h and 16 h at 6 a week: the second ends 3 days late, and all three decide the end.

    From 2 July on they take 23 1/3, 35 and 18 2/3 days. The second, a goal of one milestone, could
    start on 23 July.
    """
    found = portfolio(
        skill("go", level="1"),
        role("r", requires={"go": "2"}),
        goal("a", due="2026-07-29", effort="20h"),
        goal("b", raises={"go": "2"}, cost="9 EUR"),
        milestone("b-1", goal="b", due="2026-08-26", effort="30h"),
        goal("c", due="2026-10-21", effort="16h"),
        goal("u", due="2026-12-31"),
        hours_per_week="6",
    )
    export = plan_export(found)
    b = export["goals"][1]
    for step in (b, *export["milestones"]):
        assert (step["projected_start"], step["projected"]) == ("2026-07-25", "2026-08-29")
        assert (step["late_days"], step["slack_days"], step["latest_start"]) == (
            3,
            -3,
            "2026-07-23",
        )
    assert b["cost"] == {"amount": 9, "currency": "EUR"}
    assert export["roles"][0]["ready_on"] == "2026-08-29"
    capacity = export["capacity"]
    assert (capacity["fits"], capacity["needed_hours_per_week"]) == (False, 6.3)
    assert capacity["chain"] == ["goals/a", "milestones/b-1", "goals/c"]
    assert capacity["without_effort"] == ["goals/u"]
    (late,) = found.late_steps
    assert late.step.id == "b-1"
    assert [late.asked, late.there, late.missing] == [Fraction(n) for n in (50, 48, 2)]
    (shown,) = capacity["late"]
    assert (shown["step"], shown["asked"], shown["there"]) == ("milestones/b-1", 50, 48)
    assert [step.id for step in found.deciding_chain] == ["a", "b-1", "c"]
    assert [step.id for step in found.steps_without_effort] == ["u"]
