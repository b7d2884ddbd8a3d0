"""Wikilinks in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from planfolio.markdown import Body


@pytest.mark.parametrize(
    ("text", "target", "fragment", "labelled"),
    [
        ("[[cka]]", "cka", "", False),
        ("[[ cka ]]", "cka", "", False),
        ("[[goals/cka|the exam]]", "goals/cka", "", True),
        ("[[cka#First steps]]", "cka", "First steps", False),
        ("[[cka#first-steps|there]]", "cka", "first-steps", True),
        ("[[#first-steps]]", "", "first-steps", False),
        ("[[cka|]]", "cka", "", False),
        ("[[cka|the\nexam]]", "cka", "", True),
        ("[[über mich]]", "über mich", "", False),
    ],
)
def test_parts_of_a_wikilink(
    body: Callable[[str], Body], text: str, target: str, fragment: str, labelled: bool
) -> None:
    """Target, heading and label are told apart."""
    (link,) = body(f"See {text} now").links

    assert (link.target, link.fragment, link.labelled) == (target, fragment, labelled)
    assert link.wiki
    assert not link.image


@pytest.mark.parametrize(
    "text",
    [
        "`[[cka]]`",
        "    [[cka]]",
        "```\n[[cka]]\n```",
        r"\[[cka]]",
        r"[\[cka]]",
        "[[]]",
        "[[ ]]",
        "[[|label]]",
        "[[cka]",
        "[[a\nb]]",
        "[[a|b [c]",
        "[[a `b]]` c",
        "[[a|`]]`",
        "[[a|b",
    ],
)
def test_what_is_no_wikilink(
    body: Callable[[str], Body], html: Callable[[str], str], text: str
) -> None:
    """Code, escapes and unfinished brackets stay text."""
    assert body(text).links == ()
    assert "<a" not in html(text)


def test_label_may_be_marked_up(html: Callable[[str], str]) -> None:
    """Emphasis and code in a label are read."""
    assert html("[[cka|the *big* `exam`]]") == (
        '<p><a href="to/cka">the <em>big</em> <code>exam</code></a></p>\n'
    )


def test_brackets_with_an_address_are_a_markdown_link(body: Callable[[str], Body]) -> None:
    """`[[1]](notes.md)` is CommonMark for a label in brackets."""
    (link,) = body("[[1]](notes.md)").links

    assert (link.target, link.wiki) == ("notes.md", False)


def test_brackets_with_a_remark_are_a_wikilink(body: Callable[[str], Body]) -> None:
    """A remark in parentheses right behind a wikilink does not undo it."""
    (link,) = body("[[cka]](in the autumn)").links

    assert (link.target, link.wiki) == ("cka", True)


def test_wikilink_within_a_label_wins(body: Callable[[str], Body]) -> None:
    """Links do not nest: the inner one is the link, as in CommonMark."""
    (link,) = body("[see [[cka]] there](other.md)").links

    assert link.target == "cka"


def test_footnote_in_brackets_is_no_wikilink(html: Callable[[str], str]) -> None:
    """`[[^1]]` is a reference to a footnote within brackets."""
    assert html("a [[^1]]\n\n[^1]: note").startswith('<p>a [<sup class="footnote-ref">')


def test_label_in_a_table_has_an_escaped_bar(body: Callable[[str], Body]) -> None:
    """In a cell the bar is written with a backslash, as Obsidian does."""
    (link,) = body("| a |\n|---|\n| [[cka\\|exam]] |").links

    assert (link.target, link.labelled) == ("cka", True)


def test_unclosed_emphasis_does_not_reach_out_of_a_label(html: Callable[[str], str]) -> None:
    """A star before a wikilink and one in its label are no pair."""
    assert html("*a [[cka|b* c]]") == '<p>*a <a href="to/cka">b* c</a></p>\n'
