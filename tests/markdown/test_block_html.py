"""HTML of blocks, and the headings and tasks found in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from planfolio.markdown import Heading, Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from planfolio.markdown import Body


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\nb", "<p>a</p>\n<p>b</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("- a\n\n- b", "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>\n"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>\n'),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
        ("---", "<hr>\n"),
        ("a\n: b\n: c", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n<dd>c</dd>\n</dl>\n"),
        (
            "> [!WARNING]\n> a",
            (
                '<div class="alert alert-warning" role="note">\n'
                '<p class="alert-title">Warning</p>\n<p>a</p>\n</div>\n'
            ),
        ),
        (
            "```\na <b>\n```",
            '<pre class="code" tabindex="0"><code>a &lt;b&gt;\n</code></pre>\n',
        ),
        ("    a", '<pre class="code" tabindex="0"><code>a\n</code></pre>\n'),
    ],
)
def test_blocks(html: Callable[[str], str], text: str, expected: str) -> None:
    """Paragraphs, lists, quotes, rules, definitions, alerts and code."""
    assert html(text) == expected


def _levels(body: Body) -> list[int]:
    return [heading.level for heading in body.headings]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# a\n## b\n### c\n## d\n# e", [2, 3, 4, 3, 2]),
        ("## a\n## b\n### c", [2, 2, 3]),
        ("# a\n#### b\n#### c\n## d", [2, 3, 3, 3]),
        ("### a\n# b", [2, 2]),
        ("# a\n## b\n### c\n#### d\n##### e\n###### f", [2, 3, 4, 5, 6, 6]),
        ("a\n===\nb\n---", [2, 3]),
    ],
)
def test_headings_stand_below_the_page_title(
    body: Callable[[str], Body], html: Callable[[str], str], text: str, levels: list[int]
) -> None:
    """The first is h2, none is deeper than the one above it by more than one, none below h6."""
    assert _levels(body(text)) == levels
    assert [int(level) for level in re.findall(r"<h(\d)", html(text))] == levels
    assert [int(level) for level in re.findall(r"</h(\d)", html(text))] == levels


def test_heading_has_its_anchor(body: Callable[[str], Body], html: Callable[[str], str]) -> None:
    """The id in the page is the one in the list of headings."""
    text = "# Über *mich* [x](y.md) `z`"

    assert body(text).headings == (
        Heading(2, "Über mich x z", "über-mich-x-z", Place(1, 1, 1, len(text) + 1)),
    )
    assert html(text).startswith('<h2 id="über-mich-x-z">Über <em>mich</em>')


def test_empty_heading_is_left_out(body: Callable[[str], Body], html: Callable[[str], str]) -> None:
    """A heading without content has nothing to announce."""
    assert html("a\n\n#\n\nb") == "<p>a</p>\n<p>b</p>\n"
    assert body("#").headings == ()


def test_tasks_are_found(body: Callable[[str], Body]) -> None:
    """Text without markup, ticked or not, and a leaf unless a task stands within it."""
    text = "- [x] one *two*\n  - note\n    1. [ ] deep\n- [X] three\n- plain\n- [] four\n"

    assert [(task.text, task.done, task.leaf) for task in body(text).tasks] == [
        ("one two", True, False),
        ("deep", False, True),
        ("three", True, True),
    ]


def test_task_with_a_plain_list_is_a_leaf(body: Callable[[str], Body]) -> None:
    """Remarks below a task do not make it a heading of tasks."""
    assert [task.leaf for task in body("- [ ] a\n  - remark\n- [ ] b").tasks] == [True, True]


def test_task_without_words_takes_none_of_its_children(body: Callable[[str], Body]) -> None:
    """The text of a nested item is not that of the task around it."""
    assert [task.text for task in body("- [ ] \n  - remark\n\npara").tasks] == [""]


@pytest.mark.parametrize(("box", "word", "name"), [("x", "done", "done"), (" ", "to do", "to-do")])
def test_task_is_read_aloud(html: Callable[[str], str], box: str, word: str, name: str) -> None:
    """An icon for the eye and a word for the ear, and no form control without a label."""
    shown = html(f"- [{box}] a")

    assert f'<li class="task {name}"><svg class="task-icon"' in shown
    assert f'<span class="visually-hidden">{word}: </span>a</li>' in shown
    assert '<ul class="task-list">' in shown
    assert "<input" not in shown


def test_table_scrolls_by_keyboard(html: Callable[[str], str]) -> None:
    """A wide table is a region with a name that can be focused; a second one has its own name."""
    shown = html("|a|b|\n|-|-|\n|1|2|\n\n|c|\n|-|\n")

    assert re.findall(
        r'<div class="table-scroll" tabindex="0" role="region" (\S+ ?\d?")', shown
    ) == [
        'aria-label="Table"',
        'aria-label="Table 2"',
    ]
    assert shown.count("</table></div>") == 2


def test_table_cells(html: Callable[[str], str]) -> None:
    """Column heads say what they head, sides become classes, an empty head is a plain cell."""
    assert html("| a | |\n|:-:|--:|\n| 1 | *2* |") == (
        '<div class="table-scroll" tabindex="0" role="region" aria-label="Table"><table>\n'
        '<thead>\n<tr><th scope="col" class="align-center">a</th>'
        '<td class="align-right"></td></tr>\n</thead>\n'
        '<tbody>\n<tr><td class="align-center">1</td>'
        '<td class="align-right"><em>2</em></td></tr>\n</tbody>\n</table></div>\n'
    )


@pytest.mark.parametrize(
    ("info", "name"),
    [("python", "python"), ("Python title=x", "python"), ("python,ignore", "python")],
)
def test_language_is_the_first_word(html: Callable[[str], str], info: str, name: str) -> None:
    """What else stands behind a fence is not for us."""
    assert f'<code class="language-{name}"><span' in html(f"```{info}\nx = 1\n```")


def test_unknown_language_is_plain_and_noted(
    body: Callable[[str], Body], html: Callable[[str], str]
) -> None:
    """The code is shown, and the author told."""
    text = '```zo"rk\na < b\n```'

    assert html(text) == (
        '<pre class="code" tabindex="0"><code class="language-zo&quot;rk">a &lt; b\n</code></pre>\n'
    )
    assert [note.message for note in body(text).notes] == [
        "unknown language 'zo\"rk': shown as plain text"
    ]
