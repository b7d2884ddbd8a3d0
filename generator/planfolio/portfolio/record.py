"""The page of any record: what a kind without a view of its own gets, and the base of all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planfolio.portfolio.backlinks import backlinks
from planfolio.portfolio.badges import visibility_badge
from planfolio.portfolio.bodies import prose
from planfolio.portfolio.components import (
    Backlinks,
    Badge,
    Card,
    Fact,
    Frame,
    Linked,
    Passage,
    Prose,
)
from planfolio.portfolio.facts import facts_of, passages_of
from planfolio.portfolio.formats import name_of
from planfolio.portfolio.frame import frame

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planfolio.model.kinds.kind import Section
    from planfolio.model.plan import Key, Record
    from planfolio.portfolio.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPart:
    """What every record shows of itself; `badges` are its status and who may see it."""

    kicker: str
    title: str
    lead: str
    badges: tuple[Badge, ...]
    facts: tuple[Fact, ...]
    passages: tuple[Passage, ...]
    body: Prose
    backlinks: Backlinks


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """The page of a record that needs nothing beyond its fields, its text and its links."""

    frame: Frame
    record: RecordPart


def record_view(record: Record[Any], scope: Scope) -> RecordView:
    """Return the page of a record of any kind, by the types of its fields."""
    return RecordView(
        frame=record_frame(record, scope=scope),
        record=record_part(record, scope=scope, shown=scope.named.get(record.key, frozenset())),
    )


def record_part(
    record: Record[Any],
    *,
    scope: Scope,
    kicker: str = "",
    lead: str = "",
    badge: Badge | None = None,
    facts: tuple[Fact, ...] = (),
    omit: Iterable[str] = (),
    shown: Iterable[Key] = (),
) -> RecordPart:
    """Return the common part of a record's page.

    `facts` come before those that are read off the fields, less the fields in `omit`. `shown` are
    the records that the page already links to.
    """
    hidden = frozenset(omit)
    return RecordPart(
        kicker=kicker or name_of(record.kind.name),
        title=record.title,
        lead=lead,
        badges=tuple(b for b in (badge, visibility_badge(record.visibility)) if b is not None),
        facts=(*facts, *facts_of(record, scope=scope, omit=hidden)),
        passages=passages_of(record, scope=scope, omit=hidden),
        body=prose(record, plan=scope.plan),
        backlinks=backlinks(record, scope=scope, shown=frozenset(shown)),
    )


def record_frame(
    record: Record[Any],
    *,
    scope: Scope,
    description: str = "",
    crumbs: tuple[Linked, ...] = (),
    step: Section | None = None,
) -> Frame:
    """Return the frame of a record's page, within the section of its kind or of another `step`."""
    return frame(
        scope,
        url=record.url,
        title=record.title,
        description=description or record.body.plain,
        step=step or record.kind.section,
        crumbs=crumbs,
    )


def record_card(record: Record[Any], scope: Scope) -> Card:
    """Return a record as a card with its first facts, for kinds without cards of their own."""
    return Card(
        scope.title(record),
        kicker=name_of(record.kind.name),
        visibility=visibility_badge(record.visibility),
        facts=facts_of(record, scope=scope)[:3],
    )
