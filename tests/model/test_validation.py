"""Records validated by the fields of their kind: all errors at once, each at its own place."""

import difflib
from pathlib import Path
from typing import Any

import pytest
from tests.reading import plan_in, record

_PLANNED = "write the day that is planned"


def test_all_errors_come_at_once_in_block_style(tmp_path: Path) -> None:
    """Nested tables and lists, each at its line and column."""
    text = record(
        "title: G",
        "due: never",
        "metric:",
        "  target: many",
        "  history:",
        "    - date: 2026-01-01",
        "      value: lots",
        "    - date: soon",
        "      value: 3",
        "confidence: 11",
        "replans:",
        "  - {date: 2026-01, form: 2026-02}",
        "smart: {except: [S, X]}",
        "dew: 2026",
    )
    read = plan_in(tmp_path, {"goals/g.md": text})
    assert read.said == [
        *("goals/g.md:3:6 F102", "goals/g.md:5:11 F102", "goals/g.md:8:14 F102"),
        *("goals/g.md:9:13 F102", "goals/g.md:11:13 F102", "goals/g.md:13:21 F104"),
        *("goals/g.md:14:21 F102", "goals/g.md:15:1 F104"),
    ]


def test_all_errors_come_at_once_in_flow_style(tmp_path: Path) -> None:
    """On one line, told apart by their columns."""
    line = "metric: {target: many, history: [{date: soon, value: 1}, {date: 2026, value: x}]}"
    read = plan_in(tmp_path, {"goals/g.md": record("title: G", line)})
    assert [read.marked(d) for d in read.diagnostics] == ["many", "soon", "x"]


def test_the_rest_of_a_record_is_kept(tmp_path: Path) -> None:
    """One typo does not hide the next, nor make others refer to nothing."""
    files = {
        "goals/g.md": record("title: G", "due: never", "tags: [a]", "weight: 3"),
        "goals/h.md": record("title: H", "parent: g"),
    }
    read = plan_in(tmp_path, files)
    assert read.said == ["goals/g.md:3:6 F102"]
    fields = read.record("goal/g").fields
    assert (fields.due, fields.tags, fields.weight) == (None, ("a",), 3)


def test_a_faulty_item_leaves_the_others_of_its_list(tmp_path: Path) -> None:
    """And what is found later is still placed by the list as it was written."""
    text = record(
        "title: S",
        "evidence:",
        "  - kind: work",
        "  - {title: B, kind: wrok}",
        "  - {title: C, level: [1]}",
        "  - D",
    )
    read = plan_in(tmp_path, {"skills/s.md": text})
    assert read.said == ["skills/s.md:4:5 F102", "skills/s.md:5:22 F102", "skills/s.md:6:23 F102"]
    assert [one.title for one in read.record("skill/s").fields.evidence] == ["B", "C", "D"]


def test_a_required_value_that_is_wrong_is_not_missing_too(tmp_path: Path) -> None:
    """The metric goes, but is complained of once; what is missing is so from its table."""
    files = {
        "goals/g.md": record("title: G", "metric: {target: many}"),
        "goals/h.md": record("title: H", "metric: {unit: talks}"),
    }
    read = plan_in(tmp_path, files)
    assert read.said == ["goals/g.md:3:18 F102", "goals/h.md:3:1 F102"]
    assert read.record("goal/g").fields.metric is None
    assert "`target` is missing" in read.diagnostics[1].message


def test_a_record_without_a_title_is_known_by_its_name(tmp_path: Path) -> None:
    """So that references to it are not unknown; its other faults are told as well."""
    files = {"goals/g.md": record("due: never", "wieght: 2"), "goals/h.md": record("parent: g")}
    read = plan_in(tmp_path, files)
    assert read.said == [
        *("goals/g.md:2:1 F102", "goals/g.md:2:6 F102", "goals/g.md:3:1 F104"),
        "goals/h.md:2:1 F102",
    ]
    assert read.record("goal/g").title == "g"


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("dew: 2026", "did you mean `due`?"),
        ("Due: 2026", "did you mean `due`?"),
        ("milestone: {A: 2026}", "did you mean `milestones`?"),
        ("metric: {taget: 3, target: 3}", "did you mean `target`?"),
        ("replans: [{date: 2026, form: 2025}]", "did you mean `from`?"),
        ("smart: {zzz: 1}", "known here: except, reason"),
        ("deadline: 2026-02-15", "did you mean `due`?"),
        ("Dead_line: 2026-02-15", "did you mean `due`?"),
        ("targetDate: 2026-02-15", "did you mean `due`?"),
        ("target: 2026-Q1", "did you mean `due` or `metric`?"),
        ("skills: [python]", "did you mean `raises`?"),
        ("obstacle: rain", "did you mean `if_then`?"),
        ("depends-on: a", "did you mean `after`?"),
        ("metric: {goal: 3}", "did you mean `target`?"),
        ("milestones: [{title: A, deadline: 2026}]", "did you mean `due`?"),
        ("owner: me", "take it out: a plan has one owner"),
        ("zettel: 7", "take it out; a key of your own starts with x_: `x_zettel`"),
        ("description: All of it", "write it as text below the front matter"),
    ],
)
def test_an_unknown_key_is_told_what_it_may_mean(tmp_path: Path, line: str, hint: str) -> None:
    """By the keys that are known at that place, as they are written."""
    read = plan_in(tmp_path, {"goals/g.md": record("title: G", line)})
    assert (read.only().code, read.only().hint) == ("F104", hint)


def test_a_word_of_other_trackers_is_that_of_the_kind(tmp_path: Path) -> None:
    """`values` are the metrics of a review, and a field of the profile."""
    review = record("title: R", "date: 2026", "values: {}")
    found = plan_in(tmp_path, {"reviews/r.md": review, "profile.md": record("values: [Calm]")})
    assert found.only().hint == "did you mean `metrics`?"


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("raises: python, sql", "write a list: [python, sql]"),
        ("raises: python 4, sql 3", "write `name: 3` lines below it, without dashes"),
        ("raises: [python: 4, sql: 3]", "write `name: 3` lines below it, without dashes"),
        ("requires: [python, sql]", "write {python: 3, sql: 3}"),
        ("requires: python, sql", "write {python: 3, sql: 3}"),
        ("after: a; b", "write a list: [a, b]"),
        ("answers: A licence, Two years", "write a list: [A licence, Two years]"),
        ("log: 2026-01-03, 2026-01-05", "write a list: [2026-01-03, 2026-01-05]"),
        ("if_then: rain", "write `it rains: train indoors` lines below it, without dashes"),
        ("replans: [2026-03-01]", "write {date: …}"),
        ("milestones: {Draft: done}", f"{_PLANNED}; what is done says so with `done: 2026-03-31`"),
        ("due: yes", f"{_PLANNED}; what is done says so with `done: 2026-03-31`"),
        ("done: yes", "write the day, as in 2026-03-31"),
        ("parent: '[[g]]'", "write `g`"),
        ("parent: [[g]]", "write g"),
        ("tags: a, b", "write a list where several are meant: [a, b]"),
    ],
)
def test_a_value_in_another_shape_is_shown_in_the_right_one(
    tmp_path: Path, line: str, hint: str
) -> None:
    """What was written stands in the hint as it should be written."""
    kind = "role" if line.startswith("requires") else "goal"
    files = {"goals/g.md": record("title: G"), f"{kind}s/h.md": record("title: H", line)}
    assert plan_in(tmp_path, files).only().hint == hint


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("milestones: [{Draft: 2026-06-30}]", "write {title: …, due: …}"),
        ("log: [{2026-03-01: 2}]", "write {date: …, times: …}"),
        ("metric: {target: 9, history: {2026-01: 3, 2026-02: 4}}", "write {date: …, value: …}"),
    ],
)
def test_pairs_in_the_place_of_tables_are_one_finding(tmp_path: Path, line: str, hint: str) -> None:
    """It shows the keys that are wanted."""
    read = plan_in(tmp_path, {"goals/g.md": record("title: G", "cadence: month", line)})
    assert read.only().hint == hint


def test_a_pause_that_ends_before_it_begins_is_an_error(tmp_path: Path) -> None:
    """It alone is left out; one that ends in the month in which it begins is in order."""
    line = "paused: [{from: 2026-05-01, to: 2026-04}, {from: 2026-05-10, to: 2026-05}]"
    read = plan_in(tmp_path, {"goals/g.md": record("title: G", line)})
    assert read.said == ["goals/g.md:3:10 F102"]
    assert [pause.from_.text for pause in read.record("goal/g").fields.paused] == ["2026-05-10"]


def test_a_table_may_stand_for_a_list_of_one(tmp_path: Path) -> None:
    """A fault in it is told at its own place, and alone is left out."""
    line = "replans: {date: 2026-01, to: soon, reason: Ill}"
    read = plan_in(tmp_path, {"goals/g.md": record("title: G", line)})
    assert read.marked(read.only()) == "soon"
    (replan,) = read.record("goal/g").fields.replans
    assert (replan.to, replan.reason) == (None, "Ill")


def test_keys_of_ones_own_are_ignored(tmp_path: Path) -> None:
    """Those with x_ everywhere, and those that site.toml lists."""
    text = record("title: G", "x_note: [1, {a: b}]", "metric: {target: 3, x_y: z}", "moon: full")
    files = {"goals/g.md": text, "site.toml": '[check]\nallow_keys = ["moon"]\n'}
    read = plan_in(tmp_path, files)
    assert read.diagnostics == ()
    assert read.record("goal/g").fields.metric.target == 3


@pytest.mark.parametrize(
    "line",
    [
        *("privat: true", "private: yes", "visiblity: mentor", "public: no", "hidden: true"),
        "audience: mentor",
    ],
)
def test_a_key_close_to_visibility_fails_closed(tmp_path: Path, line: str) -> None:
    """What was meant to be hidden must not be published by a typo."""
    read = plan_in(tmp_path, {"goals/g.md": record("title: G", line)})
    assert read.said == ["goals/g.md:3:1 V103"]
    assert read.only().severity == "error"


@pytest.mark.parametrize(
    "lines",
    [
        ["title: [a, b]"],
        ["title: {a: b}"],
        ["title: G", "due: [2026]"],
        ["title: G", "metric: [1, 2]"],
        ["title: G", "metric: nothing"],
        ["title: G", "tags: {a: b}"],
        ["title: G", "tags: [[a]]"],
        ["title: G", "raises: [{python: 3}]"],
        ["title: G", "raises: {python: {level: 3}}"],
        ["title: G", "if_then: [a]"],
        ["title: G", "cadence: {every: fortnight}"],
        ["title: G", "cadence: [week]"],
        ["title: G", "log: {date: {a: b}}"],
        ["title: G", "log: [[2026]]"],
        ["title: G", "replans: 2026"],
        ["title: G", "smart: S"],
        ["title: G", "visibility: [public]"],
        ["title: G", "milestones: [[A, B]]"],
        ["title: G", "milestones: {A: [2026]}"],
        ["title: G", "milestones: {A: {due: {x: y}}}"],
        ["title: G", "effort: {hours: 3}"],
    ],
)
def test_a_value_of_the_wrong_shape_is_an_error_at_its_line(
    tmp_path: Path, lines: list[str]
) -> None:
    """A list for a text, a table for a date: said without a traceback, where it stands."""
    read = plan_in(tmp_path, {"goals/g.md": record(*lines), "skills/python.md": record("title: P")})
    assert read.diagnostics
    assert {d.span.line for d in read.diagnostics} == {len(lines) + 1}
    assert {d.code for d in read.diagnostics} <= {"F102", "F104", "V103"}
    assert "goal/g" in read.ids


@pytest.mark.parametrize("nothing", ["", " ~", ' ""', " null", "  # later"])
def test_a_visibility_with_nothing_after_it_fails_closed(tmp_path: Path, nothing: str) -> None:
    """Who begins to write one may mean to hide the record: in files, milestones and lists."""
    files = {
        "goals/g.md": record(
            "title: G",
            f"visibility:{nothing}",
            "milestones:",
            f"  - title: A\n    visibility:{nothing}",
        ),
        "skills.md": record(
            f"visibility:{nothing}", "items:", "  go:", f"    visibility:{nothing}"
        ),
    }
    read = plan_in(tmp_path, files)
    assert read.said == [
        "goals/g.md:3:1 V103",
        "goals/g.md:6:5 V103",
        "skills.md:2:1 V103",
        "skills.md:5:5 V103",
    ]
    assert {d.severity for d in read.diagnostics} == {"error"}
    assert {d.hint for d in read.diagnostics} == {"write public, mentor or private"}


def test_a_typo_in_a_required_key_is_one_finding(tmp_path: Path) -> None:
    """Only the typo is reported: once it is fixed nothing is missing."""
    read = plan_in(tmp_path, {"goals/g.md": record("titel: G", "metric: {taget: 3}")})
    assert read.said == ["goals/g.md:2:1 F104", "goals/g.md:3:10 F104"]


def test_many_findings_of_one_kind_are_counted(tmp_path: Path) -> None:
    """The first 20 are named, and the next one says how many more there are."""
    tags = "tags: [" + ", ".join(["[a]"] * 20_000) + "]"
    keys = [f"key{n}: 1" for n in range(1_000)]
    read = plan_in(tmp_path, {"goals/g.md": record("title: G", *keys, tags)})
    assert len(read.diagnostics) == 2 * 21
    counts = [d.message for d in read.diagnostics if "more of these" in d.message]
    assert counts == [
        "there are 980 more of these, and this is the first of them",
        "there are 19,980 more of these, and this is the first of them",
    ]


def test_near_names_are_looked_up_for_the_first_of_many_unknown_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fifty times as many keys need no look-up more."""
    names: list[str] = []
    get_close_matches = difflib.get_close_matches

    def noted(word: str, *args: Any, **options: Any) -> list[str]:
        names.append(word)
        return get_close_matches(word, *args, **options)

    monkeypatch.setattr(difflib, "get_close_matches", noted)
    counts = []
    for count in (100, 5_000):
        keys = [f"key{n}: 1" for n in range(count)]
        plan_in(tmp_path, {"goals/g.md": record("title: G", *keys)})
        counts.append(len(names))
        names.clear()
    assert 20 <= counts[0] == counts[1] < 200
