"""The section Plan, and the next actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planfolio.portfolio.next_actions import next_actions

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.portfolio.conftest import LayOut


def goal(title: str, fields: str = "") -> str:
    """A goal with some fields."""
    return f"---\ntitle: {title}\n{fields}\n---\n"


def titles(laid_out: LayOut, files: dict[str, str]) -> list[str]:
    """The titles of the next actions of a plan."""
    return [step.title for step in next_actions(laid_out(files).scope)]


def test_next_actions_by_due_day(laid_out: LayOut) -> None:
    """Milestones of open goals, goals without any, lone milestones; undated ones last."""
    assert titles(
        laid_out,
        {
            "goals/a.md": goal("A", "milestones: {Late: 2026-06-01, Soon: 2026-08-01}"),
            "goals/b.md": goal("B", "due: 2026-07-15"),
            "goals/c.md": goal("C"),
            "milestones/lone.md": goal("Lone", "due: 2026-07-20"),
        },
    ) == ["Late", "B", "Lone", "Soon", "C"]


def test_what_cannot_be_begun_is_no_next_action(laid_out: LayOut) -> None:
    """Not what is done, paused, begins later, waits for another, has parts, or has no end."""
    assert titles(
        laid_out,
        {
            "goals/done.md": goal("Done", "status: done"),
            "goals/paused.md": goal("Paused", "status: paused"),
            "goals/later.md": goal("Later", "start: 2026-09-01\ndue: 2026-12"),
            "goals/first.md": goal("First", "due: 2026-12"),
            "goals/waits.md": goal("Waits", "after: [first]\nmilestones: {A step: 2026-08}"),
            "goals/free.md": goal("Free", "after: [done]\nstart: 2026-01-01\ndue: 2027"),
            "goals/parent.md": goal("Parent"),
            "goals/part.md": goal("Part", "parent: parent\ndue: 2028"),
            "goals/way.md": goal("Way", "kind: direction"),
        },
    ) == ["First", "Free", "Part"]


def test_a_milestone_waits_for_its_sibling(laid_out: LayOut) -> None:
    """Once the first is reached, the second can begin."""
    steps = (
        "milestones:\n  - {title: One, due: 2026-08%s}\n"
        "  - {title: Two, due: 2026-07-10, after: [one]}"
    )
    assert titles(laid_out, {"goals/a.md": goal("A", steps % "")}) == ["One"]
    reached = {"goals/a.md": goal("A", steps % ", done: 2026-06-01")}
    assert titles(laid_out, reached) == ["Two"]


def test_next_cards(laid_out: LayOut) -> None:
    """When it is due, whose step it is, the work and when it is done."""
    step = "milestones: [{title: Section, due: 2026-Q3, effort: 6h, done_when: It is signed}]"
    (card,) = laid_out({"goals/a.md": goal("A", step)}).view("plan/").next
    assert card.kicker.replace("\u00a0", " ") == "Q3 2026"
    assert card.text.replace("\u00a0", " ") == "6 h · It is signed"
    assert card.facts[0].items[0].url == "goals/a/"


def test_the_roadmap_by_quarters(laid_out: LayOut) -> None:
    """Overdue first, then quarter by quarter, some day last; also steps that cannot begin yet."""
    site = laid_out(
        {
            "goals/a.md": goal(
                "A",
                "milestones: {Old: 2026-06-30, Now: 2026-07-01, Q: 2026-Q4, Next: 2027-02, Some: }",
            ),
            "goals/b.md": goal("B", "start: 2027-01-01\ndue: 2027-03-31"),
        }
    )
    view = site.view("plan/")
    assert [(s.title, [card.title.text for card in s.steps]) for s in view.roadmap] == [
        ("Overdue", ["Old"]),
        ("Q3 2026", ["Now"]),
        ("Q4 2026", ["Q"]),
        ("Q1 2027", ["Next", "B"]),
        ("Some day", ["Some"]),
    ]
    assert view.roadmap[0].steps[0].text == "A"


def test_goals_by_priority_the_worst_first(
    laid_out: LayOut, rows: Callable[[Any], list[list[str]]]
) -> None:
    """Must before should before could; within one what asks for attention; rest apart."""
    site = laid_out(
        {
            "goals/a.md": goal(
                "Fine", "priority: must\nstart: 2026-01-01\ndue: 2026-12-31\nmetric: 6/12"
            ),
            "goals/b.md": goal(
                "Late", "priority: must\nstart: 2026-01-01\ndue: 2026-06-30\nmetric: 6/12"
            ),
            "goals/c.md": goal("Maybe", "priority: could"),
            "goals/d.md": goal("Plain"),
            "goals/e.md": goal("Over", "status: done"),
        }
    )
    view = site.view("plan/")
    assert [(g.title, rows(g.table)) for g in view.goals] == [
        (
            "Must",
            [
                ["Late", "Late by 1 day", "50 %", "30 Jun 2026"],
                ["Fine", "On track", "50 %", "31 Dec 2026"],
            ],
        ),
        ("Could", [["Maybe", "Open", "", "no date"]]),
        ("The others", [["Plain", "Open", "", "no date"]]),
    ]
    assert [row[0] for row in rows(view.resting)] == ["Over"]


def test_without_priorities_there_is_one_list(laid_out: LayOut) -> None:
    """Where no goal has a priority, no goal is among the others."""
    view = laid_out({"goals/a.md": goal("A")}).view("plan/")
    assert [group.title for group in view.goals] == ["All goals"]


def test_nothing_to_begin_is_said(laid_out: LayOut) -> None:
    """A plan that only waits says so."""
    view = laid_out({"goals/a.md": goal("A", "status: paused")}).view("plan/")
    assert (view.next, view.no_next) == ((), "Nothing can be begun today.")
