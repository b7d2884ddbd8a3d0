"""What a compiled body tells besides its HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from planfolio.markdown import Body, Compiler


def test_plain_text_is_a_line_for_each_block(body: Callable[[str], Body]) -> None:
    """Markup goes, words stay, and wrapped lines are joined."""
    text = "# A *b*\n\none\ntwo `code` [link](x.md)\n\n- item\n\n| c | d |\n|---|---|\n| 1 | |\n"

    assert body(text).plain == "A b\none two code link\nitem\nc\nd\n1"


def test_plain_text_has_no_code_blocks_images_or_raw_wikilinks(body: Callable[[str], Body]) -> None:
    """An excerpt is prose; nor does it tell the id of a page that may be hidden."""
    assert body("```\ncode\n```\n\na ![alt](b.png) [[secret]] c").plain == "a c"


@pytest.mark.parametrize(
    "text", ["# About [[secret]]", "- [ ] About [[secret]]", "![[[secret]]](x)"]
)
def test_ids_of_other_pages_stay_in_the_links(compiler: Compiler, text: str) -> None:
    """Headings, anchors, tasks and HTML hold nothing of what a wikilink leads to."""
    body = compiler.compile(text)

    assert "secret" not in repr((body.pieces, body.headings, body.tasks, body.prose))


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("first-steps", "first-steps"),
        ("First steps", "first-steps"),
        ("first-steps-1", "first-steps-1"),
        ("Last steps", None),
        ("", None),
    ],
)
def test_heading_is_found_by_anchor_or_words(
    compiler: Compiler, fragment: str, expected: str | None
) -> None:
    """Fragments are written as on a git host, or as the heading reads."""
    text = "# First steps\n\n## First steps\n"

    assert compiler.compile(text).find_anchor(fragment) == expected
    with_prefix = compiler.compile(text, prefix="b-").find_anchor(fragment)
    assert with_prefix == (expected and f"b-{expected}")
