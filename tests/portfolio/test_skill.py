"""The page of a skill."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from planfolio.portfolio.skill import evidence_age

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.portfolio.conftest import LayOut

FILES = {
    "skills/german.md": """---
title: German
category: Languages
scale: cefr6
level: B1
assessed: 2025-06-14
history: [{date: 2023-09, level: A1, by: self}, {date: 2024-06-02, level: A2}]
evidence:
  - {title: Exam, kind: certificate, date: 2025-06-14, level: B1, url: "https://example.org/"}
  - {title: A letter, planned: true}
  - {title: Evening class, kind: course, date: 2026-03-01}
uri: https://example.org/cefr/
---

I can order and complain.
""",
    "roles/planner.md": (
        "---\ntitle: Planner\nrequires:\n"
        "  german: {level: B2, must: true, weight: 2, why: The manuals}\n---\n"
    ),
    "goals/exam.md": "---\ntitle: Pass the exam\ndue: 2027-03\nraises: {german: B2}\n---\n",
    "goals/old.md": "---\ntitle: The old course\nstatus: done\nraises: [german]\n---\n",
}


def test_the_level_in_words_on_its_scale(
    laid_out: LayOut, rows: Callable[[Any], list[list[str]]]
) -> None:
    """The whole scale, the highest level first, with where one is, goes and should be."""
    view = laid_out(FILES).view("skills/german/")
    assert view.level == "B1 (3 of 6)"
    assert (view.dots.total, view.dots.filled, view.dots.planned, view.dots.wanted) == (6, 3, 4, 4)
    assert [(row[0], row[-1]) for row in rows(view.scale)] == [
        ("C2 (6)", ""),
        ("C1 (5)", ""),
        ("B2 (4)", "Planned and asked for"),
        ("B1 (3)", "You are here"),
        ("A2 (2)", ""),
        ("A1 (1)", ""),
    ]


def test_definitions_of_a_scale_are_shown(
    laid_out: LayOut, rows: Callable[[Any], list[list[str]]]
) -> None:
    """A scale of one's own has its words and what they mean."""
    site = laid_out(
        {
            "site.toml": (
                '[plan]\nscale = "mine"\n[scales.mine]\ntitle = "My scale"\nlevels = [\n'
                '{ value = 0, name = "no", definition = "never done" },\n'
                '{ value = 1, name = "yes", definition = "done once" }]\n'
            ),
            "skills.md": "---\nitems: {juggling: 1}\n---\n",
        }
    )
    view = site.view("skills/juggling/")
    assert rows(view.scale) == [
        ["Yes (1)", "done once", "You are here"],
        ["No (0)", "never done", ""],
    ]
    assert view.scale.caption == "The scale: My scale"
    assert (view.dots.total, view.dots.filled) == (1, 1)


def test_evidence_the_newest_first(
    laid_out: LayOut, rows: Callable[[Any], list[list[str]]]
) -> None:
    """Kind, date and level of each; what is only planned comes last and says so."""
    view = laid_out(FILES).view("skills/german/")
    assert rows(view.evidence) == [
        ["Evening class", "Course", "1 Mar 2026", "–"],
        ["Exam", "Certificate", "14 Jun 2025", "B1"],
        ["A letter", "–", "Planned", "–"],
    ]
    assert view.evidence.rows[1][0].items[0].url == "https://example.org/"
    assert view.evidence.rows[1][0].items[0].external


def test_history_with_who_said_so(laid_out: LayOut, rows: Callable[[Any], list[list[str]]]) -> None:
    """Levels of the history, the skill and the reviews, each at its own precision."""
    review = "---\ntitle: June\ndate: 2026-06-28\nlevels: {german: B2}\n---\n"
    view = laid_out({**FILES, "reviews/june.md": review}).view("skills/german/")
    assert rows(view.history) == [
        ["28 Jun 2026", "B2 (4 of 6)", "June (for mentors)"],
        ["14 Jun 2025", "B1 (3 of 6)", "this page"],
        ["2 Jun 2024", "A2 (2 of 6)", "this page"],
        ["September 2023", "A1 (1 of 6)", "self"],
    ]


def test_who_needs_it_and_what_raises_it(
    laid_out: LayOut, rows: Callable[[Any], list[list[str]]]
) -> None:
    """Roles with what they ask, steps with how far they go, open ones first; no backlink twice."""
    view = laid_out(FILES).view("skills/german/")
    assert rows(view.required_by) == [["Planner (The manuals), Must", "B2", "2"]]
    assert rows(view.raised_by) == [
        ["Pass the exam", "B2", "March 2027", "Open"],
        ["The old course", "as asked", "no date", "Done"],
    ]
    assert view.record.backlinks.groups == ()


def test_a_skill_that_only_a_role_asks_for(laid_out: LayOut) -> None:
    """It has a page; its level is unrated and not zero; the page says how to rate it."""
    site = laid_out({"roles/r.md": "---\ntitle: R\nrequires: {rust: 3}\n---\n"})
    view = site.view("skills/rust/")
    assert (view.level, view.dots.filled) == ("unrated", None)
    assert [badge.word for badge in view.record.badges] == ["Unrated"]
    assert view.empty.path == "content/skills/rust.md"
    assert "level: 2" in view.empty.example


def test_a_skill_without_evidence_asks_for_some(laid_out: LayOut) -> None:
    """Rated, but nothing to show: the page says what would."""
    view = laid_out({"skills.md": "---\nitems: {rust: 3}\n---\n"}).view("skills/rust/")
    assert "evidence:" in view.empty.example
    assert laid_out(FILES).view("skills/german/").empty is None


@pytest.mark.parametrize(
    ("newest", "age"),
    [
        (None, "none"),
        (date(2026, 6, 15), "this month"),
        (date(2026, 6, 1), "1 month old"),
        (date(2026, 5, 2), "1 month old"),
        (date(2024, 8, 1), "23 months old"),
        (date(2024, 7, 1), "2 years old"),
        (date(2024, 7, 2), "23 months old"),
    ],
)
def test_age_of_evidence(newest: date | None, age: str) -> None:
    """Whole months up to two years, then years; none is none."""
    assert evidence_age(newest, as_of=date(2026, 7, 1)).replace("\u00a0", " ") == age


def test_facts_of_a_skill(laid_out: LayOut) -> None:
    """When it was rated, where it should go, and a reference that leads out."""
    facts = {f.label: f.items[0] for f in laid_out(FILES).view("skills/german/").record.facts}
    assert facts["Rated"].text.replace("\u00a0", " ") == "14 Jun 2025"
    assert facts["Asked for"].text == "B2 (4 of 6)"
    assert facts["Newest evidence"].text.replace("\u00a0", " ") == "4 months old"
    assert (facts["Reference"].text, facts["Reference"].external) == ("example.org/cefr", True)
