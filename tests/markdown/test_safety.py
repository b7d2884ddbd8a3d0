"""Any text gives one body, in bounded time, and HTML that is safe to place in a page."""

import re
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.markdown.bodies import body, html, notes, nowhere, shown

from planfolio.markdown.compiler import Compiler
from planfolio.markdown.placeholders import Target
from planfolio.model.body import Link

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


def _some(link: Link) -> Target | None:
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


_ATOMS = st.sampled_from(
    [
        *("[", "]", "(", ")", "[[", "]]", "|", "![", "](", "<", ">", "`", "```", "~~~", "~", "*"),
        *("_", "**", "#", "##", "-", "- [ ] ", "- [x] ", "1. ", "> ", "> [!NOTE]\n", ": ", "\\"),
        *("[^1]", "[^1]: ", "[^2]", "[r]: ", "[r]", "---", "|---|", "===", "    ", "\t", "  "),
        *("\n", "\n", "\n\n", "\r", "\x00", "\x0b", "\x0c", "\x1f", "\x7f", "\ufeff", "\ufffe"),
        *("javascript:", "JAVASCRIPT:", "data:", "vbscript:", "view-source:", "blob:", "x", "//"),
        *("&#106;avascript&colon;", "&Tab;", "&#0;", "&lt;", "&amp;", "%0a", "%zz", "%EF%B7%91"),
        *("\ud800", "http://", "https://", "www.", "mailto:", "a@b.de", "example.org", "cka"),
        *("goals/cka.md", "<script>", "</p>", "<!--", "-->", "%%", "<b>", "<img onerror=x>", '"'),
        *("'", "é", "😀", "python", "html"),
    ]
)
# HTML does not allow these either, but no browser minds them, so they stay.
_BEYOND_THE_BASIC_PLANE = "".join(
    chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF)
)
_CHARACTERS = st.characters(codec="utf-8", exclude_characters=_BEYOND_THE_BASIC_PLANE)
_TEXTS = st.lists(_ATOMS, max_size=25).map("".join) | st.text(_CHARACTERS, max_size=60)


@settings(max_examples=200)
@given(_TEXTS, _TEXTS)
@example("[^a]: > [^b]: x\n\n[^a] [^b]", "")
@example("- [^a]: x\n\n[^a]", "")
@example("[a <https://b.c> ![d](https://e.f)](g)", "")
@example("[a <https://b.c>](javascript:x)", "")
@example("# [[cka]]\n# [[cka]]", "")
@example("|a||\n|-|-|\n", "")
@example("- [x] # a\n- [ ] ```\n", "")
@example("https://a.b/%EF%B7%911%EF%B7%91", "")
def test_any_text_gives_safe_html(text: str, other: str) -> None:
    """Whatever the text: no error, well-formed HTML, and only tags and addresses of ours.

    What was compiled before it makes no difference.
    """
    found = body(text)
    _assert_safe(shown(found, _some))
    _assert_safe(shown(found, nowhere))
    compiler = Compiler()
    compiler.compile(other)
    assert compiler.compile(text) == found


_UNSAFE = [
    *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "&#106;avascript:alert(1)"),
    *("&#x6A;avascript&colon;alert(1)", "java&Tab;script:alert(1)", "java&NewLine;script:alert(1)"),
    *("&#1;javascript:alert(1)", "java\\script:alert(1)", "javascript\\:alert(1)"),
    *("%6Aavascript:alert(1)", "javascript%3Aalert(1)", "java%0Ascript:alert(1)"),
    *("%20javascript:alert(1)", "%E2%80%8Bjavascript:alert(1)", "\x01javascript:alert(1)"),
    *("vbscript:msgbox(1)", "data:text/html;base64,PHNjcmlwdD4=", "data:image/png;base64,AAAA"),
    *("view-source:javascript:alert(1)", "feed:javascript:alert(1)", "blob:https://example.org/1"),
    *("//example.org/x.js", "\\\\\\\\example.org", "%2F%2Fexample.org", "/%5Cexample.org"),
    *("%09//example.org", "https:", "https:///path", "http:relative", "mailto:"),
    *("file:///etc/passwd", "tel:+3400", "about:blank", "intent://x#Intent;end", "ms-word:ofe"),
]


@pytest.mark.parametrize("url", _UNSAFE)
@pytest.mark.parametrize(
    "form", ["[label]({})", "[label](<{}>)", "![label]({})", "[label][r]\n\n[r]: {}"]
)
def test_unsafe_address_leaves_only_its_label(form: str, url: str) -> None:
    """A link that must not be live shows its label, at most the plan is asked about it.

    Two of these are relative addresses of strange files once they are read, and `html` pretends
    that the plan has such files.
    """
    text = form.format(url)
    page = html(text, nowhere)
    assert "label" in page or body(text).links[0].image
    assert "<a" not in page
    assert "<img" not in page
    _assert_safe(html(text))


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:x", "javascript%3Ax", "%20javascript:x", "%E2%80%8Bjavascript:x", "tel:1"),
        *("//a.example", "%2F%2Fa.example", "/%5Ca.example", "%09//a.example", "https:", "mailto:"),
    ],
)
def test_an_address_that_leads_out_is_no_file_of_the_plan(url: str) -> None:
    """However it is disguised: it is not looked up, and a note says that it is no link."""
    assert body(f"[label]({url})").links == ()
    assert "not made a link" in notes(f"[label]({url})")[0][2]


@pytest.mark.parametrize(
    "text",
    ["<javascript:alert(1)>", "<data:text/html,x>", "<tel:123>", "xmpp:a@b.de", "<view-source:x>"],
)
def test_unsafe_autolink_stays_text(text: str) -> None:
    """An address in angle brackets or a bare one is shown, not linked."""
    assert html(text) == f"<p>{text.strip('<>')}</p>\n"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <b onclick=x>c</b>",
        "<details>\n\n# x\n\n</details>",
        "<style>*{}</style>",
        "<?php ?>",
        "<![CDATA[x]]>",
    ],
)
def test_raw_html_is_shown(text: str) -> None:
    """HTML in a text is text: each of its angle brackets is seen."""
    page = html(text, nowhere)
    assert page.count("&lt;") == text.count("<")
    _assert_safe(page)


def test_control_characters_are_replaced() -> None:
    """A browser would do something else with each of them."""
    assert body("a\nb\x00\x7f").text == "a\nb\ufffd\ufffd"


def test_deep_nesting_is_cut_off() -> None:
    """Ten thousand quotes within each other are no crash."""
    _assert_safe(html(">" * 10_000 + " x"))


def test_ordinary_nesting_is_kept() -> None:
    """A list twenty levels deep is whole, and nothing is noted."""
    text = "\n".join(f"{'  ' * level}- item {level}" for level in range(20))
    assert "item 19" in body(text).plain
    assert notes(text) == []


def test_too_much_markup_is_shown_as_typed() -> None:
    """One paragraph of it is noted; a comment is left out even there."""
    text = "*a* [b](c.md) <!-- hidden --> " * 1_000
    assert body(text).links == ()
    assert "*a* [b](c.md)" in body(text).plain
    assert "hidden" not in html(text)
    assert notes(text) == [("F111", 1, "too much markup: shown as it is typed")]


def test_markup_of_a_body_is_bounded_as_a_whole() -> None:
    """Many paragraphs of costly markup do not cost more than one of them: the rest is as typed."""
    text = "[a](b.md)\n\n" + ("![" * 4_950 + "\n\n") * 400 + "[c](d.md)"
    assert [link.target for link in body(text).links] == ["b.md", "d.md"]
    assert notes(text) == [("F111", 5, "too much markup: shown as it is typed")]
    # A long page of ordinary links is far from that.
    assert len(body("one [a](b.md) two [[c]] `d` *e*\n\n" * 5_000).links) == 10_000


@pytest.mark.parametrize(
    "text",
    [
        *("[" * 20_000, "[[" * 10_000, "![" * 20_000, "[[a|" * 5_000, "[[a|`" * 5_000),
        *("[a](<" * 5_000, "*a_ " * 9_000, "<a:" * 9_000, "a:" * 9_000, ">" * 50_000),
        *("- " * 20_000, "`" * 50_000, "x" * 1_000_000, ":" * 1_000_000, "[[a]]\n" * 1_600),
        *("<!--" * 50_000, "<!-- -->" * 10_000, "%%\n\n" * 20_000, "<b " * 50_000),
        "<!-- a\n\n--> b\n" * 5_000,
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
def test_hostile_text_ends(text: str) -> None:
    """What makes parsers slow or overflow their stack is read to its end."""
    assert isinstance(html(text), str)
