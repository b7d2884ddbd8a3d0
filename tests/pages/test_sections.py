"""The sections Aim, Plan and Progress."""

import pytest
from tests.pages.built import site

PLAN = {
    "site.toml": (
        'title = "My plan"\ndescription = "From here to there"\n'
        '[plan]\nreview_every = "month"\nrole = "pe"\n'
    ),
    "profile.md": "title: Me\nname: Ada Quist\n",
    "skills.md": "items: {go: {level: 1, evidence: [{title: A tool, date: 2026-01}]}, c: }",
    "roles/pe.md": "title: Platform engineer\nrequires: {go: 3, c: 2}",
    "roles/po.md": "title: Officer\nstatus: considering",
    "goals/late.md": "title: Late\npriority: could\ndue: 2026-06-16",
    "goals/talks.md": (
        "title: Talks\npriority: must\nstart: 2026-01-01\ndue: 2026-12-31\nmetric: 5/12\n"
        "milestones: [{title: Booked, due: 2026-03, done: 2026-03-05, celebrate: Cake}]\n"
        "replans: [{date: 2026-04-01, from: 2026-09, to: 2026-12-31, reason: Ill}]\n"
    ),
    "goals/fine.md": "title: Fine\nstart: 2026-01-01\ndue: 2026-12-31\nmetric: 6/12\n",
    "goals/far.md": "title: Far\nhorizon: 3y\nstart: 2026-07-01\n",
    "goals/old.md": "title: Old\nstatus: done\ndone: 2026-05-04\n",
    "goals/way.md": "title: A way\nkind: direction\n",
    "reviews/may.md": (
        "title: May\nvisibility: public\nkind: quarterly\ndate: 2026-05-31\n"
        "wins: [It went well, Again]\nnext: ['[x] Book it', '[ ] Pay it', '[-] Send it', Think]\n"
    ),
}


def test_the_ladder_counts_from_the_day_of_the_numbers() -> None:
    """After 29 February the rung of three years ends on the 28th; ends are not on it.

    A part stands on it where it leads to a goal of another rung, which is named.
    """
    days = {"a": "2024-05-29", "b": "2025-02-28", "c": "2027-02-28", "d": "2027-03-01", "e": "2040"}
    goals = {f"goals/{id_}.md": f"title: {id_}\ndue: {day}" for id_, day in days.items()}
    page = site(
        goals
        | {
            "goals/part.md": "title: Part\nparent: d\ndue: 2027-03-01",
            "goals/step.md": "title: Step\nparent: d\ndue: 2026",
            "goals/none.md": "title: None",
            "goals/done.md": "title: Done\nstatus: done\ndue: 2025",
            "goals/way.md": "title: Way\nkind: direction",
        },
        as_of="2024-02-29",
    ).page("aim/")
    ladder = page.section("Ladder")
    rungs = [part for part in ladder.all("div", cls="stack") if part.texts("h3")]
    assert {
        rung.texts("h3")[0]: [row[::3] for row in rung.rows()] if rung.all("table") else rung.words
        for rung in rungs
    } == {
        "In 3 months": [["a", "no longer goal yet"]],
        "In 1 year": [["b", "no longer goal yet"]],
        "In 3 years": [["Step", "d"], ["c", "no longer goal yet"]],
        "In 5 years": [["d", "no longer goal yet"]],
        "In 10 years": "In 10 years Nothing here yet: what should be true by then?",
        "Later": [["e", "no longer goal yet"]],
        "No date": [["None", "no longer goal yet"]],
    }
    assert page.section("Directions").texts("h3") == ["Way"]


def test_others_see_no_holes() -> None:
    """Only the rungs with goals, and nothing of what a goal lacks."""
    page = site({"goals/a.md": "title: A\ndue: 2030"}, audience="public").page("aim/")
    assert page.section("Ladder").texts("h3") == ["In 5 years"]
    assert "no longer goal" not in page
    assert page.texts("h2") == ["Ladder"]


def test_roles_side_by_side() -> None:
    """Those aimed at and considered, with the skills that bring one nearer to both.

    sql is 2 of 3 points short for R and 2 of 6 for S, whose go is 1 of 6 short.
    """
    plan = {
        "skills.md": "items: {sql: 1, go: 2}",
        "roles/r.md": "title: R\ndue: 2028\nrequires: {sql: 3}",
        "roles/s.md": (
            "title: S\nstatus: considering\nrequires: {sql: 3, go: {level: 3, must: true}}\n"
        ),
        "roles/t.md": "title: T\nstatus: dropped\nrequires: {sql: 3}",
        "goals/g.md": "title: G\nraises: {sql: 3}",
    }
    compared = site(plan).page("aim/").section("Roles side by side")
    assert compared.rows() == [
        ["R", "33%", "100%", "0 of 1", "–", "2028"],
        ["S considering", "50%", "83%", "0 of 2", "0 of 1", "–"],
    ]
    assert compared.texts("li") == ["sql R: +66.7 points, S: +33.3 points"]


def test_opportunities_and_decisions() -> None:
    """In the order of their windows, with their days; decisions by their day, late ones marked."""
    plan = {
        "opportunities/a.md": "title: A desk\nkind: role\nwhen: 2028\ndecide_by: 2027-12-31",
        "opportunities/b.md": (
            "title: Stay\nkind: change\nwhen: 2027\nlikelihood: low\ndecide_by: 2026-06-01\n"
        ),
        "opportunities/c.md": "title: A trip\nwhen: 2026-03\ndecision: Not without sleep",
        "goals/g.md": "title: Exam\ndecide_by: 2026-11-15",
        "goals/old.md": "title: Old\nstatus: done\ndecide_by: 2026-11-15",
        "resources/r.md": "title: A course\ndecide_by: 2026-10-16",
    }
    page = site(plan).page("aim/")
    assert page.section("Opportunities").rows() == [
        ["A trip", "Decided Not without sleep", "Mar 2026", "–", "–"],
        ["Stay change", "Not decided in time", "2027", "Low", "1 Jun 2026"],
        ["A desk role", "To be decided by 31 Dec 2027", "2028", "–", "31 Dec 2027"],
    ]
    assert page.section("To be decided").texts("li") == [
        "1 Jun 2026: Stay Overdue",
        "16 Oct 2026: A course",
        "15 Nov 2026: Exam",
        "31 Dec 2027: A desk",
    ]


def test_roles_at_aim() -> None:
    """The plan's own first, then by due day; those that are not aimed at stand apart."""
    role = "title: %s\ndue: %s"
    page = site(
        PLAN | {"roles/a.md": role % ("Later", "2030"), "roles/b.md": role % ("Sooner", "2028")}
    ).page("aim/")
    roles = page.section("Roles")
    assert roles.texts("h3") == ["Platform engineer", "Sooner", "Later", "Officer"]
    assert roles.all("details")[0].texts("h3") == ["Officer"]


def next_steps(files: dict[str, str]) -> list[str]:
    """Return the titles under Next in the section Plan."""
    found = site(files).page("plan/").section("Next").all("ul", cls="links")
    return [next(iter(li.links.values())) for ul in found for li in ul.all("li")]


def test_next_actions_can_start_today() -> None:
    """By due day: milestones of open goals, goals without any; not what waits or has parts."""
    assert next_steps(
        {
            "goals/a.md": "title: A\nmilestones: {Late: 2026-06-01, Soon: 2026-08-01}",
            "goals/b.md": "title: B\ndue: 2026-07-15",
            "goals/c.md": "title: C",
            "milestones/lone.md": "title: Lone\ndue: 2026-07-20",
            "goals/done.md": "title: Done\nstatus: done",
            "goals/paused.md": "title: Paused\nstatus: paused",
            "goals/later.md": "title: Later\nstart: 2026-09-01\ndue: 2026-12",
            "goals/waits.md": "title: Waits\nafter: [b]\nmilestones: {A step: 2026-08}",
            "goals/free.md": "title: Free\nafter: [done]\nstart: 2026-01-01\ndue: 2027",
            "goals/parent.md": "title: Parent",
            "goals/part.md": "title: Part\nparent: parent\ndue: 2028",
            "goals/way.md": "title: Way\nkind: direction",
        }
    ) == ["Late", "B", "Lone", "Soon", "Free", "Part", "C"]
    steps = "title: A\nmilestones: [{title: One, due: 2026-08%s}, {title: Two, after: [one]}]"
    assert next_steps({"goals/a.md": steps % ""}) == ["One"]
    assert next_steps({"goals/a.md": steps % ", done: 2026-06-01"}) == ["Two"]


def test_the_section_plan() -> None:
    """One list, most urgent first; a goal has one row with its priority; a link leads to all."""
    page = site(PLAN, audience="public").page("plan/")
    assert page.texts("h2") == ["Next", "Timeline", "Goals"]
    rows = {row[0]: row[1:] for row in page.section("Goals").rows()}
    assert rows["Late Could"] == ["Late by 15 days", "", "16 Jun 2026"]
    # 5 of 12 are 42 %
    assert next(row for title, row in rows.items() if title.endswith("Must"))[:2] == [
        "At risk 5 of 12 with 50% of the time gone",
        "42%",
    ]
    assert "Old" not in rows
    assert page.section("Goals").links["goals/"] == "All 6 goals"


@pytest.mark.parametrize(
    ("review", "words"),
    [
        ("date: 2026-05-31\nnext_review: 2026-08-01", "The next review is on 1 Aug 2026."),
        ("date: 2026-05-31\nnext_review: 2026-06-30", "The next review was due on 30 Jun 2026."),
        ("date: 2026-07-01", "A review is planned once a month. The last one was today."),
        ("date: 2026-08-01", "A review is planned once a month. None is written yet."),
    ],
)
def test_the_next_review(review: str, words: str) -> None:
    """What the last review says, else what the settings ask for; one to come does not count."""
    settings = '[plan]\nreview_every = "month"\n'
    built = site({"site.toml": settings, "reviews/r.md": f"title: R\n{review}"})
    assert words in built.page("progress/").section("Reviews")
    assert words in built.main()
