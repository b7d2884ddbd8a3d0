"""From a Markdown text to a `Body`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markdown_it.token import Token

from planfolio.markdown.audience_blocks import blanked, environment, find_blocks, unmet
from planfolio.markdown.body import Body
from planfolio.markdown.contents import Contents
from planfolio.markdown.inline_rules import COMMENT, FILLER
from planfolio.markdown.parser import NOT_TEXT, make_parser
from planfolio.markdown.renderer import render
from planfolio.markdown.source_lines import SourceLines

if TYPE_CHECKING:
    from collections.abc import Iterable, MutableMapping

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
            tokens = _with_footnotes(self._parser.parse(source, env), env)
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


def _with_footnotes(tokens: list[Token], env: MutableMapping[str, Any]) -> list[Token]:
    """Return the tokens with the footnotes that something refers to at the end.

    A definition may stand within a quote, a list or another footnote. Numbers count from 1 in the
    order of the first references.
    """
    notes = env.get("footnotes")
    if not notes:
        return tokens
    flow: list[Token] = []
    definitions: dict[str, list[Token]] = {}
    around = [flow]
    for token in tokens:
        if token.type == "footnote_reference_open":
            around.append([])
            definitions[token.meta["label"]] = around[-1]
        elif token.type == "footnote_reference_close":
            around.pop()
        else:
            around[-1].append(token)
    shown = [definitions.get(note["label"], []) for note in notes.get("list", {}).values()]
    # A reference in the text of an image is not shown, and nothing leads back to it.
    uses: dict[int, list[int]] = {}
    for token in (token for part in (flow, *shown) for token in part):
        for child in token.children or ():
            if child.type == "footnote_ref":
                uses.setdefault(child.meta["id"], []).append(child.meta["subId"])
    if shown:
        flow.append(Token("footnotes_open", "section", 1))
        for index, note in enumerate(shown):
            meta = {"number": index + 1, "uses": uses.get(index, [])}
            flow.append(Token("footnote_open", "li", 1, meta=meta))
            last = note[-1:] if note and note[-1].type == "paragraph_close" else []
            flow += note[: len(note) - len(last)]
            flow += [Token("footnote_anchor", "", 0, meta=meta), *last]
            flow.append(Token("footnote_close", "li", -1))
        flow.append(Token("footnotes_close", "section", -1))
    return flow


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
