"""Visibility, applied once.

What is removed takes its references with it. What is inherited is inherited anew, so that nothing
comes from a record that is not there. No later stage can see or count what was removed.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from planfolio.kinds.walk import visit
from planfolio.plan import Key, Plan, Record, RecordLink
from planfolio.stage2_resolve import inherit

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from planfolio.kinds import Visibility
    from planfolio.kinds.fields import Refers
    from planfolio.marks import Loc
    from planfolio.values.level import Level


def project(plan: Plan, audience: Visibility) -> Plan:
    """Return the part of a plan that an audience may see; the owner's own audience sees all."""
    seen = {key for key, record in plan.records.items() if record.visibility <= audience}
    if len(seen) == len(plan.records):
        return plan
    registered = {kind.name for kind in plan.kinds}
    records = {
        key: _narrowed(record, seen, registered)
        for key, record in plan.records.items()
        if key in seen
    }
    role = plan.site.plan.role
    site = plan.site
    if role is not None and Key("role", role) not in seen:
        site = site.model_copy(update={"plan": site.plan.model_copy(update={"role": None})})
    return replace(
        plan,
        site=site,
        records=MappingProxyType(inherit(records, site=site)),
        edges=tuple(edge for edge in plan.edges if edge.source in seen and edge.target in seen),
    )


def _narrowed(
    record: Record[Any], seen: AbstractSet[Key], registered: AbstractSet[str]
) -> Record[Any]:
    links = tuple(
        None if isinstance(link, RecordLink) and link.key not in seen else link
        for link in record.links
    )
    fields = visit(record.fields, _Narrower(seen, registered))
    return replace(record, fields=fields, links=links)


class _Narrower:
    """Takes out the references to records that the audience may not see."""

    def __init__(self, seen: AbstractSet[Key], registered: AbstractSet[str]) -> None:
        self._seen = seen
        self._registered = registered

    def reference(self, text: str, refers: Refers, loc: Loc, *, is_key: bool) -> str | None:  # noqa: ARG002
        if "need" in refers.kinds:
            role, _, _ = text.rpartition("/")
            return text if Key("role", role) in self._seen else None
        if not self._registered.intersection(refers.kinds):
            return text
        if len(refers.kinds) == 1:
            key = Key(refers.kinds[0], text)
        else:
            kind, _, id_ = text.partition("/")
            key = Key(kind, id_)
        return text if key in self._seen else None

    def level(self, level: Level, loc: Loc, *, skill: str | None) -> Level | None:  # noqa: ARG002
        return level
