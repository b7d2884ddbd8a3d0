"""Marked nodes: finding the place of a value, and taking a value out."""

import pytest

from planfolio.model.source_tree import (
    Loc,
    MappingNode,
    Node,
    Scalar,
    Span,
    locate,
    plain_data,
    prune,
)
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


@pytest.mark.parametrize(
    ("loc", "line", "column"),
    [(("title",), 1, 1), (("requires", "sql"), 13, 3), (("requires", "sql", "must"), 13, 26)],
)
def test_a_key_is_found(loc: Loc, line: int, column: int) -> None:
    """For what is wrong with the key and not with its value."""
    span = locate(nodes(TEXT), loc, key=True)
    assert (span.line, span.column) == (line, column)


def test_of_two_names_that_differ_in_case_each_has_its_own_place() -> None:
    """As it was typed."""
    node = nodes("raises: [Python, python]\n")
    assert [locate(node, ("raises", name)).column for name in ("Python", "python")] == [10, 18]


def test_a_place_is_as_wide_as_what_was_typed() -> None:
    """With its quotes, and to the end of the line for a block."""
    node = nodes('title: "G"  # so\nwhy: |\n  one\n  two\n')
    assert locate(node, ("title",)) == Span(1, 8, 1, 11)
    assert locate(node, ("why",)) == Span(2, 6, 2, 7)


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


@pytest.mark.parametrize(
    ("loc", "left"),
    [
        (("b",), {"a": "1", "c": ["x", "y"], "m": {"D": "2", "E": {"due": "3"}}}),
        (("c", 0), {"a": "1", "b": "2", "c": ["y"], "m": {"D": "2", "E": {"due": "3"}}}),
        (("c", "y"), {"a": "1", "b": "2", "c": ["x"], "m": {"D": "2", "E": {"due": "3"}}}),
        (("a", 0), {"b": "2", "c": ["x", "y"], "m": {"D": "2", "E": {"due": "3"}}}),
        (
            ("m", 0, "due"),
            {"a": "1", "b": "2", "c": ["x", "y"], "m": {"E": {"due": "3"}}},
        ),
        (("m", 0, "title"), {"a": "1", "b": "2", "c": ["x", "y"], "m": {"E": {"due": "3"}}}),
        (("m", 1, "due"), {"a": "1", "b": "2", "c": ["x", "y"], "m": {"D": "2", "E": {}}}),
    ],
)
def test_a_value_is_taken_out_and_the_rest_stays(loc: Loc, left: object) -> None:
    """In long and short forms; a short form goes whole."""
    node = nodes("a: 1\nb: 2\nc: [x, y]\nm: {D: 2, E: {due: 3}}\n")
    pruned = prune(node, [loc])
    assert pruned is not None
    assert plain_data(pruned) == left


def test_nothing_is_left_of_what_is_taken_out_whole() -> None:
    """A place that is not there is that of the nearest thing around it."""
    assert prune(nodes("a: 1\n"), [("b",)]) is None
    assert prune(Scalar("x", Span()), [()]) is None


def test_the_last_of_two_keys_is_found_in_a_table_made_by_hand() -> None:
    """Readers keep each key once; a table that was put together may say more."""
    entries = nodes("a: 1\nb: 2\n")
    assert isinstance(entries, MappingNode)
    assert entries.find("b") is entries.entries[1]
    assert entries.find("c") is None
