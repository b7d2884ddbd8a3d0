"""What goals and milestones take from what is above them, and how that is shown."""

from pathlib import Path

import pytest
from tests.reading import Read, plan_in, record

from planfolio.model.references import Key
from planfolio.model.visibility import Visibility


def days(read: Read, name: str) -> tuple[str | None, str | None]:
    """Return the first day of a record's start and the last of its due."""
    one = read.record(name)
    start = one.start.first.isoformat() if one.start else None
    return start, one.due.last.isoformat() if one.due else None


def test_a_child_takes_role_and_due_from_its_parent(tmp_path: Path) -> None:
    """Through any number of levels, it is known from whom, and its own come first."""
    files = {
        "roles/sre.md": record("title: S"),
        "goals/top.md": record("title: T", "role: sre", "due: 2026-Q3"),
        "goals/mid.md": record("title: M", "parent: top"),
        "goals/low.md": record("title: L", "parent: mid"),
        "goals/own.md": record("title: O", "role: dev", "due: 2027", "parent: top"),
        "roles/dev.md": record("title: D"),
    }
    read = plan_in(tmp_path, files)
    low = read.record("goal/low")
    assert (low.fields.role, days(read, "goal/low")) == ("sre", (None, "2026-09-30"))
    assert low.inherited == {"role": Key("goal", "mid"), "due": Key("goal", "mid")}
    assert read.record("goal/top").inherited == read.record("goal/own").inherited == {}


def test_the_plan_gives_role_and_start(tmp_path: Path) -> None:
    """To goals without a parent; site.toml is no record, so the source is None."""
    files = {
        "site.toml": '[plan]\nrole = "sre"\nstart = 2026-01-01\n',
        "roles/sre.md": record("title: S"),
        "goals/g.md": record("title: G"),
    }
    read = plan_in(tmp_path, files)
    goal = read.record("goal/g")
    assert (goal.fields.role, days(read, "goal/g")) == ("sre", ("2026-01-01", None))
    assert goal.inherited == {"role": None, "start": None}


def test_a_start_is_the_latest_due_of_what_it_waits_for(tmp_path: Path) -> None:
    """Before the parent's start and the plan's."""
    files = {
        "site.toml": "[plan]\nstart = 2026-01-01\n",
        "goals/a.md": record("title: A", "due: 2026-03"),
        "goals/b.md": record("title: B", "due: 2026-02-10"),
        "goals/top.md": record("title: T", "start: 2026-01-15"),
        "goals/g.md": record("title: G", "after: [a, b]", "parent: top"),
        "goals/h.md": record("title: H", "parent: top"),
    }
    read = plan_in(tmp_path, files)
    assert days(read, "goal/g")[0] == "2026-03-31"
    assert read.record("goal/g").inherited["start"] == Key("goal", "a")
    assert days(read, "goal/h")[0] == "2026-01-15"
    assert read.record("goal/h").inherited["start"] == Key("goal", "top")


def test_a_milestone_starts_with_its_goal(tmp_path: Path) -> None:
    """Or after the sibling that it waits for; it takes no due day."""
    text = record(
        "title: G",
        "start: 2026-02-01",
        "due: 2026-12-31",
        "milestones: {A: 2026-05-31, B: {after: a}, C: }",
    )
    read = plan_in(tmp_path, {"goals/g.md": text})
    assert days(read, "milestone/g-a") == ("2026-02-01", "2026-05-31")
    assert days(read, "milestone/g-b") == ("2026-05-31", None)
    assert days(read, "milestone/g-c") == ("2026-02-01", None)
    assert read.record("milestone/g-c").inherited["start"] == Key("goal", "g")


@pytest.mark.parametrize(
    ("lines", "start", "due"),
    [
        (["start: 2026-08-31", "due: +6m"], "2026-08-31", "2027-02-28"),
        (["due: +1y"], "2026-01-01", "2027-01-01"),
        (["start: +2w", "due: +10d"], "2026-01-15", "2026-01-25"),
        (["when: 2026-Q2..Q3"], "2026-04-01", "2026-09-30"),
        (["parent: top", "start: +1m", "due: +1m"], "2026-04-01", "2026-05-01"),
        (["parent: top", "due: +1m"], "2026-03-01", "2026-04-01"),
    ],
)
def test_relative_dates_count_from_the_start(
    tmp_path: Path, lines: list[str], start: str, due: str
) -> None:
    """A due day from the record's start; a start from its parent's, else the plan's."""
    files = {
        "site.toml": "[plan]\nstart = 2026-01-01\n",
        "goals/top.md": record("title: T", "start: 2026-03-01"),
        "goals/g.md": record("title: G", *lines),
    }
    read = plan_in(tmp_path, files)
    assert read.diagnostics == ()
    assert days(read, "goal/g") == (start, due)


def test_a_relative_date_of_a_milestone_counts_from_its_goal(tmp_path: Path) -> None:
    """The goal's start is the milestone's, unless it has its own."""
    text = record(
        "title: G", "start: 2026-02-01", "milestones: {A: +1m, B: {start: +1m, due: +1m}}"
    )
    read = plan_in(tmp_path, {"goals/g.md": text})
    assert days(read, "milestone/g-a") == ("2026-02-01", "2026-03-01")
    assert days(read, "milestone/g-b") == ("2026-03-01", "2026-04-01")


def test_a_role_may_be_due_relative_to_the_plan(tmp_path: Path) -> None:
    """It has no start of its own."""
    files = {
        "site.toml": "[plan]\nstart = 2026-01-01\n",
        "roles/r.md": record("title: R", "due: +2y"),
    }
    assert days(plan_in(tmp_path, files), "role/r") == (None, "2028-01-01")


@pytest.mark.parametrize("line", ["due: +6m", "start: +6m"])
def test_a_relative_date_without_a_start_is_an_error(tmp_path: Path, line: str) -> None:
    """It would vanish in silence."""
    read = plan_in(tmp_path, {"goals/g.md": record("title: G", line)})
    column = line.index("+") + 1
    assert read.said == [f"goals/g.md:3:{column} F102"]


def test_a_horizon_stands_for_a_due_day_and_is_about(tmp_path: Path) -> None:
    """Start and horizon; it comes before the parent's due, and a written due before it."""
    files = {
        "goals/top.md": record("title: T", "due: 2026-06-30"),
        "goals/g.md": record("title: G", "start: 2026-01-31", "horizon: 1m", "parent: top"),
        "goals/h.md": record("title: H", "start: 2026-01-31", "horizon: 2y", "due: 2026-05-01"),
        "goals/i.md": record("title: I", "horizon: 2y"),
    }
    read = plan_in(tmp_path, files)
    assert days(read, "goal/g")[1] == "2026-02-28"
    due = read.record("goal/g").due
    assert due is not None
    assert (due.approximate, due.text) == (True, "1m")
    assert days(read, "goal/h")[1] == "2026-05-01"
    assert days(read, "goal/i") == (None, None)


def visibilities(read: Read) -> dict[str, str]:
    """Return the visibility of each record."""
    return {str(key): record.visibility.word for key, record in read.plan.records.items()}


def test_a_child_is_seen_by_those_who_see_its_parent(tmp_path: Path) -> None:
    """Unless it says otherwise itself; a milestone is never seen more widely than its goal."""
    files = {
        "goals/top.md": record("title: T", "visibility: mentor"),
        "goals/low.md": record("title: L", "parent: top"),
        "goals/own.md": record(
            "title: O",
            "parent: top",
            "visibility: public",
            "milestones: {A: {visibility: private}}",
        ),
        "goals/hid.md": record(
            "title: H", "visibility: private", "milestones: {B: {visibility: public}, C: }"
        ),
        "milestones/m.md": record("title: M", "goal: top", "visibility: public"),
    }
    read = plan_in(tmp_path, files)
    assert visibilities(read) == {
        "goal/hid": "private",
        "goal/low": "mentor",
        "goal/own": "public",
        "goal/top": "mentor",
        "milestone/hid-b": "private",
        "milestone/hid-c": "private",
        "milestone/m": "mentor",
        "milestone/own-a": "private",
    }
    assert read.record("goal/low").inherited["visibility"] == Key("goal", "top")
    assert read.record("milestone/m").inherited["visibility"] == Key("goal", "top")


def test_a_draft_is_the_owners_alone(tmp_path: Path) -> None:
    """Whatever it says, with its milestones and its children."""
    files = {
        "goals/d.md": record(
            "title: D", "status: draft", "visibility: public", "milestones: {A: 2026}"
        ),
        "goals/e.md": record("title: E", "parent: d"),
    }
    read = plan_in(tmp_path, files)
    assert set(visibilities(read).values()) == {"private"}


def test_kinds_have_defaults_that_site_toml_changes(tmp_path: Path) -> None:
    """A review is the mentor's unless said otherwise; `default` makes no kind wider than it is."""
    files = {"reviews/r.md": record("title: R"), "goals/g.md": record("title: G")}
    assert visibilities(plan_in(tmp_path, files)) == {"goal/g": "public", "review/r": "mentor"}
    site = '[visibility]\ndefault = "private"\n'
    read = plan_in(tmp_path, {"site.toml": site})
    assert visibilities(read) == {"goal/g": "private", "review/r": "private"}
    read = plan_in(tmp_path, {"site.toml": site.replace("private", "mentor")})
    assert visibilities(read) == {"goal/g": "mentor", "review/r": "mentor"}
    read = plan_in(tmp_path, {"site.toml": f'{site}review = "mentor"\n'})
    assert visibilities(read) == {"goal/g": "private", "review/r": "mentor"}
    site = '[visibility]\nreview = "public"\ngoal = "mentor"\n'
    read = plan_in(tmp_path, {"site.toml": site})
    assert visibilities(read) == {"goal/g": "mentor", "review/r": "public"}


def test_a_skill_without_a_file_is_seen_by_those_who_see_its_roles(tmp_path: Path) -> None:
    """The widest of the roles that ask for it."""
    files = {
        "roles/a.md": record("title: A", "visibility: private", "requires: {alpha: 3, beta: 3}"),
        "roles/b.md": record("title: B", "visibility: mentor", "requires: {beta: 3}"),
    }
    read = plan_in(tmp_path, files)
    assert read.record("skill/alpha").visibility is Visibility.PRIVATE
    assert read.record("skill/beta").visibility is Visibility.MENTOR


@pytest.mark.parametrize("field", ["after", "parent"])
def test_cycles_end_where_they_close(tmp_path: Path, field: str) -> None:
    """A rule reports them; resolving must come to an end."""
    files = {
        "goals/a.md": record("title: A", f"{field}: b"),
        "goals/b.md": record("title: B", f"{field}: c", "due: 2026-03-01"),
        "goals/c.md": record("title: C", f"{field}: a"),
        "goals/self.md": record("title: S", f"{field}: self"),
    }
    read = plan_in(tmp_path, files)
    assert read.diagnostics == ()
    assert len(read.plan.goals) == 4


def test_five_thousand_steps_after_each_other_are_no_recursion(tmp_path: Path) -> None:
    """The start of each is the due of the one before."""
    items = [f"  g{n}: {{title: G{n}, after: g{n + 1}}}" for n in range(5_000)]
    text = record("items:", *items, "  g5000: {title: First, due: 2026-03-01}")
    read = plan_in(tmp_path, {"goals.md": text})
    assert read.diagnostics == ()
    assert days(read, "goal/g4999") == ("2026-03-01", None)
    assert days(read, "goal/g0") == (None, None)
