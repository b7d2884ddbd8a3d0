"""The dialect: CommonMark with the extensions of git hosts, definition lists and wikilinks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from planfolio.markdown.audience_blocks import audience_block_plugin
from planfolio.markdown.inline_rules import COMMENT, inline_rules_plugin

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore

DEEPEST = 60
"""Levels of nesting; what stands deeper is left out. A list takes two of them."""

LONGEST = 10_000
"""Code points of one paragraph; a longer one is shown without markup."""

MOST_WORK = 50_000_000
"""How much markup a body may have; from the paragraph on that exceeds it, none is read.

Some inline rules look from each of their openings to the end of the paragraph, so its share is
its length times the number of openings. A long page of prose has less than a hundredth of this.
"""

# NOT_TEXT is what HTML does not allow in text: controls, surrogates and non-characters. Those
# beyond the basic plane are harmless, and would make this ten times slower.
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

_SPECIAL = re.compile(
    r"[\n\\`~*_\[\]<@\ufdd0]|%%|!(?=\[)|&(?=[#a-zA-Z])|(?<=http|ttps|ilto|xmpp):|www\."
)
"""Where inline text is looked at: where a rule may begin, and at `]`, where a label ends."""

_OPENINGS = re.compile(r"[\[`<*_~:@]")

# The first characters of what a block rule reads; one that is not named may begin with any.
_BLOCK_STARTS = {
    "audience_block": ":",
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*-+0123456789",
    "footnote_def": "[",
    "reference": "[",
    "heading": "#",
}


class Parser(MarkdownIt):
    """markdown-it for the dialect; it leaves the judgement of addresses to `contents`.

    A link that the parser refuses loses its label or, for bare addresses, its text; `contents`
    keeps both and says why.
    """

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 (markdown-it's names)
        """Take every address."""
        return True

    def normalizeLinkText(self, url: str) -> str:  # noqa: N802 (markdown-it's name)
        """Return an address as it is shown, without what decoding may have brought into it."""
        return NOT_TEXT.sub("\ufffd", super().normalizeLinkText(url))


def make_parser() -> Parser:
    """Return a parser; it holds no state between texts."""
    parser = Parser(
        "commonmark",
        {
            "html": False,
            "maxNesting": DEEPEST,
            "tasklists": True,
            "alerts": True,
            "strikethrough_single_tilde": True,
            "store_labels": True,
        },
    )
    parser.enable(["table", "strikethrough"])
    # `contents` and the renderer take text in as many tokens as it comes in.
    parser.disable(["html_block", "html_inline", "text_join", "fragments_join"])
    parser.use(gfm_autolink_plugin)
    # The plugin's own move to the end loses tokens of nested definitions: see compiler.py.
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    parser.use(deflist_plugin)
    parser.use(audience_block_plugin)
    parser.use(inline_rules_plugin)
    parser.core.ruler.at("inline", _read_inline)
    parser.block.ruler = _BlockRuler(parser.block.ruler)
    parser.inline.terminator_re = _SPECIAL
    return parser


def _read_inline(state: StateCore) -> None:
    """Read the inline text of each block, unless there is too much of it."""
    work = 0
    for token in state.tokens:
        if token.type != "inline":
            continue
        content = token.content
        if len(content) > 500:
            work += len(content) * len(_OPENINGS.findall(content))
        if len(content) > LONGEST or work > MOST_WORK:
            token.meta["unread"] = True
            token.children = [Token("text", "", 0, content=COMMENT.sub("", content))]
        elif _SPECIAL.search(content):
            state.env["block_end"] = (token.map or [0, 0])[1]
            token.children = []
            state.md.inline.parse(content, state.md, state.env, token.children)
        else:
            token.children = [Token("text", "", 0, content=content)] if content else []


class _BlockRuler(Ruler["Callable[[StateBlock, int, int, bool], bool]"]):
    """Hands out one rule a chain, which tries those that a line's first character may begin."""

    def __init__(self, ruler: Ruler[Callable[[StateBlock, int, int, bool], bool]]) -> None:
        super().__init__()
        self.__rules__ = ruler.__rules__
        names = zip(ruler.getRules(""), ruler.get_active_rules(), strict=True)
        starts = {rule: _BLOCK_STARTS.get(name) for rule, name in names}
        self._chains = {
            chain: [_by_first_character(ruler.getRules(chain), starts)]
            for chain in ("", "paragraph", "reference", "blockquote", "list")
        }

    def getRules(self, chainName: str = "") -> list[Any]:  # noqa: N802, N803 (markdown-it's names)
        """Return the rule of a chain."""
        return self._chains[chainName]


def _by_first_character(
    rules: list[Any], starts: dict[Any, str | None]
) -> Callable[[StateBlock, int, int, bool], bool]:
    characters = {c for rule in rules for c in starts[rule] or ""}
    chosen = {c: [r for r in rules if c in (starts[r] or c)] for c in characters}
    others = [rule for rule in rules if starts[rule] is None]

    def read(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        first = state.bMarks[start_line] + state.tShift[start_line]
        for rule in chosen.get(state.src[first : first + 1], others):
            if rule(state, start_line, end_line, silent):
                return True
        return False

    return read
