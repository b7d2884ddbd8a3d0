"""The dialect: CommonMark with the extensions of git hosts, definition lists and wikilinks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.rules_inline import autolink, image, link
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from planfolio.markdown.audience_blocks import audience_block_plugin
from planfolio.markdown.wikilinks import wikilink_rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

DEEPEST = 60
"""Levels of nesting; what stands deeper is left out. A list takes two of them."""

LONGEST = 10_000
"""Code points of one paragraph; a longer one is shown without markup.

Some inline rules take quadratic time: this much takes them half a second at worst.
"""


MARKUP = re.compile(r"[\n\\`~*_\[<&:@]|www\.")
"""What every inline rule of the dialect needs; most cells and list items have none of it."""


class Parser(MarkdownIt):
    """markdown-it that leaves the judgement of addresses to the writer of the HTML.

    A link that the parser refuses loses its label or, for bare addresses, its text; the writer
    keeps both and says why.
    """

    def validateLink(self, _url: str) -> bool:  # noqa: N802 (markdown-it's name)
        """Take every address."""
        return True


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
    parser.use(gfm_autolink_plugin)
    # The plugin's own move to the end loses tokens of nested definitions: see footnotes.py.
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    parser.use(deflist_plugin)
    parser.use(audience_block_plugin)
    placed_link = _placed(link, opening="link_open", label=1, nested=True)
    parser.inline.ruler.at("link", placed_link)
    parser.inline.ruler.at("image", _placed(image, opening="image", label=2, nested=False))
    parser.inline.ruler.at("autolink", _placed_autolink)
    parser.inline.ruler.before("link", "wikilink", wikilink_rule(placed_link))
    parser.core.ruler.at("inline", _inline)
    return parser


def _placed(
    rule: Callable[[StateInline, bool], bool], *, opening: str, label: int, nested: bool
) -> Callable[[StateInline, bool], bool]:
    """Return a rule for links that notes in `meta["span"]` where the address stands.

    `label` is the length of what opens the label; `nested` tells that a label with a link in it is
    none. A link by reference has its label in `meta["label"]` instead.
    """

    def placed(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if silent:
            return True
        # Pending text may have become a token just before the link.
        token = next(token for token in state.tokens[count : count + 2] if token.type == opening)
        if "label" not in token.meta:
            token.meta["span"] = _address(state, start, label=label, nested=nested)
        return True

    return placed


def _address(state: StateInline, start: int, *, label: int, nested: bool) -> tuple[int, int]:
    """Return where the address of the inline link from `start` to here stands."""
    helpers = state.md.helpers
    first = helpers.parseLinkLabel(state, start + label - 1, nested) + 2
    while state.src[first] in " \t\n":
        first += 1
    last = helpers.parseLinkDestination(state.src, first, state.pos).pos
    if state.src[first] == "<":
        first, last = first + 1, last - 1
    return (first, last) if last > first else (start, state.pos)


def _placed_autolink(state: StateInline, silent: bool) -> bool:
    start, count = state.pos, len(state.tokens)
    if not autolink(state, silent):
        return False
    for token in state.tokens[count : count + 2]:
        if token.type == "link_open":
            token.meta["span"] = (start + 1, state.pos - 1)
    return True


def _inline(state: StateCore) -> None:
    """Read the inline text of each block, where there is markup in it and it is not too long."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if not token.content:
            continue
        if len(token.content) > LONGEST or not MARKUP.search(token.content):
            token.children.append(Token("text", "", 0, content=token.content))
        else:
            state.md.inline.parse(token.content, state.md, state.env, token.children)
