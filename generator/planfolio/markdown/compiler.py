"""From a Markdown text to a `Body`."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from planfolio.markdown.audience_blocks import blanked, environment, find_blocks, unmet
from planfolio.markdown.block_html import BlockWriter
from planfolio.markdown.body import Body, Note, Place
from planfolio.markdown.footnotes import take_footnotes
from planfolio.markdown.inline_html import InlineWriter, joined
from planfolio.markdown.parser import DEEPEST, make_parser
from planfolio.markdown.places import SourceLines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

    from planfolio.model.visibility import Visibility

_LINE_ENDS = re.compile(r"\r\n?")
# What HTML does not allow in text: controls, surrogates and non-characters. Those beyond the basic
# plane are harmless, and would make this ten times slower.
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_CONTAINERS = frozenset(
    {
        "alert_open",
        "audience_open",
        "blockquote_open",
        "dd_open",
        "footnote_reference_open",
        "list_item_open",
    }
)


class Compiler:
    """Compiles bodies. Making one takes as long as a page: keep it; it remembers nothing."""

    def __init__(self) -> None:
        self._parser = make_parser()

    def compile(self, text: str, *, prefix: str = "") -> Body:
        """Compile a text; the same text gives an equal body, and none raises.

        `prefix` goes before every id, for a page with more than one body on it.
        """
        source = _readable(text)
        try:
            return self._compile(text, source, prefix)
        except RecursionError:
            # The parser bounds its own depth; a caller deep in its stack may leave it too little.
            message = "nested too deeply to be read as Markdown: shown as it is"
            blocks, faults = find_blocks(source.split("\n"))
            return Body(
                text=text,
                pieces=(f"<pre>{escape(source, quote=False)}</pre>\n",),
                notes=(Note(message, Place(1, 1, 1, 1)),),
                prose=(source,),
                prefix=prefix,
                blocks=blocks,
                faults=faults,
            )

    def narrow(self, body: Body, audience: Visibility) -> Body:
        """Return a body as an audience may see it: the same if nothing in it is narrower.

        Each block for others is left out as if its lines had been empty, so that nothing in the
        result depends on what they hold, and places stay what they are.
        """
        hidden = [block for block in body.blocks if block.visibility > audience]
        if not hidden:
            return body
        lines = blanked(_readable(body.text).split("\n"), hidden)
        return self.compile("\n".join(lines), prefix=body.prefix)

    def _compile(self, text: str, source: str, prefix: str) -> Body:
        blocks, faults = find_blocks(source.split("\n"))
        env = environment(blocks)
        tokens = self._parser.parse(source, env)
        flow, footnotes = take_footnotes(tokens, env)
        lines = SourceLines(source)
        references = {
            label: (reference["map"][0], reference["map"][1])
            for label, reference in env.get("references", {}).items()
        }
        inline = InlineWriter(lines, references=references, prefix=prefix)
        writer = BlockWriter(lines, inline=inline, prefix=prefix)
        writer.write(flow)
        if footnotes:
            writer.write_footnotes(footnotes)
        notes = [*_left_out(tokens, lines), *inline.notes, *writer.notes]
        return Body(
            text=text,
            pieces=joined(writer.pieces),
            links=tuple(inline.links),
            tasks=tuple(writer.tasks),
            headings=tuple(writer.headings),
            notes=tuple(sorted(notes, key=lambda note: (note.place.line, note.place.column))),
            prose=tuple(writer.prose),
            prefix=prefix,
            blocks=blocks,
            faults=tuple(sorted((*faults, *unmet(env)), key=lambda fault: fault.place.line)),
        )


def _readable(text: str) -> str:
    """Return a text as the parser gets it: with one sort of line end and no control characters."""
    return _NOT_TEXT.sub("\ufffd", _LINE_ENDS.sub("\n", text))


def _left_out(tokens: Iterable[Token], lines: SourceLines) -> list[Note]:
    """Return a note when the parser came to its deepest level, since it drops what is below."""
    for token in tokens:
        if token.level >= DEEPEST - 1 and token.type in _CONTAINERS:
            message = f"nested more than {DEEPEST} levels deep: what is deeper is left out"
            return [Note(message, lines.block((token.map or [0])[0]))]
    return []
