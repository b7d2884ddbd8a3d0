"""The section Plan: whether the hours are enough, what is next, what it costs, who helps."""

import pytest
from tests.pages.built import Part, Site, site

SETTINGS = (
    'title = "P"\n[plan]\nhours_per_week = 6\nbudget = ["500 EUR"]\nrole = "r"\n'
    'time_off = [{ from = "2027-01-01", to = "2027-01-02" }]\n'
)
# The worked example of the schedule: 24 h are there for 20, 48 for 50, and 96 for 66.
PLAN = {
    "site.toml": SETTINGS,
    "skills.md": "items: {go: 1}",
    "roles/r.md": "title: Analyst\nrequires: {go: 3}\nneeds: [{title: Course, need: training}]",
    "goals/a.md": (
        "title: First\nstart: 2026-06-01\npriority: must\nmilestones:\n"
        "  - {title: Draft, due: 2026-07-29, effort: 20h, mode: experience}\n"
    ),
    "goals/b.md": (
        "---\ntitle: Second\ndue: 2026-08-26\neffort: 30h\nraises: {go: 3}\nmode: formal\n"
        "start: 2026-06-01\ncost: 200 EUR\nanswers: [r/course]\n---\n- [ ] Book it\n"
    ),
    "goals/c.md": (
        "title: Third\ndue: 2026-10-21\neffort: 16h\nstart: 2026-06-01\ncost: 900 CZK\n"
        "status: active\n"
    ),
    "goals/old.md": "title: Old\ndone: 2026-05-02\ncost: 50 EUR\neffort: 10h\nmode: experience\n",
    "reviews/r.md": "title: June\ndate: 2026-06-30\nnext: ['[ ] Ask Jana', '[x] Pay']\n",
}


@pytest.fixture(scope="module")
def built() -> Site:
    """The owner's site on 1 July 2026."""
    return site(PLAN)


@pytest.fixture(scope="module")
def page(built: Site) -> Part:
    """The section Plan."""
    return built.page("plan/")


@pytest.mark.parametrize(
    ("requires", "reason"),
    [
        ("{go: {level: 4, must: true}}", "it does not close every must-have"),
        # Two equal weights, one met and one at 1 of 3: (1 + 1/3) / 2.
        ("{go: 3, sql: 3}", "it leads to 67%, and the role requires 90%"),
    ],
)
def test_a_role_without_a_day_of_readiness_says_why(requires: str, reason: str) -> None:
    """A must-have that no step closes, or a plan that does not lead far enough."""
    role = f"{PLAN['roles/r.md']}\n".replace("{go: 3}", requires)
    skills = "items: {go: 1, sql: 1}"
    hours = site(PLAN | {"skills.md": skills, "roles/r.md": role}).page("plan/")
    facts = hours.section("Are the hours enough?").facts
    assert facts["Analyst"] == f"The plan gives no day on which one is ready: {reason}."


def test_the_schedule_lists_what_it_speaks_of() -> None:
    """A goal without open hours is in the list of all goals alone."""
    plan = PLAN | {"goals/d.md": "title: Some day\nhorizon: 5y\nkind: direction"}
    listed = site(plan).page("plan/").section("Goals")
    assert any("Third" in row for row in listed.texts("tr"))
    assert not any("Some day" in row for row in listed.texts("tr"))
    assert "All 5 goals" in listed.words


@pytest.mark.parametrize(("count", "rows"), [(10, 11), (60, 1)])
def test_the_schedule_lists_milestones_unless_they_are_many(count: int, rows: int) -> None:
    """Those of a goal stand below it."""
    steps = "".join(f"  - {{title: M{n}, effort: 1h, due: 2026-12}}\n" for n in range(count))
    settings = 'title = "P"\n[plan]\nhours_per_week = 6\n'
    plan = {"site.toml": settings, "goals/g.md": f"title: G\nmilestones:\n{steps}"}
    listed = site(plan).page("plan/").section("Goals")
    assert len(listed.all("tbody")[0].all("tr")) == rows


def test_the_verdict_and_its_proof(page: Part) -> None:
    """By 26 August 50 h are asked and 48 there: 2 h over, so the second ends on 29 August."""
    hours = page.section("Are the hours enough?")
    assert hours.texts("p", cls="status-reason") == [
        (
            "6 h a week are not enough: by 26 Aug 2026 the plan needs 50 h and has 48 h. "
            "6.3 h a week would fit."
        )
    ]
    assert hours.texts("li") == [
        (
            "Second Finishes 3 days late: "
            "from 2 Jul 2026 to 26 Aug 2026 the plan needs 50 h and has 48 h."
        )
    ]
    assert hours.facts == {
        "Analyst": "Ready on 29 Aug 2026 at 6 h a week.",
        "Decide the end": "Draft, then Second, then Third",
    }


@pytest.mark.parametrize(
    ("hours", "files", "words"),
    [
        # 50 h are due within 8 weeks
        (7, {}, "7 h a week are enough. 6.3 h a week would do."),
        (6.3, {}, "6.3 h a week are enough."),
        (
            7,
            {"goals/d.md": "title: Late\ndue: 2026-06-20\neffort: 1h\nstart: 2026-06-01"},
            (
                "7 h a week are not enough. No hours would do for Late: no working day is left "
                "before the due day."
            ),
        ),
        (
            7,
            {"goals/d.md": "title: Free\ndue: 2026-12\nstart: 2026-06-01"},
            "Whether 7 h a week are enough is not known: 1 step has no effort.",
        ),
    ],
)
def test_other_verdicts(hours: int, files: dict[str, str], words: str) -> None:
    """Enough hours, a step that no hours would save, and a step without an effort."""
    settings = SETTINGS.replace("hours_per_week = 6", f"hours_per_week = {hours}")
    page = site(PLAN | {"site.toml": settings} | files).page("plan/")
    assert page.section("Are the hours enough?").texts("p", cls="status-reason") == [words]


def test_steps_with_their_finish_slack_and_latest_start(page: Part) -> None:
    """20, 50 and 66 h at 6/7 h a day are 24, 59 and 77 days after 1 July.

    Worked on alone, 20 h take 24 days, 30 h 35 and 16 h 19, the due day among them.
    """
    rows = {row[0]: row[2:] for row in page.section("Goals").rows()}
    assert list(rows) == ["First Must", "Draft", "Second", "Third"]
    assert rows["Draft"] == [
        "29 Jul 2026",
        "25 Jul 2026",
        "4 days",
        "6 Jul 2026",
    ]
    assert rows["Second"][1:] == ["29 Aug 2026", "3 days late", "23 Jul 2026"]
    assert rows["Third"][1:] == ["16 Sep 2026", "35 days", "3 Oct 2026"]


def test_the_pages_of_steps_say_it_in_a_line(built: Site) -> None:
    """Of a goal whose milestones are the steps only when it is finished."""
    assert built.page("milestones/a-draft/").texts("p", cls="lead") == [
        (
            "By the schedule it is finished on 25 Jul 2026, with 4 days to spare. "
            "To finish in time, the remaining work has to start by 6 Jul 2026."
        )
    ]
    assert (
        "By the schedule it is finished on 29 Aug 2026, 3 days late. "
        "To finish in time, the remaining work has to start by 23 Jul 2026."
    ) in built.page("goals/b/").section("Status")
    status = built.page("goals/a/").section("Status")
    assert "By the schedule it is finished on 25 Jul 2026" in status
    assert "has to start" not in status


def test_next_is_by_week_and_month_with_what_is_open(page: Part) -> None:
    """In the order of the schedule, with open items of checklists and of the last review."""
    found = page.section("Next")
    assert found.texts("h3") == [
        "This week until 8 Jul 2026",
        "This month until 31 Jul 2026",
        "Left open by the last review June for mentors",
    ]
    week, month, *_ = found.all("ul", cls="links")
    assert week.texts("li") == ["Draft due 29 Jul 2026, 20 h, for First"]
    assert month.texts("li")[0] == "Second due 26 Aug 2026, 30 h to do: Book it"
    assert found.texts("ul", cls="passage") == ["Ask Jana"]


def test_the_budget_stands_by_currency_goal_and_need(page: Part) -> None:
    """What is done is spent; of 500 EUR 200 are planned and 50 spent."""
    budget = page.section("Budget")
    assert (
        "900 CZK planned, 0 CZK spent. 200 EUR planned, 50 EUR spent; 250 EUR left of 500 EUR."
        in budget
    )
    assert budget.rows("Goal") == [
        ["Second", "200 EUR", "0 EUR"],
        ["Third", "900 CZK", "0 CZK"],
        ["Old", "0 EUR", "50 EUR"],
    ]
    assert budget.rows("Requirement") == [
        ["Training", "200 EUR", "0 EUR"],
        ["Other", "900 CZK", "0 CZK"],
        ["Other", "0 EUR", "50 EUR"],
    ]


def test_learning_modes_are_as_they_are(page: Part) -> None:
    """30 of 60 h by doing, 30 formal; 16 have no mode."""
    modes = page.section("How I learn")
    assert modes.facts == {
        "By doing": "50% 30 h",
        "With others": "0% 0 h",
        "Courses and books": "50% 30 h",
    }
    assert "16 h have no mode and are left out." in modes


def test_the_public_sees_no_hours_and_no_costs() -> None:
    """By default both are for mentors: no verdict, no finish, no amount."""
    public = site(PLAN, audience="public")
    for path, page in public.pages():
        for word in ("6 h a week", "EUR", "CZK", "Slack", "schedule it is"):
            assert word not in page.words, (path, word)
    headings = public.page("plan/").texts("h2")
    assert not {"Are the hours enough?", "Budget", "People"} & set(headings)


def test_the_owner_is_asked_for_what_is_missing() -> None:
    """For hours, costs, people and courses; nobody else is."""
    plan = {"goals/g.md": "title: G"}
    asked = site(plan).page("plan/")
    assert {"Are the hours enough?", "Budget", "People", "Courses and books"} <= set(
        asked.texts("h2")
    )
    assert len(asked.all("div", cls="empty")) == 4
    assert not site(plan, audience="public").page("plan/").all("div", cls="empty")


def test_what_others_wait_for_has_their_slack_and_what_has_not_begun_its_day() -> None:
    """B takes 4 days of 2 hours, to 5 July, and C, which waits for it, is due on 12 July: 7 left.

    That B itself is due on 31 July is no slack. C is finished on 7 July. E has 1 hour on a day off,
    and ends 1 day late; it waits for nothing but its start.
    """
    page = site(
        {
            "site.toml": 'title = "Mine"\n[plan]\nstart = 2026-01-01\nhours_per_week = 14\n'
            'time_off = [{ from = "2026-07-09", to = "2026-07-09" }]\n',
            "goals/b.md": "title: Write B\ndue: 2026-07-31\neffort: 8h\n",
            "goals/c.md": "title: Write C\ndue: 2026-07-12\neffort: 4h\nafter: [b]\n",
            "goals/e.md": "title: Write E\nstart: 2026-07-09\ndue: 2026-07-09\neffort: 1h\n",
        }
    ).page("plan/")
    line = page.section("Timeline")
    slack = {row[0]: row[5] for row in line.rows()}
    assert slack == {"Write B": "7 days", "Write C": "5 days", "Write E": "1 day late"}
    assert "1 finishes after its due day, by 1 day." in line.words
    found = [item for item in page.section("Next").texts("li") if item.startswith("Write E")]
    assert found == ["Write E due 9 Jul 2026, 1 h, starts on 9 Jul 2026"]


def test_the_proof_where_no_day_is_left() -> None:
    """What was due yesterday or is due today is late without a window: it would end before its
    first day."""
    files = {
        "site.toml": 'title = "A plan"\n[plan]\nhours_per_week = 7\nstart = 2026-01-01\n',
        "goals/a.md": "title: A\ndue: 2026-09-30\neffort: 1h\n",
        "goals/b.md": "title: B\ndue: 2026-10-01\neffort: 1h\n",
    }
    built = site(files, as_of="2026-10-01")
    hours = built.page("plan/").section("Are the hours enough?")
    assert hours.texts("li") == [
        "A Finishes 2 days late: it was due on 30 Sep 2026.",
        "B Finishes 2 days late: no working day is left until 1 Oct 2026.",
    ]
    windows = [(late["from"], late["to"]) for late in built.export["capacity"]["late"]]
    assert windows == [(None, "2026-09-30"), (None, "2026-10-01")]


def test_the_proof_of_a_step_without_an_effort() -> None:
    """What waits for work that is not done in time is late too; it has no days of its own."""
    files = {
        "site.toml": 'title = "A plan"\n[plan]\nhours_per_week = 7\nstart = 2026-01-01\n',
        "goals/a.md": "title: A\ndue: 2026-12-31\neffort: 9h\n",
        "goals/b.md": "title: B\ndue: 2026-10-04\nafter: [a]\n",
    }
    hours = site(files, as_of="2026-10-01").page("plan/").section("Are the hours enough?")
    (late,) = hours.texts("li")
    assert late == "B from 2 Oct 2026 to 4 Oct 2026 the plan needs 9 h and has 3 h."


def test_the_proof_of_one_day() -> None:
    """From 1 October to 2 October there is one day, a seventh of the week."""
    files = {
        "site.toml": 'title = "A plan"\n[plan]\nhours_per_week = 7\nstart = 2026-01-01\n',
        "goals/a.md": "title: A\ndue: 2026-10-02\neffort: 2h\n",
    }
    hours = site(files, as_of="2026-10-01").page("plan/").section("Are the hours enough?")
    assert hours.texts("li") == [
        "A Finishes 1 day late: on 2 Oct 2026 the plan needs 2 h and has 1 h."
    ]
