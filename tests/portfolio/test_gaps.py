"""The section Gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.portfolio.conftest import LayOut

FILES = {
    "skills.md": "---\nitems: {sql: 2, python: 4}\n---\n",
    "roles/a.md": (
        "---\ntitle: Analyst\nrequires: {sql: {level: 3, must: true}, python: 3}\nneeds:\n"
        "  - {id: t, title: A course, need: training}\n  - {id: x, title: Luck}\n"
        "  - {id: m, title: A mentor, need: mentor, met: 2026-02-01}\n---\n"
    ),
    "roles/b.md": "---\ntitle: Builder\nrequires: {python: 4}\n---\n",
    "roles/c.md": "---\ntitle: Considered\nstatus: considering\nrequires: {sql: 5}\n---\n",
    "goals/g.md": "---\ntitle: Take the course\nrole: a\nanswers: [t]\n---\n",
}


def test_a_part_for_each_role_aimed_at(
    laid_out: LayOut, rows: Callable[[Any], list[list[str]]]
) -> None:
    """Gaps and what no step covers, with a link to the role; a role without gaps says so."""
    analyst, builder = laid_out(FILES).view("gaps/").roles
    assert (analyst.title, analyst.more.url) == ("Analyst", "roles/a/")
    assert [row[0] for row in rows(analyst.gaps)] == ["sql (must, weight 3)"]
    assert [(i.text, i.note.replace("\u00a0", " ")) for i in analyst.uncovered] == [
        ("sql", "a must, 1 level short")
    ]
    assert (builder.title, builder.gaps, builder.badge.word) == ("Builder", None, "Ready")
    assert builder.closed == "Every skill it asks for is there."


def test_needs_by_type(laid_out: LayOut, rows: Callable[[Any], list[list[str]]]) -> None:
    """All needs of the roles aimed at by their type, those of no type last."""
    view = laid_out(FILES).view("gaps/")
    assert rows(view.needs) == [
        ["A mentor (Mentor)", "Met 1 Feb 2026", "–", "Analyst"],
        ["A course (Training)", "Answered", "Take the course", "Analyst"],
        ["Luck", "No answer yet", "–", "Analyst"],
    ]


def test_unanswered_needs(laid_out: LayOut) -> None:
    """Neither met nor taken up: these alone."""
    view = laid_out(FILES).view("gaps/")
    assert [(i.text, i.url, i.note) for i in view.unanswered] == [
        ("Luck", "roles/a/", "for Analyst")
    ]


def test_no_role_says_what_to_write(laid_out: LayOut) -> None:
    """Without a role there is nothing to compare with."""
    view = laid_out({"skills.md": FILES["skills.md"]}).view("gaps/")
    assert "requires:" in view.empty.example
    assert laid_out(FILES).view("gaps/").empty is None
