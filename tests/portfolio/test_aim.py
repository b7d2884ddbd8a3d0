"""The section Aim."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from planfolio.portfolio.aim import years_on

if TYPE_CHECKING:
    from tests.portfolio.conftest import LayOut


def goal(fields: str) -> str:
    """A goal with some fields."""
    return f"---\ntitle: Goal\n{fields}\n---\n"


@pytest.mark.parametrize(
    ("fields", "rung"),
    [
        ("due: 2027-07-01", "In 1 year"),
        ("due: 2027-07-02", "In 3 years"),
        ("start: 2026-01-01\nhorizon: 3y", "In 3 years"),
        ("due: 2031-07-01", "In 5 years"),
        ("due: 2036-07-01", "In 10 years"),
        ("due: 2040", "Further on"),
        ("kind: habit\ncadence: 3/week", "Without a day"),
        ("kind: direction\nstart: 2026-01-01\nhorizon: 5y", "In 5 years"),
        ("due: 2025-01-01", "In 1 year"),
    ],
)
def test_goals_stand_on_the_rung_of_their_due_day(laid_out: LayOut, fields: str, rung: str) -> None:
    """The ladder counts years from the day of the numbers; each goal stands on one rung."""
    ladder = laid_out({"goals/a.md": goal(fields)}).view("aim/").ladder
    found = {step.title.replace("\u00a0", " "): len(step.goals) for step in ladder}
    assert found[rung] == 1
    assert sum(found.values()) == 1


def test_the_four_rungs_are_always_there(laid_out: LayOut) -> None:
    """One, three, five and ten years; the others only where a goal stands on them."""
    ladder = laid_out({"goals/a.md": goal("due: 2027")}).view("aim/").ladder
    assert [rung.title.replace("\u00a0", " ") for rung in ladder] == [
        "In 1 year",
        "In 3 years",
        "In 5 years",
        "In 10 years",
    ]


@pytest.mark.parametrize("fields", ["status: done", "status: dropped", "kind: direction"])
def test_what_does_not_stand_on_the_ladder(laid_out: LayOut, fields: str) -> None:
    """Finished and dropped goals, and endless directions; an empty ladder says what to write."""
    view = laid_out({"goals/a.md": goal(fields)}).view("aim/")
    assert not any(rung.goals for rung in view.ladder)
    assert "horizon: 3y" in view.no_ladder.example


def test_parts_stand_on_the_page_of_their_goal(laid_out: LayOut) -> None:
    """A child is not listed beside its parent."""
    site = laid_out({"goals/a.md": goal("due: 2027-05"), "goals/b.md": goal("parent: a")})
    rung = site.view("aim/").ladder[0]
    assert [card.title.url for card in rung.goals] == ["goals/a/"]


def test_directions_have_no_end(laid_out: LayOut) -> None:
    """A direction without a horizon stands below the ladder."""
    view = laid_out({"goals/a.md": goal("kind: direction")}).view("aim/")
    assert [card.title.url for card in view.directions] == ["goals/a/"]


def test_roles_with_their_readiness(laid_out: LayOut) -> None:
    """The plan's own role first, then by due day; considered roles apart; an interval is one."""
    site = laid_out(
        {
            "site.toml": '[plan]\nrole = "b"\n',
            "skills.md": "---\nitems: {sql: 2}\n---\n",
            "roles/a.md": "---\ntitle: A\ndue: 2027\nrequires: {sql: 4}\n---\n",
            "roles/b.md": "---\ntitle: B\ndue: 2030\nrequires: {sql: 4, rust: 4}\n---\n",
            "roles/c.md": "---\ntitle: C\nstatus: considering\n---\n",
        }
    )
    view = site.view("aim/")
    assert [(card.title.text, card.bar.text.replace("\u00a0", " ")) for card in view.roles] == [
        ("B", "25 % to 75 %"),
        ("A", "50 %"),
    ]
    assert view.roles[0].text == "0 of 2 skills met"
    assert [(card.title.text, card.badge.word) for card in view.other_roles] == [
        ("C", "Considering")
    ]


def test_years_on_clamp() -> None:
    """Three years after a leap day is the last of February."""
    assert years_on(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert years_on(date(2024, 2, 29), 4) == date(2028, 2, 29)
