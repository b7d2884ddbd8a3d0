"""Tests of the present outcome as data."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from tests.serve.live import finding, outcome

from planfolio.model.source_tree import Span
from planfolio.serve.state import state_of


def source_of(span: Span, *lines: str) -> Any:
    """Return what is shown of the source of a finding at a place."""
    sources = {"content/goals/cka.md": lines}
    shown = outcome(ok=False, diagnostics=(finding(span=span),), lines=sources.__getitem__)
    found: Any = state_of(shown)["diagnostics"]
    return found[0]["source"]


def test_an_outcome_says_when_and_for_whom_it_is() -> None:
    """The day as ISO 8601, the audience by its word, and all of it fit for JSON."""
    state = state_of(outcome(5, as_of=date(2026, 10, 1), failure="no disk"))
    assert (state["as_of"], state["audience"], state["failure"]) == (
        "2026-10-01",
        "private",
        "no disk",
    )
    assert state["errors"] == 1
    json.dumps(state)


def test_what_would_turn_the_writing_round_is_spelt_in_a_failure_too() -> None:
    """Its lines stay lines."""
    state = state_of(outcome(ok=False, failure="no theme \u202egpj\nchoose\x1b another"))
    assert state["failure"] == "no theme \\u202egpj\nchoose\\u001b another"


@pytest.mark.parametrize(
    ("span", "lines", "cut"),
    [
        (Span(1, 6, 1, 10), ("due: soon  ",), ("due: ", "soon", "")),
        (Span(1, 1, 1, 4), ("due: soon",), ("", "due", ": soon")),
        (Span(1, 3, 1, 4), ("é😀x y",), ("é😀", "x", " y")),
        (Span(1, 6, 1, 6), ("due: soon",), ("due: ", "s", "oon")),
        (Span(1, 3, 2, 5), ("a: [1,", "  2]"), ("a:", " [1,", "")),
        (Span(1, 5, 1, 5), ("due:",), ("due:", "", "")),
    ],
)
def test_a_line_is_cut_in_three_at_the_place(
    span: Span, lines: tuple[str, ...], cut: tuple[str, str, str]
) -> None:
    """Columns count code points; a place that goes on below ends with its line, one that is empty
    marks one character if there is one."""
    assert source_of(span, *lines) == dict(zip(("before", "marked", "after"), cut, strict=True))


@pytest.mark.parametrize("span", [Span(3, 1, 3, 2), Span(0, 1, 0, 1), Span(1, 99, 1, 100)])
def test_a_place_that_is_not_there_has_no_source(span: Span) -> None:
    """The file may be shorter by now."""
    assert source_of(span, "one", "two") is None


def test_a_long_line_is_shown_around_the_place() -> None:
    """Sixty characters before it and two hundred in and after it."""
    source = source_of(Span(1, 1001, 1, 2001), "a" * 1000 + "b" * 1000 + "c" * 1000)
    assert source["before"] == "…" + "a" * 60
    assert source["marked"] == "b" * 199 + "…"
    assert source["after"] == "c" * 199 + "…"


def test_what_would_turn_the_writing_round_is_spelt() -> None:
    """An override shows as its number in the line, the message and the hint, so that nobody reads
    another text than the file has."""
    sources = {"content/goals/cka.md": ("due: \u202esoon",)}
    found = finding("not \u202ea date", hint="write\u2066 one", span=Span(1, 6, 1, 11))
    shown = outcome(ok=False, diagnostics=(found,), lines=sources.__getitem__)
    state: Any = state_of(shown)["diagnostics"]
    assert (state[0]["message"], state[0]["hint"]) == ("not \\u202ea date", "write\\u2066 one")
    assert state[0]["source"]["marked"] == "\\u202esoon"
