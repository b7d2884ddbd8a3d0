"""What is to be changed in front matter, as data, and what it then says.

The way of a change leads from the root of the front matter, or of a record, to a value.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from planfolio.edit.yaml_text import flow_text
from planfolio.model.source_tree import MappingNode, Scalar, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planfolio.edit.yaml_text import YamlValue
    from planfolio.model.plan import Record
    from planfolio.model.source_tree import Loc, Node


@dataclass(frozen=True, slots=True)
class Put:
    """A value for a key; a new key is written below the first of `beside` that is there."""

    way: Loc
    value: YamlValue
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Add:
    """One more item of the list under a key; what stands there alone is its first item."""

    way: Loc
    item: YamlValue
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Widen:
    """A table in place of a bare value, with that value under `key`, and with `more`.

    `listed` makes it a list of that table.
    """

    way: Loc
    key: str
    more: Mapping[str, YamlValue]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Remove:
    """An entry or an item that goes, with its own lines."""

    way: Loc


Change: TypeAlias = Put | Add | Widen | Remove


def value_of(record: Record[Any], field: str) -> Node | None:
    """Return what is written for a field of a record, or None."""
    node = record.source.node
    entry = node.find(field) if isinstance(node, MappingNode) else None
    return entry.value if entry is not None else None


def below(way: Loc, changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return changes of a record as changes of the front matter, in which it stands at `way`."""
    return tuple(replace(change, way=(*way, *change.way)) for change in changes)


def merged(changes: Sequence[Change]) -> dict[str, YamlValue]:
    """Return what changes write into a record that has no keys yet."""
    table: dict[str, YamlValue] = {}
    for change in changes:
        if isinstance(change, Put):
            table[str(change.way[0])] = change.value
        elif isinstance(change, Add):
            table[str(change.way[0])] = [change.item]
    return table


def as_written(node: Node) -> Any:
    """Return what a node says, without places: text or None, lists and dicts."""
    match node:
        case Scalar():
            return None if node.absent else node.text
        case SequenceNode():
            return [as_written(item) for item in node.items]
        case MappingNode():
            return {entry.key.text: as_written(entry.value) for entry in node.entries}


def changed(said: Any, change: Change) -> Any:
    """Return what front matter that says `said` says after a change."""
    if not change.way:
        return _widened(said, change) if isinstance(change, Widen) else said
    step, *rest = change.way
    copy: Any = dict(said) if isinstance(said, dict) else list(said)
    old = copy.get(step) if isinstance(copy, dict) else copy[step]
    if rest:
        copy[step] = changed(old, replace(change, way=tuple(rest)))
    elif isinstance(change, Put):
        copy[step] = change.value
    elif isinstance(change, Remove):
        del copy[step]
    elif isinstance(change, Widen):
        copy[step] = _widened(old, change)
    elif old is None:
        copy[step] = [change.item]
    else:
        copy[step] = [*old, change.item] if isinstance(old, list) else [old, change.item]
    return copy


def by_hand(changes: Sequence[Change]) -> str:
    """Return what somebody would write for changes, as a hint says it."""
    return "; ".join(_by_hand(change) for change in changes)


def _by_hand(change: Change) -> str:
    key = str(change.way[-1]) if change.way else ""
    match change:
        case Put():
            return f"write `{key}: {flow_text(change.value)}` there"
        case Add():
            return f"write `{flow_text(change.item)}` as the last item of `{key}` there"
        case Remove():
            return "delete what stands there"
        case Widen():
            table = flow_text({change.key: "VALUE", **change.more})
            return f"write `{table}`, with what stands there as VALUE"


def _widened(old: Any, change: Widen) -> Any:
    table = {**({} if old is None else {change.key: old}), **change.more}
    return [table] if change.listed else table
