"""`[[target]]`, `[[target#heading]]` and `[[target|label]]`, as an inline rule of the parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_inline import StateInline

# A footnote reference, `[[^1]]`, is no wikilink, and code spans are stronger than links.
_OPENING = re.compile(r"\[\[(?!\^)(?P<target>[^\[\]|`\n]*[^\[\]|`\s][^\[\]|`\n]*)(?P<end>\||\]\])")


def wikilink_rule(
    markdown_link: Callable[[StateInline, bool], bool],
) -> Callable[[StateInline, bool], bool]:
    """Return the rule; `[[label]](address)` is left to the one for Markdown's own links.

    It makes the tokens of a link, with `wiki` (target, fragment) and `span` in the opening one.
    """

    def wikilink(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if state.linkLevel or not state.src.startswith("[[", start):
            return False
        opening = _OPENING.match(state.src, start, state.posMax)
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
