"""Marked nodes: finding the place of a value, and taking a value out."""

import pytest

from planfolio.model.source_tree import Loc, Node, Scalar, Span, locate, plain_data
from planfolio.read.yaml import read_yaml

TEXT = """\
title: G
due:
tags: [a, ~, b]
metric: 5/12 talks
milestones:
  Draft: 2026-03
  Final:
    due: 2026-06
    cost:
log: {2026-W34: 3}
raises: [goals/Python, Étude]
requires:
  skills/SQL: {level: 3, must: yes}
"""


def nodes(text: str) -> Node:
    """Read YAML."""
    node, problems = read_yaml(text, path="p")
    assert problems == []
    assert node is not None
    return node


@pytest.mark.parametrize(
    ("loc", "marked"),
    [
        (("all", 0), "{a: 1}"),
        (("all", 1), "[b, c]"),
        (("all",), "[{a: 1}, [b, c], {d:  # more"),
        (("all", 2), "{d:  # more"),
        (("rest",), "- e: 1 # block"),
    ],
)
def test_a_list_or_table_in_brackets_ends_with_its_bracket(loc: Loc, marked: str) -> None:
    """One that goes on below, or has no brackets, is marked to the end of its first line."""
    text = "all: [{a: 1}, [b, c], {d:  # more\n  2}]\nrest:\n  - e: 1 # block\n"
    span = locate(nodes(text), loc)
    line = text.split("\n")[span.line - 1]
    assert (span.end_line, line[span.column - 1 : span.end_column - 1]) == (span.line, marked)


@pytest.mark.parametrize(
    ("loc", "line", "column"),
    [
        ((), 1, 1),
        (("title",), 1, 8),
        (("due",), 2, 1),
        (("due", "anything"), 2, 1),
        (("missing",), 1, 1),
        (("tags", 0), 3, 8),
        (("tags", 1), 3, 14),
        (("tags", 9), 3, 7),
        (("metric", "target"), 4, 9),
        (("milestones", 0), 6, 10),
        (("milestones", 0, "due"), 6, 10),
        (("milestones", 0, "title"), 6, 3),
        (("milestones", 1, "title"), 7, 3),
        (("milestones", 1, "due"), 8, 10),
        (("milestones", 1, "cost"), 9, 5),
        (("log", 0, "date"), 10, 7),
        (("log", 0, "times"), 10, 17),
        (("raises", "python"), 11, 10),
        (("raises", "étude"), 11, 24),
        (("requires", "sql", "level"), 13, 23),
        (("requires", "sql", "why"), 13, 15),
    ],
)
def test_a_value_is_found_in_long_and_short_forms(loc: Loc, line: int, column: int) -> None:
    """An absent value is at its key, a missing one at what is around it."""
    span = locate(nodes(TEXT), loc)
    assert (span.line, span.column) == (line, column)


def test_of_two_names_that_differ_in_case_each_has_its_own_place() -> None:
    """As it was typed."""
    node = nodes("raises: [Python, python]\n")
    assert [locate(node, ("raises", name)).column for name in ("Python", "python")] == [10, 18]


def test_plain_data_is_text_lists_and_tables() -> None:
    """What is absent is None in a table, and left out of a list."""
    assert plain_data(nodes("a: 1\nb: ~\nc: [x, ~, '~']\nd: {e: null}\n")) == {
        "a": "1",
        "b": None,
        "c": ["x", "~"],
        "d": {"e": None},
    }


@pytest.mark.parametrize("text", ["", "  ", "~", "null", "Null", "NULL"])
def test_nothing_can_be_written_in_many_ways(text: str) -> None:
    """Without quotes; in quotes only what is empty is absent."""
    assert Scalar(text, Span()).absent
    assert Scalar(text, Span(), plain=False).absent is not bool(text.strip())
