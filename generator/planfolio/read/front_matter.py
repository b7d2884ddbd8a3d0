"""The front matter of a Markdown file, apart from its body.

python-frontmatter loads it through a handler of ours, which keeps the place of every value. What
the library passes over in silence (a fence that is not closed, a list instead of keys, a blank line
before the fence) is looked for here.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import frontmatter
from frontmatter.default_handlers import BaseHandler

from planfolio.model.diagnostics import Diagnostic, Problem
from planfolio.model.source_tree import MappingNode, Node, SequenceNode, Span
from planfolio.read.files import conflict_markers
from planfolio.read.yaml import read_yaml

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_LATE_FENCE = re.compile(r"\A\s+(?=---[ \t]*\n[ \t]*[\w-]+[ \t]*:)")
_BARE_KEY = re.compile(r"\A\s*(?=([a-z_]+|(?i:visibility)):(?:[ \t]|$))", re.MULTILINE)
_EMPTY = MappingNode((), Span())


class Parts(NamedTuple):
    """Front matter and body; `body_line` is the line of the file on which `body` starts."""

    node: MappingNode
    body: str
    body_line: int
    diagnostics: tuple[Diagnostic, ...] = ()


def split(text: str, *, path: str) -> Parts:
    """Split a file's text at the first two fences; without any, the table of keys is empty.

    Of a file that git could not merge nothing is read: neither version is known to be meant.
    """
    if conflicts := conflict_markers(text, path=path):
        return Parts(_EMPTY, "", 1, conflicts)
    opening = _FENCE.match(text)
    if opening is None:
        return Parts(_EMPTY, text, 1, tuple(_misplaced(text, path)))
    closing = _FENCE.search(text, opening.end())
    if closing is None:
        message = "the front matter that starts here is not closed"
        hint = "write --- on a line of its own below the last key"
        return Parts(_EMPTY, "", 1, (_fault(message, hint, path, Span(1, 1, 1, 4)),))
    body = text[closing.end() + 1 :]
    handler = _Handler(path)
    frontmatter.parse(text[: closing.end()], handler=handler)
    root, found = handler.root, handler.found
    if root is not None and not isinstance(root, MappingNode):
        shape = "a list" if isinstance(root, SequenceNode) else "text"
        message = f"the front matter is {shape}, not a table of keys"
        found.append(_fault(message, "write `key: value` lines", path, root.span))
    node = root if isinstance(root, MappingNode) else _EMPTY
    return Parts(node, body, text.count("\n", 0, closing.end()) + 2, tuple(found))


def _misplaced(text: str, path: str) -> Iterator[Diagnostic]:
    """Yield the fault of front matter that is not between two fences from the first line on.

    Taken as text it would be shown to all: `visibility: private` too.
    """
    if late := _LATE_FENCE.match(text):
        message = "front matter has to start on the first line, with --- at its beginning"
        line = late[0].count("\n") + 1
        yield _fault(message, "delete what is before it", path, Span(line, 1, line, 4))
    elif bare := _BARE_KEY.match(text):
        message = f"front matter has to be between two lines of ---: this begins with `{bare[1]}:`"
        hint = "write --- above the first key and below the last, or begin text with another word"
        line = bare[0].count("\n") + 1
        column = len(bare[0]) - bare[0].rfind("\n")
        yield _fault(message, hint, path, Span(line, column, line, column + len(bare[1])))


class _Handler(BaseHandler):
    FM_BOUNDARY = _FENCE

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self.root: Node | None = None
        self.found: list[Diagnostic] = []

    def load(self, fm: str) -> dict[str, object]:
        """Read the nodes of the front matter, which begins at the end of the first line."""
        self.root, self.found = read_yaml(fm, path=self._path)
        return {}


def _fault(message: str, hint: str, path: str, span: Span) -> Diagnostic:
    return Problem(message, hint, code="F101", name="unreadable-front-matter").as_diagnostic(
        path, span
    )
