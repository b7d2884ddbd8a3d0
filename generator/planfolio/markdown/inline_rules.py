"""The inline rules that planfolio adds, and those that note where things are.

`meta["span"]` of a token has the offsets, in the inline text of a block, of a link's address, of a
link by reference as a whole, or of a tag.
"""

import re
from collections.abc import Callable
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, image, link

InlineRule: TypeAlias = Callable[[StateInline, bool], bool]

FILLER = "\ufdd0"
"""It replaces each character of a comment; it is a noncharacter, which no text has."""

COMMENT = re.compile(rf"<!--(?:-?>|.*?(?:-->|\Z))|%%.*?%%|{FILLER}+", re.DOTALL)

# A footnote reference, `[[^1]]`, is no wikilink, and code spans are stronger than links.
_WIKILINK = re.compile(
    r"\[\[(?!\^)(?P<target>[^\[\]|`\n]*[^\[\]|`\s][^\[\]|`\n]*)"
    r"(?:\|(?P<label>(?:`[^`]*`|[^\[`])*?))?\]\]"
)

# A name in angle brackets that is no element's is mostly a place to fill in, as in `<your name>`.
# It is a string, since few plans have tags: `re` compiles it on its first use.
_TAG = (
    r"(?i)</?(?:a|abbr|audio|b|big|blockquote|br|button|center|cite|code|col|dd|del|details|div|dl|dt|"
    r"em|embed|figcaption|figure|font|form|h[1-6]|hr|i|iframe|img|input|ins|kbd|li|mark|ol|p|pre|q|"
    r"s|script|section|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|"
    r"tfoot|th|thead|tr|tt|u|ul|var|video|wbr)(?=[\s/>])[^<>]*>"
)


def inline_rules_plugin(parser: MarkdownIt) -> None:
    """Let a parser read wikilinks, comments and HTML, and note the places of links."""
    placed_link = _placed(link, opening="link_open")
    parser.inline.ruler.at("link", placed_link)
    parser.inline.ruler.at("image", _placed(image, opening="image"))
    parser.inline.ruler.at("autolink", _placed(autolink, opening="link_open"))
    parser.inline.ruler.before("link", "wikilink", _wikilink(placed_link))
    parser.inline.ruler.before("autolink", "comment", _comment)
    parser.inline.ruler.after("autolink", "raw_html", _raw_html)


def _placed(rule: InlineRule, *, opening: str) -> InlineRule:
    """Return a rule for links that notes where the address is."""

    def placed(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        # Pending text may have become a token just before the link.
        for token in state.tokens[count : count + 2]:
            if token.type == opening:
                whole = (start, state.pos)
                token.meta["span"] = whole if "label" in token.meta else _address(state, start)
        return True

    return placed


def _address(state: StateInline, start: int) -> tuple[int, int]:
    """Return where the address is in the link that begins at an offset and ends here."""
    first = start
    if state.src[start] != "<":
        first = state.src.rindex("](", start, state.pos) + 2
        while state.src[first] in " \t\n":
            first += 1
    last = state.md.helpers.parseLinkDestination(state.src, first, state.pos).pos
    if state.src[first] == "<":
        first, last = first + 1, last - 1
    return (first, last) if last > first else (start, state.pos)


def _raw_html(state: StateInline, silent: bool) -> bool:
    """Read a tag as text."""
    tag = re.compile(_TAG).match(state.src, state.pos, state.posMax)
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
    found = COMMENT.match(source, start, state.posMax)
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
        end = opening.end()
        if state.src.startswith("(", end) and end < state.posMax and markdown_link(state, silent):
            return True
        if not silent:
            target, _, fragment = opening["target"].partition("#")
            token = state.push("link_open", "a", 1)
            token.meta = {"wiki": (target.strip(), fragment.strip()), "span": (start, end)}
            if (opening["label"] or "").strip():
                maximum = state.posMax
                state.pos, state.posMax = opening.span("label")
                state.linkLevel += 1
                state.md.inline.tokenize(state)
                state.linkLevel -= 1
                state.posMax = maximum
            state.push("link_close", "a", -1)
        state.pos = end
        return True

    return wikilink
