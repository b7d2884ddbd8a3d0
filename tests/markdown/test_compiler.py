"""Any text gives one body, and HTML that is safe to place in a page."""

from __future__ import annotations

import pickle
import re
import sys
import time
from html import escape
from typing import TYPE_CHECKING

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planfolio.markdown import Compiler, Link, Target, fill, fill_plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

_TAGS = {
    *("p", "h2", "h3", "h4", "h5", "h6", "hr", "br", "blockquote", "pre", "code", "div", "section"),
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td"),
    *("a", "img", "em", "strong", "s", "sup", "span", "svg", "rect", "path"),
}
_ATTRIBUTES = {
    *("href", "src", "alt", "title", "class", "id", "rel", "role", "loading", "tabindex", "start"),
    *("scope", "aria-label", "aria-hidden"),
    *("viewBox", "width", "height", "fill", "stroke", "stroke-width", "x", "y", "rx", "d"),
}
_SAFE_URL = re.compile(r"(?:https?://|mailto:|#|to/)", re.IGNORECASE)


def _resolve(link: Link) -> Target | None:
    return Target(url="to/page", title="Title <&>") if len(link.target) % 3 else None


def _elements(html: str) -> list[Element]:
    """Parse strictly: unbalanced tags, stray characters and duplicate attributes all raise."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return [node for node in parser.parseFragment(html).iter() if isinstance(node.tag, str)]


def _assert_safe(html: str) -> None:
    ids = []
    for element in _elements(html)[1:]:
        tag = element.tag.rpartition("}")[2]
        assert tag in _TAGS
        assert set(element.attrib) <= _ATTRIBUTES
        for name in ("href", "src"):
            assert name not in element.attrib or _SAFE_URL.match(element.attrib[name])
        assert element.attrib.get("src", "to/").startswith("to/")
        ids += [element.attrib["id"]] if "id" in element.attrib else []
    assert len(ids) == len(set(ids))
    leads = re.findall(r'href="#(fn[^"]*)"', html)
    assert set(leads) <= set(ids)


_ATOMS = st.sampled_from(
    [
        *("[", "]", "(", ")", "[[", "]]", "|", "![", "](", "<", ">", "`", "```", "~~~", "~", "*"),
        *("_", "**", "#", "##", "-", "- [ ] ", "- [x] ", "1. ", "> ", "> [!NOTE]\n", ": ", "\\"),
        *("[^1]", "[^1]: ", "[^2]", "[r]: ", "[r]", "---", "|---|", "===", "    ", "\t", "  "),
        *("\n", "\n", "\n\n", "\r", "\x00", "\x0b", "\x0c", "\x1f", "\x7f", "\ufeff", "\ufffe"),
        *("javascript:", "JAVASCRIPT:", "data:", "vbscript:", "view-source:", "blob:", "x", "//"),
        *("&#106;avascript&colon;", "&Tab;", "&#0;", "&lt;", "&amp;", "%0a", "%zz", "\ud800"),
        *("http://", "https://", "www.", "mailto:", "a@b.de", "example.org", "cka", "goals/cka.md"),
        *("<script>", "</p>", "<!--", "<img onerror=x>", '"', "'", "é", "😀", "python", "html"),
    ]
)
_TEXTS = st.lists(_ATOMS, max_size=25).map("".join) | st.text(max_size=60)


@settings(max_examples=200)
@given(_TEXTS)
@example("[^a]: > [^b]: x\n\n[^a] [^b]")
@example("- [^a]: x\n\n[^a]")
@example("![[^1] ![^1]](x)\n\n[^1]: y")
@example("[a <https://b.c> ![d](https://e.f)](g)")
@example("[a <https://b.c>](javascript:x)")
@example("# [[cka]]\n# [[cka]]")
@example("|a||\n|-|-|\n")
@example("- [x] # a\n- [ ] ```\n")
def test_any_text_gives_safe_html(text: str) -> None:
    """Whatever the text: no error, well-formed HTML, and only tags and addresses of ours."""
    body = Compiler().compile(text)

    _assert_safe(str(fill(body, _resolve)))
    _assert_safe(str(fill(body, lambda _: None)))
    assert "Title" not in fill_plain(body, lambda _: None)


@settings(max_examples=50)
@given(_TEXTS, _TEXTS)
def test_compiling_remembers_nothing(first: str, second: str) -> None:
    """A text gives an equal body, whatever was compiled before it."""
    compiler = Compiler()
    compiler.compile(first)

    assert compiler.compile(second) == Compiler().compile(second)


_UNSAFE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript&colon;alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "&#1;javascript:alert(1)",
    "java\\script:alert(1)",
    "javascript\\:alert(1)",
    "%6Aavascript:alert(1)",
    "\x01javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "data:image/png;base64,AAAA",
    "view-source:javascript:alert(1)",
    "feed:javascript:alert(1)",
    "blob:https://example.org/1",
    "//example.org/x.js",
    "\\\\\\\\example.org",
    "file:///etc/passwd",
]


@pytest.mark.parametrize("url", _UNSAFE)
@pytest.mark.parametrize(
    "form", ["[label]({})", "[label](<{}>)", "![label]({})", "[label][r]\n\n[r]: {}"]
)
def test_unsafe_address_leaves_only_its_label(
    compiler: Compiler, html: Callable[[str], str], form: str, url: str
) -> None:
    """A link that must not be live shows its label, at most the plan is asked about it.

    Two of these are relative addresses of strange files once they are read, and `html` pretends
    that the plan has such files.
    """
    text = form.format(url)

    shown = str(fill(compiler.compile(text), lambda _: None))

    assert "label" in shown or compiler.compile(text).links[0].image
    assert "<a" not in shown
    assert "<img" not in shown
    _assert_safe(html(text))


@pytest.mark.parametrize(
    "text",
    ["<javascript:alert(1)>", "<data:text/html,x>", "<tel:123>", "xmpp:a@b.de", "<view-source:x>"],
)
def test_unsafe_autolink_stays_text(html: Callable[[str], str], text: str) -> None:
    """An address in angle brackets or a bare one is shown, not linked."""
    assert html(text) == f"<p>{text.strip('<>')}</p>\n"


def test_dead_link_is_noted(compiler: Compiler) -> None:
    """The author is told what is not live, and why."""
    (note,) = compiler.compile("Call [me](tel:123)").notes

    assert note.message == "not made a link: only http, https and mailto lead out, not tel"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <b onclick=x>c</b>",
        "<!-- x -->",
        "<details>\n\n# x\n\n</details>",
        "<style>*{}</style>",
        "<?php ?>",
    ],
)
def test_raw_html_is_shown(compiler: Compiler, text: str) -> None:
    """HTML in a text is text: each of its angle brackets is seen."""
    shown = str(fill(compiler.compile(text), lambda _: None))

    assert shown.count("&lt;") == text.count("<")
    _assert_safe(shown)


def test_prefix_goes_before_every_id(compiler: Compiler) -> None:
    """Two bodies with different prefixes share a page without sharing an id."""
    text = "# One\n\na[^1] b[^1]\n\n[^1]: note"
    both = "".join(str(fill(compiler.compile(text, prefix=p), _resolve)) for p in ("a-", "b-"))

    _assert_safe(both)
    assert re.findall(r'id="([^"]+)"', both)[:2] == ["a-one", "a-fnref:1"]


def test_text_is_kept_as_given(compiler: Compiler) -> None:
    """The source of a body is what was handed in, line ends included."""
    assert compiler.compile("a\r\nb").text == "a\r\nb"


def test_body_survives_pickling(compiler: Compiler) -> None:
    """A cache on disk gives back an equal body."""
    body = compiler.compile("# A\n\n- [ ] [[b]] ![c](d.png)\n\n```zork\n```")

    assert pickle.loads(pickle.dumps(body)) == body  # noqa: S301 (our own bytes)


def test_deep_nesting_is_cut_off_and_noted(compiler: Compiler) -> None:
    """Ten thousand quotes within each other are no crash, and the author is told."""
    body = compiler.compile(">" * 10_000 + " x")

    assert [note.message for note in body.notes] == [
        "nested more than 60 levels deep: what is deeper is left out"
    ]
    _assert_safe(str(fill(body, _resolve)))


def test_ordinary_nesting_is_kept(compiler: Compiler) -> None:
    """A list twenty levels deep is whole, and nothing is noted."""
    body = compiler.compile("\n".join(f"{'  ' * level}- item {level}" for level in range(20)))

    assert "item 19" in body.plain
    assert body.notes == ()


def test_overlong_paragraph_is_shown_without_markup(compiler: Compiler) -> None:
    """A paragraph of more than ten thousand characters is shown as typed, and noted."""
    body = compiler.compile("*a* [b](c.md) " * 1_000)

    assert body.links == ()
    assert "[b](c.md)" in body.plain
    assert [note.message for note in body.notes] == [
        "over 10,000 characters in one paragraph: shown without markup"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "[[" * 5_000,
        "![" * 5_000,
        "[[a|" * 2_500,
        "[[a|`" * 2_000,
        "[a](<" * 2_000,
        "*a_ " * 2_500,
        "<a:" * 3_300,
        "a:" * 5_000,
        ">" * 10_000,
        "- " * 10_000,
        "`" * 10_000,
        "x" * 1_000_000,
        ":" * 1_000_000,
        "[[a]]\n" * 1_600,
        "- [ ] a\n" * 5_000,
        "a\n: b\n" * 3_000,
        "# a\n" * 5_000,
        "[^a]: " * 3_000,
        "\n".join("  " * level + "- a" for level in range(500)),
        "a|b\n-|-\n" + "|\n" * 5_000,
        "".join(f"[^{i}]\n\n[^{i}]: x\n\n" for i in range(1_000)),
    ],
    ids=lambda text: f"{text[:8]!r}-{len(text)}",
)
def test_hostile_text_takes_bounded_time(compiler: Compiler, text: str) -> None:
    """What makes parsers slow or overflow their stack is done in seconds at most."""
    start = time.process_time()

    fill(compiler.compile(text), _resolve)

    assert time.process_time() - start < 10


def test_full_stack_shows_the_text_as_it_is(compiler: Compiler) -> None:
    """A caller near the end of its stack gets the text unread rather than an exception."""
    text = "> " * 50 + "a & b"

    def from_below(frames: int) -> str:
        if frames:
            return from_below(frames - 1)
        body = compiler.compile(text)
        assert [note.message for note in body.notes] == [
            "nested too deeply to be read as Markdown: shown as it is"
        ]
        return str(fill(body, _resolve))

    used = len(_stack())
    shown = from_below(sys.getrecursionlimit() - used - 60)

    assert shown == f"<pre>{escape(text)}</pre>\n"


def _stack() -> list[object]:
    frames: list[object] = []
    frame = sys._getframe()
    while frame is not None:
        frames.append(frame)
        frame = frame.f_back  # type: ignore[assignment]
    return frames
