"""Visibility, applied once.

What is removed takes its references with it: records, single fields of all records of a kind, and
blocks of a body. What is inherited is inherited anew, so that nothing comes from a record that is
not there. No later stage can see or count what was removed.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from planfolio.audience.bodies import Bodies
from planfolio.audience.fields import without_fields
from planfolio.model.inheritance import inherit
from planfolio.model.kinds.role import RoleFields
from planfolio.model.kinds.walk import visit
from planfolio.model.plan import AssetLink, Intro, Key, Plan, Record
from planfolio.model.visibility import (
    Visibility,
    capacity_visibility,
    hidden_fields,
    reference_visibility,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from planfolio.model.kinds.fields import Refers
    from planfolio.model.plan import Source
    from planfolio.model.scales import Level
    from planfolio.model.settings import Settings
    from planfolio.model.source_tree import Loc


def narrow(plan: Plan, audience: Visibility) -> Plan:
    """Return the part of a plan that an audience may see; the owner's own audience sees all."""
    if audience is Visibility.PRIVATE:
        return plan
    seen = _seen(plan, audience)
    site = _narrowed_site(plan.settings, seen, audience)
    records = _narrowed_records(plan, seen, site, audience)
    bodies = Bodies.of(plan, seen, audience)
    records = {key: bodies.in_record(record) for key, record in records.items()}
    intros = {
        kind: narrowed
        for kind, intro in plan.intros.items()
        if intro.visibility <= audience and (narrowed := bodies.in_intro(intro)) is not None
    }
    if site is plan.settings and _same(records, plan.records) and _same(intros, plan.intros):
        return plan
    holders: tuple[Record[Any] | Intro, ...] = (*records.values(), *intros.values())
    links = (link for holder in holders for link in holder.links)
    linked = {link.path for link in links if isinstance(link, AssetLink)}
    return replace(
        plan,
        settings=site,
        records=MappingProxyType(inherit(_with_sources(records), site=site)),
        edges=tuple(
            edge
            for edge in plan.edges
            if edge.source in seen
            and edge.target in seen
            and reference_visibility(edge, plan.records[edge.source], site=site) <= audience
        ),
        assets=MappingProxyType({p: file for p, file in plan.assets.items() if p in linked}),
        intros=MappingProxyType(intros),
    )


def _seen(plan: Plan, audience: Visibility) -> set[Key]:
    """Return the records that an audience may see.

    A skill that only roles ask for is not there for those who do not see what roles ask for.
    """
    hidden = {
        kind.name
        for kind in plan.kinds
        if "requires" in hidden_fields(kind, audience, site=plan.settings)
    }
    return {
        key
        for key, record in plan.records.items()
        if record.visibility <= audience and not (record.implied and "role" in hidden)
    }


def _narrowed_site(site: Settings, seen: AbstractSet[Key], audience: Visibility) -> Settings:
    changes: dict[str, object] = {}
    if site.plan.role is not None and Key("role", site.plan.role) not in seen:
        changes["role"] = None
    if capacity_visibility(site) > audience:
        changes |= {"hours_per_week": None, "time_off": ()}
    if all(getattr(site.plan, name) == value for name, value in changes.items()):
        return site
    return site.model_copy(update={"plan": site.plan.model_copy(update=changes)})


def _narrowed_records(
    plan: Plan, seen: AbstractSet[Key], site: Settings, audience: Visibility
) -> dict[Key, Record[Any]]:
    hidden = {kind.name: hidden_fields(kind, audience, site=site) for kind in plan.kinds}
    capacity = capacity_visibility(site) <= audience
    narrower = _Narrower(seen, {kind.name for kind in plan.kinds})
    records: dict[Key, Record[Any]] = {}
    for key, record in plan.records.items():
        if key not in seen:
            continue
        left = without_fields(record, hidden[key.kind], capacity=capacity, site=site)
        fields = visit(left.fields, narrower)
        records[key] = left if fields is left.fields else replace(left, fields=fields)
    return records


def _same(some: Mapping[Any, Record[Any] | Intro], others: Mapping[Any, Any]) -> bool:
    """Tell whether all is as before, down to the objects."""
    return len(some) == len(others) and all(some[key] is others[key] for key in some)


def _with_sources(records: dict[Key, Record[Any]]) -> dict[Key, Record[Any]]:
    """Let a skill without a file stand where the first role that is left asks for it."""
    asked: dict[str, Source] = {}
    for role in _roles(records.values()):
        for skill in role.fields.requires:
            asked.setdefault(skill, role.source)
    return {
        key: replace(record, source=asked[key.id]) if record.implied else record
        for key, record in records.items()
    }


def _roles(records: Iterable[Record[Any]]) -> Iterable[Record[Any]]:
    return (record for record in records if isinstance(record.fields, RoleFields))


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
        return text if Key.parse(text, kinds=refers.kinds) in self._seen else None

    def level(self, level: Level, loc: Loc, *, skill: str | None) -> Level | None:  # noqa: ARG002
        return level
