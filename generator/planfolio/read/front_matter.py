"""The front matter of a Markdown file, apart from its body.

python-frontmatter splits and loads through a handler of ours. What it would pass over in silence
(a fence that is not closed, a list instead of keys, a blank line before the fence) is looked for
first, because it catches ValueError and returns an empty record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import frontmatter
from frontmatter.default_handlers import BaseHandler

from planfolio.model.source_tree import Mapping, Scalar, Sequence, Span
from planfolio.read.yaml_marks import Problem, read_yaml

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_LATE_FENCE = re.compile(r"\A\s+---[ \t]*\n[ \t]*[\w-]+[ \t]*:")


@dataclass(frozen=True, slots=True)
class Parts:
    """Front matter and body; `body_line` is the line of the file on which `body` starts."""

    node: Mapping
    body: str
    body_line: int
    problems: tuple[Problem, ...] = ()


def split(text: str) -> Parts:
    """Take a file's text apart; a file without front matter has an empty table of keys."""
    opening = _FENCE.match(text)
    if opening is None:
        return Parts(_EMPTY, text, 1, tuple(_late_fence(text)))
    if _FENCE.search(text, opening.end()) is None:
        end = len(text.split("\n", 1)[0].rstrip()) + 1
        problem = Problem(
            "the front matter that starts here is not closed",
            Span(1, 1, 1, end),
            "write --- on a line of its own below the last key",
        )
        return Parts(_EMPTY, "", 1, (problem,))
    handler = _MarkedHandler()
    metadata, _ = frontmatter.parse(text, handler=handler)
    node = metadata[_ROOT]
    problems = list(handler.problems)
    if isinstance(node, Scalar | Sequence):
        found = "a list" if isinstance(node, Sequence) else "text"
        message = f"the front matter is {found}, not a table of keys"
        problems.append(Problem(message, node.span, "write `key: value` lines"))
    root = node if isinstance(node, Mapping) else _EMPTY
    return Parts(root, handler.body, handler.body_line, tuple(problems))


class _MarkedHandler(BaseHandler):
    """Reads front matter as marked nodes. One instance serves one file: it keeps the body,
    which python-frontmatter would strip, and the line on which it starts."""

    FM_BOUNDARY = _FENCE

    def __init__(self) -> None:
        super().__init__()
        self.body = ""
        self.body_line = 1
        self.problems: list[Problem] = []

    def split(self, text: str) -> tuple[str, str]:
        """Split at the first two fences alone; later rules belong to the body."""
        opening = _FENCE.match(text)
        closing = _FENCE.search(text, opening.end()) if opening else None
        if opening is None or closing is None:
            raise ValueError("no front matter")
        front = text[opening.end() + 1 : closing.start()]
        self.body = text[closing.end() + 1 :]
        self.body_line = text.count("\n", 0, closing.end()) + 2
        return front, self.body

    def load(self, fm: str) -> dict[str, object]:
        """Read the front matter; its first line is the second of the file."""
        node, problems = read_yaml(fm, first_line=2)
        self.problems = problems
        return {_ROOT: node}


def _late_fence(text: str) -> list[Problem]:
    if not _LATE_FENCE.match(text):
        return []
    line = text[: text.index("---")].count("\n") + 1
    return [
        Problem(
            "front matter has to start on the first line, with --- at its beginning",
            Span(line, 1, line, 4),
            "delete what stands before it",
        )
    ]


_ROOT = "root"
_EMPTY = Mapping((), Span())
