"""Short ways to read what most texts are made of: lines that are paragraphs, lists of single lines,
and inline text with nothing but words, emphasis, code and links.

They give what the rules for all give, in a third less time: those look around a block for what it
might be besides, read each item of a list as a text of its own, and compare each mark with others.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

# How only a paragraph may begin: with a letter, perhaps after the mark of a task and those of
# emphasis or code.
_PLAIN_START = re.compile(r"(?:\[[ xX]\] )?(?:\*\*?|__?|`)?[^\W\d_]")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)]) ")
_PLAIN_ITEM = re.compile(rf"(?:[-*+]|(?P<number>\d{{1,9}})[.)]) (?={_PLAIN_START.pattern})")
# What may continue a list.
_NO_END_OF_LIST = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]|\Z)|[ \t]")

# Where inline text is looked at: where a rule may begin, at `]`, where a label ends, and at the end
# of a line if blanks or a comment beside it are left out. One set of characters comes first, since
# the search for it is fast.
SPECIAL = re.compile(
    r"[\n\\`~*_\[\]<@\ufdd0%!&:w](?:(?<![\n%!&:w])|(?<=[ \t>%\ufdd0]\n)|(?<=\n)(?=[ \t])"
    r"|(?<=%)(?=%)|(?<=!)(?=\[)|(?<=&)(?=[#a-zA-Z])"
    r"|(?<=http:|ttps:|ilto:|xmpp:)|(?<=w)(?=ww\.))"
)

_WORDS = r"[^\W_]+(?:[ ,'’-]{1,2}[^\W_]+)*"
# Code in which nothing is to be trimmed, emphasis that can be nothing else, since a space or a stop
# follows, and a link to an address in which nothing has to be decoded, and without a scheme.
_PLAIN = re.compile(
    r"`(?P<code>[^`\s](?:[^`\n]*[^`\s])?)`(?!`)"
    rf"|(?<![^ \n])(?P<mark>\*\*?|__?)(?P<words>{_WORDS})(?P=mark)(?![^ \n.,;:!?)])"
    rf"|\[(?P<label>{_WORDS})\]\((?P<address>[a-zA-Z0-9./#_-]+)\)"
)


def plain_blocks_plugin(parser: MarkdownIt) -> None:
    """Let a parser try the short ways first. They end no other block, so they are never silent."""
    parser.block.ruler.before("table", "plain_paragraph", _plain_paragraph)
    parser.block.ruler.before("table", "plain_list", _plain_list)


def _plain_paragraph(
    state: StateBlock,
    start_line: int,
    end_line: int,  # noqa: ARG001 (markdown-it's name)
    silent: bool,  # noqa: ARG001 (it is no terminator, so it always reads)
) -> bool:
    """Read a line that is a whole paragraph, as most are; four other rules would look around it."""
    first, last = state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line]
    if (
        not _PLAIN_START.match(state.src, first, last)
        or not _ends_above(state, start_line + 1)
        or state.is_code_block(start_line)
    ):
        return False
    state.line = start_line + 1
    state.push("paragraph_open", "p", 1).map = [start_line, state.line]
    inline = state.push("inline", "", 0)
    inline.content, inline.map = mdTrim(state.src[first:last]), [start_line, state.line]
    state.push("paragraph_close", "p", -1)
    return True


def _ends_above(state: StateBlock, line: int) -> bool:
    """Tell whether the paragraph above a line is sure to end there, and to be no term."""
    if line >= state.lineMax:
        return True
    first = state.bMarks[line] + state.tShift[line]
    if state.isEmpty(line):
        below = state.bMarks[line + 1] + state.tShift[line + 1]
        return state.src[below : below + 1] not in {":", "~"}  # what is defined is above these
    indent = state.sCount[line]
    is_outside = 0 <= indent < state.blkIndent and indent - state.listIndent < 4
    return is_outside and _ITEM.match(state.src, first) is not None


def _plain_list(
    state: StateBlock,
    start_line: int,
    end_line: int,
    silent: bool,  # noqa: ARG001 (it is no terminator, so it always reads)
) -> bool:
    """Read a list of single lines, as most are; the rule for all reads each item as a text.

    The paragraph of an item, which would be hidden, is left out.
    """
    # Within an item of another list a line begins with the mark of that item.
    first = None if state.level else _plain_item(state, start_line)
    if first is None:
        return False
    sign, starts, line = first[0][-2], [first.end()], start_line + 1
    while line < end_line and (item := _plain_item(state, line)) and item[0][-2] == sign:
        starts.append(item.end())
        line += 1
    below = state.skipEmptyLines(line)
    if below < end_line and (
        below == line or _NO_END_OF_LIST.match(state.src, state.bMarks[below], state.eMarks[below])
    ):
        return False
    number = first["number"]
    name, tag = ("bullet_list", "ul") if number is None else ("ordered_list", "ol")
    opening = state.push(f"{name}_open", tag, 1)
    opening.map = [start_line, line]
    if number is not None and int(number) != 1:
        opening.attrs = {"start": int(number)}
    for each, start in enumerate(starts, start_line):
        state.push("list_item_open", "li", 1).map = [each, each + 1]
        inline = state.push("inline", "", 0)
        inline.content, inline.map = mdTrim(state.src[start : state.eMarks[each]]), [each, each + 1]
        state.push("list_item_close", "li", -1)
    state.push(f"{name}_close", tag, -1)
    state.line = line
    return True


def _plain_item(state: StateBlock, line: int) -> re.Match[str] | None:
    return _PLAIN_ITEM.match(state.src, state.bMarks[line], state.eMarks[line])


def plain_tokens(content: str) -> list[Token] | None:
    """Return the tokens of a text, or None where anything in it may be something else."""
    tokens: list[Token] = []
    end = 0
    while special := SPECIAL.search(content, end):
        start = special.start()
        found = _PLAIN.match(content, start)
        if found is None:
            return None
        if start > end:
            tokens.append(Token("text", "", 0, content=content[end:start]))
        if found["code"]:
            token = Token("code_inline", "code", 0, content=found["code"])
        elif found["mark"]:
            tag = "em" if len(found["mark"]) == 1 else "strong"
            token = Token("plain_emphasis", tag, 0, content=found["words"])
        else:
            token = Token("plain_link", "a", 0, {"href": found["address"]}, content=found["label"])
            token.meta = {"span": found.span("address")}
        tokens.append(token)
        end = found.end()
    if end < len(content):
        tokens.append(Token("text", "", 0, content=content[end:]))
    return tokens
