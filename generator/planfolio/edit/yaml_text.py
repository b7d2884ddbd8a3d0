"""Values as YAML text that our reader, and any other, reads as the same values."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

YamlValue: TypeAlias = "str | Sequence[YamlValue] | Mapping[str, YamlValue]"
"""What is written: text as it shall be read, lists and tables of it."""

_PLAIN = re.compile(r"(?:[+-](?=\d))?[^\W_](?:[\w .()'+/&%-]*[\w.)+%])?")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def scalar_text(text: str, *, style: str | None = None) -> str:
    """Return text as a scalar of one line, quoted where YAML would read it as something else.

    `style` is the quote in which the value stood that it replaces, if it stood in one.
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
    """Return a value on one line: a scalar, `[a, b]` or `{a: b}`."""
    if isinstance(value, str):
        return scalar_text(value)
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
