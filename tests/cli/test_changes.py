"""Tests of the commands that change a record: `log`, `tick`, `done`, `move`, `pause`, `drop`."""

import shlex

import pytest
from tests.cli.conftest import MakePlan, Run
from tests.reading import files_below

SITE = {"site.toml": 'title = "Plan"\n[plan]\nas_of = 2026-09-30\nstart = 2026-01-01\n'}
TALKS = "content/goals/talks.md"
LIST = "- [ ] outline\n  - [ ] first\n  - [x] *second* part\n- [/] practise\n- [-] film\n"
CODE = "```\n- [ ] code\n```\n\n> - [ ] quoted\n"


def goal(front: str, body: str = "") -> str:
    """Return the file of a goal; its front matter may lack the last line end."""
    front = f"{front}\n" if front and not front.endswith("\n") else front
    return f"---\ntitle: Talks\n{front}---\n{body}"


@pytest.mark.parametrize(
    ("typed", "front", "line"),
    [
        ("log talks 6", "metric: 5/12 talks", "3: metric: 6/12 talks"),
        ("log talks", "cadence: 3/week\nlog: [2026-09-28]", "4: log: [2026-09-28, 2026-09-30]"),
        ("log ta --date 2026-09-01", "cadence: week", "4: log: [2026-09-01]"),
        ("log talks -6.5", "metric: -7/-2 degrees", "3: metric: -6.5/-2 degrees"),
        ("log talks", "metric: 5/12\ncadence: week", "5: log: [2026-09-30]"),
        ("log talks 6", "metric: 5/12\ncadence: week", "3: metric: 6/12"),
        ("done talks", "status: active # now", "3: status: done # now"),
        ("done talks --date 2026-09-01", "", "3: done: 2026-09-01"),
        ("done talks --date 2026-09-02", "done: 2026-09", "3: done: 2026-09-02"),
        ("move talks 2027-Q1 --why 'a: b'", "due: 2026-12", "3: due: 2027-Q1"),
        (
            "move talks 2027-Q1 --why 'a: b'",
            "due: 2026-12",
            '5: - {date: 2026-09-30, from: 2026-12-31, to: 2027-Q1, reason: "a: b"}',
        ),
        ("move talks 2027 --why x", "when: 2026-Q2..Q4", "3: when: 2026-Q2..2027"),
        ("move talks +15m --why so", "due: +9m", "3: due: +15m"),
        (
            "pause talks --until 2026-10 --why ill",
            "",
            "4: - {from: 2026-09-30, to: 2026-10, reason: ill}",
        ),
        ("resume talks", "status: paused", "3: status: active"),
        ("drop talks --why 'no time'", "", "3: dropped: {date: 2026-09-30, reason: no time}"),
    ],
)
def test_an_act_prints_its_lines_and_the_status(
    run: Run, plan: MakePlan, typed: str, front: str, line: str
) -> None:
    """The place can be opened; the goal's row of `status` and why it is so stand below it."""
    root = plan({**SITE, TALKS: goal(front)})
    result = run(*shlex.split(typed), "--site", root)
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"plan/{TALKS}:{line}\n" in result.stdout
    text = line.partition(": ")[2]
    assert text in (root / TALKS).read_text()
    head, row, *_ = run("status", "--site", root).stdout.splitlines()
    assert f"\n{head}\n{row}\n   " in result.stdout
    assert run("check", "--site", root).exit_code == 0


@pytest.mark.parametrize(
    ("item", "line"),
    [
        ("first", "  - [x] first"),
        ("First", "  - [x] first"),
        ("1", "  - [x] first"),
        ("practise", "- [x] practise"),
        ("quoted", "> - [x] quoted"),
        ("4", "> - [x] quoted"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_tick_changes_one_character(
    run: Run, plan: MakePlan, item: str, line: str, line_end: str
) -> None:
    """By the text of a leaf or its number, in nested lists and in quotes."""
    root = plan({**SITE, TALKS: goal("due: 2026-12\n", LIST + "\n" + CODE)})
    file = root / TALKS
    before = file.read_bytes().replace(b"\n", line_end.encode())
    file.write_bytes(before)
    result = run("tick", "talks", item, "--site", root)
    assert (result.exit_code, result.stderr) == (0, "")
    after = file.read_bytes()
    changed = [at for at in range(len(before)) if before[at] != after[at]]
    assert len(after) == len(before)
    assert len(changed) == 1
    assert line in after.decode().split(line_end)
    assert f": {line.strip()}\n" in result.stdout


def test_an_item_with_a_wikilink_is_called_as_it_is_typed(run: Run, plan: MakePlan) -> None:
    """By the words and the name in brackets; what there is, is listed alike."""
    root = plan({**SITE, TALKS: goal("due: 2026-12\n", "- [ ] Read [[talks]] aloud\n- [ ] Rest\n")})
    wrong = run("tick", "talks", "Read aloud", "--site", root)
    assert (wrong.exit_code, "1 `Read talks aloud`, 2 `Rest`" in wrong.stderr) == (2, True)
    result = run("tick", "talks", "read talks aloud", "--site", root)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "- [x] Read [[talks]] aloud\n- [ ] Rest\n" in (root / TALKS).read_text()


@pytest.mark.parametrize(
    ("typed", "front", "written"),
    [
        (["done"], "status: doing\n", "done: 2026-09-30\nstatus: done\n"),
        (["done"], "", "done: 2026-09-30\n"),
        (["done"], "status: done\n", "done: 2026-09-30\nstatus: done\n"),
        (["drop", "--why", "dull"], "", "dropped: {date: 2026-09-30, reason: dull}\n"),
    ],
)
def test_a_course_can_be_done_and_dropped(
    run: Run, plan: MakePlan, typed: list[str], front: str, written: str
) -> None:
    """As a goal can, and the goal that it belongs to is shown."""
    course = "content/resources/course.md"
    head = "---\ntitle: A course\ngoal: talks\n"
    root = plan({**SITE, TALKS: goal("metric: 5/12 talks\n"), course: f"{head}{front}---\n"})
    result = run(typed[0], "course", *typed[1:], "--site", root)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = (root / course).read_text("utf-8").splitlines()[1:-1]
    assert sorted(lines) == sorted(["title: A course", "goal: talks", *written.splitlines()])
    assert "Talks" in result.stdout


@pytest.mark.parametrize("mark", ["[ x ]", "[   ]", "[]", "[?]"])
def test_a_tick_replaces_any_mark_that_counts_as_open(run: Run, plan: MakePlan, mark: str) -> None:
    """A mark of three characters too."""
    root = plan({**SITE, TALKS: goal("due: 2026-12\n", f"- {mark} first\n")})
    result = run("tick", "talks", "first", "--site", root)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (root / TALKS).read_text("utf-8").endswith("- [x] first\n")


@pytest.mark.parametrize("item", ["first", "quoted"])
def test_a_tick_that_is_undone_leaves_the_bytes(run: Run, plan: MakePlan, item: str) -> None:
    """`tick` and `tick --undo` bring back the file."""
    root = plan({**SITE, TALKS: goal("due: 2026-12\n", LIST + "\n" + CODE)})
    before = (root / TALKS).read_bytes()
    assert run("tick", "talks", item, "--site", root).exit_code == 0
    assert (root / TALKS).read_bytes() != before
    assert run("tick", "talks", item, "--undo", "--site", root).exit_code == 0
    assert (root / TALKS).read_bytes() == before


REFUSED = [
    ("log talks many", "metric: 5/12", "no number", "write digits"),
    ("log talks +1", "metric: 5/12", "the new total", "`planfolio log talks 1`"),
    ("log talks 6 --dat 2026", "metric: 5/12", "unexpected extra arguments", ""),
    ("log talks 6", "due: 2026-12", "has no metric", "metric: 0/12"),
    ("log talks 6", "cadence: week", "has no metric", "`planfolio log talks`"),
    ("log talks", "metric: 5/12", "has no cadence", "log talks 6"),
    ("log talks", "due: 2026-12", "has no cadence", "cadence: 3/week"),
    ("log talks --note x", "cadence: week", "has no note", ""),
    ("log talks 6 --date 2026-09", "metric: 5/12", "more than one day", "2026-09-30"),
    ("log talks 6 --date soon", "metric: 5/12", "no date", ""),
    ("log talks 6 --note ' '", "metric: 5/12", "found nothing", ""),
    ("log talks 6 --note '\x07'", "metric: 5/12", "control character", ""),
    (
        "log talks 6",
        "metric: {target: 12, current: 5, as_of: 2026-09-30}",
        "`current` says 5 for 2026-09-30",
        "--date",
    ),
    (
        "log talks 6",
        "metric: {target: 12, history: [{date: 2026-09-30, value: 5}]}",
        "its history says 5",
        "--date",
    ),
    ("log talks 7", "metric: {target: 12}", "the review `2026-09` says 4", "--date"),
    (
        "tick talks nothing",
        "",
        "there is no item `nothing`",
        "1 `first`, 2 `second part`, 3 `practise`",
    ),
    ("tick defined a", "", "content/goals/defined.md:4", "write [x] there"),
    ("tick talks code", "", "there is no item `code`", ""),
    ("tick talks 9", "", "there is no item `9`", ""),
    ("tick talks outline", "", "has items under it", "1 `first`"),
    ("tick talks film", "", "is cancelled", ""),
    ("tick twice same", "", "is there 2 times", "its number: 1, 2"),
    ("tick lone x", "", "has no checklist", "a file of its own"),
    (
        "done talks",
        "metric: 5/12",
        "`talks` is incomplete: metric 42%, checklist 1 of 4",
        "--anyway",
    ),
    ("drop talks --why x", "done: 2026-09-01", "`talks` is done: ", "take `done` out"),
    ("drop talks --why x", "status: done", "`talks` is done: ", "`status: done` out"),
    ("move talks 2027 --why x", "status: done", "content/goals/talks.md:3", "out"),
    ("done talks", "status: dropped", "`talks` is dropped: ", "`status: dropped` out"),
    ("done talks", "dropped: 2026-09-01", "`talks` is dropped: ", "take `dropped` out"),
    (
        "log talks 6 --date 2026-10-01",
        "metric: {target: 12, current: 5}",
        "2026-10-01 is after 2026-09-30",
        "the day on which it happened",
    ),
    ("log talks --date 2026-10-01", "cadence: week", "is after 2026-09-30", ""),
    ("done lone --date 2027-01-01", "", "is after 2026-09-30", ""),
    ("drop lone --why x --date 2027-01-01", "", "is after 2026-09-30", ""),
    ("move lone 2027 --why x --date 2027-01-01", "", "is after 2026-09", ""),
    ("move talks 2027 --why x", "dropped: 2026-09", "is dropped", "out there"),
    ("pause talks", "done: 2026-09", "content/goals/talks.md:3", "take `done` out"),
    ("done nobody", "", "there is no goal, milestone or resource `nobody`", ""),
    ("move talks 2025-12 --why x", "due: 2026-12", "before the start", ""),
    ("move talks +1m --why x", "due: 2026-12", "from the start, 2026-01-01", "the new day"),
    ("move talks 2026-02-30 --why x", "due: 2026-12", "28 days", ""),
    ("move talks 2027 --why ''", "due: 2026-12", "found nothing", ""),
    ("move talks 2027", "due: 2026-12", "Missing option '--why'", ""),
    ("pause talks", "status: draft", "is draft", "status: active"),
    ("pause talks --until 2026-08", "", "before 2026-09-30", ""),
    ("drop talks", "", "Missing option '--why'", ""),
    ("done talks --why x", "", "--why says why", "add --anyway"),
    ("done lone --anyway --why x", "", "needs no reason", "leave --why out"),
    ("pause lone", "", "`paused` is set there for all", "of its own for `lone`"),
]


@pytest.mark.parametrize(("typed", "front", "says", "hint"), REFUSED)
def test_what_cannot_be_is_refused_and_nothing_changes(
    run: Run, plan: MakePlan, typed: str, front: str, says: str, hint: str
) -> None:
    """The error says what is wrong and what to do, and no file is other than it was."""
    body = (
        LIST + "\n" + CODE.replace("quoted", "other") if typed.startswith(("tick", "done")) else ""
    )
    files = {
        TALKS: goal(front, body),
        # There `[x]` is a link, and no mark.
        "content/goals/defined.md": "---\ntitle: D\n---\n- [ ] a\n\n[x]: https://a.example\n",
        "content/goals/twice.md": "---\ntitle: Twice\n---\n- [ ] same\n- [ ] same\n",
        "content/goals.md": "---\npaused: {from: 2026-01, to: 2026-02}\nitems: {lone: Lone}\n---\n",
        "content/reviews/2026-09.md": "---\ndate: 2026-09-30\ntitle: R\n---\n",
    }
    if " 7" in typed:
        files["content/reviews/2026-09.md"] = (
            "---\ndate: 2026-09-30\ntitle: R\nmetrics: {talks: 4}\n---\n"
        )
    root = plan({**SITE, **files})
    before = files_below(root)
    result = run(*shlex.split(typed), "--site", root)
    assert result.exit_code == 2
    assert says in result.stderr
    assert hint in result.stderr
    assert files_below(root) == before


@pytest.mark.parametrize(
    ("typed", "front"),
    [
        ("log talks 5.0", "metric: 5/12"),
        ("log talks 5", "metric: {target: 12, current: 5, as_of: 2026-09-30}"),
        ("tick talks 'second part'", ""),
        ("tick talks first --undo", ""),
        ("done talks", "done: 2026-09-01"),
        ("done talks --date 2026-09-01", "done: 2026-09-01"),
        ("move talks 2026-12-31 --why x", "due: 2026-12"),
        ("pause talks", "status: paused"),
        ("pause talks", "paused: 2026-09-01"),
        ("resume talks", "due: 2026-12"),
        ("drop talks --why x", "dropped: 2026-09-01"),
    ],
)
def test_what_is_so_already_exits_1(run: Run, plan: MakePlan, typed: str, front: str) -> None:
    """A request that changes nothing says so, and writes nothing."""
    root = plan({**SITE, TALKS: goal(front, LIST if typed.startswith("tick") else "")})
    before = files_below(root)
    result = run(*shlex.split(typed), "--site", root)
    assert result.exit_code == 1
    assert "already" in result.stderr or "is not paused" in result.stderr
    assert files_below(root) == before


def test_a_file_with_errors_is_left_alone(run: Run, plan: MakePlan) -> None:
    """Its errors are shown, whether it can be read in part or not at all."""
    root = plan(
        {**SITE, TALKS: goal("due: 2026-13\n"), "content/goals/no.md": goal('due: "2026\n')}
    )
    before = files_below(root)
    for name, code in (("talks", "F102"), ("no", "F101")):
        result = run("done", name, "--site", root)
        assert (result.exit_code, result.stdout) == (1, "")
        assert f"error[{code}]" in result.stderr
        assert "nothing was written" in result.stderr
    assert files_below(root) == before


def test_errors_of_other_files_do_not_hinder(run: Run, plan: MakePlan) -> None:
    """An act on a sound file is done, whatever else is wrong in the plan."""
    root = plan({**SITE, TALKS: goal("metric: 5/12\n"), "content/goals/no.md": goal("due: x\n")})
    result = run("log", "talks", "6", "--site", root)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (root / TALKS).read_text() == goal("metric: 6/12\n")


def test_what_would_be_an_error_is_not_written(run: Run, plan: MakePlan) -> None:
    """A goal that is done, and whose item is to be open again, would contradict itself."""
    root = plan({**SITE, TALKS: goal("done: 2026-09-01\n", "- [x] one\n")})
    before = files_below(root)
    result = run("tick", "talks", "one", "--undo", "--site", root)
    assert result.exit_code == 1
    assert "error[M107]" in result.stderr
    assert files_below(root) == before


@pytest.mark.parametrize(
    ("typed", "front", "after"),
    [
        (
            [],
            "metric: 5/12\nstatus: active\n",
            "metric: 5/12\nstatus: done\ndone: 2026-09-30\nsmart: {except: [M]}\n",
        ),
        (
            ["--why", "Enough"],
            "due: 2026-12\nmetric: 5/12\n",
            "due: 2026-12\ndone: 2026-09-30\nsmart: {except: [M], reason: Enough}\nmetric: 5/12\n",
        ),
    ],
)
def test_done_anyway_excepts_m_so_that_the_plan_has_no_error(
    run: Run, plan: MakePlan, typed: list[str], front: str, after: str
) -> None:
    """The goal is done and says that its measure is not applied, and why if that is typed."""
    root = plan({**SITE, TALKS: goal(front)})
    result = run("done", "talks", "--anyway", *typed, "--site", root)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (root / TALKS).read_text() == goal(after)
    assert run("build", "--site", root).exit_code == 0


@pytest.mark.parametrize(
    ("smart", "after"),
    [
        ("{except: [T], reason: Old}", '{except: [T, M], reason: "Old; Enough"}'),
        ("{except: T}", "{except: [T, M], reason: Enough}"),
        ("{reason: Old}", '{reason: "Old; Enough", except: [M]}'),
        ("\n  except:\n    - T", "\n  except:\n    - T\n    - M\n  reason: Enough"),
    ],
)
def test_what_a_goal_excepts_already_stays(
    run: Run, plan: MakePlan, smart: str, after: str
) -> None:
    """M is one more letter, and the reason one more sentence."""
    root = plan({**SITE, TALKS: goal(f"metric: 5/12\nsmart: {smart}\n")})
    assert run("done", "talks", "--anyway", "--why", "Enough", "--site", root).exit_code == 0
    assert f"smart: {after}\n" in (root / TALKS).read_text()


@pytest.mark.parametrize(
    "front",
    [
        "metric: 12/12\n",
        "cadence: week\nstart: 2026-08-01\ndue: 2026-12\nlog: [2026-09-01]\n",
        "metric: {target: 12}\n",
    ],
)
def test_done_anyway_excepts_nothing_that_is_no_error(run: Run, plan: MakePlan, front: str) -> None:
    """What is complete, a habit with gaps, and a metric without a value are done without more."""
    root = plan({**SITE, TALKS: goal(front)})
    assert run("done", "talks", "--anyway", "--site", root).exit_code == 0
    assert "smart" not in (root / TALKS).read_text()
    assert run("build", "--site", root).exit_code == 0


def test_a_pause_that_is_resumed_on_its_first_day_is_gone(run: Run, plan: MakePlan) -> None:
    """`pause` and `resume` on one day bring back the file, and say how many lines went."""
    front = "due: 2026-12\n# mine\nstatus: active\n"
    root = plan({**SITE, TALKS: goal(front)})
    for typed in (["--until", "2026-10"], ["--why", "Ill"]):
        assert run("pause", "talks", *typed, "--site", root).exit_code == 0
        result = run("resume", "talks", "--site", root)
        assert (result.exit_code, result.stderr) == (0, "")
        assert "talks.md: 2 lines deleted\n" in result.stdout
        assert (root / TALKS).read_text() == goal(front)


def test_a_shape_that_is_beyond_it_is_refused_with_what_to_write(run: Run, plan: MakePlan) -> None:
    """The place, and the line to write there by hand."""
    root = plan({**SITE, TALKS: goal("metric: {target: 12, history}\n")})
    before = files_below(root)
    result = run("log", "talks", "6", "--site", root)
    assert result.exit_code == 2
    assert f"{TALKS}:3: " in result.stderr
    assert "{date: 2026-09-30, value: 6}" in result.stderr
    assert files_below(root) == before


def test_a_milestone_shows_its_goal(run: Run, plan: MakePlan) -> None:
    """One in a file of its own and one inside its goal; the goal's row is printed for both."""
    files = {
        TALKS: goal("due: 2026-12\nmilestones:\n  Draft: 2026-10\n"),
        "content/milestones/final.md": "---\ntitle: Final\ngoal: talks\n---\n- [x] it\n",
    }
    root = plan({**SITE, **files})
    first = run("done", "talks/draft", "--site", root)
    second = run("done", "final", "--site", root)
    assert "1 of 2 milestones reached" in first.stdout
    assert "100%" in second.stdout
    assert second.stdout.endswith("Final: 1 of 1 item done\n")
    assert f"{TALKS}:5: Draft: {{due: 2026-10, done: 2026-09-30}}" in first.stdout


def test_an_act_says_why_the_goal_stands_so_and_what_its_other_measures_are(
    run: Run, plan: MakePlan
) -> None:
    """What was ticked is seen where milestones decide, which the item does not change."""
    front = "start: 2026-01-01\ndue: 2026-12\nmilestones: {A: 2026-06, B: 2026-12}\n"
    root = plan({**SITE, TALKS: goal(front, "- [ ] one\n- [x] two\n- [ ] three\n")})
    lines = run("tick", "talks", "one", "--site", root).stdout.splitlines()
    assert [line.strip() for line in lines[-2:]] == [
        "0 of 2 milestones reached, 1 planned by now.",
        "Checklist: 2 of 3 items done",
    ]
    paused = run("pause", "talks", "--why", "Ill", "--site", root).stdout.splitlines()
    assert paused[-2].strip() == "Paused since 30 Sep 2026: Ill"
