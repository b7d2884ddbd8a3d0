"""The way from documents to a plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from planfolio.diagnostics import Diagnostic, Severity
from planfolio.kinds.kind import Visibility
from planfolio.markdown import Compiler
from planfolio.marks import locate
from planfolio.plan import Key, Plan, Record
from planfolio.scales import scales as scales_of
from planfolio.stage2_resolve.body_links import Targets, follow
from planfolio.stage2_resolve.directory import Directory, folded
from planfolio.stage2_resolve.drafts import Draft, draft_all
from planfolio.stage2_resolve.implied import implied_skills
from planfolio.stage2_resolve.inherit import default_visibility, inherit
from planfolio.stage2_resolve.references import link, scale_names
from planfolio.urls import slug
from planfolio.values.written import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.kinds import Kind
    from planfolio.marks import Node
    from planfolio.plan import Edge
    from planfolio.site import Site
    from planfolio.stage1_read import Documents


@dataclass(frozen=True, slots=True)
class Resolved:
    """A plan, as much of it as could be made, and what is wrong with its sources."""

    plan: Plan
    diagnostics: tuple[Diagnostic, ...]


def resolve(
    documents: Documents, *, site: Site, site_node: Node, kinds: Sequence[Kind]
) -> Resolved:
    """Make the plan of what was read; `site_node` tells where the settings of `site` stand.

    A record with a faulty field is kept without that field, a record whose file says nothing
    usable is left out, and both are reported.
    """
    empty = Compiler().compile("")
    reading = Reading(hours_per_week=site.plan.hours_per_week)
    drafted = draft_all(documents.markdown, kinds=kinds, site=site, reading=reading, empty=empty)
    diagnostics = [*documents.diagnostics, *drafted.diagnostics]
    directory, drafts, doubles = _directory(drafted.drafts, kinds)
    directory.unread = {(kind.name, folded(name)) for kind, name in drafted.unread}
    diagnostics.extend(doubles)
    drafts, near_misses = implied_skills(drafts, directory=directory, kinds=kinds, empty=empty)
    diagnostics.extend(near_misses)
    site, faults = _with_role(site, directory, site_node)
    scales, more = scale_names(drafts, known=scales_of(site), default=site.plan.scale)
    diagnostics.extend((*faults, *more))
    linked = link(
        drafts,
        directory=directory,
        scales=scales,
        registered={kind.name for kind in kinds},
        default_role=site.plan.role,
    )
    diagnostics.extend(linked.diagnostics)
    records, edges, broken = _records(linked.drafts, documents, directory, kinds, drafted.lists, site)
    diagnostics.extend(broken)
    plan = Plan(
        site=site,
        kinds=tuple(kinds),
        records=MappingProxyType(_in_order(inherit(records, site=site), kinds)),
        edges=(*linked.edges, *edges),
        assets=documents.assets,
    )
    return Resolved(plan, tuple(diagnostics))


def _directory(
    drafts: Sequence[Draft], kinds: Sequence[Kind]
) -> tuple[Directory, list[Draft], list[Diagnostic]]:
    """Enter all ids and aliases; of two records with one id or address the first stays."""
    directory = Directory(kinds)
    kept: list[Draft] = []
    faults: list[Diagnostic] = []
    addresses: dict[str, Draft] = {}
    for draft in drafts:
        other = addresses.setdefault(_url(draft), draft)
        if other is not draft:
            faults.append(_double(draft, other))
            continue
        directory.add(draft.key)
        kept.append(draft)
        if draft.kind.name == "role":
            directory.needs[draft.key.id] = {
                slug(name): slug(need.id or need.title)
                for need in draft.fields.needs
                for name in (need.id, need.title)
                if name
            }
    for draft in kept:
        faults.extend(_enter_aliases(draft, directory))
    return directory, kept, faults


def _enter_aliases(draft: Draft, directory: Directory) -> list[Diagnostic]:
    faults = []
    names = directory.aliases.setdefault(draft.key.kind, {})
    for index, alias in enumerate(draft.fields.aliases):
        holder = directory.holder(draft.key.kind, alias)
        if holder is None:
            names[folded(alias)] = draft.key.id
            continue
        if holder == draft.key.id:
            message = f"the alias `{alias}` is the record's own id, or stands here twice"
        else:
            message = f"the alias `{alias}` is already a name of the {draft.key.kind} `{holder}`"
        faults.append(
            _error(draft, ("aliases", index), "F103", "duplicate-alias", message, "take the alias out")
        )
    return faults


def _double(draft: Draft, other: Draft) -> Diagnostic:
    first, second = other.source, draft.source
    where = f"{first.path}:{first.span(()).line}" if first.path == second.path else first.path
    if folded(draft.key.id) == folded(other.key.id):
        message = f"the id `{draft.key.id}` is also that of {where}"
        if draft.key.id != other.key.id:
            message += f" (`{other.key.id}`: case and normal form make no difference)"
    else:
        message = f"the id `{draft.key.id}` gives the same address as `{other.key.id}` in {where}"
    hint = "rename one of them" if not draft.inline else "give one of the milestones an `id`"
    loc = ("id",) if not draft.inline else ("title",)
    return _error(draft, loc, "F103", "duplicate-id", message, hint)


def _with_role(
    site: Site, directory: Directory, site_node: Node
) -> tuple[Site, list[Diagnostic]]:
    """Return the settings with the id of `[plan] role`, or without it where there is no such role."""
    name = site.plan.role
    if name is None:
        return site, []
    found = directory.find(name, ["role"])
    plan = site.plan.model_copy(update={"role": found[0].id if found else None})
    changed = site.model_copy(update={"plan": plan})
    if found or directory.failed_to_read(name, ["role"]):
        return changed, []
    near = directory.near(name, ["role"])
    fault = Diagnostic(
        code="L101",
        name="unknown-reference",
        severity=Severity.ERROR,
        path="site.toml",
        span=locate(site_node, ("plan", "role")),
        message=f"there is no role `{name}`",
        hint=f"did you mean `{near}`?" if near else f"write content/roles/{name}.md",
    )
    return changed, [fault]


def _records(
    drafts: Sequence[Draft],
    documents: Documents,
    directory: Directory,
    kinds: Sequence[Kind],
    lists: dict[str, Kind],
    site: Site,
) -> tuple[dict[Key, Record[Any]], list[Edge], list[Diagnostic]]:
    own_files = [d for d in drafts if not (d.inline or d.implied or d.place in lists)]
    targets = Targets(
        directory=directory,
        kinds=tuple(kinds),
        by_place={draft.place: draft.key for draft in own_files},
        lists=lists,
        bodies={draft.key: draft.body for draft in drafts},
        assets=frozenset(documents.assets),
        other=frozenset(document.place for document in documents.markdown),
    )
    records: dict[Key, Record[Any]] = {}
    edges: list[Edge] = []
    faults: list[Diagnostic] = []
    for draft in drafts:
        followed = follow(draft, targets)
        edges.extend(followed.edges)
        faults.extend(followed.diagnostics)
        own = draft.fields.visibility
        records[draft.key] = Record(
            key=draft.key,
            kind=draft.kind,
            title=draft.title,
            url=_url(draft),
            fields=draft.fields,
            visibility=own if own is not None else default_visibility(draft.kind, site),
            source=draft.source,
            body=draft.body,
            links=followed.links,
            implied=draft.implied,
            inline=draft.inline,
        )
    return _implied_as_seen(records), edges, faults


def _implied_as_seen(records: dict[Key, Record[Any]]) -> dict[Key, Record[Any]]:
    """Let a skill that only roles ask for be seen by whoever sees one of those roles."""
    seen: dict[str, Visibility] = {}
    for record in records.values():
        if record.key.kind == "role":
            for skill in record.fields.requires:
                seen[skill] = min(seen.get(skill, Visibility.PRIVATE), record.visibility)
    return {
        key: replace(record, visibility=max(record.visibility, seen.get(key.id, Visibility.PRIVATE)))
        if record.implied
        else record
        for key, record in records.items()
    }


def _in_order(
    records: dict[Key, Record[Any]], kinds: Sequence[Kind]
) -> dict[Key, Record[Any]]:
    """Sort by kind, in the order of the registry; within a kind the order of the files stays."""
    rank = {kind.name: index for index, kind in enumerate(kinds)}
    return dict(sorted(records.items(), key=lambda item: rank[item[0].kind]))


def _url(draft: Draft) -> str:
    if draft.kind.single:
        return draft.kind.index
    return f"{draft.kind.folder}/{slug(draft.key.id)}/"


def _error(
    draft: Draft, loc: tuple[str | int, ...], code: str, name: str, message: str, hint: str
) -> Diagnostic:
    return Diagnostic(
        code=code,
        name=name,
        severity=Severity.ERROR,
        path=draft.source.path,
        span=draft.source.span(loc),
        message=message,
        hint=hint,
        subject=draft.key,
    )
