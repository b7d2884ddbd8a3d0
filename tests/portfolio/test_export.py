"""plan.json: the documented export, with the numbers of the pages."""

from __future__ import annotations

from shutil import copytree
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator
from tests.pages.built import ROOT, Site, site

from planfolio.portfolio.plan_schema import plan_schema

if TYPE_CHECKING:
    from pathlib import Path

PLAN = {
    "site.toml": 'title = "Můj plán"\n[plan]\nhours_per_week = 6\nrole = "pe"\n',
    "skills.md": "items: {go: 2, c: }",
    "roles/pe.md": "title: Engineer\nrequires: {go: {level: 4, weight: 5, must: true}, c: 2}\n",
    "goals/t.md": (
        "title: Talks\nstart: 2026-01-01\ndue: 2026-12-31\nraises: {go: 3}\nhorizon: 1y\n"
        "decide_by: 2026-05\n"
        "metric: {target: 12, unit: talks, history: [{date: 2026-06-30, value: 5}]}\n"
    ),
    "goals/m.md": (
        "title: Steps\nstart: 2026-01-01\ndue: 2026-12-31\nparent: t\n"
        "replans: [{date: 2026-02-01, to: 2026-10}, {date: 2026-03-01, from: 2026-10, "
        "to: 2026-12-31, reason: The hall is taken}]\n"
        "milestones:\n"
        "  - {title: One, due: 2026-03-31, weight: 1, done: 2026-03-31, effort: 3h}\n"
        "  - {title: Two, due: 2026-06-30, weight: 1}\n"
        "  - {title: Three, due: 2026-12-31, weight: 2}\n"
    ),
}


@pytest.fixture(scope="module")
def built() -> Site:
    """The owner's site on 1 July 2026."""
    return site(PLAN)


def test_a_goal_of_the_worked_example(built: Site) -> None:
    """5 of 12 after 181 of 364 days: ratios are not rounded, unknown is null."""
    by_id = {goal["id"]: goal for goal in built.export["goals"]}
    assert by_id["t"] == {
        "id": "t",
        "title": "Talks",
        "url": "goals/t/",
        "kind": "outcome",
        "horizon": "1y",
        "role": "pe",
        "parent": None,
        "start": "2026-01-01",
        "due": "2026-12-31",
        "status": "at-risk",
        "measure": "metric",
        "reason": {"code": "metric"},
        "progress": 5 / 12,
        "expected": 181 / 364,
        "spi": pytest.approx(5 / 12 * 364 / 181),
        "forecast": "2027-03-12",
        "slip_days": 71,
        "effort": None,
        "cost": None,
        "projected_start": None,
        "projected": None,
        "late_days": None,
        "slack_days": None,
        "latest_start": None,
        "decide_by": "2026-05-31",
        "replans": [],
        "metric": {
            "unit": "talks",
            "baseline": 0.0,
            "target": 12.0,
            "current": 5.0,
            "as_of": "2026-06-30",
        },
        "milestones": [],
        "smart": {"S": [], "M": [], "A": [], "R": [], "T": ["T109"]},
    }


def test_moved_deadlines_have_the_days_of_the_page(built: Site) -> None:
    """From 31 October to 31 December are 61 days; without an old day they are unknown."""
    moved = next(goal["replans"] for goal in built.export["goals"] if goal["id"] == "m")
    assert moved == [
        {
            "date": "2026-02-01",
            "from": None,
            "to": "2026-10-31",
            "days_added": None,
            "reason": None,
        },
        {
            "date": "2026-03-01",
            "from": "2026-10-31",
            "to": "2026-12-31",
            "days_added": 61,
            "reason": "The hall is taken",
        },
    ]
    shown = [row[-2:] for row in built.page("progress/").section("Moved deadlines").rows()]
    assert shown == [["61 days", "The hall is taken"], ["unknown", "No reason given"]]


def test_levels_gaps_and_hours(built: Site) -> None:
    """go is 2 of 4 with weight 5 and c of 2 with weight 3 unrated: 10 to 16 of 26 points."""
    export = built.export
    (role,) = export["roles"]
    assert role["readiness"] == {"low": 10 / 26, "high": 16 / 26}
    assert (role["met"], role["required"], role["gate"], role["ready"]) == (0, 2, False, False)
    go, c = role["gaps"]
    assert (go["gap"], go["weighted_gap"], go["gain"], go["covered"]) == (2, 10, 10 / 26, "partly")
    assert (c["current"], c["gap"], c["gain"]) == (None, None, None)
    skills = {s["id"]: (s["level"], s["planned"], s["required"]) for s in export["skills"]}
    assert skills == {"go": (2, 3, 4), "c": (None, None, 2)}
    assert export["capacity"]["hours_per_week"] == 6
    one = next(m for m in export["milestones"] if m["title"] == "One")
    assert (one["goal"], one["done"], one["weight"], one["effort"]) == ("m", "2026-03-31", 1, 3)


def test_its_numbers_are_those_of_the_pages(built: Site) -> None:
    """Status and progress of the table under Progress, for each goal."""
    by_title = {goal["title"]: goal for goal in built.export["goals"]}
    rows = built.page("progress/").section("Goals").rows()
    assert len(rows) == len(by_title)
    for title, status, progress, _ in rows:
        goal = by_title[title]
        assert status.lower().replace(" ", "-").startswith(goal["status"])
        assert progress == f"{goal['progress'] * 100:.0f}%"
    # Of four by weight two were due until 30 June, and one of them is reached.
    assert [by_title["Steps"][key] for key in ("progress", "expected")] == [1 / 4, 2 / 4]
    # It was moved twice, and a milestone of it is overdue.
    assert by_title["Steps"]["smart"]["T"] == ["T106", "T103"]


@pytest.mark.parametrize("audience", ["public", "private"])
def test_it_is_as_documented(audience: str, example: Path, tmp_path: Path) -> None:
    """What `planfolio schema plan` prints is what the file holds, key by key, for any audience."""
    copytree(example, tmp_path / "plan")
    whole = site({}, as_of="2026-10-01", audience=audience, root=tmp_path / "plan")
    validator = Draft202012Validator(plan_schema())
    for built in (whole, site(PLAN, audience=audience), site({}, audience=audience)):
        assert list(validator.iter_errors(built.export)) == []
    assert len(whole.export["goals"]) > 10
    assert built.export["goals"] == []


def test_the_schema_says_types_words_and_what_is_null() -> None:
    """With descriptions from the code, so that a script can be written from it alone."""
    schema = plan_schema()
    goal = schema["properties"]["goals"]["items"]
    assert goal["properties"]["progress"] == {
        "description": "The share that is done, by the deciding measure.",
        "anyOf": [{"type": "number"}, {"type": "null"}],
    }
    assert "off-track" in goal["properties"]["status"]["enum"]
    assert goal["properties"]["projected"]["anyOf"][0] == {"type": "string", "format": "date"}
    assert list(goal["properties"]) == goal["required"]
    assert goal["properties"]["reason"]["required"] == ["code"]
    assert schema["properties"]["budget"]["anyOf"][1] == {"type": "null"}


def test_letters_of_any_script_stay_readable(built: Site) -> None:
    """And the file ends with a line break."""
    assert '"title": "Můj plán"' in built.text("plan.json")
    assert built.text("plan.json").endswith("}\n")
    assert ROOT not in built.text("plan.json")
