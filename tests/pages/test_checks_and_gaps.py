"""What a goal can be checked by, and how the plan for a gap goes."""

import pytest
from tests.pages.built import site

SITE = 'title = "Mine"\n[plan]\nas_of = "2026-06-01"\nstart = "2026-01-01"\n'
ROLE = "title: Engineer\nrequires: {kubernetes: 3, python: 4}\n"


def checks(goal: str, *, settings: str = "", **files: str) -> list[list[str]]:
    """Return the letters, states and words of the five checks of a goal, as a mentor sees them."""
    plan = {"site.toml": SITE + settings, "goals/g.md": goal, **files}
    card = site(plan, audience="mentor").page("goals/g/").section("SMART")
    return [
        [check.texts("p", cls="check-state")[0], *check.texts("li")[1:]]
        for check in card.all("li")
        if check.texts("p", cls="check-state")
    ]


def test_a_goal_with_nothing_but_a_due_day_is_not_five_times_fine() -> None:
    """In 30 days nothing needs a measure; hours and role are not in the plan."""
    assert checks("title: The Alps\nstart: 2026-06-01\ndue: 2026-07-01") == [
        ["Fine"],
        ["Not checked", "Nothing to measure it by"],
        ["Not checked", "No hours a week given"],
        ["Not checked", "No role given"],
        ["Fine"],
    ]


def test_each_check_has_one_of_four_states() -> None:
    """A goal that excepts R and has no effort, in a plan with hours."""
    goal = """title: Run a marathon
start: 2026-05-01
due: 2026-09-01
metric: 5/42 km
smart: {except: [R], reason: For fun}
"""
    found = checks(goal, settings="hours_per_week = 5\n")
    assert [check[0] for check in found] == [
        "Fine",
        "Fine",
        "Needs attention",
        "Not applied",
        "Fine",
    ]
    assert found[2][1:] == ["This goal does not say how many hours it takes"]
    assert found[3][1:] == ["For fun"]


def test_a_folded_finding_stands_on_the_page_of_each_goal() -> None:
    """Two goals without an effort are one finding in the terminal, and one on each page.

    The message in the terminal says how many they are; on a page it speaks of that goal.
    """
    goals = {f"goals/{name}.md": "title: Run\ndue: 2026-09-01\nmetric: 1/9 km" for name in "ab"}
    built = site({"site.toml": SITE + "hours_per_week = 5\n", **goals})
    for name in "ab":
        card = built.page(f"goals/{name}/").section("SMART")
        assert "This goal does not say how many hours it takes" in card


def test_five_that_are_fine_are_one_line() -> None:
    """Nothing is to be looked at, so nothing takes up space."""
    goal = "title: The exam\nrole: r\ndue: 2026-09\nmetric: 1/9 labs\neffort: 9h\n"
    plan = {"site.toml": SITE + "hours_per_week = 5\n", "goals/g.md": goal, "roles/r.md": ROLE}
    card = site(plan).page("goals/g/").section("SMART")
    assert card.texts("li") == []
    assert "Specific, Measurable, Achievable, Relevant, Timely: fine" in card


def test_what_is_found_about_a_milestone_counts_for_its_goal() -> None:
    """On 1 July one is overdue and one lies outside the goal: neither is timely, both are named."""
    goal = """title: The exam
start: 2026-01-01
due: 2026-09-01
milestones: {Book it: 2026-05-31, Celebrate: 2026-10-01, Sit it: 2026-08-31}
"""
    found = checks(goal)
    assert [check[0] for check in found][-1] == "Needs attention"
    assert found[-1][1:] == [
        "“Book it”: due 31 May 2026, 31 days ago, and still open",
        "“Celebrate”: due 1 Oct 2026, after its goal “The exam”, 1 Sep 2026",
    ]


@pytest.mark.parametrize("goal", ["status: done", "status: paused", "dropped: 2026-02-01"])
def test_a_goal_at_rest_has_no_checks(goal: str) -> None:
    """Nobody works on it, so there is nothing to look at."""
    page = site({"site.toml": SITE, "goals/g.md": f"title: The exam\n{goal}"}).page("goals/g/")
    assert "SMART" not in page.texts("h2")


def gap(goal: str, *, skill: str = "level: 1") -> str:
    """Return what is said of the plan for the gap of Kubernetes, 3 required."""
    plan = {
        "site.toml": SITE,
        "roles/r.md": "title: Engineer\nrequires: {kubernetes: 3}\n",
        "skills/kubernetes.md": f"title: Kubernetes\n{skill}",
        "goals/g.md": f"title: The exam\nrole: r\nraises: {{kubernetes: 3}}\n{goal}",
    }
    return site(plan).page("roles/r/").section("Gaps").words


def test_a_gap_that_is_closed_only_by_a_goal_in_trouble_says_so() -> None:
    """151 of 364 days have gone and 1 of 12 is done: 1/12 * 364/151 = 0.20. With 6: 1.21."""
    slow = "due: 2026-12-31\nmetric: {target: 12, current: 1, unit: labs}"
    assert "Planned for 31 Dec 2026 off track" in gap(slow)
    fast = gap("due: 2026-12-31\nmetric: {target: 12, current: 6, unit: labs}")
    assert "Planned for 31 Dec 2026 The exam" in fast


def test_a_dropped_goal_would_have_closed_the_gap() -> None:
    """The gap has no plan any more, and names what was given up; so does the goal."""
    words = gap("due: 2026-12-31\ndropped: 2026-04-01")
    assert "Nothing planned" in words
    assert "would have closed: The exam" in words


def test_expectations_stand_on_the_skill_and_its_gap() -> None:
    """From level 1 to the required 3: both levels' expectations, and which are met."""
    skill = """level: 1
expects:
  1: Reads a manifest
  3: [Upgrades a cluster, {text: Reads an operator, met: 2026-05-02}, {text: Later, met: 2026-07}]
  2: {text: Deploys by hand, met: 2026-03-01}
  5: Writes one
"""
    expected = (
        "To reach 2: Deploys by hand · met on 1 Mar 2026 "
        "To reach 3: Upgrades a cluster Reads an operator · met on 2 May 2026 Later"
    )
    assert expected in gap("due: 2026-12-31", skill=skill)
    plan = {"site.toml": SITE, "roles/r.md": ROLE, "skills/kubernetes.md": f"title: K\n{skill}"}
    page = site(plan).page("skills/kubernetes/")
    assert expected in page.section("What comes next").words
