"""plan.json: the documented export, with the numbers of the pages."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.pages.built import ROOT, Site, site, site_of
from tests.random_plans import RandomPlan

from planfolio.portfolio.export import plan_schema

EXAMPLE = Path(__file__).parents[1] / "plans/example"

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

KINDS = {
    "skills.md": "items: {sql: 1, go: 1}",
    "roles/r.md": "title: Analyst\nrequires: {sql: 3}\nneeds: [{id: paper, title: A paper}]\n",
    "goals/g.md": "title: Learn it\nmetric: {target: 9, unit: talks}\nmilestones: [First]\n",
    "resources/c.md": (
        "title: SQL in depth\nkind: course\nauthor: The library\nurl: https://courses.example/\n"
        "goal: g\nraises: {sql: 3, go: }\nanswers: [paper]\neffort: 12h\ncost: 150.50 EUR\n"
        "when: 2026-05..2026-06\ndecide_by: 2026-04\n"
    ),
    "people/p.md": (
        "title: Jana Nová\nrelation: mentor\ntopics: [Joins]\nmeets: 2 weeks\ncontact: Room 2\n"
    ),
    "opportunities/o.md": (
        "title: A desk\nkind: role\nwhen: 2027-H1..H2\nrole: r\nlikelihood: high\n"
        "decide_by: 2026-11-30\ndecision: Yes\nurl: https://jobs.example/1\n"
    ),
    "achievements/a.md": (
        "title: A faster report\ndate: 2026-06-10\nskills: [sql]\nimpact: 40 minutes a night\n"
        "goal: g\nmilestone: g-first\nurl: https://me.example/report\n"
    ),
    "reviews/v.md": (
        "title: June\ndate: 2026-06-20\nkind: quarterly\nvisibility: public\nwith: [p, Petr]\n"
        "metrics: {g: 4}\nlevels: {sql: 2}\nconfidence: {g: 7}\nwins: [A talk]\nproblems: [Sleep]\n"
        "decisions: [Less]\nnext: ['[x] Write', '[ ] Read', Rest]\nnext_review: 2026-07\n"
    ),
}

AHEAD = {
    "site.toml": 'title = "Ahead"\n[plan]\nhours_per_week = 6\nbudget = "500 EUR"\nrole = "r"\n',
    "skills.md": "items: {sql: 2}",
    "roles/r.md": "title: Analyst\nrequires: {sql: 3}\n",
    "goals/g.md": (
        "title: Learn it\ndue: 2026-12\nraises: {sql: 3}\nrole: r\nmilestones:\n"
        "  - {title: A course, due: 2026-10, effort: 20h, cost: 90 EUR,\n"
        "     replans: [{date: 2026-05-01, from: 2026-06, to: 2026-10, reason: It was full}]}\n"
    ),
    "goals/p.md": "title: Later\ndue: 2026-12\npaused: {from: 2026-06-20, to: 2026-08-31}\n",
}
"""What lies ahead of somebody: a step in the schedule that was moved, money, a pause."""


@pytest.fixture(scope="module")
def built() -> Site:
    """The owner's site on 1 July 2026."""
    return site(PLAN)


def test_a_goal_of_the_worked_example(built: Site) -> None:
    """5 of 12 after 181 of 364 days: ratios are not rounded, unknown is null."""
    goal = next(goal for goal in built.export["goals"] if goal["id"] == "t")
    ratios = {name: goal.pop(name) for name in ("progress", "expected", "spi")}
    assert ratios == pytest.approx(
        {"progress": 5 / 12, "expected": 181 / 364, "spi": 5 / 12 * 364 / 181}
    )
    assert goal == json.loads("""{
        "id": "t", "title": "Talks", "url": "goals/t/", "kind": "outcome", "horizon": "1y",
        "role": "pe", "parent": null, "start": "2026-01-01", "due": "2026-12-31",
        "status": "at-risk", "measure": "metric", "reason": {"code": "metric"},
        "forecast": "2027-03-12", "slip_days": 71, "effort": null, "cost": null,
        "projected_start": null, "projected": null, "late_days": null, "slack_days": null,
        "latest_start": null, "decide_by": "2026-05-31", "replans": [], "milestones": [],
        "metric":
            {"unit": "talks", "baseline": 0, "target": 12, "current": 5, "as_of": "2026-06-30"},
        "smart": {"S": [], "M": [], "A": [], "R": [], "T": ["T109"]}
    }""")


def test_moved_deadlines_have_the_days_of_the_page(built: Site) -> None:
    """From 31 October to 31 December are 61 days; without an old day they are unknown."""
    moved = next(goal["replans"] for goal in built.export["goals"] if goal["id"] == "m")
    assert [list(replan) for replan in moved] == [
        ["date", "from", "to", "days_added", "reason"]
    ] * 2
    assert [list(replan.values()) for replan in moved] == [
        ["2026-02-01", None, "2026-10-31", None, None],
        ["2026-03-01", "2026-10-31", "2026-12-31", 61, "The hall is taken"],
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


def test_each_kind_has_its_list() -> None:
    """With the fields as they are known: ids, ISO days, hours, amounts; the numbers of the pages.

    The course ended on 30 June, a day ago; two weeks after 20 June are 4 July.
    """
    share = pytest.approx(2 / 3)  # 2 of the 3 that the role asks of sql
    export = site(KINDS).export
    (review,) = export["reviews"]
    assert review.pop("known") == {
        "goals": [{"id": "g", "status": "unknown", "progress": pytest.approx(4 / 9), "value": 4}],
        "roles": [{"id": "r", "readiness": {"low": share, "high": share}}],
        "skills": [{"id": "sql", "level": 2}],
    }
    kinds = ("resources", "people", "opportunities", "achievements", "reviews")
    assert {kind: export[kind] for kind in kinds} == json.loads("""{
        "resources": [{
            "id": "c", "title": "SQL in depth", "url": "resources/c/", "kind": "course",
            "link": "https://courses.example/", "author": "The library", "status": "late",
            "goal": "g", "start": "2026-05-01", "due": "2026-06-30", "done": null, "late_days": 1,
            "decide_by": "2026-04-30", "effort": 12, "cost": {"amount": 150.5, "currency": "EUR"},
            "raises": {"sql": 3, "go": null}, "answers": ["r/paper"]
        }],
        "people": [{
            "id": "p", "title": "Jana Nová", "url": "people/p/", "relation": "mentor",
            "topics": ["Joins"], "contact": "Room 2", "meets": "2 weeks", "meetings": ["v"],
            "last_met": "2026-06-20", "next_meeting": "2026-07-04"
        }],
        "opportunities": [{
            "id": "o", "title": "A desk", "url": "opportunities/o/", "kind": "role",
            "link": "https://jobs.example/1", "start": "2027-01-01", "due": "2027-12-31",
            "role": "r", "likelihood": "high", "decide_by": "2026-11-30", "decision": "Yes"
        }],
        "achievements": [{
            "id": "a", "title": "A faster report", "url": "achievements/a/",
            "link": "https://me.example/report", "date": "2026-06-10", "skills": ["sql"],
            "impact": "40 minutes a night", "goal": "g", "milestone": "g-first"
        }],
        "reviews": [{
            "id": "v", "title": "June", "url": "reviews/v/", "date": "2026-06-20",
            "kind": "quarterly", "with": ["p", "Petr"], "metrics": {"g": 4}, "levels": {"sql": 2},
            "confidence": {"g": 7}, "wins": ["A talk"], "problems": ["Sleep"],
            "decisions": ["Less"], "next": ["Write", "Read", "Rest"],
            "next_open": ["Read", "Rest"], "next_review": "2026-07-31"
        }]
    }""")


def test_others_get_neither_people_nor_costs() -> None:
    """A private person is in no list, nor in a review; the cost of a course is for mentors."""
    export = site(KINDS, audience="public").export
    assert export["people"] == []
    assert [review["with"] for review in export["reviews"]] == [["Petr"]]
    assert [course["cost"] for course in export["resources"]] == [None]


@pytest.mark.parametrize("audience", ["public", "mentor", "private"])
def test_it_is_as_documented(audience: str) -> None:
    """What `planfolio schema plan` prints is what the file holds, and no key of it is unnamed."""
    whole = site_of(EXAMPLE, audience=audience).export
    assert len(whole["goals"]) > 10
    small = [site(files, audience=audience).export for files in (PLAN, KINDS, AHEAD, {})]
    assert [breaches(export) for export in (whole, *small)] == [[]] * 5


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["public", "mentor", "private"]))
def test_random_plans_are_as_documented(seed: int, audience: str) -> None:
    """Whatever a plan has and lacks, and for whomever it is."""
    files = RandomPlan(random.Random(seed)).files(None)  # noqa: S311
    inside = {path.removeprefix("content/"): text for path, text in files.items()}
    assert breaches(site(inside, audience=audience).export) == []


def test_each_key_is_described_and_has_a_value_somewhere() -> None:
    """The schema names nothing that no plan has."""
    schema = plan_schema()
    exports = [site_of(EXAMPLE).export, *(site(files).export for files in (PLAN, KINDS, AHEAD))]
    seen: dict[str, bool] = {}
    for path, key, values in _keys(schema, exports, schema):
        assert key["description"], path
        seen[path] = seen.get(path, False) or any(v not in (None, [], {}) for v in values)
    assert len(seen) > 150
    assert [path for path, has_value in seen.items() if not has_value] == []


def test_the_schema_says_types_words_and_what_is_null() -> None:
    """A script can be written from it alone."""
    schema = plan_schema()
    goal = schema["$defs"]["goal"]
    assert schema["properties"]["goals"]["items"] == {"$ref": "#/$defs/goal"}
    assert goal["properties"]["progress"] == {
        "description": "The share that is done, by the deciding measure.",
        "anyOf": [{"type": "number"}, {"type": "null"}],
    }
    assert "off-track" in schema["$defs"]["status"]["enum"]
    assert goal["properties"]["projected"]["anyOf"][0] == {"type": "string", "format": "date"}
    assert list(goal["properties"]) == goal["required"]
    assert goal["properties"]["reason"]["required"] == ["code"]
    assert schema["properties"]["budget"]["anyOf"][1] == {"type": "null"}


def breaches(export: Any) -> list[str]:
    """Return what of an export is against the schema, or is not in it."""
    validator = Draft202012Validator(_closed(plan_schema()))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(export)]


def _closed(schema: Any) -> Any:
    """Return a schema in which objects have no other keys than those that it names."""
    match schema:
        case {"properties": dict()}:
            inner = {key: _closed(value) for key, value in schema.items()}
            return {**inner, "additionalProperties": False}
        case dict():
            return {key: _closed(value) for key, value in schema.items()}
        case list():
            return [_closed(each) for each in schema]
        case _:
            return schema


def _keys(
    schema: Any, values: list[Any], whole: Any, at: str = ""
) -> Iterator[tuple[str, Any, list[Any]]]:
    """Yield the path of each key below a schema, what the schema says of it, and its values."""
    if "$ref" in schema:
        at = schema["$ref"].removeprefix("#/$defs/")
        schema = whole["$defs"][at]
    for part in schema.get("anyOf", ()):
        yield from _keys(part, values, whole, at)
    for key, own in schema.get("properties", {}).items():
        found = [value[key] for value in values if value is not None and key in value]
        yield f"{at}/{key}", own, found
        yield from _keys(own, found, whole, f"{at}/{key}")
    if "items" in schema:
        yield from _keys(schema["items"], [item for value in values for item in value], whole, at)


def test_letters_of_any_script_stay_readable(built: Site) -> None:
    """And the file ends with a line break."""
    assert '"title": "Můj plán"' in built.text("plan.json")
    assert built.text("plan.json").endswith("}\n")
    assert ROOT not in built.text("plan.json")
