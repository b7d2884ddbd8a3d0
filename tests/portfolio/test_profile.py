"""The section Assess: the profile and the skills."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.portfolio.conftest import LayOut

PROFILE = """---
title: Hedvika
headline: Drives a tram
experience:
  - {title: Driver, organisation: City tramways, start: 2014-09, highlights: [Nobody was hurt]}
  - {title: Cutter, start: 2008, end: 2014}
education: [{title: School, end: 2008}]
certificates:
  - {title: Fit to drive, issuer: Centre, date: 2024-11-30, expires: 2026-08-30}
  - {title: First aid, expires: 2025}
  - {title: B1}
strengths: [Patient]
struggles: [Cannot say no]
motivations: [Evenings at home]
values: [Measure first]
interests: [Sewing]
assessed: 2026-06-01
---

I drive line 8.
"""


def test_the_profile(laid_out: LayOut, rows: Callable[[Any], list[list[str]]]) -> None:
    """Name, headline, text; posts with their time; certificates with their end."""
    view = laid_out({"profile.md": PROFILE}).view("me/")
    assert (view.title, view.lead, view.empty) == ("Hedvika", "Drives a tram", None)
    assert "I drive line 8." in view.record.body.html
    posts = [(p.card.title.text, p.card.kicker.replace("\u00a0", " ")) for p in view.experience]
    assert posts == [("Driver", "since September 2014"), ("Cutter", "2008 to 2014")]
    assert view.experience[0].highlights == ("Nobody was hurt",)
    assert view.education[0].card.kicker == "until 2008"
    assert rows(view.certificates) == [
        ["Fit to drive", "Centre", "30 Nov 2024", "30 Aug 2026, Soon"],
        ["First aid", "–", "–", "2025, Expired"],
        ["B1", "–", "–", "–"],
    ]


def test_what_one_says_of_oneself(laid_out: LayOut) -> None:
    """Each list stands under its own heading."""
    view = laid_out({"profile.md": PROFILE}).view("me/")
    assert [(p.title, p.items[0].text) for p in view.passages] == [
        ("Strengths", "Patient"),
        ("Struggles", "Cannot say no"),
        ("What moves me", "Evenings at home"),
        ("What I hold to", "Measure first"),
        ("Interests", "Sewing"),
    ]


def test_how_many_skills_are_known(laid_out: LayOut) -> None:
    """Rated skills and those with evidence, of all."""
    skills = (
        "---\nitems:\n  python: {level: 3, evidence: [{title: A tool, date: 2026-02}]}\n"
        "  rust: {}\n  sql: 2\n---\n"
    )
    view = laid_out({"skills.md": skills}).view("me/")
    assert [(s.label, s.value) for s in view.skills] == [
        ("Skills rated", "2 of 3"),
        ("With evidence", "1 of 3"),
    ]


def test_skills_by_category(laid_out: LayOut, rows: Callable[[Any], list[list[str]]]) -> None:
    """Categories by name, those without one last; within one by title; unrated is said."""
    site = laid_out(
        {
            "skills.md": (
                "---\nitems:\n  sql: {category: Data, level: 2}\n  art: 1\n"
                "  excel: {category: Data, level: 4,"
                " evidence: [{title: A sheet, date: 2026-01-01}]}\n"
                "---\n"
            ),
            "roles/r.md": "---\ntitle: R\nrequires: {sql: 3, rust: 2}\n---\n",
        }
    )
    view = site.view("skills/")
    assert [(c.title, rows(c.table)) for c in view.categories] == [
        (
            "Data",
            [
                ["excel", "Advanced (4 of 5)", "–", "6 months old"],
                ["sql", "Beginner (2 of 5)", "3", "none"],
            ],
        ),
        (
            "Other skills",
            [["art", "Aware (1 of 5)", "–", "none"], ["rust", "unrated", "2", "none"]],
        ),
    ]
