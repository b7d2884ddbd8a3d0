"""The page of a goal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.plan import Key
from planfolio.model.source_tree import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.portfolio.conftest import LayOut

TALKS = "---\ntitle: Give talks\nstart: 2026-01-01\ndue: 2026-12-31\nmetric: {%s}\n---\n"


def stats(track: Any) -> dict[str, tuple[str, str]]:
    """The numbers of a track by their label."""
    return {
        s.label: (s.value.replace("\u00a0", " "), s.note.replace("\u00a0", " "))
        for s in track.stats
    }


def finding(
    code: str, message: str, goal: str = "talks", severity: Severity = Severity.WARNING
) -> Diagnostic:
    """A finding of a rule about a goal."""
    return Diagnostic(
        code=code,
        name="rule",
        severity=severity,
        path=f"content/goals/{goal}.md",
        span=Span(),
        message=message,
        subject=Key("goal", goal),
    )


def test_numbers_of_a_metric_in_words(laid_out: LayOut) -> None:
    """The first worked example: 5 of 12 in half a year is at risk, and ends 71 days late."""
    site = laid_out({"goals/talks.md": TALKS % "target: 12, unit: talks, current: 5"})
    view = site.view("goals/talks/")
    (track,) = view.tracks
    assert stats(track) == {
        "Progress": ("41.7 %", "5 of 12 talks"),
        "Expected by now": ("49.7 %", "of its time has gone"),
        "Pace": (
            "83.8 %",
            "earned schedule, SPI(t): 100 % keeps the date, under 90 % puts it at risk",
        ),
        "Forecast": ("12 Mar 2027", "at this pace, 71 days after its due day"),
    }
    assert (track.bar.value, track.bar.mark, track.bar.tone) == ("41.7", "49.7", "fair")
    assert [badge.word for badge in view.record.badges] == ["At risk"]
    assert view.verdict.replace("\u00a0", " ") == (
        "By its metric, 41.7 % is done where 49.7 % of the time has gone. "
        "At this pace it ends on 12 Mar 2027, 71 days after its due day."
    )


def test_a_habit_is_told_in_its_own_periods(laid_out: LayOut) -> None:
    """Without an end it is of the last ones, and its pace has no date to keep."""
    text = "---\ntitle: Train\nstart: 2026-06-01\n%scadence: 2/week\nlog: %s\n---\n"
    log = "{2026-W23: 2, 2026-W24: 3, 2026-W25: 1, 2026-W26: 2}"
    view = laid_out({"goals/g.md": text % ("", log)}).view("goals/g/")
    assert view.verdict.replace("\u00a0", " ") == "Kept in 3 of the last 4 weeks."
    pace = stats(view.tracks[0])["Pace"]
    assert pace == ("75 %", "kept of the periods gone by; under 90 % puts it at risk")
    view = laid_out({"goals/g.md": text % ("due: 2026-07-26\n", log)}).view("goals/g/")
    assert view.verdict.replace("\u00a0", " ") == (
        "By its habit, 37.5 % is done of all that was set until its end."
    )


def test_a_falling_metric_says_from_where(laid_out: LayOut) -> None:
    """A metric with a baseline names both ends."""
    site = laid_out({"goals/talks.md": TALKS % "baseline: 82, target: 74, unit: kg, current: 80"})
    (track,) = site.view("goals/talks/").tracks
    assert stats(track)["Progress"] == ("25 %", "from 82 to 74 kg, now 80")


def test_a_metric_without_a_value_is_unknown(laid_out: LayOut) -> None:
    """What is not known is said to be unknown, and never shown as zero or as green."""
    view = laid_out({"goals/talks.md": TALKS % "target: 10"}).view("goals/talks/")
    (track,) = view.tracks
    assert stats(track)["Progress"] == ("unknown", "unknown of 10")
    assert (track.bar.value, track.bar.text, track.bar.tone) == (None, "unknown", "unknown")
    assert view.record.badges[0].tone == "unknown"
    assert "no value of its metric is written" in view.verdict


@pytest.mark.parametrize(
    ("goal", "verdict"),
    [
        (
            "start: 2026-01-01\ndue: 2026-06-16\nmetric: 4/10",
            "It was due 15 days ago, and 40 % is done.",
        ),
        ("due: 2026-06-16", "It was due 15 days ago and is still open."),
        ("status: done\ndone: 2026-05-02", "Done on 2 May 2026."),
        ("start: 2026-09-01\ndue: 2026-12", "Not begun yet; it starts on 1 Sep 2026."),
        ("start: 2026-01-01\ndue: 2026-12", "One step, still to be done."),
        (
            "start: 2026-06-28\ndue: 2026-12\nmetric: 1/10",
            "Just begun: too early to say how it goes.",
        ),
        ("status: paused", "Paused: nothing is expected of it for now."),
        ("status: draft", "A draft; only you can see it."),
    ],
)
def test_verdicts(laid_out: LayOut, goal: str, verdict: str) -> None:
    """Each status has a sentence that says what it means here."""
    view = laid_out({"goals/talks.md": f"---\ntitle: Talks\n{goal}\n---\n"}).view("goals/talks/")
    assert view.verdict.replace("\u00a0", " ") == verdict


def test_five_checks_are_named(laid_out: LayOut) -> None:
    """What a rule found stands under its letter; the others passed; other rules are silent."""
    site = laid_out(
        {"goals/talks.md": TALKS % "target: 12"},
        findings=[
            finding("S101", "`Give talks` is vague"),
            finding("M104", "the metric has no unit", severity=Severity.INFO),
            finding("L104", "nothing links here"),
            finding("T103", "of another goal", goal="other"),
            finding("A103", "switched off", severity=Severity.OFF),
        ],
    )
    checks = site.view("goals/talks/").checks
    assert [(c.letter, c.word, c.state, c.findings) for c in checks] == [
        ("S", "Specific", "found", ("`Give talks` is vague",)),
        ("M", "Measurable", "found", ("The metric has no unit",)),
        ("A", "Achievable", "passed", ()),
        ("R", "Relevant", "passed", ()),
        ("T", "Timely", "passed", ()),
    ]


def test_an_excepted_letter_gives_its_reason(laid_out: LayOut) -> None:
    """A letter that the goal does without shows why, and no finding."""
    goal = "---\ntitle: Be kind\nsmart: {except: [M, T], reason: it has no end}\n---\n"
    site = laid_out({"goals/kind.md": goal}, findings=[finding("M101", "no metric", goal="kind")])
    checks = {c.letter: (c.state, c.findings) for c in site.view("goals/kind/").checks}
    assert checks["M"] == checks["T"] == ("excepted", ("It has no end",))
    assert checks["S"] == ("passed", ())


MILESTONES = {
    "goals/cka.md": """---
title: Pass the CKA exam
start: 2026-01-01
due: 2026-12-31
role: platform-engineer
raises: {kubernetes: 3}
milestones:
  - {title: Course done, due: 2026-03-31, done: 2026-03-20, weight: 1, effort: 20h}
  - {title: Mock exam, due: 2026-06, weight: 2}
  - {title: Exam passed, due: 2026-12-31}
---
""",
    "roles/platform-engineer.md": "---\ntitle: Platform engineer\nrequires: {kubernetes: 3}\n---\n",
    "skills.md": "---\nitems: {kubernetes: 1}\n---\n",
}


def test_milestones_in_the_order_of_their_days(
    laid_out: LayOut, rows: Callable[[Any], list[list[str]]]
) -> None:
    """State, due, weight and effort of each; a missing weight is 1, a missing effort unknown."""
    table = laid_out(MILESTONES).view("goals/cka/").milestones
    assert table.columns == ("Milestone", "State", "Due", "Weight", "Effort")
    assert rows(table) == [
        ["Course done", "20 Mar 2026, Reached", "31 Mar 2026", "1", "20 h"],
        ["Mock exam", "Late by 1 day", "June 2026", "2", "unknown"],
        ["Exam passed", "Open", "31 Dec 2026", "1", "unknown"],
    ]


def test_the_gaps_it_closes(laid_out: LayOut, rows: Callable[[Any], list[list[str]]]) -> None:
    """Raising 1 to 3 where the role asks for 3 closes a gap of two levels."""
    assert rows(laid_out(MILESTONES).view("goals/cka/").raises) == [
        ["kubernetes", "Aware (1 of 5)", "3", "3", "Closes the gap of 2 levels"]
    ]


@pytest.mark.parametrize(
    ("level", "raises", "effect"),
    [
        ("1", "{kubernetes: 2}", "Narrows the gap 1 level left"),
        ("1", "[kubernetes]", "Closes the gap of 2 levels"),
        ("1", "{kubernetes: 1}", "Leaves the gap of 2 levels"),
        ("4", "{kubernetes: 5}", "No gap"),
        ("", "{kubernetes: 3}", "Gap unknown not rated yet"),
        ("1", "{python: 3}", "No role asks for it yet"),
    ],
)
def test_what_raising_does_for_the_role(
    laid_out: LayOut,
    rows: Callable[[Any], list[list[str]]],
    level: str,
    raises: str,
    effect: str,
) -> None:
    """A level closes, narrows or leaves a gap; without a level it goes as far as the role asks."""
    site = laid_out(
        {
            "goals/cka.md": f"---\ntitle: CKA\nrole: r\nraises: {raises}\n---\n",
            "roles/r.md": "---\ntitle: R\nrequires: {kubernetes: 3}\n---\n",
            "skills/kubernetes.md": f"---\ntitle: Kubernetes\nlevel: {level}\n---\n",
            "skills/python.md": "---\ntitle: Python\nlevel: 1\n---\n",
        }
    )
    assert rows(site.view("goals/cka/").raises)[0][-1] == effect


def test_inherited_facts_say_from_where(laid_out: LayOut) -> None:
    """A due day from the parent and a role from the settings are shown as such."""
    site = laid_out(
        {
            "site.toml": '[plan]\nrole = "r"\n',
            "roles/r.md": "---\ntitle: Planner\n---\n",
            "goals/top.md": "---\ntitle: The top\ndue: 2026-Q4\n---\n",
            "goals/part.md": "---\ntitle: A part\nparent: top\n---\n",
        }
    )
    facts = {fact.label: fact for fact in site.view("goals/part/").record.facts}
    assert facts["Due"].items[0].text.replace("\u00a0", " ") == "Q4 2026"
    assert facts["Due"].source == "from The top"
    assert facts["For the role"].items[0].url == "roles/r/"
    assert facts["Part of"].items[0].url == "goals/top/"
    top = {fact.label: fact.source for fact in site.view("goals/top/").record.facts}
    assert top["For the role"] == "from the plan's settings"
    assert top["Due"] == ""


def test_parts_after_needs_and_habits_of_mind(laid_out: LayOut) -> None:
    """Children, predecessors, needs answered, plans for hard days and confidence are all there."""
    site = laid_out(
        {
            "roles/r.md": "---\ntitle: R\nneeds: [{id: cert, title: A certificate}]\n---\n",
            "goals/first.md": "---\ntitle: First\n---\n",
            "goals/top.md": (
                "---\ntitle: Top\nrole: r\nafter: [first]\nanswers: [cert]\nconfidence: 4\n"
                "why: It pays\nif_then: {it rains: I read}\ndone_when: It is signed\n---\n"
            ),
            "goals/part.md": "---\ntitle: Part\nparent: top\n---\n",
        }
    )
    view = site.view("goals/top/")
    facts = {fact.label: [item.text for item in fact.items] for fact in view.record.facts}
    assert facts["After"] == ["First"]
    assert facts["Answers"] == ["A certificate"]
    assert facts["Confidence"] == ["4 of 10"]
    assert facts["Done when"] == ["It is signed"]
    assert view.record.lead == "It pays"
    assert [card.title.text for card in view.parts] == ["Part"]
    assert [(f.label, f.items[0].text) for f in view.plans] == [("It rains", "I read")]
    assert [words for words, _ in site.view("goals/first/").record.backlinks.groups] == [
        "Waits for it"
    ]


def test_backlinks_leave_out_what_the_page_shows(laid_out: LayOut) -> None:
    """Children and milestones stand on the page already; a mention in a text does not."""
    site = laid_out(
        {
            **MILESTONES,
            "goals/other.md": "---\ntitle: Other\n---\n\nLike [the exam](cka.md).\n",
            "goals/part.md": "---\ntitle: Part\nparent: cka\n---\n",
        }
    )
    groups = site.view("goals/cka/").record.backlinks.groups
    assert [(words, [item.url for item in items]) for words, items in groups] == [
        ("Mentioned in", ["goals/other/"])
    ]


def test_readings_and_moved_deadlines(
    laid_out: LayOut, rows: Callable[[Any], list[list[str]]]
) -> None:
    """The newest reading stands first with the record that says it; moves keep their reason."""
    site = laid_out(
        {
            "goals/talks.md": (
                "---\ntitle: Talks\ndue: 2026-12\nmetric:\n  target: 12\n  unit: talks\n"
                "  history: [{date: 2026-02, value: 2}]\n"
                "replans:\n"
                "  - {date: 2026-05-01, from: 2026-09, to: 2026-12, reason: I was ill}\n---\n"
            ),
            "reviews/june.md": ("---\ntitle: June\ndate: 2026-06-28\nmetrics: {talks: 5}\n---\n"),
        }
    )
    view = site.view("goals/talks/")
    assert rows(view.readings) == [
        ["28 Jun 2026", "5 talks", "June (for mentors)"],
        ["February 2026", "2 talks", "this goal"],
    ]
    assert rows(view.replans) == [["1 May 2026", "September 2026", "December 2026", "I was ill"]]


def test_checklist(laid_out: LayOut) -> None:
    """Leaves of a task list are ticks, and their tally is said."""
    site = laid_out({"goals/a.md": "---\ntitle: A\n---\n\n- [ ] Group\n  - [x] One\n  - [ ] Two\n"})
    view = site.view("goals/a/")
    assert [(tick.text, tick.done) for tick in view.checklist] == [("One", True), ("Two", False)]
    assert view.ticked == "1 of 2 ticked"
    assert stats(view.tracks[0])["Progress"] == ("50 %", "1 of 2 items ticked")


def test_milestones_beside_a_metric_have_a_bar_of_their_own(laid_out: LayOut) -> None:
    """Each track is shown; the milestones' mark is what was planned by now, not the time gone."""
    site = laid_out(
        {
            "goals/a.md": (
                "---\ntitle: A\nstart: 2026-01-01\ndue: 2026-12-31\nmetric: 6/12\n"
                "milestones: {One: 2026-03-31, Two: 2026-12-31}\n---\n"
            )
        }
    )
    metric, milestones = site.view("goals/a/").tracks
    assert (metric.title, metric.bar.value, metric.bar.mark) == ("By its metric", "50", "49.7")
    assert (milestones.title, milestones.bar.value, milestones.bar.mark) == (
        "By its milestones",
        "0",
        "50",
    )
    assert milestones.bar.mark_label.replace("\u00a0", " ") == "planned by now: 50 %"


def test_nothing_is_expected_of_a_goal_at_rest(laid_out: LayOut) -> None:
    """A paused goal keeps its progress, without a mark for where it should be."""
    site = laid_out({"goals/talks.md": TALKS % "target: 12, current: 5"})
    assert site.view("goals/talks/").tracks[0].bar.mark == "49.7"
    paused = (TALKS % "target: 12, current: 5").replace("start:", "status: paused\nstart:")
    (track,) = laid_out({"goals/talks.md": paused}).view("goals/talks/").tracks
    assert (track.bar.value, track.bar.mark, track.bar.mark_label) == ("41.7", None, "")
    assert list(stats(track)) == ["Progress"]


def test_one_step_has_no_bar(laid_out: LayOut) -> None:
    """A goal that is done or not has no progress to show."""
    assert laid_out({"goals/a.md": "---\ntitle: A\ndue: 2027\n---\n"}).view("goals/a/").tracks == ()


@pytest.mark.parametrize("kind", ["habit", "direction", "learning"])
def test_kinds_of_goals_are_named(laid_out: LayOut, kind: str) -> None:
    """The page says what sort of goal it is."""
    site = laid_out({"goals/a.md": f"---\ntitle: A\nkind: {kind}\n---\n"})
    assert site.view("goals/a/").record.kicker == kind.capitalize()


def test_facts_after_as_of_do_not_count(laid_out: LayOut) -> None:
    """A milestone that will be done is not reached yet."""
    site = laid_out(MILESTONES, as_of=date(2026, 3, 1))
    table = site.view("goals/cka/").milestones
    assert table.rows[0][1].badge.word == "Open"
