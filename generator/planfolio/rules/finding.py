"""Findings: a message at a place of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planfolio.model.formatting import listing
from planfolio.model.source_tree import MappingNode, Scalar, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from planfolio.model.diagnostics import Severity
    from planfolio.model.plan import Key, Record
    from planfolio.model.source_tree import Loc
    from planfolio.model.values.dates import PlanDate

TITLE: Loc = ("title",)
START: tuple[Loc, ...] = (("start",), ("when",), TITLE)
DUE: tuple[Loc, ...] = (("due",), ("when",), TITLE)
"""The fields in which a value may be written, in order; the title where it is written nowhere."""

MOST_LISTED = 4
"""The number of names that a message lists; the others are counted."""

_MORE_PLACES = 2
"""The number of further places that a finding about many records names."""


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
    """Return a finding at the first of the fields that is written in a record, else at the last.

    `about` is the record that the finding is about, if another one. With `key` the place is the key
    of the field instead of its value.
    """
    return Finding(
        path=record.source.path,
        span=place_of(record, *locs, key=key),
        message=message,
        hint=hint,
        subject=(about or record).key,
        severity=severity,
    )


def for_all(
    places: Iterable[tuple[Record[Any], Sequence[Loc]]],
    *,
    one: str,
    many: str,
    hint: str,
    key: bool = False,
) -> Iterator[Finding]:
    """Yield a single finding about all records, at the first in the order of the files, if any.

    `one` is the message about a single record, `many` that about `{n}`, after which the next few
    places are named. With `key` the places are those of the keys.
    """
    found = sorted(
        (record.source.path, place_of(record, *locs, key=key)) for record, locs in places
    )
    if not found:
        return
    path, span = found[0]
    message = one
    if len(found) > 1:
        others = [f"{other}:{place.line}" for other, place in found[1:]]
        message = f"{many.format(n=len(found))}; also {listing(others, most=_MORE_PLACES)}"
    yield Finding(path=path, span=span, message=message, hint=hint)


def place_of(record: Record[Any], *locs: Loc, key: bool = False) -> Span:
    """Return the place of the first of the fields that is written in a record, else of the last."""
    loc = next((loc for loc in locs if loc and _is_written(record, str(loc[0]))), locs[-1])
    return record.source.span(loc, key=key)


def place_in_body(record: Record[Any], span: Span) -> Span:
    """Return a place in a body as one of the file."""
    return span.below(record.source.body_line - 1)


def dated(value: PlanDate, day: date) -> str:
    """Return a day, with the date as it was typed where that is another text."""
    typed, iso = value.text, day.isoformat()
    return typed if typed == iso else f"{iso} ({typed})"


def _is_written(record: Record[Any], field: str) -> bool:
    node = record.source.node
    entry = node.find(field) if isinstance(node, MappingNode) else None
    return entry is not None and not (isinstance(entry.value, Scalar) and entry.value.absent)
