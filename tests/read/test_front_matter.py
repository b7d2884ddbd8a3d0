"""Front matter through the whole reader: each fault at its own place, and nothing guessed."""

from pathlib import Path

import pytest
from tests.reading import plan_in, record


@pytest.mark.parametrize(
    "typed",
    ["no", "1:30", "010", "3.10", "1_000", "2026-02-30", "0x1F", "1e3", "yes", "12:30:00", ".inf"],
)
def test_a_value_arrives_as_typed(tmp_path: Path, typed: str) -> None:
    """YAML 1.1 would make false, 90, 8, 3.1 and an exception of these."""
    read = plan_in(tmp_path, {"goals/g.md": record(f"title: {typed}")})
    assert read.record("goal/g").title == typed
    assert read.diagnostics == ()


@pytest.mark.parametrize("written", ["due:", "due: ~", "due: null", 'due: ""', "due: ''"])
def test_an_empty_value_is_an_absent_one(tmp_path: Path, written: str) -> None:
    """A key without a value is as good as no key."""
    read = plan_in(tmp_path, {"goals/g.md": record("title: G", written)})
    assert read.diagnostics == ()
    assert read.record("goal/g").due is None


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    """Editors on Windows put one there; the front matter is read and its columns are right."""
    text = "\ufeff" + record("title: G", "due: never")
    read = plan_in(tmp_path, {"goals/g.md": text})
    assert read.record("goal/g").title == "G"
    assert read.said == ["goals/g.md:3:6 F102"]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_any_system_are_read(tmp_path: Path, end: str) -> None:
    """CRLF and CR count as one line end each, in front matter and in the body."""
    text = record("title: G", "due: never", body="one\n\n[x](gone.md)\n").replace("\n", end)
    read = plan_in(tmp_path, {"goals/g.md": text})
    assert read.said == ["goals/g.md:3:6 F102", "goals/g.md:7:5 L102"]


@pytest.mark.parametrize("exotic", ["\u2028", "\u2029", "\x85"])
def test_exotic_line_breaks_do_not_shift_lines(tmp_path: Path, exotic: str) -> None:
    """libyaml takes U+2028, U+2029 and NEL for line ends; editors do not."""
    text = record("title: G", f"why: 'a{exotic}b'", "due: never")
    read = plan_in(tmp_path, {"goals/g.md": text})
    assert "goals/g.md:4:6 F102" in read.said


def test_a_rule_in_the_body_is_no_fence(tmp_path: Path) -> None:
    """Only the first two fences count."""
    read = plan_in(tmp_path, {"goals/g.md": record("title: G", body="a\n\n---\n\nb: c\n")})
    assert read.diagnostics == ()
    assert "b: c" in read.record("goal/g").body.text


def test_a_record_needs_no_body(tmp_path: Path) -> None:
    """The closing fence may end the file."""
    read = plan_in(tmp_path, {"goals/g.md": "---\ntitle: G\n---"})
    assert read.ids == ["goal/g"]
    assert read.record("goal/g").body.text == ""


def test_empty_front_matter_is_an_empty_table(tmp_path: Path) -> None:
    """What is missing then is the title, and no more is said."""
    read = plan_in(tmp_path, {"goals/g.md": "---\n---\nText.\n"})
    assert "title" in read.only().message
    assert read.only().span.line == 1


FAULTS = [
    pytest.param(["title: G", 'why: "never closed'], "3:6", "quote", id="unclosed double quote"),
    pytest.param(["title: 'G", "due: 2026"], "2:8", "quote", id="unclosed single quote"),
    pytest.param(["title: 'it's'"], "2:12", "quote", id="quote inside quotes"),
    pytest.param(["tags: [a, b", "title: G"], "2:7", "bracket", id="unclosed bracket"),
    pytest.param(["title: G", "metric: {target: 3"], "3:9", "bracket", id="unclosed brace"),
    pytest.param(["title: G", "tags: [a, ['b' c]]"], "3:16", "comma", id="missing comma"),
    pytest.param(["title: G", "metric:", "\ttarget: 3"], "4:1", "tab", id="tab"),
    pytest.param(["title: a: b"], "2:9", ": ", id="second colon"),
    pytest.param(["title: G", "   due: 2026"], "3:7", "indented", id="stray indentation"),
    pytest.param(["title: G", "just words", "due: 2026"], "3:1", "key: value", id="no colon"),
    pytest.param(["title: @home"], "2:8", "@", id="reserved sign"),
    pytest.param(["title: **bold**"], "2:8", "*", id="Markdown in a value"),
    pytest.param(["title: G", "- a"], "3:1", "list", id="list among keys"),
    pytest.param(["title: G", "tags: - a"], "3:7", "list", id="list on the line of its key"),
    pytest.param(['title: "a\\qb"'], "2:10", "backslash", id="unknown escape"),
    pytest.param(["title: éé\x07"], "2:10", "U+0007", id="control character"),
    pytest.param(["title: &a G"], "2:8", "anchor &a", id="anchor"),
    pytest.param(["title: G", "why: *a"], "3:6", "alias *a", id="alias"),
    pytest.param(["title: !!str G"], "2:8", "tag !!str", id="tag"),
    pytest.param(["title: !!timestamp x"], "2:8", "tag !!timestamp", id="tag of a date"),
    pytest.param(["title: G", "<<: {due: 2026}"], "3:1", "<<", id="merge key"),
    pytest.param(["title: G", "? [a, b]", ": c"], "3:3", "plain text", id="list as a key"),
    pytest.param(["title: G", "--- x"], "3:1", "second YAML document", id="second document"),
    pytest.param(["- a", "- b"], "2:1", "list", id="list instead of keys"),
    pytest.param(["just text"], "2:1", "text", id="text instead of keys"),
    pytest.param(
        ["title: G", "tags:", "  - one", "    - two"], "5:5", "indented", id="swallowed item"
    ),
]


@pytest.mark.parametrize(("lines", "place", "word"), FAULTS)
def test_a_slip_is_reported_once_where_it_is(
    tmp_path: Path, lines: list[str], place: str, word: str
) -> None:
    """One F101 at the line and column to look at, in words, and with a way out."""
    read = plan_in(tmp_path, {"goals/g.md": record(*lines)})
    found = read.only()
    assert read.said == [f"goals/g.md:{place} F101"]
    assert word in found.message
    assert found.hint
    assert read.plan.records == {}


def test_a_fence_that_is_not_closed_is_reported_where_it_opens(tmp_path: Path) -> None:
    """Without the second fence nothing is a record, least of all an empty one."""
    read = plan_in(tmp_path, {"goals/g.md": "---\ntitle: G\n\nText.\n"})
    assert read.said == ["goals/g.md:1:1 F101"]
    assert read.marked(read.only()) == "---"
    assert read.plan.records == {}


@pytest.mark.parametrize("key", ["title: G", "  visibility: private"])
@pytest.mark.parametrize("before", ["\n", "\n\n", "  ", "\t\n"])
def test_a_fence_that_comes_too_late_is_reported(tmp_path: Path, before: str, key: str) -> None:
    """A blank line or a space before the first fence would turn front matter into text."""
    read = plan_in(tmp_path, {"goals/g.md": before + record(key)})
    found = read.only()
    assert found.code == "F101"
    assert found.span.line == before.count("\n") + 1
    assert read.marked(found).strip(" -") == ""
    assert "first line" in found.message


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("profile.md", "visibility: private\nheadline: Looking around\n", "1:1"),
        ("goals.md", "\nitems:\n  g: {title: G}\n", "2:1"),
        ("profile.md", "Visibility: mentor\nheadline: Looking around\n", "1:1"),
        ("goals/g.md", "title: G\nvisibility: mentor\n---\nText.\n", "1:1"),
    ],
)
def test_keys_without_a_fence_are_no_text(tmp_path: Path, path: str, text: str, place: str) -> None:
    """As text they would be published, with what is to be private."""
    read = plan_in(tmp_path, {path: text})
    found = read.only()
    assert read.said == [f"{path}:{place} F101"]
    assert read.marked(found) == text.split(":")[0].strip()
    assert "two lines of ---" in found.message


@pytest.mark.parametrize("text", ["Goals: what I want.\n", "a:b\n", "- a: b\n"])
def test_text_with_a_colon_is_text(tmp_path: Path, text: str) -> None:
    """A list file may have prose alone, unless that begins as a key does."""
    assert plan_in(tmp_path, {"goals.md": text}).said == []


def test_a_file_without_front_matter_goes_by_its_name(tmp_path: Path) -> None:
    """Its missing title is reported; its other references still find it."""
    files = {"goals/g.md": "Just a text.\n", "goals/h.md": record("title: H", "parent: g")}
    read = plan_in(tmp_path, files)
    assert read.said == ["goals/g.md:1:1 F102"]
    assert read.record("goal/h").fields.parent == "g"


def test_a_key_that_stands_twice_is_reported_at_the_second(tmp_path: Path) -> None:
    """The first is named by its line, and its value is kept."""
    read = plan_in(tmp_path, {"goals/g.md": record("title: G", "due: 2026", "due: 2027")})
    assert read.said == ["goals/g.md:4:1 F103"]
    assert "line 3" in read.only().message
    due = read.record("goal/g").due
    assert due is not None
    assert due.text == "2026"


def test_a_title_that_is_a_comment_says_what_happened(tmp_path: Path) -> None:
    """`title: #1 goal` is empty to YAML, which surprises everybody once."""
    read = plan_in(tmp_path, {"goals/g.md": record("title: #1 goal")})
    assert read.said == ["goals/g.md:2:1 F102"]
    assert "empty" in read.only().message
    assert "#" in read.only().hint


def test_a_merge_key_bomb_is_refused_at_once(tmp_path: Path) -> None:
    """2.7 kB that keep SafeLoader busy for more than eight seconds."""
    merges = (f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 40))
    bomb = ["a0: &a0 {k: v}", *merges]
    text = record("title: G", *bomb)
    assert len(text) > 2_000
    read = plan_in(tmp_path, {"goals/g.md": text})
    assert {d.code for d in read.diagnostics} == {"F101"}
    assert "goals/g.md:3:5 F101" in read.said


@pytest.mark.parametrize("bracket", ["[", "{a: "])
def test_ten_thousand_brackets_do_not_exhaust_the_stack(tmp_path: Path, bracket: str) -> None:
    """Depth is bounded, and the place is that of the first bracket too many."""
    read = plan_in(tmp_path, {"goals/g.md": record("title: G", "tags: " + bracket * 10_000)})
    found = read.only()
    assert (found.code, found.span.line) == ("F101", 3)
    assert "deeper" in found.message


@pytest.mark.parametrize(
    ("line", "code"),
    [("*a", "F101"), ("&a x", "F101"), ("!!str x", "F101"), ("k: 1", "F103"), ("[k]: 1", "F101")],
)
def test_the_same_slip_without_end_is_counted(tmp_path: Path, line: str, code: str) -> None:
    """20 are named, the next one says how many more there are, and no time grows as a square."""
    opened, closed = "{}" if ":" in line else "[]"
    text = record("title: G", f"x_many: {opened}{', '.join([line] * 30_000)}{closed}")
    read = plan_in(tmp_path, {"goals/g.md": text})
    assert {d.code for d in read.diagnostics} == {code}
    assert len(read.diagnostics) == 21
    assert sum("more of these" in d.message for d in read.diagnostics) == 1


@pytest.mark.parametrize("inside", [True, False], ids=["front matter", "body"])
def test_a_file_that_git_could_not_merge_is_an_error_at_its_line(
    tmp_path: Path, inside: bool
) -> None:
    """Neither version is shown as if it were meant, and nothing else is said of the file."""
    conflict = "<<<<<<< HEAD\ndue: 2026\n=======\ndue: 2027\n>>>>>>> other\n"
    text = f"---\ntitle: G\n{conflict}---\n" if inside else f"---\ntitle: G\n---\n{conflict}"
    read = plan_in(tmp_path, {"goals/g.md": text, "goals/h.md": record("title: H\nparent: g")})
    assert read.said == [f"goals/g.md:{3 if inside else 4}:1 F110"]
    assert "git could not merge" in read.diagnostics[0].message


def test_the_end_of_a_conflict_alone_is_an_error_too(tmp_path: Path) -> None:
    """Its beginning was deleted and its end forgotten; each conflict is told once."""
    text = "---\ntitle: G\n---\n- a\n>>>>>>> phone\n\n<<<<<<< HEAD\n- b\n=======\n>>>>>>> phone\n"
    read = plan_in(tmp_path, {"goals/g.md": text, "goals/h.md": record("title: H")})
    assert read.said == ["goals/g.md:5:1 F110", "goals/g.md:7:1 F110"]


def test_site_toml_may_have_a_conflict(tmp_path: Path) -> None:
    """It is named as one, and not as a slip in TOML."""
    site = 'title = "A"\n<<<<<<< HEAD\n[plan]\n=======\n>>>>>>> phone\n'
    read = plan_in(tmp_path, {"site.toml": site, "goals/h.md": record("title: H")})
    assert read.said == ["site.toml:2:1 F110"]
