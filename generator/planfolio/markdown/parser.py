"""The dialect: CommonMark with the extensions of git hosts, definition lists and wikilinks.

The inline rules note where things stand: `meta["span"]` has the offsets, in the inline text of a
block, of a link's address, of a link by reference as a whole, or of a tag.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_inline import StateInline, autolink, image, link
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from planfolio.markdown.audience_blocks import audience_block_plugin
from planfolio.markdown.task_marks import task_marks_plugin

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.ruler import RuleOptionsType, Ruler
    from markdown_it.rules_core import StateCore

    BlockRule: TypeAlias = Callable[[StateBlock, int, int, bool], bool]
    InlineRule: TypeAlias = Callable[[StateInline, bool], bool]

MOST_WORK = 50_000_000
"""How much markup a body may have; a paragraph that would exceed it is shown without markup.

Some inline rules look from each of their openings to the end of the paragraph, so its share is
its length times the number of openings. A long page of prose has less than a hundredth of this.
"""

# NOT_TEXT is what HTML does not allow in text: controls, surrogates and non-characters. Those
# beyond the basic plane are harmless, and would make this ten times slower.
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

FILLER = "\ufdd0"
"""Stands for each character of a comment; it is in no text, being no character."""

_COMMENT = re.compile(rf"<!--(?:-?>|.*?(?:-->|\Z))|%%.*?%%|{FILLER}+", re.DOTALL)

# Where inline text is looked at: where a rule may begin, and at `]`, where a label ends. One set of
# characters comes first, since the search for it is fast.
_SPECIAL = re.compile(
    r"[\n\\`~*_\[\]<@\ufdd0%!&:w](?:(?<![%!&:w])|(?<=%)(?=%)|(?<=!)(?=\[)|(?<=&)(?=[#a-zA-Z])"
    r"|(?<=http:|ttps:|ilto:|xmpp:)|(?<=w)(?=ww\.))"
)

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

# A footnote reference, `[[^1]]`, is no wikilink, and code spans are stronger than links.
_WIKILINK = re.compile(r"\[\[(?!\^)(?P<target>[^\[\]|`\n]*[^\[\]|`\s][^\[\]|`\n]*)(?P<end>\||\]\])")

# A name in angle brackets that is no element's is mostly a place to fill in, as in `<your name>`.
_TAG = re.compile(
    r"</?(?:a|abbr|audio|b|big|blockquote|br|button|center|cite|code|col|dd|del|details|div|dl|dt|"
    r"em|embed|figcaption|figure|font|form|h[1-6]|hr|i|iframe|img|input|ins|kbd|li|mark|ol|p|pre|q|"
    r"s|script|section|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|"
    r"tfoot|th|thead|tr|tt|u|ul|var|video|wbr)(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)


class Parser(MarkdownIt):
    """markdown-it for the dialect; it leaves the judgement of addresses to the renderer.

    A link that the parser refuses loses its label or, for bare addresses, its text; the
    renderer keeps both and says why.
    """

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 (markdown-it's names)
        """Take every address."""
        return True

    def normalizeLinkText(self, url: str) -> str:  # noqa: N802 (markdown-it's name)
        """Return an address as it is shown, without what decoding may have brought into it."""
        return NOT_TEXT.sub("\ufffd", super().normalizeLinkText(url))


def make_parser() -> Parser:
    """Return a parser; it holds no state between texts."""
    options = {
        "html": False,
        "maxNesting": 60,
        "alerts": True,
        "strikethrough_single_tilde": True,
        "store_labels": True,
    }
    parser = Parser("commonmark", options)
    parser.enable(["table", "strikethrough"])
    # Joining text tokens takes time, and the renderer does not need it.
    parser.disable(["html_block", "html_inline", "text_join", "fragments_join"])
    parser.use(gfm_autolink_plugin)
    parser.use(footnote_plugin, inline=False)
    parser.use(deflist_plugin)
    parser.use(audience_block_plugin)
    parser.use(task_marks_plugin)
    chains: RuleOptionsType = {"alt": ["paragraph", "reference"]}
    parser.block.ruler.at("table", _table, chains)
    parser.block.ruler.at("footnote_def", _footnote_definition, chains)
    placed_link = _placed(link, opening="link_open", label=1, nested=True)
    parser.inline.ruler.at("link", placed_link)
    parser.inline.ruler.at("image", _placed(image, opening="image", label=2, nested=False))
    parser.inline.ruler.at("autolink", _autolink)
    parser.inline.ruler.before("link", "wikilink", _wikilink(placed_link))
    parser.inline.ruler.before("autolink", "comment", _comment)
    parser.inline.ruler.after("autolink", "raw_html", _raw_html)
    parser.core.ruler.at("inline", _read_inline)
    _choose_by_first_character(parser.block.ruler)
    parser.inline.terminator_re = _SPECIAL
    return parser


def _read_inline(state: StateCore) -> None:
    """Read the inline text of each block, unless it has none (`children` is None) or too much."""
    left = MOST_WORK
    for token in state.tokens:
        if token.type != "inline":
            continue
        content = token.content
        work = len(content) * len(_OPENINGS.findall(content)) if len(content) > 500 else 0
        if work > left:
            token.meta["unread"] = True
            token.children = [Token("text", "", 0, content=_COMMENT.sub("", content))]
        elif _SPECIAL.search(content):
            left -= work
            token.children = []
            state.md.inline.parse(content, state.md, state.env, token.children)
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


def _table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a table; without this look for a bar, the rule would study most lines of a text."""
    has_bar = state.src.find("|", state.bMarks[start_line], state.eMarks[start_line]) >= 0
    return has_bar and table(state, start_line, end_line, silent)


def _footnote_definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a definition; the plugin would tear apart one that stands within another."""
    if "in_footnote" in state.env:
        return False
    state.env["in_footnote"] = True
    found = footnote_def(state, start_line, end_line, silent)
    del state.env["in_footnote"]
    return found


def _placed(rule: InlineRule, *, opening: str, label: int, nested: bool) -> InlineRule:
    """Return a rule for links that notes where the address stands.

    `label` is the length of what opens the label; `nested` tells that a label with a link in it is
    none.
    """

    def placed(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if silent:
            return True
        # Pending text may have become a token just before the link.
        token = next(token for token in state.tokens[count : count + 2] if token.type == opening)
        by_reference = "label" in token.meta
        whole = (start, state.pos)
        token.meta["span"] = whole if by_reference else _address(state, start + label - 1, nested)
        return True

    return placed


def _address(state: StateInline, label: int, nested: bool) -> tuple[int, int]:
    """Return where the address stands in the link that has its label at an offset and ends here."""
    first = state.md.helpers.parseLinkLabel(state, label, nested) + 2
    while state.src[first] in " \t\n":
        first += 1
    last = state.md.helpers.parseLinkDestination(state.src, first, state.pos).pos
    if state.src[first] == "<":
        first, last = first + 1, last - 1
    return (first, last) if last > first else (label, state.pos)


def _autolink(state: StateInline, silent: bool) -> bool:
    start, count = state.pos, len(state.tokens)
    if not autolink(state, silent):
        return False
    for token in state.tokens[count : count + 2]:
        if token.type == "link_open":
            token.meta["span"] = (start + 1, state.pos - 1)
    return True


def _raw_html(state: StateInline, silent: bool) -> bool:
    """Read a tag as text."""
    tag = _TAG.match(state.src, state.pos, state.posMax)
    if tag is None:
        return False
    if not silent:
        token = state.push("raw_html", "", 0)
        token.content, token.meta = tag[0], {"span": tag.span()}
    state.pos = tag.end()
    return True


def _comment(state: StateInline, silent: bool) -> bool:  # noqa: ARG001 (markdown-it's name)
    """Leave a comment out, with the blanks after it if there are some before it.

    What is no code to the parser may have looked like code before, so not all are filled up.
    """
    source, start = state.src, state.pos
    if source[start] not in f"<%{FILLER}":
        return False
    found = _COMMENT.match(source, start, state.posMax)
    if found is None:
        return False
    state.pos = found.end()
    if not source[:start][-1:].strip():
        while state.pos < state.posMax and source[state.pos] in " \t":
            state.pos += 1
    return True


def _wikilink(markdown_link: InlineRule) -> InlineRule:
    """Return the rule for `[[target]]`, `[[target#heading]]` and `[[target|label]]`.

    It makes the tokens of a link, with `wiki` (target, fragment) in the opening one. For
    `[[label]](address)` there is the rule for Markdown's own links.
    """

    def wikilink(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if state.linkLevel or not state.src.startswith("[[", start):
            return False
        opening = _WIKILINK.match(state.src, start, state.posMax)
        if opening is None:
            return False
        label_start = opening.end()
        label_end = opening.start("end")
        if opening["end"] == "|":
            label_end = _end_of_label(state, label_start)
            if label_end < 0:
                return False
        end = label_end + 2
        if state.src.startswith("(", end) and end < state.posMax and markdown_link(state, silent):
            return True
        if not silent:
            target, _, fragment = opening["target"].partition("#")
            token = state.push("link_open", "a", 1)
            token.meta = {"wiki": (target.strip(), fragment.strip()), "span": (start, end)}
            if state.src[label_start:label_end].strip():
                maximum = state.posMax
                state.pos, state.posMax = label_start, label_end
                state.linkLevel += 1
                state.md.inline.tokenize(state)
                state.linkLevel -= 1
                state.posMax = maximum
            state.push("link_close", "a", -1)
        state.pos = end
        return True

    return wikilink


def _end_of_label(state: StateInline, start: int) -> int:
    """Return where `]]` ends the label, or -1; what code spans and escapes hide does not count."""
    before = state.pos
    state.pos = start
    found = -1
    while state.pos < state.posMax - 1 and state.src[state.pos] != "[":
        if state.src.startswith("]]", state.pos):
            found = state.pos
            break
        state.md.inline.skipToken(state)
    state.pos = before
    return found
