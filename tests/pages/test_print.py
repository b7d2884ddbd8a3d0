"""The packet for a meeting, on the page to be printed."""

import pytest
from tests.pages.built import Part, site

TALKS = (
    "title: Talks\nstart: 2026-01-01\ndue: 2026-12-31\nmetric: {target: 12, unit: talks, "
    "history: [{date: 2026-04-30, value: 2}, {date: 2026-06-10, value: 6}]}\n"
    "milestones:\n"
    "  - {title: Booked, due: 2026-03, done: 2026-03-05, celebrate: Tea}\n"
    "  - {title: Given, due: 2026-06, done: 2026-06-05, celebrate: Cake}\n"
    "replans:\n"
    "  - {date: 2026-02-01, from: 2026-10-31, to: 2026-11-30}\n"
    "  - {date: 2026-06-02, from: 2026-11-30, to: 2026-12-31, reason: Ill}\n"
)
PLAN = {
    "skills.md": (
        "items: {go: {title: Go, level: 3, assessed: 2026-06-15,"
        " history: [{date: 2026-03-01, level: 1}]}, sql: {title: SQL, level: 2}}"
    ),
    "roles/r.md": "title: Analyst\nrequires: {go: 4, sql: 4}",
    "goals/talks.md": TALKS,
    "goals/late.md": "title: Late one\nstart: 2026-01-01\ndue: 2026-06-21",
    "goals/vague.md": "title: Get better at cooking\nstart: 2026-01-01\ndue: 2026-12-31",
    "opportunities/near.md": "title: Near\ndecide_by: 2026-08-30",
    "opportunities/far.md": "title: Far\ndecide_by: 2026-08-31",
    "opportunities/over.md": "title: Over\ndecide_by: 2026-06-01",
    "reviews/may.md": "title: May\nvisibility: mentor\ndate: 2026-05-31",
    "reviews/feedback.md": "title: Heard\nvisibility: mentor\nkind: feedback\ndate: 2026-06-20",
    "reviews/june.md": (
        "title: June\nvisibility: mentor\ndate: 2026-06-28\nnext: ['[x] Call', '[ ] Pay', Think]"
    ),
}


@pytest.fixture(scope="module")
def page() -> Part:
    """The packet on 1 July 2026 for a mentor."""
    return site(PLAN, audience="mentor").page("print/")


def test_it_begins_at_the_last_review_that_is_a_week_old(page: Part) -> None:
    """The review of 28 June prepares the meeting and feedback is no look back: May it is."""
    since = page.section("Since the last review")
    assert "May for mentors, 31 May 2026. The review of 28 Jun 2026 prepares this meeting." in since
    assert since.texts("li")[0] == "Given 5 Jun 2026: Cake"
    assert "Booked" not in since
    # 2 of 12 talks are 17 %, with 150 of 364 days gone; 6 of 12 are 50 %, with 181 gone.
    assert ["Talks", "Off track 17%", "On track 50%", "6 of 12 talks 10 Jun 2026, 2 before"] in (
        since.rows("Goals that changed")
    )
    # From 30 November to 31 December.
    assert since.rows("Moved deadlines") == [
        ["Talks", "30 Nov 2026", "31 Dec 2026", "31 days", "Ill"]
    ]
    assert "Go: 1 → 3 15 Jun 2026" in since.texts("li")


def test_it_says_what_to_speak_of(page: Part) -> None:
    """What is at risk and why, what is to be decided within 60 days, what is left, what is next."""
    assert "Due 10 days ago and still open." in page.section("At risk, and why")
    decisions = page.section("To be decided")
    # 60 days after 1 July are 30 August.
    assert decisions.texts("li")[:2] == [
        "1 Jun 2026: Over take it or not Overdue",
        "30 Aug 2026: Near take it or not",
    ]
    assert "Far" not in decisions
    assert "Late one due 21 Jun 2026" in decisions.texts("li")
    assert page.section("Left open by the newest review").texts("li") == ["to do: Pay", "Think"]
    # Level 3 of 4 and 2 of 4, of the same weight: 5/8.
    assert page.rows("Readiness")[0][:2] == ["Analyst", "63%"]
    assert "Talks" in page.section("Next")


@pytest.mark.parametrize(("day", "since"), [("2026-06-24", "A week ago"), ("2026-06-25", "Before")])
def test_a_review_of_this_week_prepares_the_meeting(day: str, since: str) -> None:
    """On 1 July one of 24 June is a week old."""
    plan = PLAN | {
        "reviews/june.md": f"title: A week ago\ndate: {day}",
        "reviews/may.md": "title: Before\ndate: 2026-05-31",
        "skills.md": "items: {go: {level: 3, assessed: 2026-06-28}}",
    }
    said = site(plan, audience="private").page("print/").section("Since the last review")
    assert said.texts("p")[0].startswith(since)


def test_what_is_late_by_the_schedule_is_to_be_decided() -> None:
    """An hour a day: Over takes 2 July, Big the 20 days up to 22 July, 12 after its due day.

    Up to 10 July there are 9 h. What was due before today is asked for above.
    """
    plan = {
        "site.toml": 'title = "P"\n[plan]\nhours_per_week = 7\n',
        "goals/big.md": "title: Big\neffort: 20h\ndue: 2026-07-10",
        "goals/over.md": "title: Over\neffort: 1h\ndue: 2026-06-21",
    }
    page = site(plan).page("print/")
    assert page.section("To be decided").texts("li") == [
        "Over due 21 Jun 2026",
        (
            "Big Finishes 12 days late: "
            "from 2 Jul 2026 to 10 Jul 2026 the plan needs 21 h and has 9 h."
        ),
    ]
    assert "Questions" not in page.texts("h2")


def test_findings_are_questions_for_the_owner_alone(page: Part) -> None:
    """The owner is asked about the vague goal; a mentor does not see the part."""
    own = site(PLAN, audience="private").page("print/")
    assert "Get better at cooking" in own.section("Questions")
    assert "Questions" not in page.texts("h2")


def test_without_a_review_that_may_be_seen_it_covers_the_last_month() -> None:
    """The public sees no review: 30 days before 1 July are 1 June, and none is named."""
    page = site(PLAN, audience="public").page("print/")
    assert "After 1 Jun 2026." in page.section("In the last month")
    assert not {"May", "June", "Heard"} & set(page.words.replace(".", " ").split())


def test_an_empty_part_is_not_there() -> None:
    """A plan with nothing to speak of has a packet without parts, linked from every page."""
    built = site({"skills.md": "items: {go: 3}"})
    assert built.page("print/").texts("h2") == []
    assert built.page("skills/").links["print/"] == "Print"
