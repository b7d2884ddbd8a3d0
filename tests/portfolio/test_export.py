"""plan.json against a plan that was reckoned by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pydantic import TypeAdapter

from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.plan import Key
from planfolio.model.source_tree import Span
from planfolio.model.visibility import Visibility
from planfolio.portfolio.export import PlanExport, plan_schema

if TYPE_CHECKING:
    from tests.portfolio.conftest import LayOut

FILES = {
    "site.toml": 'title = "Žluťoučký plan"\n[plan]\nhours_per_week = 6\n',
    "skills.md": "---\nitems: {kubernetes: 1, python: 5}\n---\n",
    "roles/pe.md": (
        "---\ntitle: Platform engineer\nrequires:\n"
        "  kubernetes: {level: 3, weight: 5, must: true}\n  python: 4\n  rust: 2\n---\n"
    ),
    "goals/talks.md": (
        "---\ntitle: Give talks\nkind: learning\nstart: 2026-01-01\ndue: 2026-12-31\nrole: pe\n"
        "effort: 40h\nraises: {kubernetes: 2}\n"
        "metric: {target: 12, unit: talks, current: 5, as_of: 2026-06-30}\n---\n"
    ),
    "goals/über.md": (
        "---\ntitle: Über\nparent: talks\nhorizon: 2y\nstart: 2026-02-01\nmilestones:\n"
        "  - {title: Eins, due: 2026-Q3, done: 2026-06-01, weight: 2, effort: 90m}\n---\n"
    ),
}


def finding(code: str) -> Diagnostic:
    """A finding about the goal `talks`."""
    return Diagnostic(
        code=code,
        name="rule",
        severity=Severity.WARNING,
        path="",
        span=Span(),
        message="",
        subject=Key("goal", "talks"),
    )


def test_the_whole_file(laid_out: LayOut) -> None:
    """Key by key as documented; ratios are not rounded, unknown is null."""
    found = [finding("S101"), finding("A103"), finding("A103"), finding("L104")]
    site = laid_out(FILES, findings=found)
    export = json.loads(site.document("plan.json"))
    talks, other = export.pop("goals")
    assert talks == {
        "id": "talks",
        "title": "Give talks",
        "url": "goals/talks/",
        "kind": "learning",
        "horizon": None,
        "role": "pe",
        "parent": None,
        "start": "2026-01-01",
        "due": "2026-12-31",
        "status": "at-risk",
        "progress": pytest.approx(5 / 12),
        # 181 of 364 days have gone.
        "expected": pytest.approx(181 / 364),
        "spi": pytest.approx(5 / 12 * 364 / 181),
        "forecast": "2027-03-12",
        "slip_days": 71,
        "metric": {
            "unit": "talks",
            "baseline": 0.0,
            "target": 12.0,
            "current": 5.0,
            "as_of": "2026-06-30",
        },
        "milestones": [],
        "smart": {"S": ["S101"], "M": [], "A": ["A103"], "R": [], "T": []},
    }
    assert (other["id"], other["url"]) == ("über", "goals/%C3%BCber/")
    assert (other["horizon"], other["parent"], other["role"]) == ("2y", "talks", "pe")
    assert (other["due"], other["status"], other["progress"]) == ("2028-02-01", "done", 1.0)
    (milestone,) = site.plan.milestones.values()
    assert other["milestones"] == [milestone.id]
    assert export == {
        "version": 1,
        "as_of": "2026-07-01",
        "audience": "private",
        "title": "Žluťoučký plan",
        "milestones": [
            {
                "id": milestone.id,
                "title": "Eins",
                "url": export["milestones"][0]["url"],
                "goal": "über",
                "due": "2026-09-30",
                "done": "2026-06-01",
                "weight": 2.0,
                "effort": 1.5,
                "projected": None,
                "late_days": None,
            }
        ],
        "skills": [
            {
                "id": "kubernetes",
                "title": "kubernetes",
                "url": "skills/kubernetes/",
                "level": 1.0,
                "planned": 2.0,
                "required": 3.0,
            },
            {
                "id": "python",
                "title": "python",
                "url": "skills/python/",
                "level": 5.0,
                "planned": None,
                "required": 4.0,
            },
            {
                "id": "rust",
                "title": "rust",
                "url": "skills/rust/",
                "level": None,
                "planned": None,
                "required": 2.0,
            },
        ],
        "roles": [
            {
                "id": "pe",
                "title": "Platform engineer",
                "url": "roles/pe/",
                # 5*1 + 3*4 + 3*(0..2) of 5*3 + 3*4 + 3*2 = 33
                "readiness": {"low": pytest.approx(17 / 33), "high": pytest.approx(23 / 33)},
                "met": 1,
                "required": 3,
                "gate": False,
                "ready": False,
                "ready_on": None,
                "gaps": [
                    {
                        "skill": "kubernetes",
                        "current": 1.0,
                        "required": 3.0,
                        "gap": 2.0,
                        "weight": 5.0,
                        "must": True,
                        "weighted_gap": 10.0,
                        "gain": pytest.approx(10 / 33),
                        "effort": 40.0,
                        "priority": 0.25,
                        "covered": "partly",
                    },
                    {
                        "skill": "rust",
                        "current": None,
                        "required": 2.0,
                        "gap": None,
                        "weight": 3.0,
                        "must": False,
                        "weighted_gap": None,
                        "gain": None,
                        "effort": None,
                        "priority": None,
                        "covered": export["roles"][0]["gaps"][1]["covered"],
                    },
                ],
            }
        ],
        "capacity": {"hours_per_week": 6.0, "fits": None, "needed_hours_per_week": None},
    }


def test_the_file_is_stable_text(laid_out: LayOut) -> None:
    """Letters of any script stay readable, and the file ends with a line break."""
    text = laid_out(FILES).document("plan.json")
    assert "Žluťoučký" in text
    assert text.endswith("}\n")


def test_the_file_keeps_to_its_schema(laid_out: LayOut) -> None:
    """What `planfolio schema plan` prints is what the file holds: each key, with its type."""
    TypeAdapter(PlanExport).validate_json(laid_out(FILES).document("plan.json"))
    schema = plan_schema()
    goal = schema["$defs"]["GoalExport"]
    assert sorted(goal["required"]) == sorted(goal["properties"])
    assert "SPI(t)" in goal["description"]
    assert "on-track" in schema["$defs"]["Status"]["enum"]


def test_an_empty_plan_has_all_keys(laid_out: LayOut) -> None:
    """Without a record the lists are empty, and nothing is missing."""
    export = json.loads(laid_out({}, audience=Visibility.PUBLIC).document("plan.json"))
    assert export == {
        "version": 1,
        "as_of": "2026-07-01",
        "audience": "public",
        "title": "A plan",
        "goals": [],
        "milestones": [],
        "skills": [],
        "roles": [],
        "capacity": {"hours_per_week": None, "fits": None, "needed_hours_per_week": None},
    }
