"""TOML into source nodes.

tomllib decides what is valid and decodes strings, but gives no positions. The scanner here walks
text that tomllib has accepted, so it only has to find where things stand.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from typing import TYPE_CHECKING, TypeAlias

from planfolio.model.diagnostics import Problem
from planfolio.model.source_tree import Entry, Mapping, Node, Scalar, Sequence, Span
from planfolio.read.yaml import DEPTH

if TYPE_CHECKING:
    from planfolio.model.diagnostics import Diagnostic

_Key: TypeAlias = list[tuple[str, int, int]]
_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    "|".join(
        (
            r'"""(?:\\.|[^\\])*?"{3,5}',
            r"'''.*?'{3,5}",
            r'"(?:\\.|[^"\\\n])*"',
            r"'[^'\n]*'",
        )
    ),
    re.DOTALL,
)
_OTHER = re.compile(r"[^,\]\}\n#]+")
_POSITION = re.compile(r"\s*\(at line (\d+), column (\d+)\)$")


def read_toml(text: str, *, path: str) -> tuple[Mapping, list[Diagnostic]]:
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
    return Mapping((), Span()), [problem.at(path, span)]


class _TooDeepError(Exception):
    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span


class _Table:
    """A table while it is being filled; the document is at depth 0."""

    def __init__(self, span: Span, *, depth: int = 0) -> None:
        if depth > DEPTH:
            raise _TooDeepError(span)
        self.span = span
        self.depth = depth
        self.entries: dict[str, tuple[Scalar, Node | _Table | list[_Table]]] = {}

    def freeze(self) -> Mapping:
        entries = []
        for key, value in self.entries.values():
            node: Node
            if isinstance(value, _Table):
                node = value.freeze()
            elif isinstance(value, list):
                node = Sequence(tuple(table.freeze() for table in value), key.span)
            else:
                node = value
            entries.append(Entry(key, node))
        return Mapping(tuple(entries), self.span)


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(i + 1 for i, char in enumerate(text) if char == "\n")]
        self._pos = 0

    def document(self) -> Mapping:
        root = _Table(Span())
        current = root
        while self._skip(_SPACE) < len(self._text):
            start = self._pos
            if self._text.startswith("[[", start):
                current = self._array_header(root)
            elif self._text[start] == "[":
                current = self._table_header(root)
            else:
                self._pair(current)
        return root.freeze()

    def _table_header(self, root: _Table) -> _Table:
        self._pos += 1
        path = self._key()
        self._pos = self._text.index("]", self._pos) + 1
        return self._descend(root, path)

    def _array_header(self, root: _Table) -> _Table:
        self._pos += 2
        path = self._key()
        self._pos = self._text.index("]]", self._pos) + 2
        parent = self._descend(root, path[:-1])
        name, start, end = path[-1]
        span = self._span(start, end)
        _, tables = parent.entries.setdefault(name, (Scalar(name, span), []))
        table = _Table(span, depth=parent.depth + 1)
        if isinstance(tables, list):
            tables.append(table)
        return table

    def _descend(self, table: _Table, path: _Key) -> _Table:
        for name, start, end in path:
            if name not in table.entries:
                span = self._span(start, end)
                below = _Table(span, depth=table.depth + 1)
                table.entries[name] = (Scalar(name, span), below)
            _, value = table.entries[name]
            if isinstance(value, list):
                value = value[-1]
            if isinstance(value, _Table):
                table = value
        return table

    def _pair(self, table: _Table) -> None:
        path = self._key()
        self._pos = self._text.index("=", self._pos) + 1
        table = self._descend(table, path[:-1])
        name, start, end = path[-1]
        key = Scalar(name, self._span(start, end))
        table.entries[name] = (key, self._value(table.depth + 1))

    def _key(self) -> _Key:
        path: _Key = []
        while True:
            start = self._skip(_BLANK)
            match = _BARE.match(self._text, start) or _STRING.match(self._text, start)
            if match is None:
                raise AssertionError("tomllib accepted a key that is none")
            self._pos = match.end()
            path.append((_decoded(match.group()), start, match.end()))
            if self._text[self._skip(_BLANK)] != ".":
                return path
            self._pos += 1

    def _value(self, depth: int) -> Node:
        start = self._skip(_SPACE)
        char = self._text[start]
        if char == "[":
            return self._array(start, depth)
        if char == "{":
            return self._inline_table(start, depth)
        if (match := _STRING.match(self._text, start)) is not None:
            self._pos = match.end()
            return Scalar(_decoded(match.group()), self._span(start, match.end()), plain=False)
        match = _OTHER.match(self._text, start)
        raw = match.group().rstrip() if match else ""
        self._pos = start + len(raw)
        return Scalar(raw.replace("_", ""), self._span(start, self._pos))

    def _array(self, start: int, depth: int) -> Sequence:
        if depth > DEPTH:
            raise _TooDeepError(self._span(start, start + 1))
        self._pos = start + 1
        items: list[Node] = []
        while self._text[self._skip(_SPACE)] != "]":
            items.append(self._value(depth + 1))
            if self._text[self._skip(_SPACE)] == ",":
                self._pos += 1
        self._pos += 1
        return Sequence(tuple(items), self._span(start, self._pos))

    def _inline_table(self, start: int, depth: int) -> Mapping:
        table = _Table(self._span(start, start + 1), depth=depth)
        self._pos = start + 1
        while self._text[self._skip(_SPACE)] != "}":
            self._pair(table)
            if self._text[self._skip(_SPACE)] == ",":
                self._pos += 1
        self._pos += 1
        table.span = self._span(start, self._pos)
        return table.freeze()

    def _skip(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self._text, self._pos)
        if match is not None:
            self._pos = match.end()
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
