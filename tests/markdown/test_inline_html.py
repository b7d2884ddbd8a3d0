"""HTML of inline text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from planfolio.markdown import Body


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*a* **b** ~~c~~ `d<`", "<em>a</em> <strong>b</strong> <s>c</s> <code>d&lt;</code>"),
        ("a  \nb\nc", "a<br>\nb\nc"),
        ("&copy; &lt;b&gt; \\*", "© &lt;b&gt; *"),
        (
            '[a](https://b.c "t \\"q\\"")',
            '<a class="external" href="https://b.c" rel="noopener" title="t &quot;q&quot;">a</a>',
        ),
        (
            "https://b.c/?d=1&e=2",
            (
                '<a class="external" href="https://b.c/?d=1&amp;e=2" rel="noopener">'
                "https://b.c/?d=1&amp;e=2</a>"
            ),
        ),
        (
            "<https://b.c>",
            '<a class="external" href="https://b.c" rel="noopener">https://b.c</a>',
        ),
        ("www.b.c", '<a class="external" href="http://www.b.c" rel="noopener">www.b.c</a>'),
        ("a@b.de", '<a href="mailto:a@b.de">a@b.de</a>'),
        ("[a](mailto:a@b.de)", '<a href="mailto:a@b.de">a</a>'),
        ('[a](b.md "t")', '<a href="to/b.md" title="t">a</a>'),
        ('![a *b*](c.png "t")', '<img src="to/c.png" alt="a b" title="t" loading="lazy">'),
        ('![a "b"](c.png)', '<img src="to/c.png" alt="a &quot;b&quot;" loading="lazy">'),
        ("![](c.png)", '<img src="to/c.png" alt="" loading="lazy">'),
    ],
)
def test_inline_markup(html: Callable[[str], str], text: str, expected: str) -> None:
    """Emphasis, code, links of each kind and images."""
    assert html(text) == f"<p>{expected}</p>\n"


def test_image_of_another_host_is_a_link_to_it(
    html: Callable[[str], str], body: Callable[[str], Body]
) -> None:
    """Pages load nothing from elsewhere; the alternative text is the label."""
    assert html("![a chart](https://b.c/d.png)") == (
        '<p><a class="external" href="https://b.c/d.png" rel="noopener">a chart</a></p>\n'
    )
    assert body("![a chart](https://b.c/d.png)").links == ()


def test_image_of_another_host_without_text_shows_its_address(html: Callable[[str], str]) -> None:
    """A link needs a name."""
    assert ">https://b.c/d.png</a>" in html("![](https://b.c/d.png)")


def test_image_of_another_host_in_a_link_is_its_text(html: Callable[[str], str]) -> None:
    """A badge that links somewhere is shown by its words: links do not nest."""
    assert html("[![build](https://b.c/d.svg)](https://e.f)") == (
        '<p><a class="external" href="https://e.f" rel="noopener">build</a></p>\n'
    )


def test_address_in_a_label_is_no_second_link(html: Callable[[str], str]) -> None:
    """HTML does not nest links, whatever the grammar allows."""
    assert html("[a <https://b.c> d](e.md)") == '<p><a href="to/e.md">a https://b.c d</a></p>\n'


def test_link_parts_of_a_markdown_link(body: Callable[[str], Body]) -> None:
    """A relative link is a slot, with what was written on either side of `#`."""
    (link,) = body("[a](../über%20uns.md#b%20c)").links

    assert (link.target, link.fragment) == ("../über uns.md", "b c")
    assert (link.wiki, link.image, link.labelled) == (False, False, True)


def test_image_is_a_link_of_its_kind(body: Callable[[str], Body]) -> None:
    """Images are told from links, so that a page is not shown as a picture."""
    (link,) = body("![a](b.png)").links

    assert (link.target, link.image, link.labelled) == ("b.png", True, True)


def test_root_address_is_asked_about(body: Callable[[str], Body]) -> None:
    """`/x` is left to the resolver, which knows what to say."""
    assert [link.target for link in body("[a](/goals/cka.md)").links] == ["/goals/cka.md"]
