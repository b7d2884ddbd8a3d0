"""The way from documents to a plan."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from planfolio.markdown import Compiler
from planfolio.memo import Recall
from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.field_visibility import default_visibility
from planfolio.model.inheritance import inherit
from planfolio.model.plan import Intro, Key, Plan, Record, Source
from planfolio.model.scales import scales as scales_of
from planfolio.model.source_tree import Scalar, locate
from planfolio.model.values.dates import Offset
from planfolio.model.values.field_reader import ReadContext
from planfolio.model.visibility import Visibility
from planfolio.resolve.body_links import Targets, Text, follow
from planfolio.resolve.implied import implied_skills
from planfolio.resolve.naming import enter, url_of
from planfolio.resolve.raw_records import draft_all
from planfolio.resolve.references import link
from planfolio.resolve.skill_scales import scale_names
from planfolio.spelling import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planfolio.model.kinds import Kind
    from planfolio.model.plan import Edge
    from planfolio.model.settings import Settings
    from planfolio.model.source_tree import Mapping, Node
    from planfolio.read import Document, Documents
    from planfolio.resolve.body_links import Followed
    from planfolio.resolve.directory import Directory
    from planfolio.resolve.raw_records import RawRecord, RawRecords
    from planfolio.resolve.references import LinkedDraft


@dataclass(frozen=True, slots=True)
class Resolved:
    """A plan, as much of it as could be made, and what is wrong with its sources."""

    plan: Plan
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Memory:
    """What resolving again makes use of, where documents and names are as they were."""

    raw_records: Recall[Document, RawRecords] = field(default_factory=Recall)
    linked: Recall[RawRecord, LinkedDraft] = field(default_factory=Recall)
    records: Recall[RawRecord, tuple[Record[Any], Followed]] = field(default_factory=Recall)


def resolve(
    documents: Documents,
    *,
    site: Settings,
    site_node: Node,
    kinds: Sequence[Kind],
    memory: Memory | None = None,
) -> Resolved:
    """Make the plan of what was read; `site_node` tells where the settings of `site` stand.

    A record with a faulty field is kept without that field, a record whose file says nothing
    usable is left out, and both are reported. `memory` makes it faster to resolve documents of
    which most are the same objects as before, and changes nothing that comes of it.
    """
    memory = Memory() if memory is None else memory
    empty = Compiler().compile("")
    reading = ReadContext(hours_per_week=site.plan.hours_per_week)
    drafted = draft_all(
        documents.markdown,
        kinds=kinds,
        site=site,
        reading=reading,
        empty=empty,
        recall=memory.raw_records,
    )
    diagnostics = [*documents.diagnostics, *drafted.diagnostics]
    directory, raw_records, doubles = enter(drafted.raw_records, kinds)
    directory.unread, directory.unread_lists = drafted.unread, drafted.unread_lists
    diagnostics.extend(doubles)
    raw_records = implied_skills(raw_records, directory=directory, kinds=kinds, empty=empty)
    site, faults = _with_role(site, directory, site_node)
    scales, more = scale_names(raw_records, known=scales_of(site), default=site.plan.scale)
    diagnostics.extend((*faults, *more))
    linked = link(
        raw_records,
        directory=directory,
        scales=scales,
        registered={kind.name for kind in kinds},
        default_role=site.plan.role,
        recall=memory.linked,
    )
    diagnostics.extend(linked.diagnostics)
    targets = _targets(linked.raw_records, documents, drafted, directory, kinds)
    records, edges, broken = _records(linked.raw_records, targets, site, memory.records)
    diagnostics.extend(broken)
    intros, broken = _introductions(drafted, targets, site)
    diagnostics.extend(broken)
    inherited = _in_order(inherit(records, site=site), kinds)
    diagnostics.extend(_without_base(inherited.values()))
    plan = Plan(
        settings=site,
        kinds=tuple(kinds),
        records=MappingProxyType(inherited),
        edges=(*linked.edges, *edges),
        assets=documents.assets,
        intros=MappingProxyType(intros),
        settings_source=Source("site.toml", site_node),
    )
    return Resolved(plan, tuple(_said_once(diagnostics)))


def _said_once(diagnostics: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    """Leave out what is said again of one place, as all items of a list say of its defaults."""
    first: dict[tuple[object, ...], Diagnostic] = {}
    for found in diagnostics:
        first.setdefault((found.path, found.span, found.code, found.message), found)
    return first.values()


def _with_role(
    site: Settings, directory: Directory, site_node: Node
) -> tuple[Settings, list[Diagnostic]]:
    """Return the settings with the id of `[plan] role`, without it where no such role exists."""
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


def _targets(
    raw_records: Sequence[RawRecord],
    documents: Documents,
    drafted: RawRecords,
    directory: Directory,
    kinds: Sequence[Kind],
) -> Targets:
    by_place = {
        raw.place: raw.key
        for raw in raw_records
        if not (raw.inline or raw.implied or raw.place in drafted.lists)
    }
    places = {document.place for document in documents.markdown}
    return Targets(
        directory=directory,
        kinds=tuple(kinds),
        by_place=by_place,
        lists=drafted.lists,
        bodies={raw.key: raw.body for raw in raw_records},
        assets=frozenset(documents.assets),
        sizes=documents.sizes,
        notes=drafted.notes,
        failed=places.difference(by_place, drafted.lists, drafted.notes),
    )


def _records(
    raw_records: Sequence[RawRecord],
    targets: Targets,
    site: Settings,
    recall: Recall[RawRecord, tuple[Record[Any], Followed]],
) -> tuple[dict[Key, Record[Any]], list[Edge], list[Diagnostic]]:
    recall.begin((targets.basis(), site.visibility))

    def record_of(raw: RawRecord) -> tuple[Record[Any], Followed]:
        return _record(raw, targets, site)

    records: dict[Key, Record[Any]] = {}
    edges: list[Edge] = []
    faults: list[Diagnostic] = []
    for raw in raw_records:
        records[raw.key], followed = recall.of(raw, record_of)
        edges.extend(followed.edges)
        faults.extend(followed.diagnostics)
    return _implied_as_seen(records), edges, faults


def _record(raw: RawRecord, targets: Targets, site: Settings) -> tuple[Record[Any], Followed]:
    text = Text(body=raw.body, place=raw.place, source=raw.source, key=raw.key)
    followed = follow(text, targets)
    own = raw.fields.visibility
    record: Record[Any] = Record(
        key=raw.key,
        kind=raw.kind,
        title=raw.title,
        url=url_of(raw),
        fields=raw.fields,
        visibility=own if own is not None else default_visibility(raw.kind, site=site),
        source=raw.source,
        body=raw.body,
        links=followed.links,
        implied=raw.implied,
        inline=raw.inline,
    )
    return record, followed


def _introductions(
    drafted: RawRecords, targets: Targets, site: Settings
) -> tuple[dict[str, Intro], list[Diagnostic]]:
    """Return the prose of list files by kind; a file without any has none."""
    intros: dict[str, Intro] = {}
    faults: list[Diagnostic] = []
    for document in drafted.intros.values():
        kind = drafted.lists[document.place]
        if not document.body.text.strip():
            continue
        source = Source(document.path, document.node, document.body_line)
        text = Text(body=document.body, place=document.place, source=source)
        followed = follow(text, targets)
        faults.extend(followed.diagnostics)
        visibility = _of_defaults(document.node)
        if visibility is None:
            visibility = default_visibility(kind, site=site)
        intros[kind.name] = Intro(document.body, followed.links, source, visibility)
    return intros, faults


def _of_defaults(node: Mapping) -> Visibility | None:
    """Return the visibility that a list file gives to its records; a wrong word hides it."""
    entry = node.find("visibility")
    if entry is None:
        return None
    if not isinstance(entry.value, Scalar):
        return Visibility.PRIVATE
    words = {visibility.word: visibility for visibility in Visibility}
    return words.get(entry.value.text.strip().casefold(), Visibility.PRIVATE)


def _implied_as_seen(records: dict[Key, Record[Any]]) -> dict[Key, Record[Any]]:
    """Let a skill that only roles ask for be seen by whoever sees one of those roles."""
    seen: dict[str, Visibility] = {}
    for record in records.values():
        if record.key.kind == "role":
            for skill in record.fields.requires:
                seen[skill] = min(seen.get(skill, Visibility.PRIVATE), record.visibility)
    return {
        key: _seen_by(record, seen[key.id]) if record.implied else record
        for key, record in records.items()
    }


def _seen_by(record: Record[Any], widest: Visibility) -> Record[Any]:
    return replace(record, visibility=max(record.visibility, widest))


def _without_base(records: Iterable[Record[Any]]) -> Iterator[Diagnostic]:
    """Report relative dates that have no start to count from."""
    for record in records:
        for name, day in (("start", record.start), ("due", record.due)):
            written = getattr(record.fields, name, None)
            if isinstance(written, Offset) and day is None:
                yield Diagnostic(
                    code="F102",
                    name="bad-date",
                    severity=Severity.ERROR,
                    path=record.source.path,
                    span=record.source.span((name,)),
                    message=f"{quoted(written.text)} has no start to count from",
                    hint="write a date, or a start for the goal or under [plan] in site.toml",
                    subject=record.key,
                )


def _in_order(records: dict[Key, Record[Any]], kinds: Sequence[Kind]) -> dict[Key, Record[Any]]:
    """Sort by kind, in the order of the registry; within a kind the order of the files stays."""
    rank = {kind.name: index for index, kind in enumerate(kinds)}
    return dict(sorted(records.items(), key=lambda item: rank[item[0].kind]))
