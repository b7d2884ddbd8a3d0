"""The source tree: what was typed in front matter or site.toml, each part with its place.

A scalar is the text as typed, so that `no`, `010` and `3.10` reach the field that reads them.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple, TypeAlias

from planfolio.names import folded

Loc: TypeAlias = tuple[str | int, ...]
"""The way to a node: keys of mappings and indexes of sequences, outermost first."""

WRITTEN_AS_KEYS = ("title", "date")
"""Fields whose value is a key where a list may be written as a table.

`{First draft: 2026-09}` among milestones has a title, and `{2026-W34: 3}` in a log a date.
"""


class Span(NamedTuple):
    """A place in a file: lines and columns from 1, columns in code points, the end exclusive."""

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1

    def below(self, lines: int) -> "Span":
        """Return the same place as many lines further down."""
        return Span(self.line + lines, self.column, self.end_line + lines, self.end_column)


class SourceText:
    """A text whose offsets, which parsers report, are turned into places."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]

    def span(self, start: int, end: int | None = None) -> Span:
        """Return the place between two offsets, on its first line; it ends there without `end`."""
        line = bisect_right(self._starts, start)
        first, after = self._starts[line - 1 : line + 1]
        if end is None or end >= after:
            end = max(start, first + len(self.text[first : after - 1].rstrip()))
        return Span(line, start - first + 1, line, end - first + 1)

    def character(self, offset: int) -> Span:
        """Return the place of one character."""
        span = self.span(offset, offset)
        return span._replace(end_column=span.column + 1)


class Scalar(NamedTuple):
    """A single value as typed; `plain` tells that it had no quotes."""

    text: str
    span: Span
    plain: bool = True

    @property
    def absent(self) -> bool:
        """Whether nothing was written: `due:`, `due: ""`, `due: ~` and `due: null` are empty."""
        return not self.text.strip() or (self.plain and self.text in _NULLS)


@dataclass(frozen=True)
class SequenceNode:
    """A list of nodes."""

    items: "tuple[Node, ...]"
    span: Span

    def position(self, step: str | int) -> int | None:
        """Return where an item is: the n-th that is not empty, or the scalar of that name."""
        if isinstance(step, int):
            return self._written[step] if step < len(self._written) else None
        exact = self._texts.get(step)
        return self._named.get(folded(step)) if exact is None else exact

    @cached_property
    def _written(self) -> list[int]:
        return [index for index, item in enumerate(self.items) if not absent(item)]

    @cached_property
    def _texts(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for index in self._written:
            if isinstance(item := self.items[index], Scalar):
                found.setdefault(item.text, index)
        return found

    @cached_property
    def _named(self) -> dict[str, int]:
        return _by_folded_name(self._texts)


class Entry(NamedTuple):
    """A key and its value in a mapping."""

    key: Scalar
    value: "Node"


@dataclass(frozen=True)
class MappingNode:
    """Keys and values in the order of the file; a reader keeps each key once."""

    entries: tuple[Entry, ...]
    span: Span

    def find(self, key: str) -> Entry | None:
        """Return the entry of a key."""
        index = self._keys.get(key)
        return None if index is None else self.entries[index]

    def value(self, key: str) -> "Node | None":
        """Return the value of a key."""
        entry = self.find(key)
        return None if entry is None else entry.value

    def position(self, step: str | int) -> int | None:
        """Return where an entry is: the n-th, or that of the key, however its name is written."""
        if isinstance(step, int):
            return step if step < len(self.entries) else None
        exact = self._keys.get(step)
        return self._named.get(folded(step)) if exact is None else exact

    @cached_property
    def _keys(self) -> dict[str, int]:
        return {entry.key.text: index for index, entry in enumerate(self.entries)}

    @cached_property
    def _named(self) -> dict[str, int]:
        return _by_folded_name(self._keys)


Node: TypeAlias = Scalar | SequenceNode | MappingNode


def absent(node: Node) -> bool:
    """Tell whether a node is a value of which nothing was written."""
    return isinstance(node, Scalar) and node.absent


def plain_data(node: Node) -> object:
    """Return the node as str, list and dict; what is absent is None, and left out of lists."""
    match node:
        case Scalar():
            return None if node.absent else node.text
        case SequenceNode():
            return [plain_data(item) for item in node.items if not absent(item)]
        case MappingNode():
            return {entry.key.text: plain_data(entry.value) for entry in node.entries}


def locate(node: Node, loc: Loc, *, key: bool = False) -> Span:
    """Return the place of `loc`, or of the nearest node around it that was written.

    Short forms are followed: an index finds the entry of a mapping, whose key is then the title or
    the date of what it stands for, or the mapping itself, which is then a list of one; a name
    finds the item of a list; steps that are nowhere in the file are passed over. A resolved
    name finds the way in which it was written, whatever its case, its normal form and the folder
    before it. With `key` the place is that of the last key instead of its value.
    """
    span = node.span
    stands_for: Span | None = None
    for index, step in enumerate(loc):
        if stands_for is not None and step in WRITTEN_AS_KEYS:
            return stands_for
        stands_for = None
        if isinstance(node, Scalar):
            if isinstance(step, str) and folded(step) in _by_folded_name({node.text: 0}):
                span = node.span
            continue
        if _is_list_of_one(node, loc, index) or (position := node.position(step)) is None:
            continue
        if isinstance(node, MappingNode):
            entry = node.entries[position]
            node = entry.value
            if isinstance(step, int) and not _has(node, WRITTEN_AS_KEYS):
                stands_for = entry.key.span
            span = entry.key.span if key or absent(node) else node.span
        else:
            node = node.items[position]
            span = node.span
    return span


def _is_list_of_one(node: Node, loc: Loc, index: int) -> bool:
    """Tell whether a step is the first item of a list that a table without dashes stands for."""
    return loc[index] == 0 and index + 1 < len(loc) and _has(node, (str(loc[index + 1]),))


def _by_folded_name(positions: Mapping[str, int]) -> dict[str, int]:
    """Return positions by names that are folded, with and without the folder before them.

    Of several that are alike the first one counts.
    """
    found: dict[str, int] = {}
    for text, index in positions.items():
        found.setdefault(folded(text), index)
        found.setdefault(folded(text.rpartition("/")[2]), index)
    return found


def _has(node: Node, keys: Iterable[str]) -> bool:
    return isinstance(node, MappingNode) and any(node.find(key) is not None for key in keys)


_NULLS = frozenset({"~", "null", "Null", "NULL"})
