"""The short ways of the parser for what is plain and frequent."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from planfolio.markdown.audience_blocks import parser_environment
from planfolio.markdown.parser import Parser, make_parser
from planfolio.markdown.renderer import Renderer
from planfolio.markdown.source_lines import SourceLines

_WITH_SHORT_WAYS = make_parser()
_WITHOUT = make_parser(short_ways=False)

_INLINE = st.sampled_from(
    [
        *("`n`", "`` o ``", "www.p.org", "q@r.st", "u's", ", ", "-"),
        *("*a*", "**b c**", "_d_", "__é 1__", "[e](f)", "[g h](../i.md#j_k)"),
        *("*", "**", "_", "__", "[", "[[", "![", "](", "]", "]]", "(", ")"),
        *("m", "\n", " ", "\u2028", "\xa0", ".", "`", "~~", "\\", "<", ">", "!", ":"),
    ]
)
# Few at a time: one mark that is not plain sends the whole text to the rules for all.
_NEARLY_PLAIN = st.lists(
    st.sampled_from(
        [
            *("`n`", "*a*", "**b c**", "_d_", "__é 1__", "[e](f)", "[g h](../i.md#j_k)"),
            *("m", "é", "1", " ", " ", "\n", ".", ",", "(", ")", "*", "_", "`", "-", "’", "]"),
        ]
    ),
    max_size=5,
)
_LIST_LINES = st.tuples(
    st.sampled_from(["- ", "- ", "- ", "* ", "1. ", "2. ", "1) ", "", "  ", "   ", "    ", "\t"]),
    st.sampled_from(["", "", "[x] ", "[ ] ", "[-] ", "[x]: ", "- "]),
    st.sampled_from(["", "a", "b ", "**c** d", "e\t", "[^1]", "[f]", "---", "| g", ": h", "> i"]),
    st.sampled_from(["\n", "\n", "\n", "\n\n", "\n \n\n"]),
)
_LINES = st.tuples(
    st.sampled_from(["", "", " ", "  ", "    ", "\t", "> ", ">", "- ", "1. ", "[^1]: "]),
    st.sampled_from(["", "", "- ", "* ", "2) ", "> ", ": ", "~ ", "# ", "[ ] ", "[x] ", "    "]),
    st.sampled_from(
        [
            "",
            "",
            "a b",
            "é",
            "c[^1]",
            "d | e",
            "- | -",
            "---",
            "=",
            "f  ",
            "```",
            "*e* f",
            "_g",
            "`h`",
        ]
    ),
    st.sampled_from(["\n", "\n", "\n\n", "\n \n"]),
)


@settings(max_examples=1000)
@example("[a](javascript:b)")
@example("x _a_b y")
@example("__a__é")
@example("a*b*")
@given((st.lists(_INLINE, max_size=20) | _NEARLY_PLAIN).map("".join))
def test_plain_markup_is_read_as_by_the_rules_for_all(text: str) -> None:
    """The short ways for emphasis and links change nothing."""
    assert _compiled(_WITH_SHORT_WAYS, text) == _compiled(_WITHOUT, text)


@settings(max_examples=1000)
@example("a\n\n: b\n")
@example("a\n\n~ b\n")
@example("    a\n\nb\n")
@example("1000000. a\n    - b\n")
@example("> a\n\t- b\n")
@given(st.lists(_LINES.map("".join), max_size=12).map("".join))
def test_plain_paragraphs_are_read_as_by_the_rules_for_all(text: str) -> None:
    """The short way for a paragraph of one line changes nothing, whatever is around it."""
    assert _compiled(_WITH_SHORT_WAYS, text) == _compiled(_WITHOUT, text)


@settings(max_examples=1000)
@example("- a\nb\n")
@example("- a\n* b\n")
@example("1. a\n2) b\n")
@example("- a\n- b\n\n-\n")
@example("- a\n\n: b\n")
@example("0. a\n1. b\n")
@example("- a\n- b\n\n\n  c\n")
@example("- a\n\n~ b\n")
@example("- [a](b)\n- c\n\n~~d~~\n")
@given(st.lists(_LIST_LINES.map("".join), max_size=10).map("".join))
def test_plain_lists_are_read_as_by_the_rules_for_all(text: str) -> None:
    """The short way for a list of single lines changes nothing, whatever is around it."""
    assert _compiled(_WITH_SHORT_WAYS, text) == _compiled(_WITHOUT, text)


def _compiled(parser: Parser, text: str) -> object:
    renderer = Renderer(SourceLines(text.split("\n")))
    html = renderer.html(parser.parse(text, parser_environment(())))
    return html, renderer.links, renderer.tasks, renderer.plain
