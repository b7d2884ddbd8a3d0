"""`::: private` and `::: mentor`, each closed by `:::`: parts of a body for a narrower audience.

A mark is alone on its line, at its beginning, and outside lists, quotes and code. So the
lines of a block are known before any of it is read as Markdown, and a body without them can be
compiled as if they had been empty. Whatever looks like a mark and is none is an error: what its
writer meant to hide must not be shown because of a typing mistake.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, MutableMapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from planfolio.model.body import AudienceBlock
from planfolio.model.diagnostics import Diagnostic, Problem
from planfolio.model.source_tree import Span
from planfolio.model.visibility import Visibility
from planfolio.names import near_names

_WORDS: dict[str, Visibility] = {v.word: v for v in Visibility if v is not Visibility.PUBLIC}
_OPENING = re.compile(rf"::: ({'|'.join(_WORDS)})[ ]*")
_CLOSING = re.compile(r":::[ ]*")
# What may be before a block in a list or a quote, and then what begins like a mark.
_LIKE_A_MARK = re.compile(
    r"(?P<before>(?:\s|>|[-+*](?=\s)|\d{1,9}[.)](?=\s)|[\u200b-\u200f\u2060\ufeff])*)"
    r"(?P<colons>(?:\s?:){2,})(?P<rest>.*)"
)
_WITHIN_A_LINE = re.compile(rf"(?<![`\\:]):::+\s*(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
_BLOCKS, _MET = "audience_blocks", "audience_blocks_met"


def find_blocks(lines: Iterable[str]) -> tuple[tuple[AudienceBlock, ...], tuple[Diagnostic, ...]]:
    """Return the blocks of a text by their opening marks, and errors for marks that are wrong.

    What follows a wrong mark counts as the owner's alone, and so does the rest of the text after a
    mark that nothing closes.
    """
    opened: list[tuple[Visibility, int, str]] = []
    blocks: list[AudienceBlock] = []
    wrong: list[Diagnostic] = []
    number = 0
    for number, line in enumerate(lines, start=1):
        if ":" not in line and "\uff1a" not in line:
            continue
        if opening := _OPENING.fullmatch(line):
            visibility = _WORDS[opening[1]]
            if opened and visibility < opened[-1][0]:
                visibility = opened[-1][0]
                outer = visibility.word
                message = f"this block is for more people than the {outer} block around it"
                hint = f"close the {outer} block before it"
                wrong.append(_wrong_mark(message, hint, number, line))
            opened.append((visibility, number, line.rstrip()))
        elif _CLOSING.fullmatch(line) and opened:
            visibility, first, mark = opened.pop()
            blocks.append(AudienceBlock(visibility, first, number, mark))
        elif problem := _problem(line):
            message, hint, hides = problem
            wrong.append(_wrong_mark(message, hint, number, line))
            if hides:
                opened.append((Visibility.PRIVATE, number, line.rstrip()))
    for visibility, first, mark in opened:
        blocks.append(AudienceBlock(visibility, first, number, mark))
        message, hint = "nothing closes this block", "write ::: on a line below it"
        wrong.append(_wrong_mark(message, hint, first, mark))
    return tuple(sorted(blocks, key=lambda block: block.first)), tuple(wrong)


def without_blocks(lines: list[str], blocks: Iterable[AudienceBlock]) -> list[str]:
    """Return the lines of a text with those of the blocks empty: all else stays in its place."""
    left = list(lines)
    for block in blocks:
        left[block.first - 1 : block.last] = [""] * (block.last - block.first + 1)
    return left


def audience_block_plugin(parser: MarkdownIt) -> None:
    """Let a parser read the blocks that `parser_environment` passes with each text."""
    chains = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("table", "audience_block", _rule, {"alt": chains})


def parser_environment(blocks: Iterable[AudienceBlock]) -> dict[str, Any]:
    """Return what the parser has to know of the blocks of a text."""
    return {_BLOCKS: {block.first - 1: block for block in blocks}, _MET: set()}


def unread_blocks(env: MutableMapping[str, Any]) -> Iterator[Diagnostic]:
    """Yield an error for each block with a right mark that the parser has not read."""
    met: Collection[int] = env[_MET]
    for start, block in env[_BLOCKS].items():
        if start not in met and _OPENING.fullmatch(block.mark):
            yield _wrong_mark(
                "this mark is within code, a list, a quote or a note: it hides nothing there",
                "close what is open above it, and put the block at the beginning of a line",
                block.first,
                block.mark,
            )


def _problem(line: str) -> tuple[str, str, bool] | None:
    """Return what is wrong with a line like a mark, the way out, and if it hides what follows."""
    if _CLOSING.fullmatch(line):
        message = "this closes a block, and none is open"
        return message, "take it out, or write ::: private above", False
    like = _LIKE_A_MARK.fullmatch(unicodedata.normalize("NFKC", line))
    if like is None:
        if not _WITHIN_A_LINE.search(line):
            return None
        message = "a mark has to begin its line: here it hides nothing"
        return message, "put it on a line of its own", False
    rest = like["rest"].strip()
    word = (re.findall(r"[^\W\d_]+", rest) or [""])[0].casefold()
    near = near_names(word, _WORDS, cutoff=0.7)
    colons = like["colons"].count(":")
    if colons == 2 and not near:
        return None  # as in C++ or reStructuredText
    if not rest and colons >= 3:
        return "this does not close a block", "write ::: alone", False
    written = f"::: {near[0]}" if near else "::: private or ::: mentor"
    return f"{line.strip()!r} looks like a mark, but is none", f"write {written}", True


def _wrong_mark(message: str, hint: str, number: int, line: str) -> Diagnostic:
    column = len(line) - len(line.lstrip()) + 1
    span = Span(number, column, number, max(column, len(line.rstrip()) + 1))
    return Problem(message, hint, code="V103", name="bad-visibility").as_diagnostic("", span)


def _rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    block: AudienceBlock | None = state.env.get(_BLOCKS, {}).get(start_line)
    if block is None or start_line >= end_line:
        return False
    if silent:
        return True
    state.env[_MET].add(start_line)
    parent, line_max = state.parentType, state.lineMax
    last = min(block.last, line_max)
    end = state.src[state.bMarks[last - 1] : state.eMarks[last - 1]]
    closed = last > start_line + 1 and _CLOSING.fullmatch(end) is not None
    state.parentType = "container"
    state.lineMax = last - closed
    token = state.push("audience_open", "div", 1)
    token.block = True
    token.map = [start_line, last]
    token.meta = {"visibility": block.visibility}
    state.md.block.tokenize(state, start_line + 1, state.lineMax)
    state.push("audience_close", "div", -1).block = True
    state.parentType, state.lineMax = parent, line_max
    state.line = last
    return True
