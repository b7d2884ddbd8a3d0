"""The rules for text within a block."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planfolio.markdown.audience_blocks import parser_environment
from planfolio.markdown.parser import Parser, make_parser
from planfolio.markdown.renderer import Renderer
from planfolio.markdown.source_lines import SourceLines

_WITH_SHORT_WAYS = make_parser()
_WITHOUT = make_parser()
_WITHOUT.disable(["plain_emphasis", "plain_link"])

_PIECES = st.sampled_from(
    [
        *("*a*", "**b c**", "_d_", "__é 1__", "[e](f)", "[g h](../i.md#j_k)"),
        *("*", "**", "_", "__", "[", "[[", "![", "](", "]", "]]", "(", ")"),
        *("m", "\n", " ", "\u2028", "\xa0", ".", "`", "~~", "\\", "<", ">", "!", ":"),
    ]
)


@given(st.lists(_PIECES, max_size=20).map("".join))
def test_plain_markup_is_read_as_by_the_rules_for_all(text: str) -> None:
    """The short ways for plain emphasis and links change nothing."""
    assert _compiled(_WITH_SHORT_WAYS, text) == _compiled(_WITHOUT, text)


def _compiled(parser: Parser, text: str) -> object:
    renderer = Renderer(SourceLines(text.split("\n")))
    return renderer.html(parser.parse(text, parser_environment(()))), renderer.links, renderer.plain
