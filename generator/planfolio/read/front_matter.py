"""The front matter of a Markdown file, apart from its body.

python-frontmatter splits and loads through a handler of ours. What it would pass over in silence
(a fence that is not closed, a list instead of keys, a blank line before the fence) is looked for
here, because it catches ValueError and returns an empty record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import frontmatter
from frontmatter.default_handlers import BaseHandler

from planfolio.model.diagnostics import Problem
from planfolio.model.source_tree import MappingNode, SequenceNode, Span
from planfolio.read.yaml import read_yaml

if TYPE_CHECKING:
    from planfolio.model.diagnostics import Diagnostic
    from planfolio.model.source_tree import Node

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_LATE_FENCE = re.compile(r"\A\s+(?=---[ \t]*\n[ \t]*[\w-]+[ \t]*:)")


@dataclass(frozen=True, slots=True)
class Parts:
    """Front matter and body; `body_line` is the line of the file on which `body` starts."""

    node: MappingNode
    body: str
    body_line: int
    diagnostics: tuple[Diagnostic, ...] = ()


def split(text: str, *, path: str) -> Parts:
    """Take a file's text apart; a file without front matter has an empty table of keys."""
    opening = _FENCE.match(text)
    if opening is None:
        return Parts(_EMPTY, text, 1, tuple(_late_fence(text, path)))
    closing = _FENCE.search(text, opening.end())
    if closing is None:
        problem = _problem(
            "the front matter that starts here is not closed",
            "write --- on a line of its own below the last key",
        )
        end = len(opening[0].rstrip()) + 1
        return Parts(_EMPTY, "", 1, (problem.at(path, Span(1, 1, 1, end)),))
    front, body = text[opening.end() + 1 : closing.start()], text[closing.end() + 1 :]
    handler = _Handler(front, body, path)
    frontmatter.parse(text, handler=handler)
    root, found = handler.root, handler.diagnostics
    if root is not None and not isinstance(root, MappingNode):
        shape = "a list" if isinstance(root, SequenceNode) else "text"
        problem = _problem(
            f"the front matter is {shape}, not a table of keys", "write `key: value` lines"
        )
        found = [*found, problem.at(path, root.span)]
    node = root if isinstance(root, MappingNode) else _EMPTY
    return Parts(node, body, text.count("\n", 0, closing.end()) + 2, tuple(found))


class _Handler(BaseHandler):
    """Reads the front matter of one file as nodes, which python-frontmatter would not return."""

    FM_BOUNDARY = _FENCE

    def __init__(self, front: str, body: str, path: str) -> None:
        super().__init__()
        self._parts = front, body
        self._path = path
        self.root: Node | None = None
        self.diagnostics: list[Diagnostic] = []

    def split(self, text: str) -> tuple[str, str]:  # noqa: ARG002
        """Split at the first two fences alone; later rules belong to the body."""
        return self._parts

    def load(self, fm: str) -> dict[str, object]:
        """Read the front matter; its first line is the second of the file."""
        self.root, self.diagnostics = read_yaml(fm, path=self._path, first_line=2)
        return {}


def _late_fence(text: str, path: str) -> list[Diagnostic]:
    late = _LATE_FENCE.match(text)
    if late is None:
        return []
    line = late[0].count("\n") + 1
    problem = _problem(
        "front matter has to start on the first line, with --- at its beginning",
        "delete what stands before it",
    )
    return [problem.at(path, Span(line, 1, line, 4))]


def _problem(message: str, hint: str) -> Problem:
    return Problem(message, hint, code="F101", name="unreadable-front-matter")


_EMPTY = MappingNode((), Span())
