"""TOML into source nodes.

tomllib decides what is valid and decodes strings, but gives no positions. The scanner here walks
text that tomllib has accepted, so it only has to find where things stand.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Problem
from planfolio.model.source_tree import Entry, MappingNode, Node, Scalar, SequenceNode, Span
from planfolio.read.yaml import DEPTH

if TYPE_CHECKING:
    from planfolio.model.diagnostics import Diagnostic

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_OTHER = re.compile(r"[^,\]\}\n#]+")
_POSITION = re.compile(r"\s*\(at line (\d+), column (\d+)\)$")


def read_toml(text: str, *, path: str) -> tuple[MappingNode, list[Diagnostic]]:
    """Read a TOML document as nodes whose scalars are text; `path` goes into the findings.

    A syntax error gives no keys at all.
    """
    try:
        tomllib.loads(text)
        return _Scanner(text).document(), []
    except tomllib.TOMLDecodeError as error:
        problem, span = _syntax_error(str(error), text)
    except _TooDeepError as error:
        problem, span = _problem(f"tables nest deeper than {DEPTH} levels"), error.span
    except RecursionError:
        problem, span = _problem("values nest too deep"), Span()
    except ValueError:  # an integer with more digits than Python reads
        problem, span = _problem("a number has too many digits"), Span()
    return MappingNode((), Span()), [problem.at(path, span)]


class _TooDeepError(Exception):
    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span


class _Table:
    """A table while it is filled; that of the document is at depth 0."""

    def __init__(self, span: Span, *, depth: int = 0) -> None:
        if depth > DEPTH:
            raise _TooDeepError(span)
        self.span = span
        self.depth = depth
        self.entries: dict[str, tuple[Scalar, Node | _Table | list[_Table]]] = {}

    def below(self, path: list[Scalar]) -> _Table:
        """Return the table that a dotted key leads to, which is made where it is not there yet."""
        table = self
        for key in path:
            if key.text not in table.entries:
                table.entries[key.text] = (key, _Table(key.span, depth=table.depth + 1))
            _, value = table.entries[key.text]
            last = value[-1] if isinstance(value, list) else value
            table = last if isinstance(last, _Table) else table
        return table

    def as_node(self) -> MappingNode:
        """Return the table as it stands, with all that is below it."""
        entries = []
        for key, value in self.entries.values():
            if isinstance(value, list):
                node: Node = SequenceNode(tuple(table.as_node() for table in value), key.span)
            else:
                node = value.as_node() if isinstance(value, _Table) else value
            entries.append(Entry(key, node))
        return MappingNode(tuple(entries), self.span)


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(i + 1 for i, char in enumerate(text) if char == "\n")]
        self._pos = 0

    def document(self) -> MappingNode:
        root = current = _Table(Span())
        while self._skip(_SPACE) < len(self._text):
            if self._text.startswith("[[", self._pos):
                *path, key = self._header("]]")
                around = root.below(path)
                current = _Table(key.span, depth=around.depth + 1)
                _, tables = around.entries.setdefault(key.text, (key, []))
                if isinstance(tables, list):
                    tables.append(current)
            elif self._text[self._pos] == "[":
                current = root.below(self._header("]"))
            else:
                self._pair(current)
        return root.as_node()

    def _header(self, end: str) -> list[Scalar]:
        self._pos += len(end)
        path = self._key()
        self._pos = self._text.index(end, self._pos) + len(end)
        return path

    def _pair(self, table: _Table) -> None:
        *path, key = self._key()
        self._pos = self._text.index("=", self._pos) + 1
        table = table.below(path)
        table.entries[key.text] = (key, self._value(table.depth + 1))

    def _key(self) -> list[Scalar]:
        path = []
        while True:
            start = self._skip(_BLANK)
            match = _BARE.match(self._text, start) or _STRING.match(self._text, start)
            if match is None:
                raise AssertionError("tomllib accepted a key that is none")
            self._pos = match.end()
            path.append(Scalar(_decoded(match[0]), self._span(start, match.end())))
            if self._text[self._skip(_BLANK)] != ".":
                return path
            self._pos += 1

    def _value(self, depth: int) -> Node:
        start = self._skip(_SPACE)
        char = self._text[start]
        if char in "[{":
            table = _Table(self._span(start, start + 1), depth=depth)
            items: list[Node] = []
            self._pos += 1
            while self._text[self._skip(_SPACE)] not in "]}":
                if char == "{":
                    self._pair(table)
                else:
                    items.append(self._value(depth + 1))
                if self._text[self._skip(_SPACE)] == ",":
                    self._pos += 1
            self._pos += 1
            table.span = self._span(start, self._pos)
            return table.as_node() if char == "{" else SequenceNode(tuple(items), table.span)
        if (match := _STRING.match(self._text, start)) is not None:
            self._pos = match.end()
            return Scalar(_decoded(match[0]), self._span(start, match.end()), plain=False)
        match = _OTHER.match(self._text, start)
        raw = match[0].rstrip() if match else ""
        self._pos = start + len(raw)
        return Scalar(raw.replace("_", ""), self._span(start, self._pos))

    def _skip(self, space: re.Pattern[str]) -> int:
        match = space.match(self._text, self._pos)
        self._pos = match.end() if match else self._pos
        return self._pos

    def _span(self, start: int, end: int) -> Span:
        row = bisect_right(self._starts, start) - 1
        line, column = row + 1, start - self._starts[row] + 1
        stop = self._text.find("\n", start)
        end = min(end, stop) if stop >= 0 else end
        return Span(line, column, line, column + end - start)


def _decoded(token: str) -> str:
    if token[:1] not in {'"', "'"}:
        return token
    return str(tomllib.loads(f"value = {token}")["value"])


def _syntax_error(said: str, text: str) -> tuple[Problem, Span]:
    """Return what tomllib says of a text, and the place that it tells in words."""
    match = _POSITION.search(said)
    words = _POSITION.sub("", said).removesuffix(" (at end of document)")
    before = text
    if words == """Expected "'\"""" and match is None:
        # tomllib looks for the end of the quote down to the end of the file.
        before = text[: text.rindex("'")]
        words = "the quote that opens here is not closed"
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    if match is not None:
        line, column = int(match[1]), int(match[2])
    return _problem(words[:1].lower() + words[1:]), Span(line, column, line, column + 1)


def _problem(message: str) -> Problem:
    hints = (hint for words, hint in _HINTS.items() if words in message)
    return Problem(
        f"TOML does not allow this: {message}",
        next(hints, "text stands in quotes, and each key in a table once"),
        code="F101",
        name="unreadable-settings",
    )


_HINTS = {
    "overwrite": "this key or table stands here a second time: keep one",
    "declare": "this key or table stands here a second time: keep one",
    "date": "write a day that the calendar has, as in 2026-09-30",
    "deep": "write it flatter",
    "digits": "write a smaller number",
}
"""The way out, by a word of what is wrong; the first that fits is taken."""
