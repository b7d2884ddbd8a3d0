"""Findings: what a check has to say, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planfolio.model.source_tree import Mapping, Scalar, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planfolio.markdown import Place
    from planfolio.model.diagnostics import Severity
    from planfolio.model.plan import Key, Record
    from planfolio.model.source_tree import Loc

SHOWN = 3
"""How many places a finding about many records names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A message at a place. `severity` is the rule's unless the finding has its own."""

    path: str
    span: Span
    message: str
    hint: str = ""
    subject: Key | None = None
    severity: Severity | None = None


def at(
    record: Record[Any],
    *locs: Loc,
    message: str,
    hint: str = "",
    about: Record[Any] | None = None,
    severity: Severity | None = None,
    key: bool = False,
) -> Finding:
    """Find something at the first of the fields that is written in a record, else at the last.

    `about` is the record that the finding is about, where it is another one. With `key` the place
    is the key of the field instead of its value.
    """
    return Finding(
        path=record.source.path,
        span=place_of(record, *locs, key=key),
        message=message,
        hint=hint,
        subject=(about or record).key,
        severity=severity,
    )


def place_of(record: Record[Any], *locs: Loc, key: bool = False) -> Span:
    """Return the place of the first of the fields that is written in a record, else of the last."""
    loc = next((loc for loc in locs if loc and is_written(record, str(loc[0]))), locs[-1])
    return record.source.span(loc, key=key)


def place_in_body(record: Record[Any], place: Place) -> Span:
    """Return a place in a body as one of the file."""
    before = record.source.body_line - 1
    return Span(before + place.line, place.column, before + place.end_line, place.end_column)


def is_written(record: Record[Any], field: str) -> bool:
    """Tell whether a field of a record stands in its file, and not empty."""
    node = record.source.node
    entry = node.find(field) if isinstance(node, Mapping) else None
    if entry is None:
        return False
    return not (isinstance(entry.value, Scalar) and entry.value.absent)


def one_for_many(
    places: Iterable[tuple[Record[Any], Sequence[Loc]]],
    *,
    message: str,
    hint: str,
    key: bool = False,
) -> Finding | None:
    """Find one thing about many records: at the first in the order of the files.

    With `key` the places are those of the keys. `{n}` in the message is their number; the places
    of the next few are named after it.
    """
    found = sorted(
        (record.source.path, place_of(record, *locs, key=key)) for record, locs in places
    )
    if not found:
        return None
    path, span = found[0]
    named = [f"{other}:{where.line}" for other, where in found[1:SHOWN]]
    text = message.format(n=len(found))
    if named:
        left = len(found) - SHOWN
        more = f" and {left} more" if left > 0 else ""
        text += f"; also {', '.join(named)}{more}"
    return Finding(path=path, span=span, message=text, hint=hint)
