"""Visibility, applied once: no later stage can see or count what was removed.

Records, single fields of all records of a kind and blocks of a body are removed, and the references
to them. What is inherited is inherited anew, so nothing comes from a record that was removed.
"""

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

from planfolio.markdown.compiler import Compiler
from planfolio.model.body import Body, Link
from planfolio.model.field_walk import visit
from planfolio.model.fields import Refers
from planfolio.model.inheritance import inherit
from planfolio.model.kinds.role import RoleFields
from planfolio.model.plan import Intro, Plan, Record, Source
from planfolio.model.references import AnchorLink, AssetLink, BodyLink, Key, RecordLink
from planfolio.model.scales import Level
from planfolio.model.settings import Settings
from planfolio.model.source_tree import Loc, MappingNode
from planfolio.model.table import fields_set, updated, without_fields, written_names
from planfolio.model.visibility import Visibility
from planfolio.model.visibility_settings import (
    budget_visibility,
    capacity_visibility,
    hidden_fields,
    reference_visibility,
)

_Anchors: TypeAlias = Mapping[str, str]
_H = TypeVar("_H", "Record[Any]", "Intro")


def narrow(plan: Plan, audience: Visibility) -> Plan:
    """Return the part of a plan that an audience may see; a private site has all of it."""
    if audience is Visibility.PRIVATE:
        return plan
    visible = _visible_keys(plan, audience)
    settings = _narrowed_settings(plan, visible, audience)
    records = _narrowed_records(plan, visible, settings, audience)
    intros = {kind: i for kind, i in plan.intros.items() if i.visibility <= audience}
    bodies = _Bodies({**records, **intros}, audience)
    records = {key: bodies.in_holder(key, record) for key, record in records.items()}
    intros = {kind: bodies.in_holder(kind, intro) for kind, intro in intros.items()}
    intros = {
        kind: intro
        for kind, intro in intros.items()
        if intro.body.text.strip() or not plan.intros[kind].body.text.strip()
    }
    if settings is plan.settings and records == plan.records and intros == plan.intros:
        return plan
    holders: tuple[Record[Any] | Intro, ...] = (*records.values(), *intros.values())
    links = (link for holder in holders for link in holder.links)
    linked = {link.path for link in (*links, plan.logo, plan.card) if isinstance(link, AssetLink)}
    return replace(
        plan,
        settings=settings,
        records=MappingProxyType(inherit(_with_sources(records), settings=settings)),
        edges=tuple(
            edge
            for edge in plan.edges
            if edge.source in visible
            and edge.target in visible
            and reference_visibility(edge, plan.records[edge.source], settings=settings) <= audience
        ),
        assets=MappingProxyType({p: file for p, file in plan.assets.items() if p in linked}),
        intros=MappingProxyType(intros),
    )


def _visible_keys(plan: Plan, audience: Visibility) -> set[Key]:
    """Return the records that an audience may see.

    A skill that only roles require is not there for those who do not see what roles require.
    """
    hidden = {
        kind.name
        for kind in plan.kinds
        if "requires" in hidden_fields(kind, audience, settings=plan.settings)
    }
    return {
        key
        for key, record in plan.records.items()
        if record.visibility <= audience and not (record.implied and "role" in hidden)
    }


def _narrowed_settings(plan: Plan, visible: AbstractSet[Key], audience: Visibility) -> Settings:
    settings = plan.settings
    changes: dict[str, object] = {}
    if settings.plan.role is not None and Key("role", settings.plan.role) not in visible:
        changes["role"] = None
    if capacity_visibility(settings) > audience:
        changes["hours_per_week"] = None
    costs = (getattr(record.fields, "cost", None) for record in plan.records.values())
    has_budget = bool(settings.plan.budget) or any(cost is not None for cost in costs)
    if has_budget and budget_visibility(plan.kinds, settings=settings) > audience:
        changes["budget"] = None
    if all(getattr(settings.plan, name) == value for name, value in changes.items()):
        return settings
    return updated(settings, plan=updated(settings.plan, **changes))


def _narrowed_records(
    plan: Plan, visible: AbstractSet[Key], settings: Settings, audience: Visibility
) -> dict[Key, Record[Any]]:
    hidden = {kind.name: hidden_fields(kind, audience, settings=settings) for kind in plan.kinds}
    narrower = _Narrower(plan.records.keys() - visible)
    records: dict[Key, Record[Any]] = {}
    for key, record in plan.records.items():
        if key not in visible:
            continue
        left = _without_fields(record, hidden[key.kind], settings=settings)
        fields = visit(left.fields, narrower)
        records[key] = left if fields is left.fields else left._replace(fields=fields)
    return records


def _without_fields(
    record: Record[Any], hidden: Collection[str], *, settings: Settings
) -> Record[Any]:
    """Return a record as if the `hidden` fields were not written; the same if it has none."""
    fields = record.fields
    names = written_names(type(fields))
    gone = {names[key] for key in hidden if key in names} & fields_set(fields)
    if not gone:
        return record
    left = without_fields(fields, gone)
    title = record.title
    if record.kind.singleton and "name" in gone and title == fields.name:
        # The profile is called by its name where it has no title.
        title = settings.title
        left = updated(left, title=title)
    return record._replace(fields=left, title=title, source=_without_entries(record, hidden))


def _without_entries(record: Record[Any], hidden: Collection[str]) -> Any:
    node = record.source.node
    if record.implied:
        return record.source
    entries = tuple(entry for entry in node.entries if entry.key.text not in hidden)
    return record.source._replace(node=MappingNode(entries, node.span))


def _with_sources(records: dict[Key, Record[Any]]) -> dict[Key, Record[Any]]:
    """Give a skill without a file the source of the first role that is left and requires it."""
    asked: dict[str, Source] = {}
    for record in records.values():
        if isinstance(record.fields, RoleFields):
            for skill in record.fields.requires:
                asked.setdefault(skill, record.source)
    return {
        key: record._replace(source=asked[key.id]) if record.implied else record
        for key, record in records.items()
    }


class _Narrower:
    """Takes out the references to records that the audience may not see."""

    def __init__(self, removed: AbstractSet[Key]) -> None:
        self._removed = removed

    def reference(self, text: str, refers: Refers, loc: Loc, *, is_key: bool) -> str | None:  # noqa: ARG002
        if "need" in refers.kinds:
            role, _, _ = text.rpartition("/")
            return None if Key("role", role) in self._removed else text
        # What names no record, as somebody whom the plan does not know, is text.
        return None if Key.parse(text, kinds=refers.kinds) in self._removed else text

    def level(
        self,
        level: Level,
        loc: Loc,  # noqa: ARG002
        *,
        skill: str | None,  # noqa: ARG002
        is_key: bool,  # noqa: ARG002
    ) -> Level | None:
        return level


class _Bodies:
    """Bodies as an audience may see them, and the links between the records that are left."""

    def __init__(self, holders: Mapping[Any, Record[Any] | Intro], audience: Visibility) -> None:
        compiler = Compiler()
        self._holders = holders
        self._bodies = {key: compiler.narrow(h.body, audience) for key, h in holders.items()}
        self._anchors = {
            key: _moved(holders[key].body, body)
            for key, body in self._bodies.items()
            if body is not holders[key].body
        }

    def in_holder(self, key: Key | str, holder: _H) -> _H:
        """Return a record or an intro with its body and links as they may be seen."""
        body, links = self._bodies[key], holder.links
        if body is not holder.body:
            # Lines keep their numbers, so the links that are left keep their places.
            leads = {_known_by(link): to for link, to in zip(holder.body.links, links, strict=True)}
            links = tuple(leads.get(_known_by(link)) for link in body.links)
        own = self._anchors.get(key)
        links = tuple(self._link(link, own) for link in links)
        if body is holder.body and links == holder.links:
            return holder
        return holder._replace(body=body, links=links)

    def _link(self, link: BodyLink, own: _Anchors | None) -> BodyLink:
        match link:
            case RecordLink(target, fragment):
                if target not in self._holders:
                    return None
                if target in self._anchors and fragment:
                    return link._replace(fragment=self._anchors[target].get(fragment, ""))
            case AnchorLink(fragment) if own is not None:
                return AnchorLink(own[fragment]) if fragment in own else None
        return link


def _moved(old: Body, new: Body) -> _Anchors:
    """Return the anchors of the headings that are left, by those that they had."""
    left = {heading.span: heading.anchor for heading in new.headings}
    return {h.anchor: left[h.span] for h in old.headings if h.span in left}


def _known_by(link: Link) -> object:
    return link.span, link.target, link.fragment, link.image
