"""From a Markdown text to a `Body`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planfolio.markdown.audience_blocks import blanked, environment, find_blocks, unmet
from planfolio.markdown.body import Body
from planfolio.markdown.contents import Contents, with_footnotes
from planfolio.markdown.inline_rules import COMMENT, FILLER
from planfolio.markdown.parser import NOT_TEXT, make_parser
from planfolio.markdown.renderer import render
from planfolio.markdown.source_lines import SourceLines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planfolio.model.source_tree import Span
    from planfolio.model.visibility import Visibility

_LINE_ENDS = re.compile(r"\r\n?")
_OPENING = re.compile("<!--|%%")
_QUOTES = re.compile(r"[ \t>]*")

_ROUNDS = 5
"""How often comments are looked for: without one the text around it may be read in another way."""


class Compiler:
    """Compiles bodies. Making one takes as long as a page: keep it; it remembers nothing."""

    def __init__(self) -> None:
        self._parser = make_parser()

    def compile(self, text: str) -> Body:
        """Compile a text; the same text gives an equal body, and none raises."""
        return self._read(NOT_TEXT.sub("\ufffd", _LINE_ENDS.sub("\n", text)))

    def narrow(self, body: Body, audience: Visibility) -> Body:
        """Return a body as an audience may see it: the same if nothing in it is narrower.

        Each block for others is left out as if its lines had been empty, so that nothing in the
        result depends on what they hold, and places stay what they are.
        """
        hidden = [block for block in body.blocks if block.visibility > audience]
        if not hidden:
            return body
        return self._read("\n".join(blanked(body.text.split("\n"), hidden)))

    def _read(self, source: str) -> Body:
        unclosed: list[Span] = []
        for left in range(_ROUNDS, -1, -1):
            lines = source.split("\n")
            blocks, wrong = find_blocks(lines)
            env = environment(blocks)
            last = source.rfind("%%")
            env["percent_line"] = source.count("\n", 0, last) if last >= 0 else -1
            tokens = with_footnotes(self._parser.parse(source, env), env)
            references = env.get("references", {})
            contents = Contents(SourceLines(lines), references=references)
            contents.walk(tokens)
            if not contents.comments:
                break
            if left > 1:
                source = _hidden(source, contents.comments, unclosed)
            else:
                source = COMMENT.sub(lambda comment: _filled(comment[0]), source)
        for span in unclosed:
            contents.note_unclosed(span)
        contents.note_raw_html()
        notes = sorted(contents.diagnostics, key=lambda one: one.span)
        return Body(
            text=source,
            markup=render(tokens),
            plain="\n".join(contents.plain),
            links=tuple(contents.links),
            tasks=tuple(contents.tasks),
            headings=tuple(contents.headings),
            blocks=blocks,
            diagnostics=(*sorted((*wrong, *unmet(env)), key=lambda one: one.span), *notes),
        )


def _hidden(source: str, comments: Iterable[Span], unclosed: list[Span]) -> str:
    """Return a text with its comments filled up; add to `unclosed` the one that nothing closes."""
    starts = [0, *(end.end() for end in re.finditer("\n", source))]
    pieces: list[str] = []
    done = 0
    for span in sorted(comments):
        opening = _OPENING.search(source, starts[span.line - 1] + span.column - 1)
        if opening is None or opening.start() < done:
            continue
        closing = "-->" if opening[0] == "<!--" else "%%"
        end = source.find(closing, opening.start() + 2) + len(closing)
        if end < len(closing):
            unclosed.append(span)
            end = len(source)
        before = _QUOTES.match(source, starts[span.line - 1])
        quotes = before[0].count(">") if before else 0
        comment = source[opening.start() : end]
        pieces += [source[done : opening.start()], _filled(comment, quotes=quotes)]
        done = end
    return "".join([*pieces, source[done:]])


def _filled(comment: str, *, quotes: int = 0) -> str:
    """Return a comment filled up, but for what keeps its lines in a list and so many quotes."""
    kept = rf"\n[ \t]*(?:>[ \t]*){{0,{quotes}}}"
    return re.sub(rf"{kept}|[^\n]", lambda part: part[0] if part[0][0] == "\n" else FILLER, comment)
