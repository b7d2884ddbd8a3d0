"""Raw records: documents as records of a kind, before anything is known of the others."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from planfolio.model.diagnostics import Diagnostic, Problem
from planfolio.model.kinds.fields import Fields
from planfolio.model.kinds.goal import GoalFields
from planfolio.model.plan import Key, Source
from planfolio.model.source_tree import Mapping, Scalar, Span
from planfolio.model.validation import validate
from planfolio.model.values.field_reader import ReadContext
from planfolio.model.visibility import Visibility
from planfolio.resolve.short_forms import list_item, milestone_nodes
from planfolio.spelling import folded, quoted
from planfolio.urls import slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.markdown import Body
    from planfolio.model.kinds import Kind
    from planfolio.model.settings import Settings
    from planfolio.model.source_tree import Loc, Node
    from planfolio.read import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """A record with its fields as written. `place` is its file's path in the content folder."""

    key: Key
    kind: Kind
    fields: Any
    source: Source
    body: Body
    place: str
    inline: bool = False
    implied: bool = False

    @property
    def url(self) -> str:
        """The site path of the record's page."""
        return (
            self.kind.index if self.kind.singleton else f"{self.kind.folder}/{slug(self.key.id)}/"
        )

    def diagnostic(self, problem: Problem, loc: Loc, *, on_key: bool = False) -> Diagnostic:
        """Return the finding about a field of the record."""
        span = self.source.span(loc, key=on_key)
        return problem.at(self.source.path, span, subject=self.key)


@dataclass(frozen=True, slots=True)
class RawIntro:
    """The prose of a list file; `visibility` is what the file gives to its records, if anything."""

    kind: Kind
    document: Document
    visibility: Visibility | None


@dataclass(slots=True)
class RawRecords:
    """What was made of one document or of all.

    `unread` are the folded names, by kind, of the records whose files say nothing usable, and
    `unread_lists` the kinds of which a whole list could not be read. `lists` are the list files by
    place, and `intros` the prose of those that can be read.
    """

    records: list[RawRecord] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    unread: dict[str, set[str]] = field(default_factory=dict)
    unread_lists: set[str] = field(default_factory=set)
    lists: dict[str, Kind] = field(default_factory=dict)
    intros: list[RawIntro] = field(default_factory=list)

    def add(self, more: RawRecords) -> None:
        """Add what was made of another document."""
        self.records.extend(more.records)
        self.diagnostics.extend(more.diagnostics)
        for kind, names in more.unread.items():
            self.unread.setdefault(kind, set()).update(names)
        self.unread_lists |= more.unread_lists
        self.lists |= more.lists
        self.intros.extend(more.intros)


class Memory:
    """The raw records of the last run, for the documents that are the same objects in the next.

    It makes a preview of 1,000 records faster by the validation of 999, half of what resolving
    takes. What comes of a document depends only on it, the kinds and the settings.
    """

    def __init__(self) -> None:
        self._basis: object = None
        self._known: dict[int, tuple[Document, RawRecords]] = {}

    def raw_records(self, documents: Sequence[Document], reader: _Reader) -> list[RawRecords]:
        """Return what is made of each document; only those that are new are read."""
        basis = (reader.kinds, reader.site)
        known = self._known if self._basis == basis else {}
        # A document that is known stays alive, so no other can have its id.
        self._known = {
            id(document): known.get(id(document)) or (document, reader.read(document))
            for document in documents
        }
        self._basis = basis
        return [made for _, made in self._known.values()]


def read_raw_records(
    documents: Sequence[Document],
    *,
    kinds: Sequence[Kind],
    site: Settings,
    empty: Body,
    memory: Memory,
) -> RawRecords:
    """Take each document as a record, a list of records, or a note that belongs to no kind.

    `empty` is the body of a record that has none of its own.
    """
    whole = RawRecords()
    for made in memory.raw_records(documents, _Reader(tuple(kinds), site, empty)):
        whole.add(made)
    return whole


class _Reader:
    """Makes raw records of one document after the other."""

    def __init__(self, kinds: tuple[Kind, ...], site: Settings, empty: Body) -> None:
        self.kinds = kinds
        self.site = site
        self._empty = empty
        self._reading = ReadContext(hours_per_week=site.plan.hours_per_week)
        self._folders = {kind.folder: kind for kind in kinds if not kind.singleton}
        self._singletons = {f"{kind.name}.md": kind for kind in kinds if kind.singleton}
        self._milestone = next((kind for kind in kinds if kind.name == "milestone"), None)
        self._made = RawRecords()

    def read(self, document: Document) -> RawRecords:
        self._made = RawRecords()
        place = document.place
        folder, slash, _ = place.partition("/")
        stem = place.rpartition("/")[2].removesuffix(".md")
        if slash and folder in self._folders:
            self._read_record(self._folders[folder], stem, document)
        elif place in self._singletons:
            self._read_record(self._singletons[place], stem, document)
        elif not slash and stem in self._folders:
            self._read_list(self._folders[stem], document)
        return self._made

    def _read_record(self, kind: Kind, stem: str, document: Document) -> None:
        if document.broken:
            self._made.unread.setdefault(kind.name, set()).add(folded(stem))
            return
        source = Source(document.path, document.node, document.body_line)
        title = _text(document.node, "name") or self.site.title if kind.singleton else ""
        self._add(kind, stem, source, document.body, document.place, title=title)

    def _read_list(self, kind: Kind, document: Document) -> None:
        self._made.lists[document.place] = kind
        if document.broken:
            self._made.unread_lists.add(kind.name)
            return
        visibility = self._shared_visibility(document)
        self._made.intros.append(RawIntro(kind, document, visibility))
        items = document.node.find("items")
        shared = [entry for entry in document.node.entries if entry.key.text != "items"]
        match items.value if items else None:
            case Mapping(entries=entries):
                pass
            case None if not shared:
                return
            case Scalar() as scalar if scalar.absent:
                return
            case wrong:
                self._made.unread_lists.add(kind.name)
                problem = Problem(
                    "a list file has its records under `items`, each below its id",
                    f"write items: and below it a line for each {kind.name},"
                    f" as in ID: {kind.shorthand_field}",
                )
                self._report(problem, document.path, (wrong or document.node).span)
                return
        for entry in entries:
            name = entry.key.text
            node = list_item(entry, kind, shared)
            if node is None:
                message = f"expected a {kind.name} or its {kind.shorthand_field}, found a list"
                problem = Problem(message, "write `key: value` lines")
                self._report(problem, document.path, entry.value.span)
                self._made.unread.setdefault(kind.name, set()).add(folded(name))
                continue
            source = Source(document.path, node)
            title = name.replace("-", " ") if name.strip() else ""
            self._add(kind, name, source, self._empty, document.place, title=title)

    def _shared_visibility(self, document: Document) -> Visibility | None:
        """Return the visibility that a list file gives to its records; a wrong word hides them."""
        entry = document.node.find("visibility")
        if entry is None:
            return None
        validated = validate(
            Fields,
            Mapping((entry,), document.node.span),
            path=document.path,
            reading=self._reading,
            defaults={"title": document.place},
        )
        self._made.diagnostics.extend(validated.diagnostics)
        if validated.value is None or validated.diagnostics:
            return Visibility.PRIVATE
        return validated.value.visibility

    def _add(
        self, kind: Kind, name: str, source: Source, body: Body, place: str, *, title: str
    ) -> None:
        """Make a record of a node and, with a goal, its inline milestones."""
        fields = self._fields(kind, source, title=title, name=name)
        id_ = self._id(fields.id or name, source) if fields else None
        if fields is None or id_ is None:
            self._made.unread.setdefault(kind.name, set()).add(folded(name))
            return
        self._made.records.append(
            RawRecord(
                key=Key(kind.name, id_),
                kind=kind,
                fields=fields,
                source=source,
                body=body,
                place=place,
            )
        )
        if self._milestone is not None and issubclass(kind.fields, GoalFields):
            self._add_milestones(self._milestone, id_, source, place)

    def _id(self, name: str, source: Source) -> str | None:
        """Return the id of a record; None where it would give no address, which is reported."""
        id_ = unicodedata.normalize("NFC", name).strip()
        if "/" in id_ or not slug(id_):
            why = "it has a slash, or no letter or digit"
            problem = Problem(
                f"the id {quoted(name)} gives no address: {why}", "give it another id"
            )
            self._report(problem, source.path, source.span(("id",)))
            return None
        return id_

    def _add_milestones(self, kind: Kind, goal: str, source: Source, place: str) -> None:
        for node in milestone_nodes(source.node):
            if not isinstance(node, Mapping):
                problem = Problem(
                    "expected a milestone, found a list", "write a title, or `key: value` lines"
                )
                self._report(problem, source.path, node.span)
                continue
            own = replace(source, node=node)
            fields = self._fields(kind, own)
            if fields is None:
                continue
            name = slug(fields.id or fields.title)
            id_ = f"{goal}-{name}"
            if not name:
                problem = Problem(
                    "the title gives no address: it has no letter and no digit",
                    "give the milestone an `id`",
                )
                self._report(problem, own.path, own.span(("title",)))
                continue
            self._made.records.append(
                RawRecord(
                    key=Key(kind.name, id_),
                    kind=kind,
                    fields=fields.model_copy(update={"goal": f"goals/{goal}"}),
                    source=own,
                    body=self._empty,
                    place=place,
                    inline=True,
                )
            )

    def _fields(
        self, kind: Kind, source: Source, *, title: str = "", name: str = ""
    ) -> Fields | None:
        """Return the fields of a node.

        `title` stands in for a title that is not needed, `name` for one that is missed.
        """
        for attempt, default in enumerate(dict.fromkeys((title, name))):
            validated = validate(
                kind.fields,
                source.node,
                path=source.path,
                reading=self._reading,
                allow_keys=self.site.check.allow_keys,
                defaults={"title": default} if default else {},
            )
            if attempt == 0:
                self._made.diagnostics.extend(validated.diagnostics)
            if validated.value is not None:
                return validated.value
        return None

    def _report(self, problem: Problem, path: str, span: Span) -> None:
        self._made.diagnostics.append(problem.at(path, span))


def _text(node: Node, key: str) -> str:
    entry = node.find(key) if isinstance(node, Mapping) else None
    if entry is None or not isinstance(entry.value, Scalar) or entry.value.absent:
        return ""
    return entry.value.text
