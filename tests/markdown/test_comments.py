"""Comments: what the author hid is in no part of a body."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.markdown.bodies import at, body, html, notes

from planfolio.model.diagnostics import Severity
from planfolio.model.visibility import Visibility
from planfolio.pipeline import Today, build


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <!-- HIDE --> b, %%HIDE%% c", "<p>a b, c</p>\n"),
        ("<!-- HIDE --> a <!-- HIDE -->", "<p>a </p>\n"),
        ("a **b**<!-- HIDE --> c", "<p>a <strong>b</strong> c</p>\n"),
        ("a\n\n<!-- HIDE -->\n\n%% HIDE %%\n\nb", "<p>a</p>\n<p>b</p>\n"),
        ("a <!-- HIDE\nHIDE --> b", "<p>a b</p>\n"),
        ("> a <!-- HIDE\n> HIDE --> b", "<blockquote>\n<p>a b</p>\n</blockquote>\n"),
        ("a\n<!-- HIDE\n\n# HIDE\n\n    HIDE\n```\nHIDE -->\nb", "<p>a\n</p>\n<p>\nb</p>\n"),
        ("%%\n- HIDE\n\nHIDE\n%%\n\nb", "<p>b</p>\n"),
        ("a %%HIDE\n\nHIDE%% b", "<p>a </p>\n<p>b</p>\n"),
        (
            "- a <!-- HIDE\n\n  HIDE --> b\n- c",
            "<ul>\n<li><p>a </p>\n<p>b</p>\n</li>\n<li><p>c</p>\n</li>\n</ul>\n",
        ),
        ("# a <!-- HIDE -->\n# <!-- HIDE -->", '<h2 id="a">a </h2>\n'),
        ("[a <!-- HIDE --> b](c.md)", '<p><a href="to/c.md">a b</a></p>\n'),
        ("![a %%HIDE%% b](c.png)", '<p><img src="to/c.png" alt="a b" loading="lazy"></p>\n'),
        ("[[a|b <!-- HIDE -->]]", '<p><a href="to/a">b </a></p>\n'),
        ("a<!-->b<!--->c", "<p>abc</p>\n"),
        # Code is told by fences and backticks alone; what only looks like it hides as well.
        ("    <!-- HIDE -->", ""),
        ("- use ` here\n- <!-- HIDE ` HIDE --> b", "<ul>\n<li>use ` here</li>\n<li>b</li>\n</ul>"),
        # What nothing closes hides all that follows it.
        ("a <!-- HIDE\n\nHIDE", "<p>a </p>\n"),
        ("a\n\n%% HIDE\n\nHIDE", "<p>a</p>\n"),
    ],
)
def test_comment_is_in_no_part_of_a_body(text: str, expected: str) -> None:
    """Comments in lines and of lines of their own are left out, whatever is in them."""
    assert html(text).split() == expected.split()
    assert "HIDE" not in repr(body(text))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("`<!-- a --> %%b%%`", "<!-- a --> %%b%%"),
        ("```\n<!-- a -->\n%%b%%\n```", ""),
        (r"\<!-- a \%%b%\%", "<!-- a %%b%%"),
        ("&lt;!-- a -->", "<!-- a -->"),
        ("100%% sure", "100%% sure"),
        ("https://a.b/%%c%%d", "https://a.b/%%c%%d"),
        ("< !-- a -->", "< !-- a -->"),
    ],
)
def test_what_is_no_comment(text: str, plain: str) -> None:
    """Code, escapes, addresses and a lone `%%` within a line are shown."""
    assert body(text).plain == plain
    assert html(text).count("a") >= text.count("a")
    assert notes(text) == []


def test_places_below_a_comment_are_those_of_the_source() -> None:
    """Lines and columns count what is left out."""
    text = "<!-- a\n\nb --> [c](d.md) <!-- e --> [f](g.md)\n\n| %%h%% [i](j.md) |\n|---|\n"
    assert [at(text, link.span) for link in body(text).links] == ["d.md", "g.md", "j.md"]


def test_unclosed_comment_is_noted() -> None:
    """The author is told where it begins."""
    message = "nothing closes this comment: all below it is left out"
    assert notes("a\n\nb <!-- c\n\nd") == [("F111", 3, message)]


def test_mark_in_a_comment_hides_nothing_else() -> None:
    """A comment is taken out before blocks for an audience are looked for."""
    text = "<!--\n::: private\na\n:::\n-->\n\nb <!-- ::: privat -->\n"
    assert (body(text).blocks, notes(text), body(text).plain) == ((), [], "b")
    # The mark that closes the block is in the comment, so nothing of the rest is shown to others.
    assert notes("::: private\n<!-- a\n:::\n\nb\n")[0] == ("V103", 1, "nothing closes this block")


@pytest.mark.parametrize("audience", list(Visibility))
def test_comment_is_in_no_byte_of_a_site(
    plan: Callable[[dict[str, str]], Path], today: Today, audience: Visibility
) -> None:
    """Pages, descriptions, feeds, search and plan.json have nothing of what the author hid."""
    text = (
        "<!-- HIDE -->\n\n%% HIDE %%\n\nThe script <!-- HIDE --> is ready, %%HIDE%% and read.\n\n"
        "- [x] one <!-- HIDE\n\n  HIDE -->\n\n# Cast <!-- HIDE -->\n\n[[play]] <b>x</b>\n"
    )
    root = plan(
        {
            "site.toml": 'base_url = "https://example.org/"\n',
            "content/goals/play.md": f"---\ntitle: Broadcast the play\ndue: 2027\n---\n{text}",
            "content/reviews/2026-01.md": f"---\ntitle: January\ndate: 2026-01-31\n---\n{text}",
            "content/skills.md": f"---\nitems: {{python: 2}}\n---\n{text}",
        }
    )
    result = build(root, today=today, audience=audience)
    assert [
        (found.code, found.span.line)
        for found in result.check.diagnostics
        if found.severity is not Severity.WARNING
    ][:1] == [("F111", 17)]
    assert result.files is not None
    hidden = [path for path, data in result.files.items() if re.search(b"HIDE|\xef\xb7\x90", data)]
    assert hidden == []
    assert b"The script is ready, and read." in result.files["goals/play/index.html"]


def test_a_comment_beside_the_language_of_code_leaves_nothing() -> None:
    """The language is what is before it, and an unclosed one leaves a block without any."""
    assert 'class="language-python"' in html("```python <!-- x -->\nprint()\n```")
    assert html("```<!--").isascii()


_PIECES = st.sampled_from(
    [
        *(
            *("<!--", "-->", "%%", "`", "```\n", "\n", "\n\n", "- ", "> ", "    ", "[a](b.md)"),
            "[[c]]",
        ),
        *("| a |\n|---|\n", "# ", "*", "![", "](x)", "\\", "::: private\n", ":::\n", " ", "<b>"),
    ]
)


@settings(max_examples=300)
@given(st.lists(_PIECES, max_size=20).map("".join))
def test_what_stands_in_a_comment_makes_no_difference(text: str) -> None:
    """A comment around any text leaves no byte of it, and all else as it is."""
    hidden = re.sub("[-%]", "", text)
    compiled = body(f"one\n\n<!-- SECRET {hidden} SECRET -->\n\ntwo")
    assert "SECRET" not in repr(compiled)
    assert compiled.plain.split() == ["one", "two"]
