"""From a Markdown text to a `Body`."""

import re
from functools import cached_property

from planfolio.markdown.audience_blocks import (
    find_blocks,
    parser_environment,
    unread_blocks,
    without_blocks,
)
from planfolio.markdown.inline_rules import FILLER
from planfolio.markdown.parser import NOT_TEXT, Parser, make_parser
from planfolio.markdown.renderer import Renderer, note
from planfolio.markdown.source_lines import SourceLines
from planfolio.model.body import Body
from planfolio.model.diagnostics import FirstFew
from planfolio.model.source_tree import Span
from planfolio.model.visibility import Visibility

# A comment, or what may hold the signs of one as text: fenced code, a code span of one line, an
# escaped character or an address. `%%` without an end is a comment only where a line begins. It is
# a string, since few plans have comments: `re` compiles it on its first use.
_COMMENT_OR_TEXT = (
    r"(?sm)^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*"
    r"(?:(?P<fence>`{3,}(?=[^`\n]*\n)|~{3,}).*?\n[ \t>]*(?P=fence)|(?P<lines>%%.*?(?:%%|\Z)))"
    r"|(?P<comment><!--(?:-?>|.*?(?:-->|\Z))|%%.*?%%)"
    r"|(?<!`)(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`)"
    r"|\\.|(?:https?://|www\.)[^\s<]*"
)
_QUOTES = re.compile(r"[ \t>]*")


class Compiler:
    """Compiles bodies. Keep it, since its parser takes as long to make as a page."""

    @cached_property
    def _parser(self) -> Parser:
        return make_parser()

    def compile(self, text: str) -> Body:
        """Compile a text whose lines end in `\\n`; equal texts give equal bodies, none raises."""
        return self._read(NOT_TEXT.sub("\ufffd", text))

    def narrow(self, body: Body, audience: Visibility) -> Body:
        """Return a body as an audience may see it: the same if nothing in it is narrower.

        The lines of the blocks for others are read as if they were empty, so that nothing in the
        result depends on what they hold, and places stay what they are.
        """
        hidden = [block for block in body.blocks if block.visibility > audience]
        if not hidden:
            return body
        return self._read("\n".join(without_blocks(body.text.split("\n"), hidden)))

    def _read(self, source: str) -> Body:
        source, unclosed = _without_comments(source)
        lines = source.split("\n")
        blocks, wrong = find_blocks(lines)
        env = parser_environment(blocks)
        tokens = self._parser.parse(source, env)
        renderer = Renderer(SourceLines(lines))
        markup = renderer.html(tokens)
        notes = renderer.diagnostics
        if unclosed is not None:
            notes.append(note("nothing closes this comment: all below it is left out", unclosed))
        errors = FirstFew()
        for error in sorted((*wrong, *unread_blocks(env)), key=lambda one: one.span):
            errors.add("audience mark", error)
        return Body(
            text=source,
            markup=markup,
            plain="\n".join(renderer.plain),
            links=tuple(renderer.links),
            tasks=tuple(renderer.tasks),
            headings=tuple(renderer.headings),
            blocks=blocks,
            diagnostics=(*errors.diagnostics(), *sorted(notes, key=lambda one: one.span)),
        )


def _without_comments(source: str) -> tuple[str, Span | None]:
    """Return a text with its comments filled up, and the place of the one that nothing closes.

    Line ends stay, and the quote marks before the lines of a comment within a quote.
    """
    if "<!--" not in source and "%%" not in source:
        return source, None
    unclosed: list[Span] = []

    def fill(found: re.Match[str]) -> str:
        comment = found["comment"] or found["lines"]
        if comment is None:
            return found[0]
        start = found.end() - len(comment)
        line_start = source.rfind("\n", 0, start) + 1
        if not comment.endswith("-->" if comment[0] == "<" else "%%") or len(comment) < 4:
            line, column = source.count("\n", 0, start) + 1, start - line_start + 1
            unclosed.append(Span(line, column, line, column))
        quotes = _QUOTES.match(source, line_start)[0].count(">")  # type: ignore[index]
        kept = rf"\n[ \t]*(?:>[ \t]*){{0,{quotes}}}|[^\n]"
        filled = re.sub(kept, lambda part: part[0] if part[0][0] == "\n" else FILLER, comment)
        return source[found.start() : start] + filled

    filled = re.sub(_COMMENT_OR_TEXT, fill, source)
    return filled, unclosed[0] if unclosed else None
