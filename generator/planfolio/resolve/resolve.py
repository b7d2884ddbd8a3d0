"""Resolves documents into a plan of typed records whose references are ids that exist."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

from planfolio.message_text import quoted
from planfolio.model.diagnostics import Diagnostic, Problem
from planfolio.model.inheritance import inherit
from planfolio.model.kinds.goal import GoalFields
from planfolio.model.kinds.kind import Kind
from planfolio.model.memo import Memo
from planfolio.model.plan import Plan, Record, Source
from planfolio.model.references import AssetLink, Key
from planfolio.model.settings import Settings
from planfolio.model.source_tree import MappingNode, locate
from planfolio.model.table import updated
from planfolio.model.values.dates import Offset
from planfolio.read.documents import Documents
from planfolio.resolve.body_links import FollowedLinks, LinkTargets, follow_links
from planfolio.resolve.raw_records import RawReader, RawRecords
from planfolio.resolve.record_index import NearNames, RecordIndex, index_records
from planfolio.resolve.references import (
    ReferenceContext,
    ResolvedReferences,
    resolve_references,
    roles_of_goals,
    without_mistyped_ids,
)
from planfolio.resolve.skills import implied_skills, scales_of_skills


class Resolved(NamedTuple):
    """A plan, as much of it as could be made, and what is wrong with its sources."""

    plan: Plan
    diagnostics: tuple[Diagnostic, ...]


class Memos:
    """What the last run made of documents and records that are the same objects in the next.

    It saves a preview of 1,000 records the validation and the links of 999, most of what resolving
    takes. `analysed` and `analysis` are for the numbers of the plan.
    """

    def __init__(self) -> None:
        self.documents, self.links, self.inherited = Memo(), Memo(), Memo()
        self.analysed, self.analysis = Memo(), Memo()


def resolve(
    documents: Documents,
    *,
    settings: Settings,
    settings_node: MappingNode,
    kinds: Sequence[Kind],
    memos: Memos | None = None,
) -> Resolved:
    """Make the plan of what was read; `settings_node` tells where the settings are written.

    A record with a faulty field is kept without that field, a record whose file says nothing
    usable is left out, and both are reported. `memos` makes it faster to resolve documents of
    which most are the same objects as before, and changes nothing in the result.
    """
    memos = Memos() if memos is None else memos
    reader, raw = RawReader(kinds=kinds, settings=settings), RawRecords()
    memos.documents.begin((tuple(kinds), settings))
    for document in documents.markdown:
        make = partial(reader.read, document)
        raw.add(memos.documents.get_or_make(id(document), (document,), make))
    record_index, raw_records, duplicates = index_records(raw, kinds)
    raw_records += implied_skills(raw_records, record_index=record_index, settings=settings)
    found = [*documents.diagnostics, *raw.diagnostics, *duplicates]

    settings, unknown_role = _with_role(settings, record_index, settings_node)
    logo, bad_logo = _picture("logo", settings, documents, settings_node)
    card, bad_card = _picture("card", settings, documents, settings_node)
    scales, unknown_scales = scales_of_skills(
        raw, raw_records, known=settings.known_scales(), default=settings.plan.scale
    )
    found += (*unknown_role, *bad_logo, *bad_card, *unknown_scales)

    context = ReferenceContext(
        record_index=record_index,
        scales=scales,
        role_of_goal=roles_of_goals(raw_records, record_index, default=settings.plan.role),
        needs_lost=record_index.has_unread("role")
        or any(key.kind == "role" and "needs" in lost for key, lost in raw.lost.items()),
    )
    targets = LinkTargets(raw_records, raw, documents=documents, record_index=record_index)
    of_names = (context.scales, context.role_of_goal, context.needs_lost)
    memos.links.begin((record_index.basis, of_names, targets.basis))
    linked = [
        memos.links.get_or_make(id(one), (one,), partial(_linked, one, context, targets))
        for one in raw_records
    ]
    for _, referred, followed in linked:
        found += (*referred.diagnostics, *followed.diagnostics)
    intros = {}
    for kind, intro in raw.intros.items():
        followed = follow_links(intro.body, source=intro.source, targets=targets)
        intros[kind] = intro._replace(links=followed.links)
        found += followed.diagnostics

    records = {record.key: record for record, _, _ in linked}
    filled = inherit(records, settings=settings, memo=memos.inherited)
    found += (*_without_base(filled.values()), *_sessions_of_no_period(filled.values()))
    plan = Plan(
        settings=settings,
        kinds=tuple(kinds),
        records=MappingProxyType(_in_order(filled, kinds)),
        edges=(
            *(edge for _, referred, _ in linked for edge in referred.edges),
            *(edge for _, _, followed in linked for edge in followed.edges),
        ),
        assets=documents.assets,
        logo=logo,
        card=card,
        intros=MappingProxyType(intros),
        settings_source=Source("site.toml", settings_node),
    )
    missed = (one for _, referred, _ in linked for one in referred.missed)
    diagnostics = without_mistyped_ids(_without_repeats(found), missed, plan)
    return Resolved(plan, tuple(diagnostics))


def _without_repeats(diagnostics: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    """Keep one diagnostic of those that each item of a list has about the list's defaults."""
    first: dict[tuple[object, ...], Diagnostic] = {}
    for found in diagnostics:
        first.setdefault((found.path, found.span, found.code, found.message), found)
    return first.values()


def _with_role(
    settings: Settings, record_index: RecordIndex, settings_node: MappingNode
) -> tuple[Settings, list[Diagnostic]]:
    """Return the settings with the id of `[plan] role`, without it where no such role exists."""
    name = settings.plan.role
    if name is None:
        return settings, []
    found = record_index.find(name, ["role"])
    plan = updated(settings.plan, role=found[0].id if found else None)
    with_role = updated(settings, plan=plan)
    if found or record_index.may_be_unread(name, ["role"]):
        return with_role, []
    near = record_index.near_id(name, ["role"])
    hint = f"did you mean {quoted(near)}?" if near else f"write content/roles/{name}.md"
    problem = Problem(
        f"there is no role {quoted(name)}", hint, code="L101", name="unknown-reference"
    )
    return with_role, [problem.as_diagnostic("site.toml", locate(settings_node, ("plan", "role")))]


def _picture(
    setting: str, settings: Settings, documents: Documents, settings_node: MappingNode
) -> tuple[AssetLink | None, list[Diagnostic]]:
    """Return the picture that a setting in `[theme]` names, and what is wrong with it."""
    name = getattr(settings.theme, setting)
    if name is None:
        return None, []
    size = documents.sizes.get(name)
    if size is not None:
        return AssetLink(name, size), []
    if name in documents.assets:
        message = f"{quoted(name)} tells no width and height, without which pages would jump"
        hint = "name a PNG, JPEG, WebP or SVG; an SVG says both in its <svg>"
        problem = Problem(message, hint, name="bad-picture")
    else:
        near = NearNames(documents.sizes).nearest(name.removeprefix("content/"), cutoff=0.5)
        hint = f"did you mean {near}?" if near else "write its path in content/"
        message = f"there is no picture {quoted(name)} in content/"
        problem = Problem(message, hint, code="L102", name="broken-link")
    return None, [problem.as_diagnostic("site.toml", locate(settings_node, ("theme", setting)))]


def _linked(
    record: Record[Any], context: ReferenceContext, targets: LinkTargets
) -> tuple[Record[Any], ResolvedReferences, FollowedLinks]:
    """Return a record, where its references lead, and the links of its body."""
    followed = follow_links(record.body, source=record.source, targets=targets, key=record.key)
    referred = resolve_references(record, context)
    return record._replace(fields=referred.fields, links=followed.links), referred, followed


def _without_base(records: Iterable[Record[Any]]) -> Iterator[Diagnostic]:
    """Report relative dates that have no start to count from."""
    for record in records:
        for name, day in (("start", record.start), ("due", record.due)):
            written = getattr(record.fields, name, None)
            if isinstance(written, Offset) and day is None:
                problem = Problem(
                    f"{quoted(written.text)} has no start to count from",
                    "write a date, or a start for the goal or under [plan] in site.toml",
                    name="bad-date",
                )
                yield record.diagnostic(problem, (name,))


def _sessions_of_no_period(records: Iterable[Record[Any]]) -> Iterator[Diagnostic]:
    """Report dates in the log of a habit that no single period holds: a month, of `3/week`."""
    for record in records:
        if not isinstance(record.fields, GoalFields) or record.fields.cadence is None:
            continue
        cadence = record.fields.cadence
        for index, entry in enumerate(record.fields.log):
            if not cadence.is_within_one(entry.date):
                message = (
                    f"{quoted(entry.date.text)} is longer than a {cadence.every}, in which the"
                    " cadence counts"
                )
                hint = f"write the day, as in {entry.date.first}"
                problem = Problem(message, hint, name="bad-date")
                yield record.diagnostic(problem, ("log", index, "date"))


def _in_order(records: dict[Key, Record[Any]], kinds: Sequence[Kind]) -> dict[Key, Record[Any]]:
    """Sort by kind, in the order of the registry; within a kind the order of the files stays."""
    rank = {kind.name: index for index, kind in enumerate(kinds)}
    return dict(sorted(records.items(), key=lambda item: rank[item[0].kind]))
