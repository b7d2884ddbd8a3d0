"""What is to be changed in front matter, as data: what it then says, and its values as YAML text.

The `loc` of a change leads from the root of the front matter, or of a record, to a value.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from planfolio.model.source_tree import Loc, MappingNode, Node, Scalar, SequenceNode

YamlValue: TypeAlias = "str | Sequence[YamlValue] | Mapping[str, YamlValue]"
"""What is written: text as it shall be read, lists and tables of it."""

HERE: Final = "\0"
"""In a new value it stands for the present one as it is written; no text of a plan is equal."""

_PLAIN = re.compile(r"(?:[+-](?=\d))?[^\W_](?:[\w .()'+/&%-]*[\w.)+%])?")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


@dataclass(frozen=True, slots=True)
class Put:
    """A value for a key; a new key is written below the first of `beside` that is there."""

    loc: Loc
    value: YamlValue
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Add:
    """One more item of the list under a key; a single value that is there is its first item."""

    loc: Loc
    value: YamlValue
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remove:
    """An entry or an item that goes, with its own lines."""

    loc: Loc


Change: TypeAlias = Put | Add | Remove


def as_table(changes: Sequence[Change]) -> dict[str, YamlValue]:
    """Return what changes write into a record that has no keys yet."""
    return {
        str(change.loc[0]): change.value if isinstance(change, Put) else [change.value]
        for change in changes
        if not isinstance(change, Remove)
    }


def as_written(node: Node) -> Any:
    """Return what a node says, without places: text or None, lists and dicts."""
    match node:
        case Scalar():
            return None if node.absent else node.text
        case SequenceNode():
            return [as_written(item) for item in node.items]
        case MappingNode():
            return {entry.key.text: as_written(entry.value) for entry in node.entries}


def apply_to_data(data: Any, change: Change) -> Any:
    """Return the data of front matter after a change of it."""
    step, *rest = change.loc
    copy: Any = dict(data) if isinstance(data, dict) else list(data)
    old = copy.get(step) if isinstance(copy, dict) else copy[step]
    if rest:
        copy[step] = apply_to_data(old, replace(change, loc=tuple(rest)))
    elif isinstance(change, Put):
        copy[step] = with_old_value(change.value, old)
    elif isinstance(change, Remove):
        del copy[step]
    elif isinstance(old, list):
        copy[step] = [*old, change.value]
    else:
        copy[step] = with_old_value([HERE, change.value], old)
    return copy


def with_old_value(value: YamlValue, old: Any) -> Any:
    """Return a value with what was there in the place of HERE, or without it if that is None."""
    if isinstance(value, str):
        return old if value == HERE else value
    if isinstance(value, Mapping):
        kept = {key: item for key, item in value.items() if item != HERE or old is not None}
        return {key: with_old_value(item, old) for key, item in kept.items()}
    return [with_old_value(item, old) for item in value if item != HERE or old is not None]


def as_hint(changes: Sequence[Change]) -> str:
    """Return what somebody would write for changes, as a hint says it."""
    return "; ".join(_by_hand(change) for change in changes)


def scalar_text(text: str, *, style: str | None = None) -> str:
    """Return text as a scalar of one line, quoted where YAML would read it as something else.

    `style` is the quote around the value that it replaces, if there is one.
    """
    if style == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if style != '"' and _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    # YAML reads the escapes of Python, and not all other characters as they are.
    escape = "unicode_escape"
    return "".join(c if c.isprintable() else c.encode(escape).decode() for c in quoted)


def flow_text(value: YamlValue) -> str:
    """Return a value on one line: a scalar, `[a, b]` or `{a: b}`; HERE stays."""
    if isinstance(value, str):
        return value if value == HERE else scalar_text(value)
    if isinstance(value, Mapping):
        return "{" + flow_entries(value) + "}"
    return "[" + ", ".join(map(flow_text, value)) + "]"


def flow_entries(table: Mapping[str, YamlValue]) -> str:
    """Return the entries of a table on one line: `a: b, c: d`."""
    return ", ".join(f"{scalar_text(key)}: {flow_text(value)}" for key, value in table.items())


def block_entry(key: str, value: YamlValue, *, indent: str) -> str:
    """Return an entry of a block table, with a line for each table of a list."""
    if isinstance(value, Sequence) and any(isinstance(item, Mapping) for item in value):
        items = "".join(f"{indent}  - {flow_text(item)}\n" for item in value)
        return f"{indent}{scalar_text(key)}:\n{items}"
    return f"{indent}{scalar_text(key)}: {flow_text(value)}\n"


def block_item(item: YamlValue, *, indent: str, in_lines: bool) -> str:
    """Return an item of a block list; `in_lines` writes each key of a table on its own line."""
    if not (in_lines and isinstance(item, Mapping)):
        return f"{indent}- {flow_text(item)}\n"
    lines = (f"{scalar_text(key)}: {flow_text(value)}\n" for key, value in item.items())
    return f"{indent}- " + f"{indent}  ".join(lines)


def _by_hand(change: Change) -> str:
    match change:
        case Put():
            text = flow_text(with_old_value(change.value, "VALUE"))
            if text != flow_text(change.value):
                return f"write `{text}`, with what is there now as VALUE"
            return f"write `{change.loc[-1]}: {text}` there"
        case Add():
            return f"write `{flow_text(change.value)}` as the last item of `{change.loc[-1]}` there"
        case Remove():
            return "delete what is there"
