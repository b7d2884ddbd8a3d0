"""Marked values: text with its place in a file, before anything is made of it.

Front matter and site.toml both arrive as a tree of these nodes. Each scalar is the text that was
typed, so that `no`, `010` and `3.10` reach the field that reads them as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from planfolio.spelling import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

Loc: TypeAlias = tuple[str | int, ...]
"""A way into a tree: keys of mappings and indexes of sequences, outermost first."""

WRITTEN_AS_KEYS = ("title", "date")
"""Fields that the key of a table stands for where a list may be written as a table.

So `{First draft: 2026-09}` among milestones has a title, and `{2026-W34: 3}` in a log a date.
"""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file: lines and columns from 1, columns in code points, the end exclusive."""

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as typed; `plain` tells that it stood without quotes."""

    text: str
    span: Span
    plain: bool = True

    @property
    def absent(self) -> bool:
        """Whether nothing was written: `due:`, `due: ""`, `due: ~` and `due: null` are empty."""
        return not self.text.strip() or (self.plain and self.text in _NULLS)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value in a mapping."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; a reader keeps each key once."""

    entries: tuple[Entry, ...]
    span: Span
    _index: dict[str, Entry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", {entry.key.text: entry for entry in self.entries})

    def find(self, key: str) -> Entry | None:
        """Return the entry of a key."""
        return self._index.get(key)


Node: TypeAlias = Scalar | Sequence | Mapping


def plain_data(node: Node) -> object:
    """Return the node as str, list and dict; what is absent is None, and left out of lists."""
    match node:
        case Scalar():
            return None if node.absent else node.text
        case Sequence():
            return [plain_data(item) for item in node.items if not _absent(item)]
        case Mapping():
            return {entry.key.text: plain_data(entry.value) for entry in node.entries}


def locate(node: Node, loc: Loc, *, key: bool = False) -> Span:
    """Return the place of `loc`, or of the nearest node around it that was written.

    Short forms are followed: an index finds the entry of a mapping, whose key is then the title or
    the date of what it stands for; a name finds the item of a list; and steps that stand nowhere
    in the file are passed over. A name that is resolved finds the way in which it was written,
    whatever its case, its normal form and the folder before it. With `key` the place is that of
    the last key instead of its value.
    """
    span = node.span
    stands_for: Span | None = None
    for step in loc:
        if stands_for is not None and step in WRITTEN_AS_KEYS:
            return stands_for
        stands_for = None
        match node:
            case Mapping():
                entry = _entry(node, step)
                if entry is None:
                    continue
                if isinstance(step, int) and not _has(entry.value, WRITTEN_AS_KEYS):
                    stands_for = entry.key.span
                span = entry.key.span if key or _absent(entry.value) else entry.value.span
                node = entry.value
            case Sequence():
                item = _item(node, step)
                if item is None:
                    continue
                node, span = item, item.span
            case Scalar():
                if isinstance(step, str) and _same(node.text, step):
                    span = node.span
    return span


def prune(node: Node, loc: Loc) -> Node | None:
    """Return the node without the innermost part of `loc` that is there; None if that is all of it.

    Short forms end before their `loc` does. What a bare value in a table stands for stays, without
    the value: of `{Draft: 2026-02-30}` among milestones the title is kept.
    """
    if not loc:
        return None
    step, rest = loc[0], loc[1:]
    match node:
        case Mapping():
            entry = _entry(node, step)
            if entry is None:
                return prune(node, rest)
            if isinstance(step, int) and _is_bare_value(entry.value, rest):
                left: Node | None = Scalar("", entry.value.span)
            else:
                left = prune(entry.value, rest)
            changed = () if left is None else (Entry(entry.key, left),)
            at = next(i for i, one in enumerate(node.entries) if one is entry)
            return Mapping((*node.entries[:at], *changed, *node.entries[at + 1 :]), node.span)
        case Sequence():
            item = _item(node, step)
            if item is None:
                return prune(node, rest)
            left = prune(item, rest)
            at = next(i for i, one in enumerate(node.items) if one is item)
            kept = () if left is None else (left,)
            return Sequence((*node.items[:at], *kept, *node.items[at + 1 :]), node.span)
        case Scalar():
            return None


def _is_bare_value(node: Node, rest: Loc) -> bool:
    bare = isinstance(node, Scalar) and not node.absent
    return bare and bool(rest) and rest[0] not in WRITTEN_AS_KEYS


def _absent(node: Node) -> bool:
    return isinstance(node, Scalar) and node.absent


def _has(node: Node, keys: Iterable[str]) -> bool:
    return isinstance(node, Mapping) and any(node.find(key) is not None for key in keys)


def _entry(node: Mapping, step: str | int) -> Entry | None:
    if isinstance(step, int):
        return node.entries[step] if step < len(node.entries) else None
    exact = node.find(step)
    if exact is not None:
        return exact
    return next((entry for entry in node.entries if _same(entry.key.text, step)), None)


def _item(node: Sequence, step: str | int) -> Node | None:
    written = [item for item in node.items if not _absent(item)]
    if isinstance(step, int):
        return written[step] if step < len(written) else None
    named = (item for item in written if isinstance(item, Scalar) and _same(item.text, step))
    return next(named, None)


def _same(written: str, name: str) -> bool:
    """Tell whether a name that was written is the one that it was resolved to."""
    wanted = folded(name)
    return folded(written) == wanted or folded(written.rpartition("/")[2]) == wanted


_NULLS = frozenset({"~", "null", "Null", "NULL"})
