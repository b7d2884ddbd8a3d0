"""Tests of `planfolio status`, `gaps` and `next`, which show the numbers of plan.json."""

import json
import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from tests.cli.conftest import MakePlan, OnTerminal, Run


@pytest.fixture
def copy(example: Path, tmp_path: Path) -> Path:
    """A copy of the example plan."""
    shutil.copytree(example / "content", tmp_path / "copy/content")
    shutil.copy(example / "site.toml", tmp_path / "copy")
    return tmp_path / "copy"


@pytest.mark.parametrize(
    ("command", "keys"),
    [
        ("status", {"as_of", "goals", "milestones", "roles", "capacity", "budget"}),
        ("gaps", {"as_of", "roles", "skills"}),
        ("next", {"as_of", "next_actions"}),
    ],
)
def test_json_is_the_same_part_of_plan_json(
    run: Run, copy: Path, command: str, keys: set[str]
) -> None:
    """What the terminal gives as JSON is, value by value, what a build for the owner exports."""
    run("build", "--site", copy, "--audience", "private")
    built = json.loads((copy / "public/plan.json").read_text("utf-8"))
    printed = json.loads(run(command, "--site", copy, "--format", "json").stdout)
    assert set(printed) == keys
    assert printed == {key: built[key] for key in keys}
    assert all(len(printed[key]) > 1 for key in keys)


def shows(text: str, share: float | None) -> bool:
    """Tell whether a text begins its percents with a ratio, rounded, or has none for None."""
    percents = re.findall(r"([\d.]+)%", text)
    if share is None or not percents:
        return share is None
    return abs(float(percents[0]) - share * 100) <= 0.5


def test_the_table_of_goals_has_the_numbers_of_plan_json(run: Run, copy: Path) -> None:
    """Each goal is a line, with its status and progress, the worst first; a reason is indented."""
    export = json.loads(run("status", "--site", copy, "--format", "json").stdout)
    printed = run("status", "--site", copy).stdout.partition("\n\n")[0].splitlines()
    lines = [line for line in printed if not line.startswith("   ")]
    assert lines[0].split() == ["status", "goal", "progress", "expected", "due", "forecast"]
    assert len(lines) == 1 + len(export["goals"])
    column = lines[0].index("progress")
    for goal in export["goals"]:
        line = next(line for line in lines if goal["title"] in line)
        assert line.startswith(goal["status"].replace("-", " "))
        assert shows(line[column : column + len("progress")], goal["progress"])
    assert lines[1].startswith("late")
    assert lines[-1].startswith("dropped")


def test_a_goal_that_needs_attention_or_is_unknown_says_why(run: Run, plan: MakePlan) -> None:
    """The sentence of its page stands below its line, without the forecast, which has a column."""
    year = "start: 2026-01-01\ndue: 2026-12-31\n"
    goals = {
        "metric": (f"{year}metric: 5/12 talks", "5 of 12 talks with 50% of the time gone."),
        "falling": (
            f"{year}metric: {{baseline: 82, target: 74, current: 80, unit: kg}}",
            "80 kg (from 82 to 74) with 50% of the time gone.",
        ),
        "steps": (
            f"{year}milestones: {{A: {{due: 2026-02, done: 2026-02-01}}, B: 2026-03, C: 2026-11}}",
            "1 of 3 milestones reached, 2 planned by now.",
        ),
        "part": ("parent: whole\ndue: 2026-06-01", "Due 30 days ago and still open."),
        "whole": ("kind: outcome", "Because of “part”, due 30 days ago."),
        "stale": (
            f"{year}metric: {{target: 9, current: 1, as_of: 2026-02-01}}",
            "Last measured 150 days ago.",
        ),
        "unmeasured": (f"{year}metric: {{target: 9}}", "No measurement yet."),
        "habit": ("start: 2026-06-01\ncadence: week\nlog: [2026-06-09]", "Kept in 1 of 4 weeks."),
        "fine": (f"{year}metric: 9/12 talks", ""),
        "rest": ("paused: [{from: 2026-06-01, to: 2026-08}]", ""),
        "later": ("start: 2026-09-01", ""),
    }
    files = {"site.toml": 'title = "A"\n[plan]\nas_of = "2026-07-01"\n'}
    for id_, (text, _) in goals.items():
        files[f"content/goals/{id_}.md"] = f"---\ntitle: {id_}\n{text}\n---\n"
    lines = [*run("status", "--site", plan(files)).stdout.splitlines(), ""]
    below = {
        line[11:].split(" ")[0]: next_line[11:] if next_line.startswith(" ") else ""
        for line, next_line in pairwise(lines)
        if line and not line.startswith(" ")
    }
    assert {id_: below[id_] for id_ in goals} == {id_: why for id_, (_, why) in goals.items()}


def test_the_table_of_gaps_has_the_numbers_of_plan_json(run: Run, copy: Path) -> None:
    """Each role that is not dropped has its readiness and its gaps in the export's order."""
    export = json.loads(run("gaps", "--site", copy, "--format", "json").stdout)
    text = run("gaps", "--site", copy).stdout
    titles = {skill["id"]: skill["title"] for skill in export["skills"]}
    blocks = text.split("\n\n")
    shown = 0
    for role in export["roles"]:
        block = next((b for b in blocks if b.startswith(role["title"])), None)
        if block is None:
            continue
        shown += 1
        assert shows(block.splitlines()[0], role["readiness"]["low"])
        assert f"{role['met']} of {role['required']} skills met" in block
        rows = block.splitlines()[2:]
        for gap, row in zip(role["gaps"], rows, strict=False):
            assert row.startswith(titles[gap["skill"]])
            if gap["gain"] is not None and gap["effort"]:
                points = gap["gain"] * 100 / gap["effort"] * 10
                seen = re.findall(r" (\d+(?:\.\d)?) ", row)[-1]
                assert float(seen) == pytest.approx(points, abs=0.0501)
    assert shown >= 2


WAITING = {"content/goals/a.md": "---\ntitle: A\nstart: 2026-11-01\n---\n"}


@pytest.mark.parametrize(
    ("command", "files", "text"),
    [
        ("status", {}, "No goals yet: write one with `planfolio new goal TITLE`.\n"),
        ("gaps", {}, "No roles yet: write one with `planfolio new role TITLE`.\n"),
        ("next", {}, "No goals yet: write one with `planfolio new goal TITLE`.\n"),
        ("next", WAITING, "Nothing can start today.\n"),
    ],
)
def test_an_empty_plan_says_what_to_write(
    run: Run, plan: MakePlan, command: str, files: dict[str, str], text: str
) -> None:
    """Nothing to show is an invitation, and nothing to begin no failure either."""
    result = run(command, "--site", plan(files), "--as-of", "2026-10-01")
    assert (result.exit_code, result.stdout) == (0, text)


@pytest.mark.parametrize("command", ["status", "gaps", "next"])
@pytest.mark.parametrize(
    ("lines", "code"), [(("due: soon", ""), "F102"), (("after: b", "after: a"), "L103")]
)
def test_with_errors_there_are_no_numbers(
    run: Run, plan: MakePlan, command: str, lines: tuple[str, str], code: str
) -> None:
    """A plan that cannot be read, or that waits for itself, prints its errors to stderr."""
    goals = {
        f"content/goals/{id_}.md": f"---\ntitle: {id_}\n{line}\n---\n"
        for id_, line in zip("ab", lines, strict=True)
    }
    for form in ("table", "json"):
        result = run(command, "--site", plan(goals), "--format", form)
        assert (result.exit_code, result.stdout) == (1, "")
        assert f"error[{code}]" in result.stderr


def test_days_are_short_and_as_precise_as_they_were_given(run: Run, plan: MakePlan) -> None:
    """A table leaves the room to the titles: no month is spelt out; `~` marks a horizon's day."""
    short = {
        "due: 2026-09-30": "2026-09-30",
        "due: 2026-09": "2026-09",
        "due: Q3 2026": "2026-Q3",
        "due: 2026-H2": "2026-H2",
        "due: 2026-W37": "W37",
        "due: 2027-W01": "2027-W01",
        "due: 2027": "2027",
        "start: 2026-01-10\nhorizon: 1y": "~2027-01",
    }
    goals = {
        f"content/goals/g{n}.md": f"---\ntitle: G{n}\n{due}\n---\n" for n, due in enumerate(short)
    }
    args = ("--site", plan(goals), "--as-of", "2026-10-01")
    printed = run("status", *args).stdout.splitlines()[1:]
    lines = [line for line in printed if not line.startswith(" ")]
    shown = {line.split()[-2 if "%" in line.split()[-1] else -1] for line in lines}
    assert shown == set(short.values())


@pytest.mark.parametrize("command", ["status", "gaps", "next"])
@pytest.mark.parametrize("columns", [60, 80])
def test_a_narrow_terminal_gets_lines_that_fit(
    run: Run, on_terminal: OnTerminal, copy: Path, command: str, columns: int
) -> None:
    """On a terminal titles are cut to its width; a pipe gets them whole."""
    seen = on_terminal(command, "--site", copy, "--color", "never", COLUMNS=str(columns))
    lines = seen.terminal.replace("\r", "").splitlines()
    table = [line for line in lines if " ready, " not in line and ": " not in line]
    assert len(table) > 6
    assert max(map(len, table)) <= columns
    assert "…" in seen.terminal or command == "gaps"
    assert "…" not in run(command, "--site", copy).stdout


STEPS = {
    "content/goals/talks.md": (
        "---\ntitle: Talks\ndue: 2026-12-31\nmilestones:\n"
        "  First: {due: 2026-09-30}\n  Second: {due: 2026-11-30, after: First}\n"
        "  Third: {start: 2026-11-01}\n  Fourth: {dropped: 2026-09-01}\n"
        "  Fifth: {after: Fourth, due: 2026-12-01}\n---\n"
    ),
    "content/goals/exam.md": "---\ntitle: Pass the exam\ndue: 2026-W45\n---\n",
    "content/goals/later.md": "---\ntitle: Apply\nafter: exam\n---\n",
    "content/goals/rest.md": "---\ntitle: Rest\nstatus: paused\n---\n",
}


def test_next_shows_what_can_start_today_by_due_day(run: Run, plan: MakePlan) -> None:
    """What waits for an open step, begins later, rests or is dropped is not there. A milestone has
    its goal, and what waited for something dropped can start."""
    args = ("--site", plan(STEPS), "--as-of", "2026-10-01")
    printed = json.loads(run("next", *args, "--format", "json").stdout)["next_actions"]
    assert [list(action.values()) for action in printed] == [
        [printed[0]["step"], "talks", "2026-09-30", "late"],
        ["goals/exam", "exam", "2026-11-08", "open"],
        [printed[2]["step"], "talks", "2026-12-01", "open"],
    ]
    assert printed[0]["step"].startswith("milestones/")
    assert run("next", *args).stdout.splitlines() == [
        *("status  step           goal   due", "This week, until 8 Oct 2026"),
        *("late    First          Talks  2026-09-30", "Later"),
        *("open    Pass the exam         W45", "open    Fifth          Talks  2026-12-01"),
    ]


SCHEDULED = {
    "site.toml": "[plan]\nhours_per_week = 7\nrole = 'r'\n",
    "content/roles/r.md": "---\ntitle: Tester\nrequires: {go: 2}\n---\n",
    "content/skills.md": "---\nitems: {go: 1}\n---\n",
    "content/goals/exam.md": (
        "---\ntitle: Pass the exam\ndue: 2026-10-20\neffort: 10h\n---\n"
        "- [x] Book it\n- [ ] Learn\n- [-] Buy the book\n- [ ] Sit it\n"
    ),
    "content/goals/talk.md": (
        "---\ntitle: Give a talk\ndue: 2027-03-31\neffort: 25h\nafter: exam\n---\n"
    ),
    "content/goals/blog.md": (
        "---\ntitle: Write a post\ndue: 2026-10-12\neffort: 2h\nraises: {go: 2}\n---\n"
    ),
    "content/goals/course.md": (
        "---\ntitle: Course\ndue: 2027-06-30\neffort: 4h\n"
        "milestones: {Last: 2027-06-01, First: 2027-02-01}\n---\n"
    ),
    "content/goals/team.md": (
        "---\ntitle: Team\ndue: 2027-09-30\neffort: 4h\nmilestones: {Ask: 2026-09-01}\n---\n"
    ),
    "content/goals/sport.md": "---\ntitle: Run\ncadence: week\n---\n",
    "content/goals/far.md": "---\ntitle: Publish\ndue: 2028\neffort: 30h\n---\n",
    "content/reviews/2026-08-30.md": "---\ntitle: Review\ndate: 2026-08-30\nnext: [Old]\n---\n",
    "content/reviews/2026-09-30.md": (
        "---\ntitle: Review\ndate: 2026-09-30\n"
        "next: ['[x] Ring Ann', '[ ] Ask Ben', Read on, '[-] Rest']\n---\n"
    ),
    "content/reviews/2026-11-30.md": "---\ntitle: Review\ndate: 2026-11-30\nnext: [To come]\n---\n",
}


def test_next_follows_the_schedule(run: Run, plan: MakePlan) -> None:
    """At 1 h a day: 2 h until 3 October, then 20/3 h of the exam from the 4th, then, from the 10th
    on, the talk that waits for it, from 4 November on the course with its first milestone, from the
    12th on what is due in 2028. The other milestone of the course stands by its due day, as does
    that of the team, whose 4 h begin on the 8th.

    A habit is for every week. The first step with a list shows what is open on it, and last comes
    what the newest review of a day that has come left open.
    """
    args = ("--site", plan(SCHEDULED), "--as-of", "2026-10-01")
    assert run("next", *args).stdout.splitlines() == [
        *("status   step           goal    due", "This week, until 8 Oct 2026"),
        "late     Ask            Team    2026-09-01",
        "open     Write a post           2026-10-12",
        *("unknown  Pass the exam          2026-10-20", "  [ ] Learn", "  [ ] Sit it"),
        *("unknown  Run", "This month, until 31 Oct 2026"),
        *("planned  Give a talk            2027-03-31", "Later"),
        *("open     First          Course  2027-02-01", "open     Publish                2028"),
        *("open     Last           Course  2027-06-01", "From the last review", "  Ask Ben"),
        "  Read on",
    ]
    printed = json.loads(run("next", *args, "--format", "json").stdout)["next_actions"]
    assert [action["step"] for action in printed] == [
        *("milestones/team-ask", "goals/blog", "goals/exam", "goals/sport", "goals/talk"),
        *("milestones/course-first", "goals/far", "milestones/course-last"),
    ]


@pytest.mark.parametrize(
    ("hours", "effort", "lines"),
    [
        (
            "6",
            "30h",
            [
                "6 h a week are not enough: by 26 Aug 2026 the plan needs 50 h and has 48. 6.3 h a week would fit.",  # noqa: E501
                "Tester: ready on 29 Aug 2026 at 6 h a week.",
            ],
        ),
        (
            "7",
            "30h",
            [
                "7 h a week are enough; 6.3 h a week would do.",
                "Tester: ready on 20 Aug 2026 at 7 h a week.",
            ],
        ),
        (
            "6.3",
            "30h",
            ["6.3 h a week are enough.", "Tester: ready on 26 Aug 2026 at 6.3 h a week."],
        ),
        (
            "6",
            "",
            [
                "Whether 6 h a week are enough is not known: 1 step has no effort.",
                "Tester: the plan gives no day on which you are ready.",
            ],
        ),
    ],
)
def test_status_ends_with_whether_the_hours_are_enough(
    run: Run, plan: MakePlan, hours: str, effort: str, lines: list[str]
) -> None:
    """20 h by 29 July and 50 h by 26 August, in 56 days: 48 h at 6 a week, and 50 take 58 1/3 days;
    at 7 a week they take 50. 50 h in 8 weeks are 6.25 h a week."""
    goal = "---\ntitle: {}\ndue: {}\neffort: {}\n{}---\n"
    files = {
        "site.toml": f"[plan]\nhours_per_week = {hours}\n",
        "content/roles/r.md": "---\ntitle: Tester\nrequires: {go: 2}\n---\n",
        "content/skills.md": "---\nitems: {go: 1}\n---\n",
        "content/goals/a.md": goal.format("A", "2026-07-29", "20h", ""),
        "content/goals/b.md": goal.format("B", "2026-08-26", effort, "raises: {go: 2}\n"),
        "content/goals/c.md": goal.format("C", "2026-10-21", "16h", ""),
    }
    text = run("status", "--site", plan(files), "--as-of", "2026-07-01").stdout
    assert text.partition("\n\n")[2].splitlines() == lines
    huge = {**files, "content/goals/a.md": goal.format("A", "2026-07-02", "50h", "")}
    verdict = run("status", "--site", plan(huge), "--as-of", "2026-07-01").stdout.splitlines()[-2]
    assert verdict.endswith(" 350 h a week would fit, more than a week has.")
    past = {**files, "content/goals/a.md": goal.format("A", "2026-06-29", "20h", "")}
    verdict = run("status", "--site", plan(past), "--as-of", "2026-07-01").stdout.splitlines()[-2]
    assert verdict.endswith(" “A” is late whatever the hours.")


def test_a_gap_that_only_a_late_goal_closes_is_late(run: Run, plan: MakePlan) -> None:
    """One that an open goal closes too is planned, and one that none closes is not."""
    goal = "---\ntitle: Goal {0}\nraises: {{{0}: 3}}\ndue: {1}\n---\n"
    files = {
        "content/roles/r.md": "---\ntitle: R\nrequires: {a: 3, b: 3, c: 3}\n---\n",
        "content/skills.md": "---\nitems: {a: 1, b: 1, c: 1}\n---\n",
        "content/goals/late-a.md": goal.format("a", "2026-01-01"),
        "content/goals/late-b.md": goal.format("b", "2026-01-01"),
        "content/goals/open-b.md": goal.format("b", "2026-12-31"),
    }
    rows = run("gaps", "--site", plan(files), "--as-of", "2026-10-01").stdout.splitlines()[2:]
    assert {row[0]: " ".join(row.split()[4:]) for row in rows} == {
        "a": "late",
        "b": "yes",
        "c": "no",
    }


def test_titles_do_not_steer_the_terminal(run: Run, plan: MakePlan) -> None:
    """Right-to-left overrides in titles of goals, roles and needs, and in reasons, are escaped."""
    evil = '"\\u202eevil\\u2066"'
    root = plan(
        {
            "content/goals/a.md": f"---\ntitle: {evil}\ndue: 2020-01\nparent: b\n---\n",
            "content/goals/b.md": "---\ntitle: Because of\n---\n",
            "content/roles/r.md": f"---\ntitle: {evil}\nrequires: {{x: 3}}\nneeds: [{evil}]\n---\n",
            "content/skills/x.md": f"---\ntitle: {evil}\n---\n",
        }
    )
    for command in ("status", "gaps", "next"):
        text = run(command, "--site", root).stdout
        assert "evil" in text
        assert text.replace("\n", "").isprintable()
