"""Visibility, applied once.

What is removed takes its references with it. What is inherited is inherited anew, so that nothing
comes from a record that is not there. No later stage can see or count what was removed.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from planfolio.kinds.role import RoleFields
from planfolio.kinds.walk import visit
from planfolio.plan import Key, Plan, Record, RecordLink
from planfolio.stage2_resolve import inherit

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from planfolio.kinds import Visibility
    from planfolio.kinds.fields import Refers
    from planfolio.marks import Loc
    from planfolio.plan import BodyLink, Source
    from planfolio.site import Site
    from planfolio.values.level import Level


def project(plan: Plan, audience: Visibility) -> Plan:
    """Return the part of a plan that an audience may see; the owner's own audience sees all."""
    seen = {key for key, record in plan.records.items() if record.visibility <= audience}
    hidden_intros = [i for i in plan.intros.values() if i.visibility > audience]
    if len(seen) == len(plan.records) and not hidden_intros:
        return plan
    registered = {kind.name for kind in plan.kinds}
    records = {
        key: _narrowed(record, seen, registered)
        for key, record in plan.records.items()
        if key in seen
    }
    site = _narrowed_site(plan.site, seen)
    return replace(
        plan,
        site=site,
        records=MappingProxyType(inherit(_with_sources(records), site=site)),
        edges=tuple(edge for edge in plan.edges if edge.source in seen and edge.target in seen),
        intros=MappingProxyType(
            {
                kind: replace(intro, links=_narrowed_links(intro.links, seen))
                for kind, intro in plan.intros.items()
                if intro.visibility <= audience
            }
        ),
    )


def _narrowed_site(site: Site, seen: AbstractSet[Key]) -> Site:
    role = site.plan.role
    if role is None or Key("role", role) in seen:
        return site
    return site.model_copy(update={"plan": site.plan.model_copy(update={"role": None})})


def _narrowed(
    record: Record[Any], seen: AbstractSet[Key], registered: AbstractSet[str]
) -> Record[Any]:
    fields = visit(record.fields, _Narrower(seen, registered))
    return replace(record, fields=fields, links=_narrowed_links(record.links, seen))


def _narrowed_links(links: tuple[BodyLink, ...], seen: AbstractSet[Key]) -> tuple[BodyLink, ...]:
    return tuple(
        None if isinstance(link, RecordLink) and link.key not in seen else link for link in links
    )


def _with_sources(records: dict[Key, Record[Any]]) -> dict[Key, Record[Any]]:
    """Let a skill without a file stand where the first role that is left asks for it."""
    asked: dict[str, Source] = {}
    for record in records.values():
        if isinstance(record.fields, RoleFields):
            for skill in record.fields.requires:
                asked.setdefault(skill, record.source)
    return {
        key: replace(record, source=asked[key.id]) if record.implied else record
        for key, record in records.items()
    }


class _Narrower:
    """Takes out the references to records that the audience may not see."""

    def __init__(self, seen: AbstractSet[Key], registered: AbstractSet[str]) -> None:
        self._seen = seen
        self._registered = registered

    def reference(self, text: str, refers: Refers, loc: Loc, *, is_key: bool) -> str | None:  # noqa: ARG002
        if "need" in refers.kinds:
            role, _, _ = text.rpartition("/")
            return text if Key("role", role) in self._seen else None
        if self._registered.isdisjoint(refers.kinds):
            return text
        if len(refers.kinds) == 1:
            key = Key(refers.kinds[0], text)
        else:
            kind, _, id_ = text.partition("/")
            key = Key(kind, id_)
        return text if key in self._seen else None

    def level(self, level: Level, loc: Loc, *, skill: str | None) -> Level | None:  # noqa: ARG002
        return level
