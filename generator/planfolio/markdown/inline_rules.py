"""Inline rules of the dialect's own: wikilinks, comments, and where links and raw HTML stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.rules_inline import autolink, image, link

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

FILLER = "\ufdd0"
"""Stands for each character of a comment that was found; it is in no text, being no character."""

COMMENT = re.compile(rf"<!--(?:-?>|.*?(?:-->|\Z))|%%.*?%%|{FILLER}+", re.DOTALL)

# A footnote reference, `[[^1]]`, is no wikilink, and code spans are stronger than links.
_WIKILINK = re.compile(r"\[\[(?!\^)(?P<target>[^\[\]|`\n]*[^\[\]|`\s][^\[\]|`\n]*)(?P<end>\||\]\])")

_ELEMENTS = (
    "a|abbr|acronym|address|area|article|aside|audio|b|base|bdi|bdo|big|blink|blockquote|body|br|"
    "button|canvas|caption|center|cite|code|col|colgroup|data|datalist|dd|del|details|dfn|dialog|"
    "dir|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|"
    "head|header|hgroup|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|"
    "marquee|math|menu|meta|meter|nav|noscript|object|ol|optgroup|option|output|p|param|picture|"
    "pre|progress|q|rp|rt|ruby|s|samp|script|search|section|select|slot|small|source|span|strike|"
    "strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|"
    "tr|track|tt|u|ul|var|video|wbr"
)
# A name in angle brackets that is no element's is mostly a place to fill in, as in `<your name>`.
_TAG = re.compile(rf"</?(?:{_ELEMENTS})(?=[\s/>])[^<>]*>", re.IGNORECASE)


def inline_rules_plugin(parser: MarkdownIt) -> None:
    """Let a parser read wikilinks, and note in tokens where comments, links and tags stand.

    The offsets of what a token stands for are `meta["span"]`, for a link those of its address; a
    link by reference has its label in `meta["label"]` instead. A comment has `meta["start"]`, and
    an image the offset of its text in `meta["inner"]`. The environment gives the number of the
    last line with `%%` as `percent_line`, and that of the line after the block as `block_end`.
    """
    placed_link = _placed(link, opening="link_open", label=1, nested=True)
    parser.inline.ruler.at("link", placed_link)
    parser.inline.ruler.at("image", _placed(image, opening="image", label=2, nested=False))
    parser.inline.ruler.at("autolink", _autolink)
    parser.inline.ruler.before("link", "wikilink", _wikilink(placed_link))
    parser.inline.ruler.before("autolink", "comment", _comment)
    parser.inline.ruler.after("autolink", "raw_html", _raw_html)


def _placed(
    rule: Callable[[StateInline, bool], bool], *, opening: str, label: int, nested: bool
) -> Callable[[StateInline, bool], bool]:
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
        token.meta["inner"] = start + label
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


def _comment(state: StateInline, silent: bool) -> bool:
    """Read a comment; one that the block does not close goes to its end, and further.

    After a comment that was found before, which is filled up, one blank is enough.
    """
    start, source = state.pos, state.src
    if source[start] not in f"<%{FILLER}":
        return False
    found = COMMENT.match(source, start, state.posMax)
    if found is None and not (source.startswith("%%", start) and _goes_on(state)):
        return False
    state.pos = found.end() if found else state.posMax
    if source[start] == FILLER:
        if not source[:start][-1:].strip():
            while state.pos < state.posMax and source[state.pos] in " \t":
                state.pos += 1
    elif not silent:
        state.push("comment", "", 0).meta["start"] = start
    return True


def _goes_on(state: StateInline) -> bool:
    """Tell whether `%%` without another in its block opens a comment nevertheless."""
    line = state.src[state.src.rfind("\n", 0, state.pos) + 1 : state.pos]
    return not line.strip() or bool(state.env["percent_line"] >= state.env["block_end"])


def _wikilink(
    markdown_link: Callable[[StateInline, bool], bool],
) -> Callable[[StateInline, bool], bool]:
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
                token.meta["labelled"] = True
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
