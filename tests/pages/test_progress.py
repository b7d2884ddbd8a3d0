"""The section Progress, and what a review knew on its day."""

import pytest
from tests.pages.built import Part, Site, site

PLAN = {
    "skills.md": (
        "items: {go: {level: 3, assessed: 2026-06-15, history: [{date: 2026-03-01, level: 1}]},"
        " sql: 2}"
    ),
    "roles/r.md": "title: Analyst\nrequires: {go: 4, sql: 4}",
    "goals/talks.md": (
        "title: Talks\nstart: 2026-01-01\ndue: 2026-12-31\nmetric: {target: 12, unit: talks, "
        "history: [{date: 2026-04-30, value: 2}, {date: 2026-06-30, value: 6}]}\n"
        "milestones: [{title: Booked, due: 2026-03, done: 2026-03-05, celebrate: Cake}]\n"
        "replans:\n"
        "  - {date: 2026-02-01, from: 2026-10-01, to: 2026-09-30}\n"
        "  - {date: 2026-04-01, from: 2026-09, to: 2026-12-31, reason: Ill}\n"
    ),
    "goals/list.md": (
        "---\ntitle: A list\nstart: 2026-01-01\ndue: 2026-12-31\n---\n- [x] One\n- [ ] Two\n"
    ),
    "goals/undated.md": "title: Undated\nstart: 2026-01-01\ndue: 2026-12-31\nmetric: 6/12",
    "goals/old.md": "title: Old\nstatus: done\ndone: 2026-04-10\nstart: 2026-01-01",
    "goals/new.md": "title: New\nstart: 2026-06-20\ndue: 2026-12",
    "goals/whole.md": "title: Whole\ndue: 2026-12-31\nstart: 2026-01-01",
    "goals/part.md": "title: Part\nparent: whole\nstatus: done\ndone: 2026-05-20",
    "goals/rest.md": "title: Rest\npaused: [{from: 2026-02-01, to: 2026-02-28, reason: Flu}]",
    "goals/gone.md": "title: Gone\ndropped: {date: 2026-05-02, reason: No time}",
    "goals/asleep.md": "title: Asleep\nstatus: paused",
    "reviews/april.md": (
        "title: April\nvisibility: public\ndate: 2026-04-30\nnext: ['[ ] Call', '[x] Write']\n"
    ),
    "reviews/may.md": (
        "title: May\nvisibility: public\ndate: 2026-05-31\nwins: [It went well]\n"
        "decisions: [One evening a week]\nnext: ['[x] Call', '[ ] Pay it', '[-] Send it', Think]\n"
    ),
    "achievements/a.md": (
        "title: Faster\ndate: 2026-06-10\nskills: [go, sql]\nimpact: 40 minutes a night\n"
        "url: https://example.org/faster\n"
    ),
    "achievements/b.md": "title: First\ndate: 2025-11\nskills: [sql]",
    "achievements/c.md": "title: To come\ndate: 2026-08",
}


@pytest.fixture(scope="module")
def built() -> Site:
    """The owner's site on 1 July 2026."""
    return site(PLAN)


@pytest.fixture(scope="module")
def page(built: Site) -> Part:
    """The section Progress."""
    return built.page("progress/")


def test_what_was_known_on_the_day_of_a_review(built: Site) -> None:
    """Statuses and values by what is dated up to then; what has no date is unknown for it.

    Talks: 150 of 364 days and 2 of 12 talks, so 0.17 / 0.41 = 0.40 of the pace. Old was done before
    the review before, New had not begun, Part was done since.
    """
    known = built.page("reviews/may/").section("Known on that day")
    assert known.rows("Goals on that day") == [
        ["Talks", "Off track", "17%", "2 of 12 talks", "On track"],
        ["A list", "Unknown", "–", "–", "On track"],
        ["Undated", "Unknown", "–", "–", "On track"],
        ["Rest", "Open", "–", "–", "Open"],
        ["Asleep", "Paused", "–", "–", "Paused"],
        ["Part", "Done", "–", "–", "Done"],
        ["Whole", "Done", "100%", "–", "Done"],
    ]
    # go at 1 of 4, and sql, whose level has no date, may be 0 or 4: 1 to 5 of 8
    assert known.texts("p", cls="bar-words") == ["Readiness for Analyst 13% to 63%"]
    assert known.rows("Levels on that day") == [
        ["go", "Aware (1 of 5)", "Practitioner (3 of 5)"],
        ["sql", "unrated", "Beginner (2 of 5)"],
    ]


def test_what_a_later_review_measured_was_not_known_before() -> None:
    """March knew its own value and level, whatever June found."""
    review = "title: R\ndate: 2026-{}\nmetrics: {{g: {}}}\nlevels: {{go: {}}}"
    built = site(
        {
            "skills.md": "items: {go: }",
            "roles/r.md": "title: Analyst\nrequires: {go: 4}",
            "goals/g.md": "title: G\nstart: 2026-01-01\ndue: 2026-12-31\nmetric: {target: 10}",
            "reviews/march.md": review.format("03-31", 1, 1),
            "reviews/june.md": review.format("06-30", 8, 3),
        }
    )
    known = built.page("reviews/march/").section("Known on that day")
    assert [row[3] for row in known.rows("Goals on that day")] == ["1 of 10"]
    assert [row[1] for row in known.rows("Levels on that day")] == ["Aware (1 of 5)"]


def test_a_review_in_the_list(page: Part) -> None:
    """Its day, its first win, what was known, what it decided and what came of what was next."""
    reviews = page.section("Reviews")
    may, april = reviews.all("li")[0], reviews.all("article")[1]
    assert may.texts("p", cls="card-text")[0] == "It went well"
    assert "Decided: One evening a week" in may
    # of Call, Pay it and Think one is done
    assert may.facts == {"Next": "1 of 3 done, 1 cancelled"}
    # Call was written down again in May, and done then
    assert april.facts == {"Next": "2 of 2 done"}


def test_what_a_later_review_did_is_said_in_the_earlier_one(built: Site) -> None:
    """With a link to it."""
    items = built.page("reviews/april/").section("Next").texts("li")
    assert items == ["done: Call see May", "done: Write"]


def test_what_was_done_stays_done_though_it_is_written_down_again() -> None:
    """What is done anew in May does not take back what was done in April."""
    april = "title: April\ndate: 2026-04-30\nnext: ['[x] Call', '[-] Pay', '[ ] Write']\n"
    may = "title: May\ndate: 2026-05-31\nnext: ['[ ] Call', '[ ] Pay', '[ ] Write']\n"
    built = site({"reviews/april.md": april, "reviews/may.md": may})
    items = built.page("reviews/april/").section("Next").texts("li")
    assert items == ["done: Call", "cancelled: Pay", "to do: Write see May for mentors"]


def test_what_was_reached(page: Part) -> None:
    """Goals and milestones, newest first, and how they were celebrated."""
    reached = page.section("Reached")
    assert reached.texts("h3") == ["Part", "Whole", "Old", "Booked"]
    assert "Celebrated: Cake" in reached


def test_achievements_by_year(page: Part) -> None:
    """Each once by its year; those to come do not count."""
    found = page.section("Achievements")
    assert found.texts("h3") == ["2026", "2025"]
    assert found.texts("h4") == ["Faster", "First"]
    assert "40 minutes a night" in found


def test_an_achievement_leads_to_where_it_can_be_seen(page: Part) -> None:
    """Only one with an address has such a link."""
    found = page.section("Achievements")
    assert found.links["https://example.org/faster"] == "See for yourself"
    assert found.texts("dd").count("See for yourself") == 1


def test_moved_deadlines_say_how_many_days_they_added(page: Part) -> None:
    """From 30 September to 31 December are 92 days."""
    assert page.section("Moved deadlines").rows() == [
        ["Talks", "1 Apr 2026", "Sep 2026", "31 Dec 2026", "92 days", "Ill"],
        ["Talks", "1 Feb 2026", "1 Oct 2026", "30 Sep 2026", "1 day less", "No reason given"],
    ]


def test_pauses_and_drops_have_their_reasons(page: Part) -> None:
    """The newest first; one without a day comes last."""
    assert page.section("Paused and dropped").texts("li") == [
        "Gone Dropped on 2 May 2026: No time",
        "Rest Paused from 1 Feb 2026 to 28 Feb 2026: Flu",
        "Asleep Paused.",
    ]


def test_what_mentors_may_see_of_reviews_is_not_for_others() -> None:
    """Without `visibility: public` nothing of a review, and no day of it, is public."""
    hidden = {path: text.replace("visibility: public\n", "") for path, text in PLAN.items()}
    page = site(hidden, audience="public").page("progress/")
    assert "Reviews" not in page.texts("h2")
    assert "One evening" not in page


def test_long_lists_are_folded() -> None:
    """Sections show fifty goals and lead to all; there the others, and those that are done, can be
    opened."""
    goals = {
        f"goals/g{n:02}.md": f"title: G{n:02}\ndue: 2026-12\nstart: 2026-01" for n in range(53)
    }
    built = site(goals | {"goals/old.md": "title: Old\nstatus: done"})
    for url in ("progress/", "plan/"):
        section = built.page(url).section("Goals")
        assert len(section.all("th", scope="row")) == 50
        assert section.links["goals/"] == "All 54 goals"
    parts = built.page("goals/").all("details")
    assert [part.texts("summary")[0] for part in parts] == [
        "2026: 50",
        "2026: 3 more",
        "Done, paused, dropped: 1",
    ]
    assert [part.element.get("open") for part in parts] == ["", None, None]


def test_a_review_of_many_goals_tells_of_those_that_it_names() -> None:
    """Where more than fifty may have been worked on."""
    goals = {f"goals/g{n}.md": f"title: G{n}\nstart: 2026-01-01\ndue: 2026-12" for n in range(51)}
    review = {"reviews/r.md": "title: R\ndate: 2026-05-31\nconfidence: {g7: 5}"}
    known = site(goals | review).page("reviews/r/").section("Known on that day")
    assert [row[0] for row in known.rows("Goals on that day")] == ["G7"]


def test_a_review_tells_of_the_roles_that_the_site_puts_first() -> None:
    """Of six target roles the five due first: the last by id is the first by its day."""
    roles = {
        f"roles/r{n}.md": f"title: Role {n}\ndue: {2036 - n}\nrequires: {{go: 3}}" for n in range(6)
    }
    built = site(
        {
            **roles,
            "skills.md": "items: {go: {level: 2, assessed: 2026-03-01}}",
            "reviews/one.md": "title: One\ndate: 2026-05-01",
        }
    )
    known = built.page("reviews/one/").section("Known on that day")
    bars = known.texts("p", cls="bar-words")
    assert [bar.split(" ")[3] for bar in bars] == ["5", "4", "3", "2", "1"], bars
