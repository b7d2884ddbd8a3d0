"""What the portfolio says of the time to come: money, hours, needs, and the proof of lateness."""

from datetime import date
from typing import Any

from tests.analyse.planned import AnyRecord, goal, milestone, planned, resource, role, skill

from planfolio.analyse.analysis import analyse
from planfolio.model.visibility import Visibility
from planfolio.portfolio.export import plan_export
from planfolio.portfolio.portfolio import Portfolio


def portfolio(*records: AnyRecord, **plan: Any) -> Portfolio:
    """Return the owner's portfolio of a plan on 1 July 2026."""
    whole = planned(*records, plan=plan)
    analysis = analyse(whole, date(2026, 7, 1))
    return Portfolio(whole, analysis, (), audience=Visibility.PRIVATE)


def test_needs_by_type_with_what_answers_each() -> None:
    """By type; each with its steps and how these go."""
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
    _, guide, course, anything = found.needs
    types = [str(need.need) for need in found.needs]
    assert types == ["certification", "mentor", "training", "None"]
    answers = [(answer.step.id, answer.status.value) for answer in course.answering]
    assert answers == [("late", "late"), ("done", "done")]
    assert (guide.answering, guide.is_answered, guide.is_done) == ((), False, False)
    # One step that answers the course is still open.
    assert [need.is_done for need in (course, anything)] == [False, True]
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
    assert (float(late.needed_hours), float(late.available_hours)) == (50, 48)
    (shown,) = capacity["late"]
    assert (shown["step"], shown["asked"], shown["there"]) == ("milestones/b-1", 50, 48)
    assert [step.id for step in found.deciding_chain] == ["a", "b-1", "c"]
    assert [step.id for step in found.steps_without_effort] == ["u"]
