"""The marks of task lists: `[x]`, `[ ]` and those that other programs write.

`[x]` and `[X]` are done. `[ ]`, `[/]` (begun) and `[>]` (put off) are open. `[-]` is cancelled. Any
other mark is open as well, and a note says so. A number, or what is longer, is no mark.
"""

import re
from collections.abc import Mapping
from enum import Enum

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore


class TaskState(Enum):
    """What a mark says of its task; the value is the class of the item in HTML."""

    DONE = "done"
    OPEN = "to-do"
    CANCELLED = "cancelled"


TASK_STATES: Mapping[str, TaskState] = {
    "x": TaskState.DONE,
    "X": TaskState.DONE,
    " ": TaskState.OPEN,
    "/": TaskState.OPEN,
    ">": TaskState.OPEN,
    "-": TaskState.CANCELLED,
}
"""The marks that have a meaning."""

# One character, one with a sign that makes it a picture, none, or spaces too many. A digit is the
# number of a reference: `[1] Smith 2019`.
_MARK = re.compile(r"\[([^\]\n\d]?\ufe0f?| ?[xX ] ?)\](?:\s+|\Z)")


def read_mark(text: str) -> tuple[TaskState | None, str]:
    """Return what the mark before a text says, and the text after it; None for one without."""
    found = _MARK.match(text)
    if found is None or found.end() == len(text):
        return None, text
    return TASK_STATES.get(found[1], TaskState.OPEN), text[found.end() :]


def task_marks_plugin(parser: MarkdownIt) -> None:
    """Let a parser take the mark off the text of an item, into `meta` of the token of the item.

    `mark` is what the brackets hold, `inline` the token of the text, `text` the text with its mark.
    The class of a list that has a task is `task-list`.
    """
    parser.core.ruler.before("inline", "task_marks", _take_marks)


def _take_marks(state: StateCore) -> None:
    lists = []
    for index, token in enumerate(state.tokens):
        if token.tag in {"ul", "ol"}:
            if token.nesting > 0:
                lists.append(token)
            else:
                lists.pop()
        elif token.type == "list_item_open":
            first, second = state.tokens[index + 1 : index + 3]
            inline = first if first.type == "inline" else second
            found = _MARK.match(inline.content) if inline.type == "inline" else None
            # A label that is defined below makes a link of it.
            if found is None or found[1].strip().upper() in state.env.get("references", {}):
                continue
            token.meta = {"mark": found[1], "text": inline.content, "inline": inline}
            inline.content = inline.content[found.end() :]
            lists[-1].attrs["class"] = "task-list"
