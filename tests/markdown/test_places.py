"""Places of links, tasks, headings and notes in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planfolio.markdown import Compiler, Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from planfolio.markdown import Body


def _text_at(text: str, place: Place) -> str:
    lines = text.split("\n")
    if place.line == place.end_line:
        return lines[place.line - 1][place.column - 1 : place.end_column - 1]
    first = lines[place.line - 1][place.column - 1 :]
    last = lines[place.end_line - 1][: place.end_column - 1]
    return "\n".join([first, *lines[place.line : place.end_line - 1], last])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See [a](x.md)", [(1, 9, "x.md")]),
        ("x.md [x.md](x.md) [x.md](x.md)", [(1, 13, "x.md"), (1, 26, "x.md")]),
        ("über [ü](ü.md)", [(1, 10, "ü.md")]),
        ("one\ntwo [a](x.md)\n  three [a](x.md)", [(2, 9, "x.md"), (3, 13, "x.md")]),
        ("[a](<b c.md>)", [(1, 6, "b c.md")]),
        ('[a]( x.md#part "t" )', [(1, 6, "x.md#part")]),
        ("[a](\nx.md)", [(2, 1, "x.md")]),
        ("[a b\nc](x.md)", [(2, 4, "x.md")]),
        ("[]()", [(1, 1, "[]()")]),
        ("[*x](y* [x](z.md)", [(1, 13, "z.md")]),
        (r"[\]](x.md)", [(1, 6, "x.md")]),
        ("![alt](i.png)", [(1, 8, "i.png")]),
        ("[![alt](i.png)](x.md)", [(1, 17, "x.md"), (1, 9, "i.png")]),
        ("see [[cka]] and [[cka]]", [(1, 5, "[[cka]]"), (1, 17, "[[cka]]")]),
        ("[[cka|the\nexam]]", [(1, 1, "[[cka|the\nexam]]")]),
        ("# A [b](x.md) #", [(1, 9, "x.md")]),
        ("A [b](x.md)\n===", [(1, 7, "x.md")]),
        ("> > quote\n> > [a](x.md)\nlazy [a](x.md)", [(2, 9, "x.md"), (3, 10, "x.md")]),
        ("- one\n\n  - [a](x.md)\n\n\t[b](y.md)", [(3, 9, "x.md"), (5, 6, "y.md")]),
        ("- [x] [a](x.md)", [(1, 11, "x.md")]),
        ("Term [a](x.md)\n: Def [b](y.md)", [(1, 10, "x.md"), (2, 11, "y.md")]),
        ("> [!TIP]\n> [a](x.md)", [(2, 7, "x.md")]),
        ("a[^1]\n\n[^1]: [a](x.md)\n\n    [b](y.md)", [(3, 11, "x.md"), (5, 9, "y.md")]),
        ("first\n\n\n[a](x.md)\n", [(4, 5, "x.md")]),
        ("one\r\ntwo [a](x.md)\r\n", [(2, 9, "x.md")]),
        ("\u00a0\n[a](x.md)", [(2, 5, "x.md")]),
    ],
)
def test_link_is_placed_where_its_address_stands(
    body: Callable[[str], Body], text: str, expected: list[tuple[int, int, str]]
) -> None:
    """Line and column are those of the source, whatever blocks stand around the link."""
    links = body(text).links
    source = text.replace("\r\n", "\n")

    found = [(a.place.line, a.place.column, _text_at(source, a.place)) for a in links]
    assert found == expected


def test_links_in_a_table_have_their_own_cells(body: Callable[[str], Body]) -> None:
    """Equal cells are told apart, and an escaped bar does not shift what follows it."""
    text = "| a | b |\n|---|---|\n| [x](y.md) | [x](y.md) |\n| [[k\\|l]] \\| [x](z.md) | [[k]] |"

    places = [(link.place.line, link.place.column) for link in body(text).links]
    assert places == [(3, 7), (3, 19), (4, 3), (4, 19), (4, 27)]
    assert [_text_at(text, link.place) for link in body(text).links] == [
        "y.md",
        "y.md",
        r"[[k\|l]]",
        "z.md",
        "[[k]]",
    ]


@pytest.mark.parametrize(
    ("definition", "line", "column"),
    [
        ('[r]: x.md "title"', 3, 6),
        ("[r]: <x.md>", 3, 7),
        ("> [r]: x.md", 3, 8),
        ("[r]:\n  x.md", 4, 3),
        ("> [r]:\n> x.md", 4, 3),
    ],
)
def test_link_by_reference_is_placed_at_its_definition(
    body: Callable[[str], Body], definition: str, line: int, column: int
) -> None:
    """The address stands in the definition, so that is what a finding about it shows."""
    text = f"[one][r], [R][], [r] and ![alt][r]\n\n{definition}\n"

    links = body(text).links
    assert len(links) == 4
    for link in links:
        assert (link.place.line, link.place.column) == (line, column)
        assert _text_at(text, link.place) == "x.md"


def test_definition_with_a_strange_label_is_placed_on_its_line(body: Callable[[str], Body]) -> None:
    """Where the address cannot be told from the label, the line is shown."""
    (link,) = body("[one][r\\\\]\n\n  [r\\\\]: x.md\n").links

    assert link.place == Place(3, 3, 3, 14)


def test_task_is_placed_from_its_box(body: Callable[[str], Body]) -> None:
    """A task's place is its box and the rest of the line."""
    text = "- [x] one  \n  1. [ ] two [a](b.md)"

    assert [_text_at(text, task.place) for task in body(text).tasks] == [
        "[x] one",
        "[ ] two [a](b.md)",
    ]


def test_heading_is_placed_on_its_line(body: Callable[[str], Body]) -> None:
    """A heading's place is its line without the space around it."""
    assert body("a\n\n  ## b ##  ").headings[0].place == Place(3, 3, 3, 10)


def test_note_is_placed_at_the_fence_and_at_the_address(body: Callable[[str], Body]) -> None:
    """An unknown language is shown at its fence, a dead link at its address."""
    text = "a [b](tel:1) <tel:22>\n\n- ```zork\n  x\n  ```"

    assert [_text_at(text, note.place) for note in body(text).notes] == [
        "tel:1",
        "tel:22",
        "- ```zork",
    ]


_BLOCKS = st.sampled_from(
    ["{}", "> {}", "- {}", "1. {}", "# {}", "- [ ] {}", "> - {}", "t\n: {}", "| {} |\n|---|\n| x |"]
)
_LINKS = st.sampled_from(["[x](N.md)", "[[N]]", "![x y](N.md)", "**[x](N.md)**", "[a *b*](<N.md>)"])


@given(st.lists(st.tuples(_BLOCKS, st.lists(_LINKS, min_size=1, max_size=3)), max_size=6))
def test_places_hold_the_targets(blocks: list[tuple[str, list[str]]]) -> None:
    """The text at the place of each link is its target, in any arrangement of blocks."""
    number = 0
    parts = []
    for block, links in blocks:
        named = []
        for written in links:
            number += 1
            named.append(written.replace("N", f"file-{number}"))
        parts.append(block.format("ä " + " 😀 ".join(named)))
    text = "\n\n".join(parts)

    compiled = Compiler().compile(text)

    assert len(compiled.links) == number
    for link in compiled.links:
        expected = f"[[{link.target}]]" if link.wiki else link.target
        assert _text_at(text, link.place) == expected
