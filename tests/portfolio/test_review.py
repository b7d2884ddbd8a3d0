"""The page of a review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from planfolio.portfolio.components import Tick
from planfolio.portfolio.review import tick

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.portfolio.conftest import LayOut

FILES = {
    "goals/talks.md": (
        "---\ntitle: Give talks\ndue: 2026-12\nmetric: {target: 12, unit: talks}\n---\n"
    ),
    "skills.md": "---\nitems: {python: 2}\n---\n",
    "reviews/june.md": """---
title: June
kind: quarterly
date: 2026-06-28
with: [Bohumil Hanák]
metrics: {talks: 5}
levels: {python: 3}
confidence: {talks: 7}
wins: [The fifth talk]
problems: [No evenings]
decisions: [One evening is kept free]
next: ["[x] Write", "[ ] Call", Rest]
feedback: [{from: Bohumil, text: Louder}]
next_review: 2026-07
---
""",
    "reviews/may.md": "---\ntitle: May\ndate: 2026-05-30\n---\n",
    "reviews/july.md": "---\ntitle: July\ndate: 2026-07-30\n---\n",
}


def test_what_was_measured_and_rated(
    laid_out: LayOut, rows: Callable[[Any], list[list[str]]]
) -> None:
    """Values with their units and targets, levels in words, confidence out of ten."""
    view = laid_out(FILES).view("reviews/june/")
    assert rows(view.measured)[0][:3] == ["Give talks", "5 talks", "12 talks"]
    assert rows(view.levels) == [["python", "Practitioner (3 of 5)"]]
    assert rows(view.confidence) == [["Give talks", "7 of 10"]]


def test_what_was_said(laid_out: LayOut) -> None:
    """Wins, problems, decisions and feedback, each under its own heading."""
    view = laid_out(FILES).view("reviews/june/")
    assert [(p.title, p.items[0].text) for p in view.passages] == [
        ("Wins", "The fifth talk"),
        ("Problems", "No evenings"),
        ("Decisions", "One evening is kept free"),
    ]
    assert [(item.text, item.note) for item in view.feedback.items] == [("Louder", "Bohumil")]
    facts = {f.label: [i.text.replace("\u00a0", " ") for i in f.items] for f in view.record.facts}
    assert facts == {
        "On": ["28 Jun 2026"],
        "Next review": ["July 2026"],
        "With": ["Bohumil Hanák"],
    }
    assert view.record.kicker == "Quarterly review"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[x] Write", Tick("Write", True)),
        ("[X] Write", Tick("Write", True)),
        ("[ ] Call", Tick("Call", False)),
        ("Rest", Tick("Rest")),
        ("[x]", Tick("[x]")),
        ("[y] Why", Tick("[y] Why")),
    ],
)
def test_ticks(text: str, expected: Tick) -> None:
    """A box before the words is a tick; without one it is no task."""
    assert tick(text) == expected


def test_next_has_ticks(laid_out: LayOut) -> None:
    """What comes next is ticked where it was done."""
    view = laid_out(FILES).view("reviews/june/")
    assert [item.done for item in view.next] == [True, False, None]


def test_neighbours_by_date(laid_out: LayOut) -> None:
    """The review before and the one after, by their days and not by their names."""
    view = laid_out(FILES).view("reviews/june/")
    assert [(f.label, f.items[0].text) for f in view.neighbours] == [
        ("Before this", "May"),
        ("After this", "July"),
    ]
