"""Resources, people, opportunities and achievements: their pages, and where others name them."""

import pytest
from tests.pages.built import ROOT, Site, site

PLAN = {
    "site.toml": f'title = "Mine"\nbase_url = "{ROOT}"\n',
    "skills.md": "items: {sql: 1, go: 1}",
    "roles/r.md": "title: Analyst\nrequires: {sql: 3}\nneeds: [{title: A course, need: training}]",
    "goals/g.md": "title: Learn it\nrole: r\nmentor: Jana Nová\ndue: 2026-12\n",
    "goals/rest.md": "title: Rest\nstatus: paused\n",
    "resources/c.md": (
        "title: SQL in depth\nkind: course\ngoal: g\nraises: [sql]\nanswers: [a-course]\n"
        "effort: 12h\ncost: 150 EUR\nwhen: 2026-09-07..2026-09-11\ndecide_by: 2026-08-15\n"
        "url: https://courses.example/sql\n"
    ),
    "resources/b.md": "title: A book\nkind: book\ngoal: g\nstatus: done\nwhen: 2026-05\n",
    "resources/d.md": (
        "title: Given up\nraises: [go]\ndropped: {date: 2026-04-02, reason: Too dear}\n"
    ),
    "people/jana.md": (
        "title: Jana Nová\nrelation: mentor\nmeets: month\ntopics: [Joins, Pay rises]\n"
        "contact: Room 2, second floor\n"
    ),
    "reviews/may.md": "title: May\ndate: 2026-05-31\nwith: [Jana Nová, Petr]\n",
    "reviews/april.md": "title: April\ndate: 2026-04-12\nwith: [jana]\n",
    "opportunities/o.md": (
        "title: A desk\nkind: role\nwhen: 2027-H1..H2\nrole: r\nlikelihood: high\n"
        "decide_by: 2026-11-30\nurl: https://jobs.example/1\n"
    ),
    "opportunities/past.md": "title: A trip\nwhen: 2026-03\n",
    "opportunities/said.md": "title: A no\nwhen: 2026-03\ndecision: Not without sleep\n",
    "achievements/a.md": (
        "title: A faster report\ndate: 2026-06-10\nskills: [sql, go]\nimpact: 40 minutes a night\n"
        "goal: g\nurl: https://me.example/report\n"
    ),
}


@pytest.fixture(scope="module")
def built() -> Site:
    """The owner's site on 1 July 2026."""
    return site(PLAN)


@pytest.fixture(scope="module")
def public() -> Site:
    """The site of the public."""
    return site(PLAN, audience="public")


def test_a_resource_shows_what_it_takes_and_gives(built: Site) -> None:
    """State, dates, cost and links; the skill that it raises as far as its goal's role asks."""
    page = built.page("resources/c/")
    assert page.badges[0] == "Planned"
    assert "Register by 15 Aug 2026." in page.words
    facts = page.all("aside")[0].facts
    assert facts == {
        "When": "7 Sep 2026 to 11 Sep 2026",
        "Register by": "15 Aug 2026",
        "Goal": "Learn it",
        "Answers": "A course of Analyst",
        "Link": "courses.example/sql",
        "Effort": "12 h",
        "Cost": "150 EUR",
    }
    row = page.section("Skills raised").rows()[0]
    assert (row[0], row[2], row[4]) == ("sql", "3", "Closes the gap of 2 levels")


def test_its_goal_lists_its_courses_and_books(built: Site) -> None:
    """The open ones first; what is done has the day on which its time ended."""
    rows = built.page("goals/g/").section("Courses and books").rows()
    assert rows == [
        ["SQL in depth course", "Planned", "7 Sep 2026 to 11 Sep 2026", "15 Aug 2026", "150 EUR"],
        ["A book book", "Done 31 May 2026", "May 2026", "–", "–"],
    ]


def test_skill_gap_and_need_name_it_with_cost_and_day(built: Site) -> None:
    """Wherever steps are named, with what one has to know to decide."""
    note = "150 EUR, register by 15 Aug 2026"
    assert built.page("skills/sql/").section("Raised by").rows() == [
        [f"SQL in depth {note}", "as required", "11 Sep 2026", "Planned"]
    ]
    role = built.page("roles/r/")
    assert role.section("Gaps").rows()[0][-1] == (
        f"Planned for 11 Sep 2026 SQL in depth planned, {note}"
    )
    assert role.section("Other requirements").rows() == [
        ["A course Training", "Planned", f"Planned SQL in depth {note}"]
    ]


def test_the_public_sees_no_cost(public: Site) -> None:
    """`resource.cost` is for mentors, as the costs of goals are."""
    rows = public.page("goals/g/").section("Courses and books").rows()
    assert [len(row) for row in rows] == [4, 4]
    assert not [url for url, page in public.pages() if "150 EUR" in page.words]


def test_what_is_dropped_says_why(built: Site) -> None:
    """As a goal does."""
    page = built.page("resources/d/")
    assert page.badges[0] == "Dropped"
    assert "Too dear" in page.words


def test_a_person_shows_meetings_and_goals(built: Site) -> None:
    """Named by id or by name in reviews and goals; a month after 31 May is 30 June: a day ago."""
    page = built.page("people/jana/")
    assert page.badges[0] == "Meeting overdue by 1 day"
    assert page.section("Goals").rows()[0][0] == "Learn it"
    assert page.section("Meetings").texts("h3") == ["May", "April"]
    assert page.section("Topics").texts("li") == ["Joins", "Pay rises"]
    assert page.all("aside")[0].facts == {
        "Next meeting": "30 Jun 2026",
        "Last met": "31 May 2026",
        "Agreed": "once a month",
        "Contact": "Room 2, second floor",
    }
    assert built.page("goals/g/").all("aside")[0].facts["Mentor"] == "Jana Nová private"
    assert "Jana Nová private, Petr" in built.page("reviews/may/").all("aside")[0].facts["With"]


def test_for_others_a_person_is_in_no_byte(public: Site) -> None:
    """People are private by default, their names in goals and reviews too; no rule nags."""
    assert "V101" not in {finding.code for finding in public.checked.diagnostics}
    paths = public.rendered.paths
    assert not [path for path in paths if b"Jana" in public.rendered.render(path)]


def test_an_opportunity_shows_window_role_and_decision(built: Site) -> None:
    """Until when it is decided, or what was; a window that passed undecided says so."""
    page = built.page("opportunities/o/")
    assert page.badges[0] == "To be decided by 30 Nov 2026"
    assert page.all("aside")[0].facts == {
        "Window": "First half of 2027 to second half of 2027",
        "Likelihood": "High",
        "Decide by": "30 Nov 2026",
        "Role": "Analyst",
        "Link": "jobs.example/1",
    }
    assert built.page("opportunities/past/").badges[0] == "Not decided in time"
    said = built.page("opportunities/said/")
    assert said.badges[0] == "Decided"
    assert "Not without sleep" in said.words
    mentions = built.page("roles/r/").all("nav", cls="backlinks")[0].facts
    assert mentions["Opportunities"] == "A desk"


def test_an_achievement_shows_impact_and_skills(built: Site) -> None:
    """It is evidence of its skills, and among what was done lately."""
    page = built.page("achievements/a/")
    assert "40 minutes a night" in page.words
    assert page.all("aside")[0].facts == {
        "Date": "10 Jun 2026",
        "Shows": "sql, go",
        "Goal": "Learn it",
        "Link": "me.example/report",
    }
    skill = built.page("skills/sql/")
    assert skill.facts["Newest evidence"] == "3 weeks ago"
    assert skill.section("Evidence").rows() == [
        ["A faster report", "Achievement", "10 Jun 2026", "–"]
    ]
    assert "A faster report 10 Jun 2026" in built.main()


def test_each_is_listed_in_its_section(built: Site) -> None:
    """Resources and people on the plan, opportunities with the aims, achievements as progress."""
    opportunities = built.page("aim/").section("Opportunities").rows()
    assert [row[0] for row in opportunities] == ["A trip", "A no", "A desk role for Analyst"]
    assert built.page("progress/").section("Achievements").texts("h4") == ["A faster report"]
    plan = built.page("plan/")
    # A month after 31 May is 30 June, which was yesterday.
    assert plan.section("People").rows() == [
        [
            "Jana Nová private, mentor",
            "Joins; Pay rises",
            "31 May 2026",
            "Overdue by 1 day 30 Jun 2026",
        ]
    ]
    assert plan.section("Courses and books").rows() == [
        ["SQL in depth course", "Planned", "7 Sep 2026 to 11 Sep 2026", "15 Aug 2026", "150 EUR"],
        ["A book book", "Done 31 May 2026", "May 2026", "–", "–"],
        ["Given up resource", "Dropped", "–", "–", "–"],
    ]


def test_their_days_are_in_calendar_and_feed(built: Site) -> None:
    """Five days of a course, days to register, decide and meet; what is over is in the feed."""
    calendar = built.text("plan.ics")
    events = [part for part in calendar.split("BEGIN:VEVENT")[1:] if "SUMMARY" in part]
    days = {
        part.split("SUMMARY:")[1].split("\r\n")[0]: part.split("VALUE=DATE:")[1][:8]
        for part in events
    }
    assert days["SQL in depth"] == "20260907"
    assert "DTEND;VALUE=DATE:20260912" in calendar
    assert days["A book"] == "20260531"
    assert "DESCRIPTION:Planned for May 2026." in calendar
    assert days["Register for: SQL in depth"] == "20260815"
    assert days["Decide on: A desk"] == "20261130"
    assert days["Meet: Jana Nová"] == "20260630"
    assert not [name for name in days if "Given up" in name or "A no" in name]
    feed = built.text("atom.xml")
    assert "<title>Achieved: A faster report</title>" in feed
    assert "<title>Finished: A book</title>" in feed


def test_what_is_to_come_shows_no_skill_yet_and_what_mentions_it_is_newest_first() -> None:
    """On 1 July 2026, an achievement of August is no evidence of its skill."""
    dates = {"a": "2026-05-01", "b": "2026-06-01", "c": "2026-04-01", "d": "2026-08-01"}
    text = "---\ntitle: Talk {}\ndate: {}\nskills: [go]\n---\n[[g]]\n"
    achievements = {f"achievements/{n}.md": text.format(n, day) for n, day in dates.items()}
    built = site({"skills.md": "items: {go: 2}", "goals/g.md": "title: Speak", **achievements})
    shown = [row[0] for row in built.page("skills/go/").section("Evidence").rows()]
    assert shown == ["Talk b", "Talk a", "Talk c"]
    mentions = built.page("goals/g/").all("nav", cls="backlinks")[0]
    assert list(mentions.links.values()) == ["Talk d", "Talk b", "Talk a", "Talk c"]
