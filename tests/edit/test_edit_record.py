"""Tests of what is in a file after an act, byte for byte, in forms that people use."""

from pathlib import Path

import pytest
from tests.edit.shapes import ACTS
from tests.reading import plan_in

from planfolio.edit.arguments import find_record
from planfolio.edit.file_edit import FileEdit, edit_record
from planfolio.exceptions import UsageError

FORMS = {
    "goals/talks.md": "---\ntitle: Talks\n{}---\n",
    "goals.md": "---\nstart: 2026-01  # of all\nitems:\n{}---\n# Goals\n",
    "milestones.md": "---\ngoal: talks\nitems: {}\n---\n",
}
GOAL = FORMS["goals/talks.md"]
DUE = "due:\t'2026-12-01'\t# 😀\ncost: 3 EUR\n"
MOVED = """\
due:\t'2027-02-01'\t# 😀
replans:
  - {date: 2026-09-30, from: 2026-12-01, to: 2027-02-01, reason: ill}
cost: 3 EUR
"""
HISTORY = """\
metric:
  target: 12
  history:
    # the first
    - date: 2026-08-01
      value: 3  # three
    # the next

why: so
"""
LONGER = HISTORY.replace("three\n", "three\n    - date: 2026-09-30\n      value: 6\n")
TABLES = "  a: A\n  talks:\n   title: T\n   # more\n  b: B\n"
PAUSED = "title: T\n   paused:\n     - {from: 2026-09-30, to: 2026-10, reason: ill}\n"


@pytest.mark.parametrize(
    ("place", "act", "before", "after"),
    [
        ("goals/talks.md", "move", DUE, MOVED),
        ("goals/talks.md", "log", HISTORY, LONGER),
        (
            "goals/talks.md",
            "done",
            "status:  active # o\n",
            "status:  done # o\ndone: 2026-09-30\n",
        ),
        ("goals.md", "done", "  talks: T # t\n", "  talks: {title: T, done: 2026-09-30} # t\n"),
        ("goals.md", "done", "  talks:  # t\n", "  talks: {done: 2026-09-30}  # t\n"),
        ("goals.md", "log", "  talks: {metric: 5/9} # t\n", "  talks: {metric: 6/9} # t\n"),
        ("goals.md", "rest", TABLES, TABLES.replace("title: T\n", PAUSED)),
        (
            "milestones.md",
            "done",
            "{talks: 2026, b: }",
            "{talks: {due: 2026, done: 2026-09-30}, b: }",
        ),
        ("milestones.md", "done", "{'talks': {}}", "{'talks': {done: 2026-09-30}}"),
    ],
)
def test_what_is_written_and_where(
    place: str, act: str, before: str, after: str, tmp_path: Path
) -> None:
    """Below what it belongs to, in the form that is there, with all else as it was."""
    old = FORMS[place].format(before)
    plan = plan_in(tmp_path, {place: old}).plan
    record = find_record("talks", plan=plan, kinds=("goal", "milestone"))
    changes = ACTS[act](record, plan, "ill")
    edit = edit_record(record, changes, plan=plan, before=old.encode())
    assert edit.after.decode() == FORMS[place].format(after)


def test_the_lines_that_were_written_have_their_numbers() -> None:
    """As an editor counts them, whatever the line ends."""
    edit = FileEdit("a.md", b"---\r\na: 1\r\nb: 2\r\n", b"---\r\na: 3\r\nb: 2\r\nc: 4\r\n")
    assert edit.lines == [(2, "a: 3"), (4, "c: 4")]


def test_what_goes_takes_no_comment_of_others_with_it(tmp_path: Path) -> None:
    """In a list on several lines a comment belongs to what is beside it."""
    text = GOAL.format("paused: [{to: 2026-02, from: 2026-01}, # cold\n  2026-09-30]\n")
    plan = plan_in(tmp_path, {"goals/talks.md": text}).plan
    record = plan.goals["talks"]
    with pytest.raises(UsageError, match=r"talks.md:3: .* nothing was written") as refused:
        edit_record(record, ACTS["resume"](record, plan, ""), plan=plan, before=text.encode())
    assert refused.value.hint == "delete what is there"


@pytest.mark.parametrize("comma", [",", ""])
def test_what_comes_below_a_comment_leaves_it_with_its_value(tmp_path: Path, comma: str) -> None:
    """In a list on several lines a new item gets a line of its own."""
    text = GOAL.format(f"cadence: 3/week\nlog: [\n  2026-09-28{comma} # ill\n]\n")
    plan = plan_in(tmp_path, {"goals/talks.md": text}).plan
    record = plan.goals["talks"]
    edit = edit_record(record, ACTS["session"](record, plan, ""), plan=plan, before=text.encode())
    (_, written) = edit.lines[-1]
    assert edit.after.decode() == text.replace(
        f"2026-09-28{comma} # ill\n", f"2026-09-28, # ill\n{written}\n"
    )
    assert "#" not in written


def test_defaults_of_a_list_are_not_changed_for_one_of_its_goals(tmp_path: Path) -> None:
    """What is there for all goals is no one goal's to change."""
    text = "---\nmetric: {target: 12}\nitems: {talks: Talks}\n---\n"
    plan = plan_in(tmp_path, {"goals.md": text}).plan
    record = plan.goals["talks"]
    with pytest.raises(UsageError, match=r"goals.md:2: `metric` is set there for all"):
        edit_record(record, ACTS["log"](record, plan, ""), plan=plan, before=text.encode())
