"""What a body tells besides its HTML: headings, tasks, links, plain text, and their places."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.markdown.bodies import at, body, html, notes

from planfolio.markdown.placeholders import plain_text
from planfolio.model.body import Heading
from planfolio.model.source_tree import Span
from planfolio.urls import anchor_slug


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# a\n## b\n### c\n## d\n# e", [2, 3, 4, 3, 2]),
        ("## a\n## b\n### c", [2, 2, 3]),
        ("# a\n#### b\n#### c\n## d", [2, 3, 3, 3]),
        ("### a\n# b", [2, 2]),
        ("# a\n## b\n### c\n#### d\n##### e\n###### f", [2, 3, 4, 5, 6, 6]),
        ("a\n===\nb\n---", [2, 3]),
        ("#", []),
    ],
)
def test_headings_stand_below_the_page_title(text: str, levels: list[int]) -> None:
    """The first is h2, none is deeper than the one above it by more than one, none below h6."""
    assert [heading.level for heading in body(text).headings] == levels
    assert [int(level) for level in re.findall(r"<h(\d)", html(text))] == levels
    assert [int(level) for level in re.findall(r"</h(\d)", html(text))] == levels


def test_heading_has_its_anchor_and_its_line() -> None:
    """The id in the page is the one in the list of headings; the place is the line."""
    text = "# Über *mich* [x](y.md) `z`"
    heading = Heading(2, "Über mich x z", "über-mich-x-z", Span(1, 1, 1, len(text) + 1))
    assert body(text).headings == (heading,)
    assert html(text).startswith('<h2 id="über-mich-x-z">Über <em>mich</em>')
    assert body("a\n\n  ## b ##  ").headings[0].span == Span(3, 3, 3, 10)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What I will do", "what-i-will-do"),
        ("  Gaps & risks!  ", "gaps--risks"),
        ("C++ / C# (2026)", "c--c-2026"),
        ("snake_case-stays", "snake_case-stays"),
        ("Über die Straße", "über-die-straße"),
        ("План на год", "план-на-год"),
        ("योजना", "योजना"),
        ("計画 2026", "計画-2026"),
        ("U\u0308ber", "über"),
        ("?!", ""),
    ],
)
def test_anchor_is_that_of_git_hosts(text: str, expected: str) -> None:
    """Letters, marks and digits of any script stay, spaces become hyphens, the rest is dropped."""
    assert anchor_slug(text) == expected


@pytest.mark.parametrize(
    ("texts", "anchors"),
    [
        ("Week Week Week", "week week-1 week-2"),
        ("Week-1 Week Week", "week-1 week week-2"),
        ("Week Week Week-1", "week week-1 week-1-1"),
        ("? !", "section section-1"),
        ("fn:1 fnref:1", "fn1 fnref1"),
    ],
)
def test_anchors_are_unique(texts: str, anchors: str) -> None:
    """Equal headings are numbered past those that have the number in their text."""
    text = "\n".join(f"# {word}" for word in texts.split())
    assert [heading.anchor for heading in body(text).headings] == anchors.split()


def test_tasks_are_found() -> None:
    """A task has its text without markup and its tick, and is a leaf unless it holds a task."""
    text = (
        "- [x] one *two*\n  - note\n    1. [ ] deep\n- [X] three\n  - remark\n- plain\n- [no] no\n"
        "- [ ] \n  - remark\n\npara"
    )
    assert [(task.text, task.done, task.leaf) for task in body(text).tasks] == [
        ("one two", True, False),
        ("deep", False, True),
        ("three", True, True),
        ("", False, True),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- [/] a\n* [>] b\n1. [ ] c", [("a", False), ("b", False), ("c", False)]),
        ("- [x] a\n- [-] b", [("a", True)]),
        ("- [x] a\n  - [-] b", [("a", True)]),
        ("- [-] a\n  - [x] b\n  - c\n    - [ ] d\n- [x] e", [("e", True)]),
        ("- [ ] a\n  - [-] b\n  - [x] c", [("c", True)]),
        ("- [?] a\n- [] b\n- [x ] c", [("a", False), ("b", False), ("c", False)]),
        ("- [ x ] a\n- [   ] b\n- [ ✓ ] c", [("a", False), ("b", False)]),
        ("- [1] Smith 2019\n- [12] Jones\n  - [ ] read", [("read", False)]),
        ("- [^1] a\n- [Ng] b\n- [1]: https://a.example\n- [^1]: c\n\n[^1]: d", []),
        ("```\n- [x] a\n```\n\n    - [x] b\n\n- `[x] c`\n-     [x] d\n", []),
        ("[x] a\n\n> [x] b\n\n- c [x] d\n- [x](e.md)\n- [r] f\n\n[r]: g.md", []),
    ],
)
def test_leaves_are_what_a_checklist_counts(text: str, expected: list[tuple[str, bool]]) -> None:
    """A cancelled item takes what is under it along; what has nothing left under it is a leaf."""
    assert [(task.text, task.done) for task in body(text).leaves] == expected


def test_an_unknown_mark_is_told_once_at_its_place() -> None:
    """A mark without a meaning is a note at its first place, which says what to write."""
    text = "Text\n\n- [x] a\n  - [!] b\n- [!] c\n- [\u2713] d\n- [/] e"
    found = body(text).diagnostics
    assert [(one.code, at(text, one.span)) for one in found] == [
        ("F111", "[!]"),
        ("F111", "[\u2713]"),
    ]
    assert [one.hint[:9] for one in found] == ["write [ ]", "write [x]"]


@pytest.mark.parametrize("mark", ["[ x ]", "[   ]", "[x ]", "[b]", "[*]"])
def test_a_mark_that_is_not_read_is_told(mark: str) -> None:
    """A mark with a space too many, or a letter or sign of another program, is a note."""
    assert notes(f"- {mark} a") == [("F111", 1, f"unknown task mark {mark}, which counts as open")]


def test_the_number_of_a_reference_stays() -> None:
    """A list of references is no checklist, and shows what is written."""
    text = "- [1] Smith 2019\n- [12] Jones 2020"
    assert "<li>[1] Smith 2019</li>" in html(text).replace("\n", "")
    assert (notes(text), body(text).tasks) == ([], ())


def test_plain_text_is_a_line_for_each_block() -> None:
    """Markup goes, words stay, wrapped lines are joined; code blocks and images are left out."""
    text = (
        "# A *b*\n\none\ntwo `code` [link](x.md)\n\n- item\n\n| c | d |\n|---|---|\n| 1 | |\n\n"
        "```\ncode\n```\n\ne ![alt](b.png) [[secret]] f\n"
    )
    plain = plain_text(body(text).plain, lambda _: "")
    assert plain == "A b\none two code link\nitem\nc\nd\n1\ne f"


@pytest.mark.parametrize(
    "text", ["# About [[secret]]", "- [ ] About [[secret]]", "![[[secret]]](x)"]
)
def test_ids_of_other_pages_stay_in_the_links(text: str) -> None:
    """Headings, anchors, tasks and HTML hold nothing of what a wikilink leads to."""
    found = body(text)
    assert "secret" not in repr((found.markup, found.headings, found.tasks, found.plain))


@pytest.mark.parametrize(
    ("text", "target", "fragment"),
    [
        ("[a](../über%20uns.md#b%20c)", "../über uns.md", "b c"),
        ("[a](/goals/cka.md)", "/goals/cka.md", ""),
        ("[[1]](notes.md)", "notes.md", ""),
        ("![a](b.png)", "b.png", ""),
    ],
)
def test_parts_of_a_markdown_link(text: str, target: str, fragment: str) -> None:
    """A relative link has what was written on either side of `#`; images are told from links."""
    (link,) = body(text).links
    assert (link.target, link.fragment, link.wiki) == (target, fragment, False)
    assert link.image == text.startswith("!")


@pytest.mark.parametrize(
    ("text", "target", "fragment", "label"),
    [
        ("[[cka]]", "cka", "", ""),
        ("[[ cka ]]", "cka", "", ""),
        ("[[goals/cka|the exam]]", "goals/cka", "", "the exam"),
        ("[[cka#First steps]]", "cka", "First steps", ""),
        ("[[cka#first-steps|there]]", "cka", "first-steps", "there"),
        ("[[#first-steps]]", "", "first-steps", ""),
        ("[[cka|]]", "cka", "", ""),
        ("[[cka|the\nexam]]", "cka", "", "the exam"),
        ("[[über mich]]", "über mich", "", ""),
        ("[[cka]](in the autumn)", "cka", "", ""),
        # Links do not nest: the inner one is the link, as in CommonMark.
        ("[see [[cka]] there](other.md)", "cka", "", ""),
        # In a cell the bar is written with a backslash, as Obsidian does.
        ("now\n\n| a |\n|---|\n| [[cka\\|exam]] |\n\n", "cka", "", "exam"),
    ],
)
def test_parts_of_a_wikilink(text: str, target: str, fragment: str, label: str) -> None:
    """Target, heading and label are told apart."""
    compiled = body(f"See {text} now")
    (link,) = compiled.links
    assert (link.target, link.fragment) == (target, fragment)
    assert label in compiled.plain
    assert "cka" not in compiled.plain
    assert link.wiki
    assert not link.image


@pytest.mark.parametrize("link", ["[[cka]]", "[[cka#first-steps]]", "[[cka| ]]", "[](cka.md)"])
def test_a_link_without_a_label_is_told_by_the_title_of_what_it_leads_to(link: str) -> None:
    """In plain text and in tasks, as on the page; of what readers may not see nothing is shown."""
    compiled = body(f"[a](x.md) Spoke about {link} with Eva.\n\n- [ ] Book {link} today")
    texts = (compiled.plain, compiled.tasks[0].text)
    (told, booked), hidden = (
        [plain_text(text, {0: "", 1: title, 2: title}.__getitem__) for text in texts]
        for title in ("the exam", "")
    )
    assert told == "a Spoke about the exam with Eva.\nBook the exam today"
    assert booked == "Book the exam today"
    assert hidden == ["a Spoke about with Eva.\nBook today", "Book today"]


@pytest.mark.parametrize(
    "text",
    [
        *("`[[cka]]`", "    [[cka]]", "```\n[[cka]]\n```", r"\[[cka]]", r"[\[cka]]", "[[]]"),
        *(
            *("[[ ]]", "[[|label]]", "[[cka]", "[[a\nb]]", "[[a|b [c]", "[[a `b]]` c"),
            *("[[a|`]]`", "[[a|b"),
        ),
    ],
)
def test_what_is_no_wikilink(text: str) -> None:
    """Code, escapes and unfinished brackets stay text."""
    assert body(text).links == ()
    assert "<a" not in html(text)


def test_footnote_in_brackets_is_no_wikilink() -> None:
    """`[[^1]]` is a reference to a footnote within brackets."""
    assert html("a [[^1]]\n\n[^1]: note").startswith('<p>a [<sup class="footnote-ref">')


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
        ("|a|b|\n|-|-|\n| [x](y.md) | [[k]] |", [(3, 7, "y.md"), (3, 15, "[[k]]")]),
        ("[*r*][], ![i][r]\n\n[r]: x.md\n[*r*]: y.md", [(1, 1, "[*r*][]"), (1, 10, "![i][r]")]),
    ],
)
def test_link_is_placed_where_its_address_is(
    text: str, expected: list[tuple[int, int, str]]
) -> None:
    """Line and column are those of the source, whatever blocks are around the link."""
    spans = [link.span for link in body(text).links]
    source = text.replace("\r\n", "\n")
    assert [(span.line, span.column, at(source, span)) for span in spans] == expected


def test_note_is_placed_at_the_fence_and_at_the_address() -> None:
    """An unknown language is shown at its fence, a dead link at its address."""
    text = "a [b](tel:1) <tel:22>\n\n- ```zork\n  x\n  ```"
    spans = [found.span for found in body(text).diagnostics]
    assert [at(text, span) for span in spans] == ["tel:1", "tel:22", "- ```zork"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\n\n<details>\n\n# x\n", 3),
        ('a b\nc <b\nd="e">f</b>', 2),
        ("|a|\n|-|\n|<br/>|\n\n<kbd>x</kbd>", 3),
    ],
)
def test_html_is_noted_once_at_the_first_of_it(text: str, line: int) -> None:
    """HTML in blocks, lines and cells is one note."""
    assert notes(text) == [("F111", line, "HTML is shown as text")]
    assert at(text, body(text).diagnostics[0].span).startswith("<")


@pytest.mark.parametrize(
    "text", ["`<b>`", "    <b>", "\\<b>", "a < b > c", "<your name>", "<https://a.b>", "&lt;b>"]
)
def test_what_is_no_html(text: str) -> None:
    """Code, escapes, comparisons, addresses and names to fill in are left in peace."""
    assert notes(text) == []


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
    found = body(text).links
    assert len(found) == number
    for link in found:
        assert at(text, link.span) == (f"[[{link.target}]]" if link.wiki else link.target)
