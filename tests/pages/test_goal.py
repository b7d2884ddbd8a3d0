"""The page of a goal."""

import pytest
from tests.pages.built import Part, site

TALKS = "title: Give talks\nstart: 2026-01-01\ndue: 2026-12-31\nmetric: {%s}\n"
LOG = "{2026-W23: 2, 2026-W24: 3, 2026-W25: 1, 2026-W26: 2}"
WEIGHT = "{baseline: 82, target: 74, unit: kg, current: 80}"
FALLING = (
    "80 kg (from 82 to 74) with 50% of the time gone. "
    "At this pace it finishes on 26 Dec 2027, 360 days late."
)

PLAN = {
    "site.toml": 'title = "Mine"\n[plan]\nrole = "pe"\n',
    "skills.md": "items: {go: 1, rust: 1, ops: 4, git: 2, c: , sql: 2, ml: 1}",
    "roles/pe.md": (
        "title: Platform engineer\nrequires: {go: 3, rust: 4, ops: 3, c: 2, git: 3, sql: 4}\n"
        "needs: [{title: A licence}]\n"
    ),
    "goals/lead.md": "title: Lead a team\ndue: 2027-06",
    "goals/first.md": "title: The first\nstatus: done\ndone: 2026-02-01",
    "goals/course.md": """---
title: Take the course
parent: lead
start: 2026-01-01
due: 2026-12-31
after: [first]
why: It opens doors
raises: {go: 3, rust: 3, ops: 4, c: 2, git: , sql: 2, ml: 2}
answers: [A licence]
confidence: 6
cost: 395 USD
mode: formal
if_then: {no time left: one lesson a day}
metric:
  name: Lessons
  target: 12
  current: 5
  as_of: 2026-06-30
  unit: lessons
  history: [{date: 2026-03, value: 2}, {date: 2026-08-01, value: 9}]
replans:
  - {date: 2026-02-10, from: 2026-06, to: 2026-09}
  - {date: 2026-05-02, from: 2026-09, to: 2026-12-31, reason: Ill for a month}
milestones:
  - {title: Half of it, due: 2026-05-31, done: 2026-05-20, weight: 3, effort: 20h}
  - {title: The exam, due: 2026-11}
smart: {except: [R], reason: it is for fun}
---
- [x] Book it
- [ ] Pay it
""",
    "goals/part.md": "title: Read the book\nparent: course\ndue: 2026-10",
    "reviews/june.md": "title: June\nvisibility: public\ndate: 2026-06-20\nmetrics: {course: 4}",
}


@pytest.fixture(scope="module")
def course() -> Part:
    """The goal that has everything, on 1 July 2026."""
    return site(PLAN).page("goals/course/")


def test_status_and_its_reason() -> None:
    """5 of 12 after 181 of 364 days: SPI(t) = 5/12 * 364/181 = 0.838, so 12 Mar 2027, +71 d."""
    page = site({"goals/t.md": TALKS % "target: 12, unit: talks, current: 5"}).page("goals/t/")
    status = page.section("Status")
    assert page.badges == ["At risk"]
    assert status.texts("p", cls="status-reason")[0] == (
        "5 of 12 talks with 50% of the time gone. "
        "At this pace it finishes on 12 Mar 2027, 71 days late."
    )
    # 5/12 = 41.7 %, 181/364 = 49.7 %
    assert status.facts["Progress"] == "42% 5 of 12 talks"
    assert status.texts("p", cls="bar-mark") == ["expected by now: 50%"]
    lengths = [r.element.get("width") for r in status.all("rect", cls="scale-value")]
    assert lengths == ["41.7%"]
    assert status.all("line", cls="scale-mark")[0].element.get("x1") == "49.7%"
    assert status.facts["Pace"].startswith("84%")
    assert status.facts["Forecast"].startswith("12 Mar 2027")


def test_the_measure_that_decides_says_what_it_counts() -> None:
    """The metric is on track with 9 of 12; one of four milestones is reached, and all were due.

    ES = 89, the day of the second, so SPI(t) = 89/181 and the end is 364 * 181/89 = 741 days on.
    """
    steps = "{A: {due: 2026-02, done: 2026-02}, B: 2026-03, C: 2026-04, D: 2026-05}"
    text = TALKS % "target: 12, current: 9" + f"milestones: {steps}"
    status = site({"goals/t.md": text}).page("goals/t/").section("Status")
    assert status.texts("p", cls="status-reason")[0] == (
        "1 of 4 milestones reached, 4 planned by now. "
        "At this pace it finishes on 12 Jan 2028, 377 days late."
    )
    assert status.texts("h3") == ["Metric"]
    assert "On track 9 of 12 75% expected by now: 50%" in status


@pytest.mark.parametrize(
    ("goal", "badge", "reason"),
    [
        (
            "start: 2026-01-01\ndue: 2026-06-16\nmetric: 4/10",
            "Late by 15 days",
            "Due 15 days ago, 4 of 10. At this pace it finishes on 30 Mar 2027, 287 days late.",
        ),
        ("due: 2026-06-30", "Late by 1 day", "Due 1 day ago and still open."),
        ("status: done\ndone: 2026-05-02", "Done", "Done on 2 May 2026."),
        ("start: 2026-09-01\ndue: 2026-12", "Planned", "Starts on 1 Sep 2026."),
        ("start: 2026-01-01\ndue: 2026-12", "Open", "One step, still to be done."),
        ("kind: direction", "Open", "A direction: nothing to measure."),
        (
            "start: 2026-06-28\ndue: 2026-12\nmetric: 1/10",
            "Started",
            "Started: too early to say how it goes.",
        ),
        ("status: paused", "Paused", "Paused."),
        ("status: draft", "Draft", "A draft: only you can see it."),
        ("due: 2026-12\nmetric: 1/10", "Unknown", "Pace unknown: no start date."),
        (
            "start: 2026-01-01\ndue: 2026-12\nmetric: {target: 10}",
            "Unknown",
            "No measurement yet.",
        ),
        # The value is 150 days old; 31 of them were paused, and 119 are over 60.
        (
            (
                "start: 2026-01-01\ndue: 2026-12-31\npaused: [{from: 2026-03-01, to: 2026-03-31}]\n"
                "metric: {target: 12, current: 2, as_of: 2026-02-01}"
            ),
            "Unknown",
            "Last measured 150 days ago.",
        ),
        # Twelve weeks with two sessions asked for in each; it ended on 28 June.
        (
            (
                "start: 2026-04-06\ndue: 2026-06-28\ncadence: 2/week\n"
                "log: {2026-W16: 2, 2026-W17: 1, 2026-W20: 3}"
            ),
            "Ended",
            "Kept in 2 of 12 weeks, 5 of 24 sessions.",
        ),
        # W25 had one of two sessions, so 7 of 8 were held: 87.5 % is at risk below 90 %.
        (
            f"kind: habit\nstart: 2026-06-01\ncadence: 2/week\nlog: {LOG}",
            "At risk",
            "Kept in 3 of 4 weeks, 7 of 8 sessions.",
        ),
        # 82 to 74: 2 of 8 kg in 181 of 364 days; SPI(t) = 1/4 * 364/181 = 0.503, 724 days in all.
        (
            f"start: 2026-01-01\ndue: 2026-12-31\nmetric: {WEIGHT}",
            "Off track",
            FALLING,
        ),
    ],
)
def test_each_status_has_its_reason(goal: str, badge: str, reason: str) -> None:
    """A word for how it goes, and a sentence that says why."""
    page = site({"goals/t.md": f"title: Talks\n{goal}"}).page("goals/t/")
    assert page.badges[0] == badge
    assert page.section("Status").texts("p", cls="status-reason")[0] == reason


def test_what_is_not_known_is_neither_zero_nor_green() -> None:
    """A bar without a value has the tone of the unknown, and the figure beside it says so."""
    page = site({"goals/t.md": TALKS % "target: 10"}).page("goals/t/")
    (bar,) = page.all("div", cls="bar")
    assert bar.element.get("data-tone") == "unknown"
    assert not bar.all("rect", cls="scale-value")
    assert page.section("Status").facts["Progress"] == "unknown no measurement yet (target: 10)"


def test_measures_and_steps(course: Part) -> None:
    """The worst measure leads, the others stand below; each is marked at what was due by now."""
    status = course.section("Status")
    # 5 of 12 lessons is at risk. 3 of 4 by weight are reached, and 3 of 4 were due by now.
    assert status.texts("h3") == ["Milestones", "Checklist"]
    assert status.texts("p", cls="bar-mark")[1] == "expected by now: 75%"
    assert course.section("Milestones").rows() == [
        ["Half of it", "Reached 20 May 2026", "31 May 2026", "3", "20 h"],
        ["The exam", "Open", "Nov 2026", "1", "unknown"],
    ]
    assert "1 of 2 items done" in status
    assert course.words.count("Book it") == 1
    assert course.section("Parts").links == {"goals/part/": "Read the book"}


def test_what_it_raises_and_what_that_does(course: Part) -> None:
    """A gap is closed, narrowed or left; without a level it goes as far as the role asks."""
    assert course.section("Skills raised").rows() == [
        ["go", "Aware (1 of 5)", "3", "3", "Closes the gap of 2 levels"],
        ["rust", "Aware (1 of 5)", "3", "4", "Narrows the gap 1 level left"],
        ["ops", "Advanced (4 of 5)", "4", "3", "No gap"],
        ["c", "unrated", "2", "2", "Gap unknown not rated yet"],
        ["git", "Beginner (2 of 5)", "3", "3", "Closes the gap of 1 level"],
        ["sql", "Beginner (2 of 5)", "2", "4", "Leaves the gap of 2 levels"],
        ["ml", "Aware (1 of 5)", "2", "–", "No role requires it yet"],
    ]


def test_history_facts_and_origins(course: Part) -> None:
    """The newest first, what is to come left out; inherited facts say from where."""
    assert course.section("Measurements").rows() == [
        ["30 Jun 2026", "5 lessons", "This goal"],
        ["20 Jun 2026", "4 lessons", "June"],
        ["Mar 2026", "2 lessons", "This goal"],
    ]
    assert course.section("Moved deadlines").rows() == [
        ["10 Feb 2026", "Jun 2026", "Sep 2026", "92 days", "No reason given"],
        ["2 May 2026", "Sep 2026", "31 Dec 2026", "92 days", "Ill for a month"],
    ]
    assert course.section("If it gets hard").facts == {"No time left": "one lesson a day"}
    assert course.all("header", cls="head")[0].facts == {
        "Due": "31 Dec 2026",
        "Role": "Platform engineer from Lead a team",
        "Part of": "Lead a team",
    }
    assert course.all("aside")[0].facts == {
        "Start": "1 Jan 2026",
        "After": "The first",
        "Lessons": (
            "5 of 12 lessons Warning 1 Aug 2026 is after 1 Jul 2026 Correct the date; until that "
            "day it does not count F107 in-the-future content/goals/course.md:20"
        ),
        "Answers": "A licence of Platform engineer",
        "Confidence": "6 of 10",
        "Cost": "395 USD",
        "Mode": "formal",
    }


def test_smart_checks(course: Part) -> None:
    """Each letter has a state in words; a finding and an exception say why."""
    checks = course.section("SMART").texts("li")
    names = [check.split(" ")[1] for check in checks if len(check) > 1]
    assert {"Specific", "Measurable", "Achievable", "Relevant", "Timely"} <= set(names)
    assert "R Relevant Not applied It is for fun" in checks
    vague = site({"goals/t.md": "title: Be better\ndue: 2026-12"}).page("goals/t/")
    assert "S Specific Needs attention" in vague.section("SMART").words


def test_what_was_put_off_or_given_up() -> None:
    """Pauses, a drop and moved deadlines say when and why; what is dropped counts nowhere."""
    built = site(
        {
            "goals/rest.md": "title: Rest\nstart: 2026-01-01\ndue: 2026-12\npaused:\n"
            "  - {from: 2026-02-01, to: 2026-02-20}\n  - {from: 2026-06-15, reason: a wrist}",
            "goals/gone.md": "title: Gone\ndropped: {date: 2026-05-03, reason: too dear}",
            "goals/some.md": "title: Some\nstart: 2026-01-01\ndue: 2026-12-31\nmilestones:\n"
            "  - {title: A, due: 2026-03, dropped: {date: 2026-02-01, reason: not needed}}\n"
            "  - {title: B, due: 2026-06-15, done: 2026-06-10,"
            " replans: [{date: 2026-05-01, from: 2026-05-31, to: 2026-06-15, reason: snow}]}\n"
            "  - {title: C, due: 2026-12}",
        }
    )
    rest, gone, some = (built.main(f"goals/{id_}/") for id_ in ("rest", "gone", "some"))
    assert rest.section("Status").texts("p", cls="status-reason") == [
        "Paused since 15 Jun 2026: a wrist"
    ]
    assert rest.section("Pauses").rows() == [
        ["1 Feb 2026", "20 Feb 2026", "No reason given"],
        ["15 Jun 2026", "No end yet", "a wrist"],
    ]
    assert gone.section("Status").texts("p", cls="status-reason") == [
        "Dropped on 3 May 2026: too dear"
    ]
    # One of the two that are left is reached, as was planned: ES = t, so the end is on the due day.
    assert some.section("Status").texts("p", cls="status-reason")[0] == (
        "1 of 2 milestones reached, 1 planned by now. "
        "At this pace it finishes on its due day, 31 Dec 2026."
    )
    assert [row[0] for row in some.section("Milestones").rows()] == ["B", "C", "A"]
    assert some.texts("s") == ["A"]
    assert "Dropped Dropped on 1 Feb 2026: not needed" in some.section("Milestones")
    moved = ["1 May 2026", "31 May 2026", "15 Jun 2026", "15 days", "snow"]
    assert built.main("milestones/some-b/").section("Moved deadlines").rows() == [moved]
    assert built.main("progress/").section("Moved deadlines").rows() == [["B", *moved]]
    assert {step["step"] for step in built.export["next_actions"]} == {"milestones/some-c"}


@pytest.mark.parametrize(
    ("cadence", "log", "so_far", "streak"),
    [
        # 1 June 2026 is a Monday, 1 July a Wednesday: 22 weekdays and 4 weeks are over.
        ("weekdays", "[2026-06-30]", "Kept on 1 of the last 12 weekdays.", "1 weekday"),
        ("2 weeks", "[2026-06-03, 2026-06-16]", "Kept in 2 of 2 periods of 2 weeks.", "2 periods"),
        ("{every: week, share: 75%}", "[2026-06-24]", "Kept in 1 of 4 weeks.", "1 week"),
        ("2/week", "{2026-W26: 1}", "Kept in 0 of 4 weeks, 1 of 8 sessions.", ""),
    ],
)
def test_habits_in_words(cadence: str, log: str, so_far: str, streak: str) -> None:
    """A habit says in its own periods how often it was kept, and how often in a row."""
    habit = f"title: H\nkind: habit\nstart: 2026-06-01\ncadence: {cadence}\nlog: {log}"
    status = site({"goals/h.md": habit}).main("goals/h/").section("Status")
    if cadence != "2 weeks":
        assert status.texts("p", cls="status-reason")[0] == so_far
    assert status.facts["Progress"].endswith(so_far[1:].removesuffix("."))
    assert status.facts.get("Streak", "") == (f"{streak} in a row up to now" if streak else "")


def test_a_goal_without_numbers_stays_quiet() -> None:
    """A single step has no bar, and a resting goal keeps its progress without a mark."""
    pages = site(
        {
            "goals/one.md": "title: One\ndue: 2026-12",
            "goals/rest.md": TALKS % "target: 4, current: 1" + "status: paused\n",
        }
    )
    assert not pages.page("goals/one/").all("div", cls="bar")
    resting = pages.page("goals/rest/")
    assert resting.section("Status").facts == {"Progress": "25% 1 of 4"}
    assert not resting.texts("p", cls="bar-mark")
