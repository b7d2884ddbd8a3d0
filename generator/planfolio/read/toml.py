"""TOML into source nodes.

tomllib decides what is valid and decodes strings, but gives no positions. The scanner here walks
text that tomllib has accepted, so it only has to find where things are.
"""

import re
import tomllib
from typing import TypeAlias, cast

from planfolio.model.diagnostics import Diagnostic, Problem
from planfolio.model.source_tree import (
    Entry,
    MappingNode,
    Node,
    Scalar,
    SequenceNode,
    SourceText,
    Span,
)
from planfolio.read.yaml import DEPTH

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


_Table: TypeAlias = "dict[str, tuple[Scalar, Node | _Table | list[tuple[Span, _Table]]]]"
"""A table while it is filled: each key with its value, table or tables."""


def read_toml(text: str, *, path: str) -> tuple[MappingNode, list[Diagnostic]]:
    """Read a TOML document as nodes whose scalars are text; `path` goes into the findings.

    A syntax error gives no keys at all.
    """
    try:
        if _depth(tomllib.loads(text)) > DEPTH:
            raise RecursionError
        return _Scanner(text).document(), []
    except tomllib.TOMLDecodeError as error:
        problem, span = _syntax_error(str(error), text)
    except RecursionError:
        problem, span = _problem("values nest too deep"), Span()
    except ValueError:  # an integer with more digits than Python reads
        problem, span = _problem("a number has too many digits"), Span()
    return MappingNode((), Span()), [problem.as_diagnostic(path, span)]


def _depth(value: object) -> int:
    if isinstance(value, dict):
        value = list(value.values())
    return 1 + max(map(_depth, value), default=0) if isinstance(value, list) else 0


def _below(table: _Table, path: list[Scalar]) -> _Table:
    """Return the table of a dotted key, which is made if it is missing."""
    for key in path:
        _, value = table.setdefault(key.text, (key, {}))
        last = value[-1][1] if isinstance(value, list) else value
        table = cast("_Table", last)
    return table


def _as_node(table: _Table, span: Span) -> MappingNode:
    entries = []
    for key, value in table.values():
        if isinstance(value, list):
            nodes = tuple(_as_node(inner, place) for place, inner in value)
            entries.append(Entry(key, SequenceNode(nodes, key.span)))
        else:
            node = _as_node(value, key.span) if isinstance(value, dict) else value
            entries.append(Entry(key, node))
    return MappingNode(tuple(entries), span)


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._span = SourceText(text).span
        self._pos = 0

    def document(self) -> MappingNode:
        root: _Table = {}
        current = root
        while self._skip(_SPACE) < len(self._text):
            if self._text[self._pos] != "[":
                self._pair(current)
                continue
            is_array = self._text.startswith("[[", self._pos)
            path = self._header("]]" if is_array else "]")
            if is_array:
                key, current = path[-1], {}
                _, tables = _below(root, path[:-1]).setdefault(key.text, (key, []))
                cast("list[tuple[Span, _Table]]", tables).append((key.span, current))
            else:
                current = _below(root, path)
        return _as_node(root, Span())

    def _header(self, end: str) -> list[Scalar]:
        self._pos += len(end)
        path = self._key()
        self._pos = self._text.index(end, self._pos) + len(end)
        return path

    def _pair(self, table: _Table) -> None:
        *path, key = self._key()
        self._pos = self._text.index("=", self._pos) + 1
        _below(table, path)[key.text] = (key, self._value())

    def _key(self) -> list[Scalar]:
        path: list[Scalar] = []
        while True:
            start = self._skip(_BLANK)
            match = _BARE.match(self._text, start) or _STRING.match(self._text, start)
            assert match is not None  # noqa: S101 - tomllib accepted the key
            self._pos = match.end()
            path.append(Scalar(_decoded(match[0]), self._span(start, match.end())))
            if self._text[self._skip(_BLANK)] != ".":
                return path
            self._pos += 1

    def _value(self) -> Node:
        start = self._skip(_SPACE)
        char = self._text[start]
        if char in "[{":
            table: _Table = {}
            items: list[Node] = []
            self._pos += 1
            while self._text[self._skip(_SPACE)] not in "]}":
                if char == "{":
                    self._pair(table)
                else:
                    items.append(self._value())
                if self._text[self._skip(_SPACE)] == ",":
                    self._pos += 1
            self._pos += 1
            span = self._span(start, self._pos)
            return _as_node(table, span) if char == "{" else SequenceNode(tuple(items), span)
        match = _STRING.match(self._text, start) or _OTHER.match(self._text, start)
        assert match is not None  # noqa: S101 - tomllib accepted the value
        raw = match[0].rstrip()
        self._pos = start + len(raw)
        span = self._span(start, self._pos)
        if char in "\"'":
            return Scalar(_decoded(raw), span, plain=False)
        return Scalar(raw.replace("_", ""), span)

    def _skip(self, space: re.Pattern[str]) -> int:
        match = space.match(self._text, self._pos)
        self._pos = match.end() if match else self._pos
        return self._pos


def _decoded(token: str) -> str:
    if token[:1] not in {'"', "'"}:
        return token
    return str(tomllib.loads(f"value = {token}")["value"])


def _syntax_error(reason: str, text: str) -> tuple[Problem, Span]:
    """Return what tomllib says of a text, and the place that it tells in words."""
    match = _POSITION.search(reason)
    words = _POSITION.sub("", reason).removesuffix(" (at end of document)")
    offset = len(text)
    if words == """Expected "'\"""" and match is None:
        # tomllib looks for the end of the quote down to the end of the file.
        offset = text.rindex("'")
        words = "the quote that opens here is not closed"
    span = SourceText(text).character(offset)
    if match is not None:
        line, column = int(match[1]), int(match[2])
        span = Span(line, column, line, column + 1)
    return _problem(words[:1].lower() + words[1:]), span


def _problem(message: str) -> Problem:
    hints = (hint for words, hint in _HINTS.items() if words in message)
    return Problem(
        f"TOML does not allow this: {message}",
        next(hints, "put text in quotes, and write each key of a table once"),
        code="F101",
        name="unreadable-settings",
    )


_HINTS = {
    "overwrite": "this key or table appears a second time: keep one",
    "declare": "this key or table appears a second time: keep one",
    "date": "write a day that the calendar has, as in 2026-09-30",
    "deep": "write it flatter",
    "digits": "write a smaller number",
}
"""The way out, by a word of what is wrong; the first that fits is taken."""
