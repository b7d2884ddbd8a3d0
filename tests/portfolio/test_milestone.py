"""The page of a milestone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.portfolio.conftest import LayOut

GOAL = """---
title: Pass the exam
due: 2026-12-31
milestones:
  - {title: Course, due: 2026-03, done: 2026-03-12, celebrate: Cake, proof: "https://example.org/"}
  - {title: Mock, due: 2026-06-20, effort: 6h, after: [course], celebrate: A walk}
  - {title: Exam, due: 2026-12, raises: {german: 2}}
---
"""
FILES = {"goals/exam.md": GOAL, "skills.md": "---\nitems: {german: 1}\n---\n"}


def page(laid_out: LayOut, title: str) -> Any:
    """The page of a milestone by its title."""
    site = laid_out(FILES)
    record = next(m for m in site.plan.milestones.values() if m.title == title)
    return site.view(record.url)


def facts(view: Any) -> dict[str, list[str]]:
    """The facts of a page as words."""
    return {f.label: [i.text.replace("\u00a0", " ") for i in f.items] for f in view.record.facts}


def test_a_reached_milestone(laid_out: LayOut) -> None:
    """When it was reached, what proves it, how it was celebrated."""
    view = page(laid_out, "Course")
    assert [badge.word for badge in view.record.badges] == ["Reached"]
    assert facts(view)["Reached"] == ["12 Mar 2026"]
    assert facts(view)["Due"] == ["March 2026"]
    assert facts(view)["Proof"] == ["See for yourself"]
    assert view.celebrate == "Celebrated: Cake"


def test_a_milestone_ahead(laid_out: LayOut) -> None:
    """How late it is, what it waits for, how much work it is, how it will be celebrated."""
    view = page(laid_out, "Mock")
    # On one line even in a narrow table.
    late = [(badge.word, badge.detail) for badge in view.record.badges]
    assert late == [("Late", "by\u00a011\u00a0days")]
    assert facts(view)["Goal"] == ["Pass the exam"]
    assert facts(view)["After"] == ["Course"]
    assert facts(view)["Effort"] == ["6 h"]
    assert view.celebrate == "To celebrate: A walk"


def test_neighbours(laid_out: LayOut) -> None:
    """The milestones before and after it, of the same goal and by their days."""

    def around(title: str) -> list[tuple[str, str]]:
        return [(f.label, f.items[0].text) for f in page(laid_out, title).neighbours]

    assert around("Course") == [("After this", "Mock")]
    assert around("Mock") == [("Before this", "Course"), ("After this", "Exam")]
    assert around("Exam") == [("Before this", "Mock")]


def test_what_it_raises(laid_out: LayOut, rows: Callable[[Any], list[list[str]]]) -> None:
    """The skills of a milestone, with their level now."""
    assert rows(page(laid_out, "Exam").raises) == [
        ["german", "Aware (1 of 5)", "2", "–", "No role asks for it yet"]
    ]
    assert page(laid_out, "Mock").raises is None


def test_the_crumbs_lead_through_its_goal(laid_out: LayOut) -> None:
    """Home, the section, the goal, the milestone."""
    crumbs = page(laid_out, "Mock").frame.crumbs
    assert [crumb.url for crumb in crumbs] == ["", "plan/", "goals/exam/", None]


def test_its_checklist(laid_out: LayOut) -> None:
    """The task list of a milestone in a file of its own."""
    site = laid_out(
        {
            "goals/exam.md": "---\ntitle: Exam\n---\n",
            "milestones/mock.md": "---\ntitle: Mock\ngoal: exam\n---\n\n- [x] Book\n- [ ] Sit\n",
        }
    )
    view = site.view("milestones/mock/")
    assert (view.bar.text, view.bar.value) == ("1 of 2 ticked", "50")
    assert [tick.done for tick in view.checklist] == [True, False]


def test_a_milestone_without_a_goal(laid_out: LayOut) -> None:
    """It has no neighbours, and stands directly below its section."""
    view = laid_out({"milestones/a.md": "---\ntitle: A\n---\n"}).view("milestones/a/")
    assert view.neighbours == ()
    assert [crumb.url for crumb in view.frame.crumbs] == ["", "plan/", None]
