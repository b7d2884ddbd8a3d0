"""Blocks for a narrower audience: seen by it, and for others as if never written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planfolio.markdown import Body, Compiler, Target, fill
from planfolio.model.visibility import Visibility

if TYPE_CHECKING:
    from collections.abc import Callable

    from planfolio.markdown import Link

PUBLIC, MENTOR, PRIVATE = Visibility


def shown(body: Body) -> str:
    """Return the HTML of a body with its links filled in."""

    def resolve(link: Link) -> Target:
        return Target(f"to/{link.target}", "Title")

    return str(fill(body, resolve))


def faults(body: Body) -> list[tuple[int, str]]:
    """Return the line and the message of each wrong mark."""
    return [(fault.place.line, fault.message) for fault in body.faults]


def test_the_owner_sees_a_block_with_a_word_on_who_sees_it(body: Callable[[str], Body]) -> None:
    """The HTML has the block within a group that names its audience."""
    html = shown(body("Before\n\n::: private\nSecret\n:::\n\nAfter\n"))
    assert html == (
        "<p>Before</p>\n"
        '<div class="narrower narrower-private" role="group" aria-label="Private">\n'
        '<p class="narrower-title" aria-hidden="true">Private</p>\n'
        "<p>Secret</p>\n</div>\n<p>After</p>\n"
    )


@pytest.mark.parametrize(
    ("audience", "seen"),
    [(PUBLIC, "public"), (MENTOR, "public mentors"), (PRIVATE, "public mentors own")],
)
def test_each_audience_sees_its_own_blocks(
    audience: Visibility, seen: str, compiler: Compiler
) -> None:
    """A block within a block is for those who may see both."""
    text = "public\n\n::: mentor\nmentors\n\n::: private\nown\n:::\n:::\n"
    narrowed = compiler.narrow(compiler.compile(text), audience)
    assert narrowed.plain.split() == seen.split()
    assert set(re.findall(r"own|mentors", narrowed.text)) <= set(seen.split())


def test_a_body_without_hidden_blocks_stays_the_same_object(compiler: Compiler) -> None:
    """Nothing is compiled again where nothing is to be left out."""
    body = compiler.compile("::: mentor\nx\n:::\n")
    assert compiler.narrow(body, MENTOR) is body
    assert compiler.narrow(body, PUBLIC) is not body


def test_headings_and_footnotes_are_counted_without_the_hidden(compiler: Compiler) -> None:
    """Anchors and numbers of what is left do not tell that there was more before it."""
    text = "::: private\n# Plan\nx[^a]\n:::\n\n# Plan\n\ny[^b]\n\n[^a]: hidden\n\n[^b]: seen\n"
    body = compiler.compile(text)
    assert [heading.anchor for heading in body.headings] == ["plan", "plan-1"]
    narrowed = compiler.narrow(body, PUBLIC)
    assert [heading.anchor for heading in narrowed.headings] == ["plan"]
    assert "hidden" not in shown(narrowed)
    assert 'id="fn:1"><p>seen' in shown(narrowed)


def test_places_are_those_of_the_whole_text(compiler: Compiler) -> None:
    """What is left stands on the line on which it was written."""
    body = compiler.narrow(compiler.compile("::: private\nx\n:::\n- [ ] [a](b.md)\n"), PUBLIC)
    assert body.tasks[0].place.line == 4
    assert body.links[0].place.line == 4


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (":::private\nx\n:::\n", 1),
        ("::: privat\nx\n:::\n", 1),
        ("::: Private\nx\n:::\n", 1),
        ("::: public\nx\n:::\n", 1),
        ("::: tip\nx\n:::\n", 1),
        ("::: private stuff\nx\n:::\n", 1),
        ("::: {.private}\nx\n:::\n", 1),
        (":: private\nx\n:::\n", 1),
        (":::: private\nx\n:::\n", 1),
        ("\u200b::: private\nx\n:::\n", 1),
        ("\uff1a\uff1a\uff1a private\nx\n:::\n", 1),
        (" ::: private\nx\n:::\n", 1),
        ("- a\n\n  ::: private\n  x\n  :::\n", 3),
        ("> ::: private\n> x\n> :::\n", 1),
        ("1. ::: mentor\n", 1),
        ("text ::: private\n", 1),
        ("a\n\n::: private\nx\n", 3),
        ("a\n\n:::\n", 3),
        ("::: private\nx\n::: \n:::\n", 4),
        ("::: private\n::: mentor\nx\n:::\n:::\n", 2),
        ("```\n::: private\nx\n:::\n```\n", 2),
        ("```\nnever closed\n\n::: private\nx\n:::\n", 4),
        ("::: private\n```\n:::\nx\n```\n:::\n", 6),
    ],
)
def test_a_mark_that_is_not_quite_one_is_a_fault_at_its_line(
    text: str, line: int, body: Callable[[str], Body]
) -> None:
    """Nothing that may have been meant to hide something is passed over."""
    compiled = body(text)
    assert compiled.faults
    assert compiled.faults[0].place.line == line
    assert compiled.faults[0].hint


@pytest.mark.parametrize(
    "text",
    [
        "::std::move(x)",
        "term\n: definition",
        "a: b :: c",
        "`::: private` hides a paragraph",
        r"\::: private",
        "12:30:00",
        "|:--:|",
        "Note::\n\n    code",
    ],
)
def test_other_colons_are_left_in_peace(text: str, body: Callable[[str], Body]) -> None:
    """Code, definitions and times are no marks, and neither is a mark that is written about."""
    compiled = body(text)
    assert faults(compiled) == []
    assert compiled.blocks == ()


@pytest.mark.parametrize(
    "before",
    [
        "- a\n- b",
        "> quote",
        "a paragraph",
        "| a |\n|---|\n| b |",
        "term\n: meaning",
        "[^1]: note",
        "    code",
        "[r]: x.md",
    ],
)
def test_a_block_ends_what_stands_right_above_it(before: str, compiler: Compiler) -> None:
    """No empty line is needed before a mark, whatever it follows."""
    body = compiler.compile(f"{before}\n::: private\nsecret\n:::\nafter\n")
    assert faults(body) == []
    assert "secret" in shown(body)
    assert "secret" not in shown(compiler.narrow(body, PUBLIC))


def test_after_a_wrong_mark_all_counts_as_private(compiler: Compiler) -> None:
    """Even where the faults were passed over, nothing below the mark would be shown."""
    body = compiler.compile("seen\n\n::: privat\nsecret\n")
    assert compiler.narrow(body, MENTOR).plain == "seen"


def test_who_may_see_a_line_is_known(body: Callable[[str], Body]) -> None:
    """The innermost of the blocks around a line is the narrowest, and it counts."""
    compiled = body("a\n::: mentor\nb\n::: private\nc\n:::\nd\n:::\ne\n")
    lines = [1, 3, 5, 7, 9]
    assert [compiled.visibility_at(n) for n in lines] == [PUBLIC, MENTOR, PRIVATE, MENTOR, PUBLIC]


_PIECES = st.sampled_from(
    [
        *("# Plan", "## Plan", "text [a](b.md)", "[[cka]]", "- [ ] task", "- [x] done", "> quote"),
        *("| a |\n|---|\n| b |", "[^1]", "[^1]: one", "[^2]", "[^2]: two", "[r][]", "[r]: x.md"),
        *("```py\ncode\n```", "    code", "---", "", "1. item", "term\n: meaning", "*", "[", "`"),
        *("![alt](pic.svg)", "<b>", "https://example.org", "> [!NOTE]\n> note", "  more", "***"),
    ]
)
_PARTS = st.lists(st.tuples(st.sampled_from(["", "mentor", "private"]), _PIECES), max_size=14)


@settings(max_examples=200)
@given(_PARTS, st.sampled_from([PUBLIC, MENTOR]))
@example([("private", "[r]: x.md"), ("", "[r][]")], PUBLIC)
@example([("", "- [ ] task"), ("private", "  more"), ("", "- [x] done")], PUBLIC)
def test_leaving_out_a_block_is_leaving_its_lines_empty(
    parts: list[tuple[str, str]], audience: Visibility
) -> None:
    """Whatever stands in blocks and around them, what others see has nothing of it."""
    compiler = Compiler()
    words = {"mentor": MENTOR, "private": PRIVATE}
    whole, left = [], []
    for word, piece in parts:
        written = f"::: {word}\n{piece}\n:::" if word else piece
        whole.append(written)
        hidden = bool(word) and words[word] > audience
        left.append(re.sub(r"[^\n]+", "", written) if hidden else written)
    body = compiler.narrow(compiler.compile("\n".join(whole)), audience)
    assert body == compiler.compile("\n".join(left))
