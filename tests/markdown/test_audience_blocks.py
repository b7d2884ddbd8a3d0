"""Blocks for a narrower audience: seen by it, and for others as if never written."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.markdown.bodies import COMPILER, body, html, notes, shown

from planfolio.model.visibility import Visibility

PUBLIC, MENTOR, PRIVATE = Visibility


def test_the_owner_sees_a_block_with_a_word_on_who_sees_it() -> None:
    """The HTML has the block within a group that names its audience."""
    page = html("Before\n\n::: private\nSecret\n:::\n\nAfter\n")
    assert page == (
        "<p>Before</p>\n"
        '<div class="narrower narrower-private" role="group" aria-label="Private">\n'
        '<p class="narrower-title" aria-hidden="true">Private</p>\n'
        "<p>Secret</p>\n</div>\n<p>After</p>\n"
    )


@pytest.mark.parametrize(
    ("audience", "seen"),
    [(PUBLIC, "public"), (MENTOR, "public mentors"), (PRIVATE, "public mentors own")],
)
def test_each_audience_sees_its_own_blocks(audience: Visibility, seen: str) -> None:
    """A block within a block is for those who may see both."""
    text = "public\n\n::: mentor\nmentors\n\n::: private\nown\n:::\n:::\n"
    narrowed = COMPILER.narrow(body(text), audience)
    assert narrowed.plain.split() == seen.split()
    assert set(re.findall(r"own|mentors", narrowed.text)) <= set(seen.split())


def test_a_body_without_hidden_blocks_stays_the_same_object() -> None:
    """Nothing is compiled again where nothing is to be left out."""
    compiled = body("::: mentor\nx\n:::\n")
    assert COMPILER.narrow(compiled, MENTOR) is compiled
    assert COMPILER.narrow(compiled, PUBLIC) is not compiled


def test_headings_and_footnotes_are_counted_without_the_hidden() -> None:
    """Anchors and numbers of what is left do not tell that there was more before it."""
    text = "::: private\n# Plan\nx[^a]\n:::\n\n# Plan\n\ny[^b]\n\n[^a]: hidden\n\n[^b]: seen\n"
    compiled = body(text)
    assert [heading.anchor for heading in compiled.headings] == ["plan", "plan-1"]
    narrowed = COMPILER.narrow(compiled, PUBLIC)
    assert [heading.anchor for heading in narrowed.headings] == ["plan"]
    assert "hidden" not in shown(narrowed)
    assert 'id="fn:1"><p>seen' in shown(narrowed)


def test_places_are_those_of_the_whole_text() -> None:
    """What is left is on the line on which it was written."""
    compiled = COMPILER.narrow(body("::: private\nx\n:::\n- [ ] [a](b.md)\n"), PUBLIC)
    assert compiled.tasks[0].span.line == 4
    assert compiled.links[0].span.line == 4


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
def test_a_mark_that_is_not_quite_one_is_a_fault_at_its_line(text: str, line: int) -> None:
    """Nothing that may have been meant to hide something is passed over."""
    assert notes(text)[0][:2] == ("V103", line)
    assert body(text).diagnostics[0].hint


@pytest.mark.parametrize(
    "text",
    [
        *("::std::move(x)", "term\n: definition", "a: b :: c"),
        *("`::: private` hides a paragraph", r"\::: private", "12:30:00", "|:--:|"),
        "Note::\n\n    code",
    ],
)
def test_other_colons_are_left_in_peace(text: str) -> None:
    """Code, definitions and times are no marks, and neither is a mark that is written about."""
    assert notes(text) == []
    assert body(text).blocks == ()


@pytest.mark.parametrize(
    "before",
    [
        *("- a\n- b", "> quote", "a paragraph", "| a |\n|---|\n| b |", "term\n: meaning"),
        *("[^1]: note", "    code", "[r]: x.md"),
    ],
)
def test_a_block_ends_what_stands_right_above_it(before: str) -> None:
    """No empty line is needed before a mark, whatever it follows."""
    compiled = body(f"{before}\n::: private\nsecret\n:::\nafter\n")
    assert "V103" not in {found.code for found in compiled.diagnostics}
    assert "secret" in shown(compiled)
    assert "secret" not in shown(COMPILER.narrow(compiled, PUBLIC))


def test_after_a_wrong_mark_all_counts_as_private() -> None:
    """Even where the faults were passed over, nothing below the mark would be shown."""
    compiled = body("seen\n\n::: privat\nsecret\n")
    assert COMPILER.narrow(compiled, MENTOR).plain == "seen"


def test_who_may_see_a_line_is_known() -> None:
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
    """Whatever is in blocks and around them, what others see has nothing of it."""
    words = {"mentor": MENTOR, "private": PRIVATE}
    whole, left = [], []
    for word, piece in parts:
        written = f"::: {word}\n{piece}\n:::" if word else piece
        whole.append(written)
        hidden = bool(word) and words[word] > audience
        left.append(re.sub(r"[^\n]+", "", written) if hidden else written)
    compiled = COMPILER.narrow(body("\n".join(whole)), audience)
    assert compiled == body("\n".join(left))
