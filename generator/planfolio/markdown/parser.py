"""The dialect: CommonMark with the extensions of git hosts, definition lists and wikilinks."""

import re
from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType, Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from planfolio.markdown.audience_blocks import audience_block_plugin
from planfolio.markdown.inline_rules import COMMENT, inline_rules_plugin
from planfolio.markdown.short_ways import SPECIAL, plain_blocks_plugin, plain_tokens
from planfolio.markdown.task_marks import task_marks_plugin

BlockRule: TypeAlias = Callable[[StateBlock, int, int, bool], bool]

MOST_WORK = 50_000_000
"""How much markup a body may have; a paragraph that would exceed it is shown without markup.

Some inline rules look from each of their openings to the end of the paragraph, so its share is
its length times the number of openings. A long page of prose has less than a hundredth of this.
"""

# NOT_TEXT is what HTML does not allow in text: controls, surrogates and non-characters. Those
# beyond the basic plane are harmless, and would make this ten times slower.
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

_OPENINGS = re.compile(r"[\[`<*_~:@]")

# The first characters of what a block rule reads; one that is not named may begin with any.
_BLOCK_STARTS = {
    "audience_block": ":",
    "plain_list": "*-+0123456789",
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*-+0123456789",
    "footnote_def": "[",
    "reference": "[",
    "heading": "#",
}


class Parser(MarkdownIt):
    """markdown-it for the dialect; it leaves the judgement of addresses to the renderer.

    A link that the parser refuses loses its label or, for bare addresses, its text; the
    renderer keeps both and says why.
    """

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 (markdown-it's names)
        """Accept every address; the renderer judges it."""
        return True

    def normalizeLinkText(self, url: str) -> str:  # noqa: N802 (markdown-it's name)
        """Return an address as it is shown, without what decoding may have brought into it."""
        return NOT_TEXT.sub("\ufffd", super().normalizeLinkText(url))


def make_parser(*, short_ways: bool = True) -> Parser:
    """Return a parser; it holds no state between texts.

    Without `short_ways` it reads all by the rules for all, which takes twice as long.
    """
    options = {
        "html": False,
        "maxNesting": 60,
        "alerts": True,
        "strikethrough_single_tilde": True,
        "store_labels": True,
    }
    parser = Parser("commonmark", options)
    parser.enable(["table", "strikethrough"])
    # Line ends are alike, and the renderer does not need joined texts: both would take time.
    parser.disable(["normalize", "html_block", "html_inline", "text_join", "fragments_join"])
    parser.use(gfm_autolink_plugin)
    parser.use(footnote_plugin, inline=False)
    parser.use(deflist_plugin)
    parser.use(audience_block_plugin)
    parser.use(task_marks_plugin)
    parser.use(inline_rules_plugin)
    chains: RuleOptionsType = {"alt": ["paragraph", "reference"]}
    parser.block.ruler.at("footnote_def", _footnote_definition, chains)
    parser.core.ruler.at("inline", partial(_read_inline, short_ways=short_ways))
    if short_ways:
        parser.use(plain_blocks_plugin)
        _choose_by_first_character(parser.block.ruler)
    parser.inline.terminator_re = SPECIAL
    return parser


def _read_inline(state: StateCore, *, short_ways: bool) -> None:
    """Read the inline text of each block, unless it has none (`children` is None) or too much."""
    left = MOST_WORK
    for token in state.tokens:
        if token.type != "inline":
            continue
        content = token.content
        work = len(content) * len(_OPENINGS.findall(content)) if len(content) > 500 else 0
        if work > left:
            token.meta["unread"] = True
            token.children = [Token("text", "", 0, content=COMMENT.sub("", content))]
        elif SPECIAL.search(content):
            left -= work
            token.children = plain_tokens(content) if short_ways else None
            if token.children is None:
                token.children = state.md.inline.parse(content, state.md, state.env, [])
        else:
            token.children = None


def _choose_by_first_character(ruler: Ruler[BlockRule]) -> None:
    """Let each line be tried only by the rules that its first character may begin.

    Without this, reading a plan takes an eighth longer.
    """
    names = zip(ruler.getRules(""), ruler.get_active_rules(), strict=True)
    starts = {rule: _BLOCK_STARTS.get(name) for rule, name in names}

    def chosen(rules: list[BlockRule]) -> BlockRule:
        characters = {c for rule in rules for c in starts[rule] or ""}
        table = {c: [r for r in rules if c in (starts[r] or c)] for c in characters}
        others = [rule for rule in rules if starts[rule] is None]

        def read(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
            first = state.bMarks[start_line] + state.tShift[start_line]
            for rule in table.get(state.src[first : first + 1], others):
                if rule(state, start_line, end_line, silent):
                    return True
            return False

        return read

    chains = ("", "paragraph", "reference", "blockquote", "list")
    ruler.__cache__ = {chain: [chosen(ruler.getRules(chain))] for chain in chains}


def _footnote_definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a definition; the plugin would tear apart one within another."""
    if "in_footnote" in state.env:
        return False
    state.env["in_footnote"] = True
    found = footnote_def(state, start_line, end_line, silent)
    del state.env["in_footnote"]
    return found
