"""The pages of milestones, reviews and the profile."""

import pytest
from tests.pages.built import Site, site

PLAN = {
    "skills.md": "items: {go: {level: 2}}",
    "roles/r.md": "title: R\nrequires: {go: 3}\nneeds: [A licence]",
    "goals/exam.md": """title: The exam
role: r
metric: {target: 10, unit: units, current: 4}
milestones:
  - {title: Last, due: 2026-12}
  - {title: First, due: 2026-03, done: 2026-03-05, proof: "https://me.example/p", celebrate: Cake}
""",
    "milestones/mock.md": """---
title: Mock exam
goal: exam
due: 2026-06-11
after: [exam-first]
raises: {go: 3}
answers: [A licence]
effort: 6h
done_when: It is signed
celebrate: Ice
---
- [x] Book it
- [ ] Sit it
""",
    "profile.md": """---
title: Me
name: Ada Quist
headline: Drives a tram
visibility: public
assessed: 2026-01
interests: [Trams, Maps]
motivations: [To see it run]
values: [Honest numbers]
struggles: [Phone calls]
experience:
  - {title: Driver, organisation: City, start: 2014-09, highlights: [Line 8]}
education:
  - {title: School, start: 2008, end: 2012}
certificates:
  - {title: Old, issuer: Office, date: 2020, expires: 2026-06-30, url: "https://me.example/c"}
  - {title: Soon, expires: 2026-09-29}
  - {title: Long, expires: 2026-09-30, renewal: exam}
---
I drive trams.
""",
    "reviews/a-may.md": "title: May\ndate: 2026-05-31",
    "reviews/b-april.md": "title: April\ndate: 2026-04-30",
    "reviews/c-june.md": """title: June
kind: annual
date: 2026-06-30
metrics: {exam: 4}
levels: {go: 2}
confidence: {exam: 7}
wins: [It went well]
problems: [No time]
decisions: [One evening]
next: ['[x] Book it', '[>] Pay it', '[-] Send it', Think]
feedback: [{from: Jana, text: Good}, {text: Bad}]
next_review: 2026-07-31
""",
}


@pytest.fixture(scope="module")
def built() -> Site:
    """The site on 1 July 2026."""
    return site(PLAN)


def test_a_milestone(built: Site) -> None:
    """How late it is, what it needs, how far its checklist is, and how it will be celebrated."""
    page = built.page("milestones/mock/")
    assert page.badges[0] == "Late by 20 days"
    assert "To celebrate: Ice" in page
    # one of two items
    assert page.section("Checklist").texts("p", cls="bar-words") == ["Checklist 1 of 2 done"]
    assert page.section("Skills raised").rows()[0][-1] == "Closes the gap of 1 level"
    assert page.all("header", cls="head")[0].facts == {"Due": "11 Jun 2026", "Goal": "The exam"}
    assert page.all("aside")[0].facts == {
        "Start": "31 Mar 2026 from First",
        "After": "First",
        "Answers": "A licence of R",
        "Effort": "6 h",
        "Done when": "It is signed",
    }
    assert page.all("nav", cls="turn")[0].texts("p") == ["Previous First", "Next Last"]
    crumbs = page.all("nav", cls="crumbs")[0]
    assert list(crumbs.links.values()) == ["Home", "Plan", "The exam"]


def test_a_milestone_that_is_reached(built: Site) -> None:
    """When, how it was celebrated, and what proves it."""
    page = built.page("milestones/exam-first/")
    assert (page.badges[0], page.facts["Reached"]) == ("Reached", "5 Mar 2026")
    assert "Celebrated: Cake" in page
    assert page.links["https://me.example/p"] == "See for yourself"


def test_a_review(built: Site) -> None:
    """What it measured, rated and decided; ticks where there are boxes; those around it."""
    page = built.page("reviews/c-june/")
    assert page.texts("p", cls="kicker") == ["Annual review"]
    assert page.section("Measurements").rows() == [["The exam", "4 units", "10 units"]]
    assert page.section("Skills rated").rows() == [["go", "Beginner (2 of 5)"]]
    assert page.section("Confidence").rows() == [["The exam", "7 of 10"]]
    assert [page.section(h).texts("li") for h in ("Wins", "Problems", "Decisions")] == [
        ["It went well"],
        ["No time"],
        ["One evening"],
    ]
    items = page.section("Next").texts("li")
    assert items == ["done: Book it", "to do: Pay it", "cancelled: Send it", "Think"]
    assert page.section("Feedback").texts("li") == ["Good – Jana", "Bad"]
    assert page.all("aside")[0].facts == {"Date": "30 Jun 2026", "Next review": "31 Jul 2026"}
    around = built.page("reviews/a-may/").all("nav", cls="turn")[0]
    assert [p.split()[:2] for p in around.texts("p")] == [["Previous", "April"], ["Next", "June"]]


def test_the_profile(built: Site) -> None:
    """Who it is; a certificate ends soon in its last 90 days: 29 Sep is 90 days after 1 July.
    The goal that renews one is named beside its last day."""
    page = built.page("me/")
    assert (page.texts("h1"), page.texts("p", cls="lead")) == (["Ada Quist"], ["Drives a tram"])
    assert "I drive trams." in page
    assert page.facts["Assessed"] == "Jan 2026"
    assert page.section("Experience").texts("li") == [
        "Since Sep 2014 Driver City Line 8",
        "Line 8",
    ]
    assert page.section("Education").texts("p", cls="kicker") == ["2008 to 2012"]
    assert page.section("Certificates").rows() == [
        ["Old", "Office", "2020", "Expired 30 Jun 2026 No goal renews it yet."],
        ["Soon", "–", "–", "Soon 29 Sep 2026 No goal renews it yet."],
        ["Long", "–", "–", "30 Sep 2026 Renewed by The exam Unknown"],
    ]
    assert page.section("Certificates").links["goals/exam/"] == "The exam"
    assert page.section("Motivation").texts("li") == ["To see it run"]
    assert {"Values", "Struggles", "Interests"} <= set(page.texts("h2"))
    assert page.section("Skills").links["skills/"] == "All skills"


def test_the_owner_is_asked_for_what_the_assessment_lacks() -> None:
    """A question for each empty part; for others that part is not there."""
    plan = {"profile.md": "title: Ada\nstrengths: [Patience]\nstruggles: [Phone calls]"}
    page = site(plan).page("me/")
    asked = {part.texts("h2")[0] for part in page.all("section") if part.all("div", cls="empty")}
    assert asked == {"Motivation", "Values", "Experience", "Education", "Certificates"}
    empty = {"profile.md": "title: Ada"}
    assert "What do you find hard?" in site(empty).page("me/").section("Struggles")
    # Struggles are for mentors.
    assert site(plan, audience="public").page("me/").texts("h2") == ["Strengths"]
    assert site(plan, audience="mentor").page("me/").texts("h2") == ["Strengths", "Struggles"]


def test_a_date_at_the_start_of_a_cell_or_a_fact_has_a_capital() -> None:
    """Half a year and what lies around a day begin with a word, wherever they stand alone."""
    later = "start: 2025-H1\ndue: 2027-H2\n"
    half = "date: 2026-H1"
    built = site(
        {
            "skills.md": "items: {go: {level: 2, evidence: [{title: X, date: 2026-H1}]}}",
            "roles/r.md": "title: R\ndue: 2027-H2\nrequires: {go: 3}",
            "goals/exam.md": f"title: Exam\n{later}raises: {{go: 3}}\nmilestones: {{A: 2026-H2}}\n"
            "metric: {target: 9, history: [{date: 2026-H1, value: 3}]}\n"
            "paused: [{from: 2025-H1, to: 2025-H1}]\n"
            "replans: [{date: 2026-H1, from: 2026-H2, to: 2027-H2}]",
            "goals/far.md": "title: Far\nstart: 2026-01-01\nhorizon: 5y\nmetric: 0/9",
            "resources/c.md": "title: Course\ngoal: exam\nwhen: 2027-H2\ndecide_by: 2026-H2",
            "opportunities/o.md": "title: Post\nwhen: 2027-H2\ndecide_by: 2026-H2",
            "reviews/a.md": f"title: Review\n{half}\nnext_review: 2026-H2",
            "achievements/a.md": f"title: Talk\n{half}",
            "profile.md": f"title: Me\ncertificates: [{{title: C, {half}, expires: 2027-H2}}]",
        }
    )
    words = [
        part.words
        for url, page in built.pages()
        for tag in ("td", "th", "dd")
        for part in page.all(tag)
    ]
    dates = [text for text in words if text.lower().startswith(("first half", "second", "around"))]
    assert len(dates) > 20
    assert [text for text in dates if text[0].islower()] == []


LONG_PAGE = """---
title: Go
---
## First

### Detail

## Second *third*

## Fourth
"""


def test_a_long_page_says_what_it_contains() -> None:
    """From four parts on; each part has a link to itself that its heading does not speak."""
    page = site({"skills/go.md": LONG_PAGE}, audience="public").page("skills/go/")
    contents = page.all("nav", cls="contents")[0]
    assert list(contents.links.values()) == ["Level", "First", "Second third", "Fourth"]
    assert page.texts("h2")[:4] == ["Level", "First", "Second third", "Fourth"]
    links = [link.element for link in page.all("a", cls="permalink")]
    headings = {heading.element.get("id") for level in ("h2", "h3") for heading in page.all(level)}
    assert {link.get("aria-labelledby") for link in links} <= headings
    assert [link.get("href") for link in links] == [
        "#part-level",
        "#first",
        "#detail",
        "#second-third",
        "#fourth",
    ]
    three = LONG_PAGE.removesuffix("## Fourth\n")
    short = site({"skills/go.md": three}, audience="public").page("skills/go/")
    assert "Second third" in short.texts("h2")
    assert not short.all("nav", cls="contents")


def test_pages_of_a_kind_lead_from_one_to_the_next() -> None:
    """In the order of its list: goals by urgency, skills by category and title, others by day."""
    built = site(
        {
            "goals/a.md": "title: A\ndue: 2027-01",
            "goals/b.md": "title: B\ndue: 2026-01",
            "goals/c.md": "title: C\ndue: 2026-12",
            "skills.md": "items: {go: 1, sql: {level: 2, category: data}, css: 3}",
            "resources/a.md": "title: Book\nkind: book\nwhen: 2027-02",
            "resources/b.md": "title: Course\nkind: course\nwhen: 2027-01",
            "opportunities/a.md": "title: Late\nwhen: 2027-02",
            "opportunities/b.md": "title: Early\nwhen: 2027-01",
            "reviews/a.md": "title: Old\ndate: 2025-01-01",
            "reviews/b.md": "title: Young\ndate: 2025-02-01",
        }
    )
    turns = {
        url: built.page(url).all("nav", cls="turn")[0].texts("p")
        for url in (
            *("goals/b/", "goals/c/", "goals/a/", "skills/css/", "skills/sql/"),
            *("resources/b/", "opportunities/b/", "reviews/a/"),
        )
    }
    assert turns == {
        "goals/b/": ["Next C"],
        "goals/c/": ["Previous B", "Next A"],
        "goals/a/": ["Previous C"],
        "skills/css/": ["Previous sql", "Next go"],
        "skills/sql/": ["Next css"],
        "resources/b/": ["Next Book"],
        "opportunities/b/": ["Next Late"],
        "reviews/a/": ["Next Young for mentors"],
    }
