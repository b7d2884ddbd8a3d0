"""Visibility, applied once: no later stage can see or count what was removed.

Records, single fields of all records of a kind and blocks of a body are removed, and the references
to them. What is inherited is inherited anew, so nothing comes from a record that was removed.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from planfolio.audience.bodies import Bodies
from planfolio.model.inheritance import inherit
from planfolio.model.kinds.role import RoleFields
from planfolio.model.kinds.walk import visit
from planfolio.model.plan import AssetLink, Intro, Key, Plan, Record
from planfolio.model.source_tree import MappingNode
from planfolio.model.visibility import (
    Visibility,
    capacity_visibility,
    hidden_fields,
    reference_visibility,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from collections.abc import Set as AbstractSet

    from planfolio.model.kinds.fields import Fields, Refers
    from planfolio.model.plan import Source
    from planfolio.model.scales import Level
    from planfolio.model.settings import Settings
    from planfolio.model.source_tree import Loc

F = TypeVar("F", bound="Fields")


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
        left = _without_fields(record, hidden[key.kind], capacity=capacity, site=site)
        fields = visit(left.fields, narrower)
        records[key] = left if fields is left.fields else replace(left, fields=fields)
    return records


def _without_fields(
    record: Record[Any], hidden: Collection[str], *, capacity: bool, site: Settings
) -> Record[Any]:
    """Return a record as if the `hidden` fields were not written; the same if it has none.

    Where the plan's weekly hours (`capacity`) are hidden, an effort in weeks goes too, since its
    hours would tell them.
    """
    fields = record.fields
    effort = getattr(fields, "effort", None)
    if effort is not None and effort.in_weeks and not capacity:
        hidden = {*hidden, "effort"}
    gone = {
        name
        for name, info in type(fields).model_fields.items()
        if name in fields.model_fields_set and (info.alias or name) in hidden
    }
    if not gone:
        return record
    left = _unset(fields, gone)
    title = record.title
    if record.kind.singleton and "name" in gone and title == fields.name:
        # The profile is called by its name where it has no title.
        title = site.title
        left = left.model_copy(update={"title": title})
    return replace(record, fields=left, title=title, source=_without_entries(record, hidden))


def _unset(fields: F, gone: Collection[str]) -> F:
    model = type(fields)
    kept = {name: getattr(fields, name) for name in model.model_fields if name not in gone}
    defaults = {
        name: model.model_fields[name].get_default(call_default_factory=True) for name in gone
    }
    return model.model_construct(
        _fields_set=fields.model_fields_set - set(gone),
        **{_key(model, name): value for name, value in (kept | defaults).items()},
    )


def _key(model: type[Fields], name: str) -> str:
    return model.model_fields[name].alias or name


def _without_entries(record: Record[Any], hidden: Collection[str]) -> Any:
    node = record.source.node
    if record.implied or not isinstance(node, MappingNode):
        return record.source
    entries = tuple(entry for entry in node.entries if entry.key.text not in hidden)
    return replace(record.source, node=MappingNode(entries, node.span))


def _same(some: Mapping[Any, Record[Any] | Intro], others: Mapping[Any, Any]) -> bool:
    """Tell whether all is as before, down to the objects."""
    return len(some) == len(others) and all(some[key] is others[key] for key in some)


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
        return text if Key.parse(text, kinds=refers.kinds) in self._seen else None

    def level(self, level: Level, loc: Loc, *, skill: str | None) -> Level | None:  # noqa: ARG002
        return level
