"""The shape that a field wants, shown with what was written in another one."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_EXAMPLES: Mapping[str, str] = MappingProxyType(
    {"requires": "3", "levels": "3", "raises": "3", "metrics": "5", "confidence": "7"}
)
"""What an entry of a table is worth, for one that was written without its value."""

_SHORT = 120
_MOST_TABLES = 3
_LIKE_A_DAY = re.compile(r"\d{4}(?:-\w+)*|Q\d \d{4}|\+\d+[dwmy]")
_NEEDS_QUOTES = re.compile(r"[\[\]{},:#&*!|>'\"%@`]")
_PAIR = re.compile(r"(?P<name>[^:=]+?)(?: *[:=] *| +(?=\d))(?P<value>\S.*)")
_IF_THEN = re.compile(
    r"(?:if |when )?(?P<name>.+?),? *(?:\bthen\b|->|→|:) *(?P<value>.+)", re.IGNORECASE
)


def as_flow_list(text: str) -> str | None:
    """Return `[python, sql]` for `python, sql`; None for text of one part."""
    parts = [part.strip() for part in re.split(r"[,;]", text[:_SHORT]) if part.strip()]
    return f"[{', '.join(parts)}]" if len(parts) > 1 else None


def table_hint(field: str, value: object) -> str:
    """Return how to write the table of a field for which text or a list was written."""
    if field == "if_then" and isinstance(value, str):
        found = _IF_THEN.fullmatch(value.strip()[:_SHORT])
        pairs = {found["name"]: found["value"]} if found else {}
    else:
        pairs = _pairs(value, _EXAMPLES.get(field, ""))
    if not pairs or not all(pairs.values()):
        return "write `key: value` lines below it, without dashes"
    entries = ", ".join(f"{name}: {entry}" for name, entry in pairs.items())
    return f"write {{{entries}}}"


def as_tables(pairs: Mapping[str, object], known: Collection[str]) -> str | None:
    """Return `{date: 2026-03-01, value: 3}` for `{2026-03-01: 3}`, and `{title: A, due: 2026}` for
    `{A: 2026}`: how to write pairs in a place that wants tables with the known keys.

    None where the pairs mean nothing of the kind.
    """
    second = next((key for key in ("value", "times", "level") if key in known), None)
    if second is not None and "date" in known:
        if not all(_LIKE_A_DAY.fullmatch(key) for key in pairs):
            return None
        tables = [{"date": key, second: value} for key, value in pairs.items()]
    elif {"title", "due"}.issubset(known) and len(pairs) == 1:
        ((title, value),) = pairs.items()
        own = value if isinstance(value, dict) else {"due": value}
        if not _LIKE_A_DAY.fullmatch(str(own.get("due", "2026"))):
            return None
        tables = [{"title": title, **own}]
    else:
        return None
    texts = [value for table in tables for value in table.values()]
    if not all(isinstance(text, str) and not _NEEDS_QUOTES.search(text) for text in texts):
        return None
    shown = [
        "{" + ", ".join(f"{key}: {value}" for key, value in table.items()) + "}"
        for table in tables[:_MOST_TABLES]
    ]
    more = ", …" if len(tables) > _MOST_TABLES else ""
    return shown[0] if len(tables) == 1 else f"[{', '.join(shown)}{more}]"


def _pairs(value: object, example: str) -> dict[str, str]:
    """Return the names and values in `python 4, sql`, `[python, sql]` or `[{python: 4}]`."""
    parts = re.split(r"[,;]", value[:_SHORT]) if isinstance(value, str) else value
    pairs: dict[str, str] = {}
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, str) and part.strip():
            found = _PAIR.fullmatch(part.strip())
            pairs |= {found["name"]: found["value"]} if found else {part.strip(): example}
        elif isinstance(part, dict) and all(isinstance(entry, str) for entry in part.values()):
            pairs |= part
        else:
            return {}
    return pairs
