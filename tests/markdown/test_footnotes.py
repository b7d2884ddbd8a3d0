"""Footnotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def test_footnote_leads_there_and_back(html: Callable[[str], str]) -> None:
    """The number leads to the note, the note to each place that refers to it."""
    shown = html("a[^x] b[^x]\n\n[^x]: the *note*\n")

    assert shown == (
        '<p>a<sup class="footnote-ref"><a href="#fn:1" id="fnref:1" role="doc-noteref">1</a></sup>'
        ' b<sup class="footnote-ref"><a href="#fn:1" id="fnref:1:2" role="doc-noteref">1</a></sup>'
        "</p>\n"
        '<section class="footnotes">\n<ol>\n<li id="fn:1"><p>the <em>note</em>'
        ' <a class="footnote-back" href="#fnref:1" role="doc-backlink"'
        ' aria-label="Back to reference 1">↩\ufe0e</a>'
        ' <a class="footnote-back" href="#fnref:1:2" role="doc-backlink"'
        ' aria-label="Back to reference 1, use 2">↩\ufe0e</a></p>\n</li>\n</ol>\n</section>\n'
    )


def test_footnotes_are_numbered_by_first_reference(html: Callable[[str], str]) -> None:
    """The order of the definitions does not matter."""
    shown = html("[^b] [^a]\n\n[^a]: first\n\n[^b]: second\n")

    assert re.findall(r'<li id="(fn:\d)"><p>(\w+)', shown) == [
        ("fn:1", "second"),
        ("fn:2", "first"),
    ]


def test_footnote_without_reference_is_left_out(html: Callable[[str], str]) -> None:
    """Nothing leads to it, so it is not shown."""
    assert html("a\n\n[^x]: note") == "<p>a</p>\n"


def test_reference_without_footnote_stays_text(html: Callable[[str], str]) -> None:
    """What is not defined is no reference."""
    assert html("a[^x]") == "<p>a[^x]</p>\n"


def test_definitions_within_blocks_leave_them_whole(html: Callable[[str], str]) -> None:
    """A definition in a quote, in a list and in another footnote takes out only itself."""
    shown = html("> [^a]: > [^b]: inner\n>\n> quote\n\n- [^c]: listed\n- item\n\n[^a] [^b] [^c]\n")

    assert shown.startswith("<blockquote>\n<p>quote</p>\n</blockquote>\n<ul>\n<li></li>\n")
    assert re.findall(r'<li id="fn:(\d)">(.*)', shown)[0] == ("1", "<blockquote>")
    assert shown.count("<blockquote>") == shown.count("</blockquote>") == 2
    assert re.search(r'<li id="fn:2"><p>inner ', shown)
    assert re.search(r'<li id="fn:3"><p>listed ', shown)


def test_note_that_ends_in_code_has_its_way_back(html: Callable[[str], str]) -> None:
    """The way back stands behind the last block if that is no paragraph."""
    shown = html("a[^x]\n\n[^x]:\n    ```\n    code\n    ```\n")

    assert 'code\n</code></pre>\n <a class="footnote-back" href="#fnref:1"' in shown


def test_reference_in_the_text_of_an_image_is_no_way_back(html: Callable[[str], str]) -> None:
    """Alternative text shows no reference, so the note does not lead there."""
    shown = html("![a[^x]](b.png) c[^x]\n\n[^x]: note")

    assert set(re.findall(r'href="#(fnref[^"]*)"', shown)) == set(
        re.findall(r'id="(fnref[^"]*)"', shown)
    )
    assert 'alt="a"' in shown


def test_heading_does_not_take_the_id_of_a_footnote(html: Callable[[str], str]) -> None:
    """A heading about footnote 1 and footnote 1 are two things."""
    ids = re.findall(r' id="([^"]+)"', html("# fn:1\n\n# fnref:1\n\na[^x]\n\n[^x]: note"))

    assert ids == ["fn1", "fnref1", "fnref:1", "fn:1"]
