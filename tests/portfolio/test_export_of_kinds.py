"""plan.json: resources, people, opportunities, achievements and reviews have lists of their own."""

from __future__ import annotations

import pytest
from tests.pages.built import Site, site

PLAN = {
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


@pytest.fixture(scope="module")
def built() -> Site:
    """The owner's site on 1 July 2026."""
    return site(PLAN)


def test_each_kind_has_its_list(built: Site) -> None:
    """With the fields as they are known: ids, ISO days, hours, amounts; the numbers of the pages.

    The course ended on 30 June, a day ago; two weeks after 20 June are 4 July.
    """
    export = built.export
    assert export["resources"] == [
        {
            "id": "c",
            "title": "SQL in depth",
            "url": "resources/c/",
            "kind": "course",
            "link": "https://courses.example/",
            "author": "The library",
            "status": "late",
            "goal": "g",
            "start": "2026-05-01",
            "due": "2026-06-30",
            "done": None,
            "late_days": 1,
            "decide_by": "2026-04-30",
            "effort": 12,
            "cost": {"amount": 150.5, "currency": "EUR"},
            "raises": {"sql": 3, "go": None},
            "answers": ["r/paper"],
        }
    ]
    assert export["people"] == [
        {
            "id": "p",
            "title": "Jana Nová",
            "url": "people/p/",
            "relation": "mentor",
            "topics": ["Joins"],
            "contact": "Room 2",
            "meets": "2 weeks",
            "meetings": ["v"],
            "last_met": "2026-06-20",
            "next_meeting": "2026-07-04",
        }
    ]
    assert export["opportunities"] == [
        {
            "id": "o",
            "title": "A desk",
            "url": "opportunities/o/",
            "kind": "role",
            "link": "https://jobs.example/1",
            "start": "2027-01-01",
            "due": "2027-12-31",
            "role": "r",
            "likelihood": "high",
            "decide_by": "2026-11-30",
            "decision": "Yes",
        }
    ]
    assert export["achievements"] == [
        {
            "id": "a",
            "title": "A faster report",
            "url": "achievements/a/",
            "link": "https://me.example/report",
            "date": "2026-06-10",
            "skills": ["sql"],
            "impact": "40 minutes a night",
            "goal": "g",
            "milestone": "g-first",
        }
    ]
    assert export["reviews"] == [
        {
            "id": "v",
            "title": "June",
            "url": "reviews/v/",
            "date": "2026-06-20",
            "kind": "quarterly",
            "with": ["p", "Petr"],
            "metrics": {"g": 4},
            "levels": {"sql": 2},
            "confidence": {"g": 7},
            "wins": ["A talk"],
            "problems": ["Sleep"],
            "decisions": ["Less"],
            "next": ["Write", "Read", "Rest"],
            "next_open": ["Read", "Rest"],
            "next_review": "2026-07-31",
            # 4 of 9, and 2 of the 3 that the role asks of sql
            "known": {
                "goals": [
                    {
                        "id": "g",
                        "status": "unknown",
                        "progress": pytest.approx(4 / 9),
                        "value": 4,
                    }
                ],
                "roles": [
                    {
                        "id": "r",
                        "readiness": {"low": pytest.approx(2 / 3), "high": pytest.approx(2 / 3)},
                    }
                ],
                "skills": [{"id": "sql", "level": 2}],
            },
        }
    ]


def test_others_get_neither_people_nor_costs() -> None:
    """A private person is in no list, nor in a review; the cost of a course is for mentors."""
    export = site(PLAN, audience="public").export
    assert export["people"] == []
    assert [review["with"] for review in export["reviews"]] == [["Petr"]]
    assert [course["cost"] for course in export["resources"]] == [None]
