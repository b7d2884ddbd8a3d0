"""Home: five questions, answered at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.portfolio.conftest import LayOut

FILES = {
    "profile.md": "---\ntitle: Hedvika\nheadline: Drives a tram\n---\n",
    "skills.md": "---\nitems: {sql: 2}\n---\n",
    "roles/a.md": "---\ntitle: Analyst\nrequires: {sql: {level: 4, must: true}, rust: 3}\n---\n",
    "goals/late.md": "---\ntitle: Late\nstart: 2026-01-01\ndue: 2026-06-30\nmetric: 3/4\n---\n",
    "goals/far.md": "---\ntitle: Far\nstart: 2026-01-01\nhorizon: 5y\n---\n",
    "goals/won.md": "---\ntitle: Won\nstatus: done\ndone: 2026-05-01\n---\n",
    "goals/steps.md": (
        "---\ntitle: Steps\nmilestones:\n  - {title: One, done: 2026-06-01}\n"
        "  - {title: Two, due: 2026-07-20}\n---\n"
    ),
    "reviews/june.md": "---\ntitle: June\ndate: 2026-06-28\nnext_review: 2026-07-26\n---\n",
}


def test_five_steps_in_order(laid_out: LayOut) -> None:
    """Each step with its question and its page."""
    steps = laid_out(FILES).view("").steps
    assert [(s.number, s.name, s.url) for s in steps] == [
        (1, "assess", "me/"),
        (2, "aim", "aim/"),
        (3, "gaps", "gaps/"),
        (4, "plan", "plan/"),
        (5, "progress", "progress/"),
    ]
    assert all(step.note.endswith("?") for step in steps)


def test_each_question_is_answered(laid_out: LayOut) -> None:
    """Skills, readiness, gaps, next steps, worries, wins and the last review, each in brief."""
    view = laid_out(FILES).view("")
    assert view.lead == "Drives a tram"
    assert view.skills[0].value == "1 of 2"
    assert [card.title.text for card in view.roles] == ["Analyst"]
    assert [(i.text, i.note.replace("\u00a0", " ")) for i in view.gaps] == [
        # 3 * 2 missing of 3 * 4 + 3 * 3 = 21: 28.6 %.
        ("sql", "must, 2 levels short, worth 28.6 % of readiness"),
        ("rust", "not rated yet"),
    ]
    assert view.uncovered.replace("\u00a0", " ") == "1 gap with no step to close it"
    assert [card.title.text for card in view.next] == ["Late", "Two", "Far"]
    assert [card.title.text for card in view.worries] == ["Late"]
    assert [(i.text, i.note.replace("\u00a0", " ")) for i in view.wins] == [
        ("One", "1 Jun 2026"),
        ("Won", "1 May 2026"),
    ]
    assert view.last_review.title.url == "reviews/june/"
    assert view.upcoming.replace("\u00a0", " ") == "The next review is on 26 Jul 2026."
    assert [(f.label.replace("\u00a0", " "), f.items[0].text) for f in view.horizons] == [
        ("about January 2031", "Far")
    ]


def test_lists_stay_short(laid_out: LayOut) -> None:
    """A glance is five of each, however long the plan."""
    goals = {
        f"goals/g{i}.md": f"---\ntitle: G{i}\nstart: 2026-01-01\ndue: 2026-05-{i + 1:02}\n---\n"
        for i in range(9)
    }
    view = laid_out(goals).view("")
    assert [card.title.text for card in view.next] == ["G0", "G1", "G2", "G3", "G4"]
    assert [card.title.text for card in view.worries] == ["G0", "G1", "G2", "G3", "G4"]


def test_what_is_well_is_said(laid_out: LayOut) -> None:
    """Nothing late, no role, nothing to begin: each has words."""
    site = laid_out({"goals/a.md": "---\ntitle: A\nstatus: paused\n---\n"})
    view = site.view("")
    assert view.no_worries == "Nothing is late or at risk."
    assert view.no_gaps == "No role is written yet, so there is nothing to compare with."
    assert view.no_next == "Nothing can be begun today."


def test_no_step_of_an_empty_plan_is_left_blank(laid_out: LayOut) -> None:
    """Each says what it waits for, until there is a role, a horizon or a goal."""
    view = laid_out({}).view("")
    assert view.no_aim == "No role is written yet, and no goal with a horizon."
    assert view.no_gaps == "No role is written yet, so there is nothing to compare with."
    assert view.no_next == "Nothing can be begun today."
    assert view.no_worries == "No goal is written yet, so there is nothing to follow."
    for text in ("goals/a.md", "title: A\nhorizon: 3y"), ("roles/a.md", "title: A"):
        assert laid_out({text[0]: f"---\n{text[1]}\n---\n"}).view("").no_aim == ""


def test_all_gaps_closed_is_said(laid_out: LayOut) -> None:
    """A role without gaps, and one that asks for nothing, are not the same."""
    files = {"skills.md": "---\nitems: {sql: 4}\n---\n"}
    ready = laid_out({**files, "roles/a.md": "---\ntitle: A\nrequires: {sql: 4}\n---\n"})
    assert ready.view("").no_gaps == "No gap is left."
    bare = laid_out({**files, "roles/a.md": "---\ntitle: A\n---\n"})
    assert bare.view("").no_gaps == "No role asks for skills yet."
