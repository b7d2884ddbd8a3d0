"""Small plans that once went wrong, in plans/cases: what a person sees of each."""

import shutil
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from tests.pages.built import Part, site_of

from planfolio.analyse.analysis import analyse
from planfolio.analyse.roles import Interval
from planfolio.audience.narrow import narrow
from planfolio.model.references import Key
from planfolio.model.visibility import Visibility
from planfolio.pipeline import CheckResult, Today, build, check

CASES = Path(__file__).parent / "plans" / "cases"
TODAY = Today(datetime(2026, 1, 1, tzinfo=UTC))


def checked(name: str) -> CheckResult:
    """Check the plan of a case, on the day that its site.toml names."""
    return check(CASES / name, today=TODAY)


def test_levels_one_after_another() -> None:
    """A rise counts from the level that the steps before will have raised: 1 to 2, 2 to 3, not 5.

    The skill is at 1. The course raises it to 2 in 139 days, the exam after it to 3 in 60; the
    workshop after that is to raise it to 5 in 60 days.
    """
    found = [d for d in checked("levels-one-after-another").diagnostics if d.code == "A104"]
    assert [f"{d.path}:{d.span.line}" for d in found] == ["content/goals/teach.md:7"]
    assert "from level 3 to 5 in 60 days" in found[0].message


def test_review_on_its_day() -> None:
    """A review is judged by what was known on its day: 5/12 in 57 of 139 days was on track.

    `chapters` had 5/12 * 139/57 = 1.016, `plates` 2/10 * 139/57 = 0.488 and no decision.
    """
    (found,) = [d for d in checked("review-on-its-day").diagnostics if d.code == "P104"]
    assert (found.severity, found.path, found.span.line) == (
        "info",
        "content/reviews/2026-03.md",
        6,
    )
    assert "“Ink 10 plates” was off track" in found.message
    assert "chapters" not in found.message


def test_certificate_renewal() -> None:
    """A certificate whose renewal is open is fine; without one, or once it is done, it is not."""
    found = [d for d in checked("certificate-renewal").diagnostics if d.code == "P105"]
    assert [(d.path, d.span.line) for d in found] == [
        ("content/profile.md", 8),
        ("content/profile.md", 10),
    ]
    forklift, radio = found
    assert "in 63 days" in forklift.message
    assert "write a goal" in forklift.hint
    assert "`renewal:" in forklift.hint
    assert "write the new day in `expires`" in radio.hint


def test_narrower_values() -> None:
    """What the public sees otherwise is one note: `errors` at 2/15, and the role at 2/3.

    For `maps` the review repeats the value that everybody sees.
    """
    result = checked("narrower-values")
    (found,) = [d for d in result.diagnostics if d.code == "V104"]
    assert (found.severity, found.path) == ("info", "content/goals/errors.md")
    assert found.subjects == (Key("goal", "errors"), Key("role", "cartographer"))
    assert "2 numbers" in found.message
    assert "is off track instead of done" in found.message
    assert "is 67% ready instead of 100%" in found.message
    assert "content/roles/cartographer.md:2" in found.message
    assert "`{date: 2026-03-28, value: 25}`" in found.hint
    assert "`level: 3` and `assessed: 2026-03-28`" in found.hint
    assert "`visibility` of “March, with Anselm”" in found.hint
    seen = analyse(narrow(result.plan, Visibility.PUBLIC), result.as_of)
    assert seen.goals["errors"].status == "off-track"
    assert seen.roles["cartographer"].readiness == Interval(Fraction(2, 3), Fraction(2, 3))


def test_narrower_values_can_be_shown(tmp_path: Path) -> None:
    """The hint can be followed: with the values written where the public sees them it is silent."""
    shutil.copytree(CASES / "narrower-values", tmp_path, dirs_exist_ok=True)
    goal, skills = tmp_path / "content/goals/errors.md", tmp_path / "content/skills.md"
    more = "value: 38}, {date: 2026-03-28, value: 25}"
    goal.write_text(goal.read_text(encoding="utf-8").replace("value: 38}", more), encoding="utf-8")
    skills.write_text(
        "---\nitems: {gis: {level: 3, assessed: 2026-03-28}}\n---\n", encoding="utf-8"
    )
    found = check(tmp_path, today=TODAY).diagnostics
    assert [d for d in found if d.code == "V104"] == []


def stated(name: str, goal: str) -> tuple[str, str, str, Part]:
    """Return badge, bar's mark and reason of a goal in a case, and the part of its page."""
    page = site_of(CASES / name).main(f"goals/{goal}/")
    status = page.section("Status")
    mark = "".join(status.texts("p", cls="bar-mark"))
    return page.badges[0], mark, status.texts("p", cls="status-reason")[0], status


def numbers(name: str, goal: str) -> tuple[object, ...]:
    """Return measure, status, progress, expected, SPI(t), forecast and slip of plan.json."""
    found = site_of(CASES / name).goal(goal)
    keys = ("measure", "status", "progress", "expected", "spi", "forecast", "slip_days")
    return tuple(found[key] for key in keys)


def test_boxes_still_open() -> None:
    """A goal is done only when all its measures are: the metric is reached, 3 of 5 boxes ticked.

    SPI(t) = (3/5 + 1/5) * 180/90 = 1.6; 90 / 0.6 = 150 days after 1 January is 31 May.
    """
    assert numbers("boxes-still-open", "handover") == (
        *("checklist", "on-track", 3 / 5, 90 / 180, pytest.approx(1.6)),
        *("2026-05-31", -30),
    )
    badge, mark, reason, status = stated("boxes-still-open", "handover")
    assert (badge, mark) == ("On track", "expected by now: 50%")
    assert reason.startswith("3 of 5 items done with 50% of the time gone.")
    assert status.facts["Progress"] == "60% 3 of 5 items done"
    assert "Metric Reached 12 minutes (from 30 to 12)" in status


def test_direction() -> None:
    """A direction has no number of its own: one of two goals done, and nowhere their mean, 67 %.

    ES of `dome` = clamp(42, 87, 179) = 87; 240 / (87/42) = 116 days.
    """
    assert numbers("direction", "lead") == (None, "open", None, None, None, None, None)
    assert numbers("direction", "dome") == (
        *("milestones", "on-track", 1 / 3, 0, pytest.approx(87 / 42)),
        *("2026-05-29", -124),
    )
    assert stated("direction", "lead")[:3] == ("Open", "", "A direction: 1 of 2 goals done.")
    built = site_of(CASES / "direction")
    assert "1 of 2 goals done" in built.main("aim/")
    assert not [path for path, page in built.pages() if "67%" in page or "66.7" in page]
    assert "%" not in built.main("goals/lead/").section("Status")


def test_habit_and_time_off() -> None:
    """Weeks with half of their days off do not count: (8 * 2 + 1) / 18 in the other nine."""
    assert numbers("habit-and-time-off", "practise") == (
        *("cadence", "on-track", 17 / 18, 1, None, None, None),
    )
    badge, _, reason, status = stated("habit-and-time-off", "practise")
    assert (badge, reason) == ("On track", "Kept in 8 of 9 weeks, 17 of 18 sessions.")
    assert status.facts["Progress"] == "94% kept in 8 of 9 weeks, 17 of 18 sessions"
    assert status.facts["Streak"].startswith("2 weeks in a row")


def test_habit_share() -> None:
    """80 % is enough: 9 of 12 weeks are 75 %, and 0.75 / 0.8 = 0.9375 is on track."""
    assert numbers("habit-share", "swim") == (
        *("cadence", "on-track", 9 / 12, 0.8, None, None, None),
    )
    assert stated("habit-share", "swim")[:3] == (
        *("On track", "enough: 80%", "Kept in 9 of 12 weeks."),
    )


def test_habit_starts_midweek() -> None:
    """Start and due day cut a week each, which do not count: 19/20, done and never late."""
    assert numbers("habit-starts-midweek", "row") == (
        *("cadence", "done", 19 / 20, None, None, None, None),
    )
    badge, mark, reason, status = stated("habit-starts-midweek", "row")
    assert (badge, mark, reason) == ("Done", "", "Done on 27 Jun 2026.")
    assert status.facts["Progress"] == "95% kept in 9 of 10 weeks, 19 of 20 sessions"
    found = checked("habit-starts-midweek").diagnostics
    assert "T103" not in {d.code for d in found}


def test_parent_and_children() -> None:
    """The worst child gives status and forecast, by name: (3 * 1 + 2 * 1/4) / 5 = 70 %.

    SPI(t) of `workshops` = 1/4 * 364/120; 480 days after 1 January is 26 April 2027.
    """
    assert numbers("parent-and-children", "garden") == (
        *("children", "at-risk", 7 / 10, None, None, "2027-04-26", 116),
    )
    assert numbers("parent-and-children", "beds")[:2] == ("metric", "done")
    assert numbers("parent-and-children", "workshops")[1:5] == (
        *("at-risk", 1 / 4, 120 / 364, pytest.approx(1 / 4 * 364 / 120)),
    )
    badge, mark, reason, status = stated("parent-and-children", "garden")
    assert (badge, mark) == ("At risk", "")
    assert reason == (
        "Because of Hold 8 workshops. At this pace it finishes on 26 Apr 2027, 116 days late."
    )
    assert status.links["goals/workshops/"] == "Hold 8 workshops"
    built = site_of(CASES / "parent-and-children")
    assert not [path for path, page in built.pages() if "22 Jun 2026" in page]
    assert "2026-06-22" not in built.text("plan.json")


def test_paused_goal() -> None:
    """45 paused days count neither as gone nor as there: t = 118 of T = 256, SPI(t) = 0.911.

    118 / 0.42 = 280.95, so 281 active days and 45 paused ones after 2 February.
    """
    assert numbers("paused-goal", "thesis") == (
        *("metric", "on-track", 0.42, 118 / 256, pytest.approx(0.42 * 256 / 118)),
        *("2026-12-25", 25),
    )
    badge, mark, reason, _ = stated("paused-goal", "thesis")
    assert (badge, mark) == ("On track", "expected by now: 46%")
    assert reason == (
        "21 of 50 pages with 46% of the time gone. "
        "At this pace it finishes on 25 Dec 2026, 25 days late."
    )
    page = site_of(CASES / "paused-goal").main("goals/thesis/")
    assert page.section("Pauses").rows() == [["1 Apr 2026", "15 May 2026", "a new child"]]


def test_planned_by_now() -> None:
    """No milestone was planned before 31 July, so 0 is expected, not the 28.9 % of days gone."""
    assert numbers("planned-by-now", "system") == (
        *("milestones", "on-track", 0, 0, 1, None, None),
    )
    assert stated("planned-by-now", "system")[:3] == (
        *("On track", "expected by now: 0%", "0 of 3 milestones reached, 0 planned by now."),
    )
    built = site_of(CASES / "planned-by-now")
    assert not [path for path, page in built.pages() if "29%" in page or "28.9" in page]
    assert "0.289" not in built.text("plan.json")


def test_task_marks() -> None:
    """Two of five boxes are done, the cancelled sixth is left out and struck through.

    SPI(t) = (2/5 + 1/5) * 179/112 = 0.959; 112 / 0.4 = 280 days after 2 February.
    """
    assert numbers("task-marks", "tour") == (
        *("checklist", "on-track", 2 / 5, 112 / 179, pytest.approx(3 / 5 * 179 / 112)),
        *("2026-11-09", 101),
    )
    page = site_of(CASES / "task-marks").main("goals/tour/")
    assert page.texts("s") == ["Print the shirts"]
    assert not [mark for mark in ("[/]", "[>]", "[-]", "[ ]", "[x]", "[X]") if mark in page]
    assert "F111" not in {d.code for d in checked("task-marks").diagnostics}


WORDS_MEANT = {
    ("goals/coach.md", 3): ("active", "draft"),
    ("goals/coach.md", 4): ("2026-01-12", "2026-12-01"),
    ("goals/coach.md", 5): ("1200 USD",),
    ("goals/coach.md", 6): ("40h",),
    ("goals/coach.md", 7): ("8",),
    ("goals/crew.md", 3): ("active",),
    ("goals/crew.md", 5): ("must",),
    ("goals/letters.md", 4): ("2 weeks",),
    ("goals/stall.md", 3): ("done",),
    ("goals/stall.md", 4): ("due",),
    ("roles/skipper.md", 3): ("+3y",),
    ("roles/skipper.md", 4): ("5",),
    ("skills.md", 3): ("4",),
    ("skills.md", 4): ("Aware", "Beginner", "Practitioner", "Advanced", "Expert"),
    ("skills.md", 5): ("2",),
    ("skills.md", 6): ("3",),
}


@pytest.mark.parametrize("choice", [0, -1], ids=["the first meaning", "the last"])
def test_words_for_values(tmp_path: Path, choice: int) -> None:
    """Each value is one error at its line; what its hint says is accepted when it is written."""
    found = [d for d in checked("words-for-values").diagnostics if d.severity == "error"]
    places = [(d.path.removeprefix("content/"), d.span.line) for d in found]
    assert places == list(WORDS_MEANT)
    root = shutil.copytree(CASES / "words-for-values", tmp_path / "plan")
    for place, wrong in zip(places, found, strict=True):
        meant = WORDS_MEANT[place]
        assert not [value for value in meant if value not in wrong.hint]
        assert "3h" not in wrong.hint
        lines = (root / wrong.path).read_text(encoding="utf-8").split("\n")
        line = lines[wrong.span.line - 1]
        start, end = line[: wrong.span.column - 1], line[wrong.span.end_column - 1 :]
        lines[wrong.span.line - 1] = f"{start}{meant[choice]}{end}"
        (root / wrong.path).write_text("\n".join(lines), encoding="utf-8")
    assert check(root, today=TODAY).errors == ()


def test_conflicts() -> None:
    """A conflict stops the build, which then writes nothing; a second copy is not read."""
    result = checked("conflicts")
    marker, copy = [d for d in result.diagnostics if d.code == "F110"]
    assert (marker.severity, marker.path, marker.span.line) == (
        "error",
        "content/goals/hives.md",
        7,
    )
    second = "content/goals/honey (conflicted copy 2026-03-30).md"
    assert (copy.severity, copy.path) == ("warning", second)
    assert "compare it with content/goals/honey.md" in copy.hint
    assert f"delete {second}" in copy.hint
    assert set(result.plan.goals) == {"honey"}
    assert build(CASES / "conflicts", today=TODAY).files is None


def test_stray_files() -> None:
    """A template in no kind's folder is a note and not parsed; README and _later are silent."""
    result = checked("stray-files")
    found = [(d.code, d.severity, d.path) for d in result.diagnostics if d.code[0] == "F"]
    assert found == [("F108", "info", "content/templates/goal.md")]
    assert result.errors == ()
    assert set(result.plan.goals) == {"bowls"}


def test_hidden_comments() -> None:
    """What the author hid is in no byte of a site for anybody; other HTML is told and shown."""
    (note,) = [d for d in checked("hidden-comments").diagnostics if d.code[0] == "F"]
    assert (note.code, note.severity, note.span.line) == ("F111", "info", 14)
    for audience in Visibility:
        files = build(CASES / "hidden-comments", today=TODAY, audience=audience).files
        assert files
        for word in (b"MARMOT", b"OSPREY", b"BADGER", b"LYNX"):
            assert not [path for path, data in files.items() if word in data]
    page = site_of(CASES / "hidden-comments").main("goals/play/")
    assert "The script is ready, and read aloud." in page
    assert "<details><summary>Cast</summary>PELICAN</details>" in page
