"""RawRecords: documents as records of a kind, before anything is known of the others."""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from planfolio.memo import Recall
from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.kinds.fields import Fields
from planfolio.model.kinds.goal import GoalFields
from planfolio.model.plan import Key, Source
from planfolio.model.source_tree import Mapping, Scalar, Span
from planfolio.model.validation import validate
from planfolio.resolve.short_forms import list_item, milestone_nodes
from planfolio.spelling import folded, quoted
from planfolio.urls import is_too_long, slug

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingOf
    from collections.abc import Sequence

    from planfolio.markdown import Body
    from planfolio.model.kinds import Kind
    from planfolio.model.settings import Settings
    from planfolio.model.source_tree import Entry, Node
    from planfolio.model.values.field_reader import ReadContext
    from planfolio.read import Document


_TOO_LONG = "this gives an address longer than the name of a folder may be"


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
    def title(self) -> str:
        """The title."""
        return str(self.fields.title)


@dataclass(slots=True)
class RawRecords:
    """What the documents came to.

    `unread` names the records whose files say nothing usable, and `unread_lists` the kinds of
    which a whole list could not be read. `lists` are the list files by place, and `intros` those
    that can be read, whose bodies introduce their kinds. `notes` are the places of the files that
    are no records.
    """

    raw_records: list[RawRecord] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    unread: set[tuple[str, str]] = field(default_factory=set)
    unread_lists: set[str] = field(default_factory=set)
    lists: dict[str, Kind] = field(default_factory=dict)
    intros: dict[str, Document] = field(default_factory=dict)
    notes: set[str] = field(default_factory=set)

    def add(self, more: RawRecords) -> None:
        """Add what another document came to."""
        self.raw_records.extend(more.raw_records)
        self.diagnostics.extend(more.diagnostics)
        self.unread |= more.unread
        self.unread_lists |= more.unread_lists
        self.lists |= more.lists
        self.intros |= more.intros
        self.notes |= more.notes


def draft_all(
    documents: Sequence[Document],
    *,
    kinds: Sequence[Kind],
    site: Settings,
    reading: ReadContext,
    empty: Body,
    recall: Recall[Document, RawRecords] | None = None,
) -> RawRecords:
    """Take each document as a record, a list of records, or a note that belongs to no kind.

    What comes of a document depends on nothing but it, the kinds and the settings, so `recall`
    gives back what is known of one.
    """
    known: Recall[Document, RawRecords] = Recall() if recall is None else recall
    known.begin((tuple(kinds), site, reading, empty))
    folders = {kind.folder: kind for kind in kinds if not kind.singleton}
    singles = {f"{kind.name}.md": kind for kind in kinds if kind.singleton}
    milestone = next((kind for kind in kinds if kind.name == "milestone"), None)

    def raw(document: Document) -> RawRecords:
        drafting = _Drafting(folders, singles, milestone, site, reading, empty)
        drafting.take(document)
        return drafting.result

    whole = RawRecords()
    for document in documents:
        whole.add(known.of(document, raw))
    return whole


class _Drafting:
    """Takes one document."""

    def __init__(
        self,
        folders: MappingOf[str, Kind],
        singles: MappingOf[str, Kind],
        milestone: Kind | None,
        site: Settings,
        reading: ReadContext,
        empty: Body,
    ) -> None:
        self._folders = folders
        self._singles = singles
        self._milestone = milestone
        self._site = site
        self._reading = reading
        self._empty = empty
        self.result = RawRecords()

    def take(self, document: Document) -> None:
        folder, slash, _ = document.place.partition("/")
        stem = document.place.rpartition("/")[2][: -len(".md")]
        if stem.casefold() == "readme":
            self.result.notes.add(document.place)
            return
        if slash and folder in self._folders:
            self._record(self._folders[folder], stem, document)
        elif document.place in self._singles:
            self._record(self._singles[document.place], stem, document)
        elif not slash and stem in self._folders:
            self._list(self._folders[stem], document)
        else:
            self.result.notes.add(document.place)
            self.result.diagnostics.append(self._stray(document))

    def _record(self, kind: Kind, stem: str, document: Document) -> None:
        if document.broken:
            self.result.unread.add((kind.name, folded(stem)))
            return
        source = Source(document.path, document.node, document.body_line)
        defaults = {}
        if kind.singleton:
            defaults["title"] = _text(document.node, "name") or self._site.title
        self._keep(kind, stem, source, document.body, document.place, defaults)

    def _list(self, kind: Kind, document: Document) -> None:
        self.result.lists[document.place] = kind
        if document.broken:
            self.result.unread_lists.add(kind.name)
            return
        self.result.intros[kind.name] = document
        if (seen := document.node.find("visibility")) is not None:
            alone = Mapping((seen,), document.node.span)
            named = {"title": document.place}
            said = validate(
                Fields, alone, path=document.path, reading=self._reading, defaults=named
            )
            self.result.diagnostics.extend(said.diagnostics)
        items = document.node.find("items")
        shared = [entry for entry in document.node.entries if entry.key.text != "items"]
        if items is None and not shared:
            return
        if items is None or not isinstance(items.value, Mapping):
            if items is not None and isinstance(items.value, Scalar) and items.value.absent:
                return
            self.result.unread_lists.add(kind.name)
            self._error(
                document.path,
                items.value.span if items else document.node.span,
                "a list file has its records under `items`, each below its id",
                f"write items: and below it a line for each {kind.name},"
                f" as in ID: {kind.shorthand_field}",
            )
            return
        for entry in items.value.entries:
            self._item(entry, kind, shared, document)

    def _item(self, entry: Entry, kind: Kind, shared: list[Entry], document: Document) -> None:
        name = entry.key.text
        node = list_item(entry, kind, shared)
        if node is None:
            message = f"expected a {kind.name} or its {kind.shorthand_field}, found a list"
            self._error(document.path, entry.value.span, message, "write `key: value` lines")
            self.result.unread.add((kind.name, folded(name)))
            return
        defaults = {"title": name.replace("-", " ")} if name.strip() else {}
        source = Source(document.path, node)
        self._keep(kind, name, source, self._empty, document.place, defaults)

    def _keep(
        self,
        kind: Kind,
        name: str,
        source: Source,
        body: Body,
        place: str,
        defaults: dict[str, str],
    ) -> None:
        """Make a record of a node and, with a goal, its inline milestones."""
        fields = self._fields(kind, source, defaults, name=name)
        id_ = _id(fields, name) if fields is not None else None
        if fields is not None and id_ is None:
            written = quoted(fields.id or name)
            self._error(
                source.path,
                source.span(("id",)),
                f"the id {written} gives no address: it has a slash, or no letter or digit",
                "give it another id",
            )
        elif id_ is not None and is_too_long(id_):
            self._error(source.path, source.span(("id",)), _TOO_LONG, "give it a short `id`")
            id_ = None
        if fields is None or id_ is None:
            self.result.unread.add((kind.name, folded(name)))
            return
        self.result.raw_records.append(
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
            self._inline(self._milestone, id_, source, place)

    def _inline(self, kind: Kind, goal: str, source: Source, place: str) -> None:
        for node in milestone_nodes(source.node):
            if not isinstance(node, Mapping):
                message = "expected a milestone, found a list"
                self._error(source.path, node.span, message, "write a title, or `key: value` lines")
                continue
            own = replace(source, node=node)
            fields = self._fields(kind, own, {}, name=None)
            if fields is None:
                continue
            name = slug(fields.id or fields.title)
            if not name:
                message = "the title gives no address: it has no letter and no digit"
                hint = "give the milestone an `id`"
                self._error(source.path, own.span(("title",)), message, hint)
                continue
            id_ = f"{goal}-{name}"
            if is_too_long(id_):
                loc = ("id",) if fields.id else ("title",)
                self._error(
                    source.path, own.span(loc), _TOO_LONG, "give the milestone a short `id`"
                )
                continue
            self.result.raw_records.append(
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
        self, kind: Kind, source: Source, defaults: dict[str, str], *, name: str | None
    ) -> Fields | None:
        """Return the fields of a node; a record without a title goes by its name."""
        node = source.node
        validated = validate(
            kind.fields,
            node,
            path=source.path,
            reading=self._reading,
            allow_keys=self._site.check.allow_keys,
            defaults=defaults,
        )
        self.result.diagnostics.extend(validated.diagnostics)
        if validated.value is not None or name is None:
            return validated.value
        return validate(
            kind.fields,
            node,
            path=source.path,
            reading=self._reading,
            allow_keys=self._site.check.allow_keys,
            defaults={"title": name},
        ).value

    def _error(self, path: str, span: Span, message: str, hint: str) -> None:
        self.result.diagnostics.append(
            Diagnostic(
                code="F102",
                name="bad-value",
                severity=Severity.ERROR,
                path=path,
                span=span,
                message=message,
                hint=hint,
            )
        )

    def _stray(self, document: Document) -> Diagnostic:
        """Return the note on a file that is no record; a folder that is nearly right is a slip."""
        first, slash, _ = document.place.partition("/")
        known = {folder.casefold(): f"{folder}/" for folder in self._folders}
        if not slash:
            first = first[: -len(".md")]
            known |= {name[: -len(".md")]: name for name in self._singles}
        near = difflib.get_close_matches(first.casefold(), known, n=1, cutoff=0.8)
        hint = "the folders are " + ", ".join(f"{folder}/" for folder in self._folders)
        if near:
            hint = f"did you mean {known[near[0]]}?"
        return Diagnostic(
            code="F108",
            name="stray-file",
            severity=Severity.WARNING if near else Severity.INFO,
            path=document.path,
            span=Span(),
            message="this file is in no folder of a kind, so it is not part of the plan",
            hint=hint,
        )


def _id(fields: Fields, name: str) -> str | None:
    """Return the id of a record, or None where it would give no address."""
    written = unicodedata.normalize("NFC", fields.id or name).strip()
    return None if "/" in written or not slug(written) else written


def _text(node: Node, key: str) -> str:
    entry = node.find(key) if isinstance(node, Mapping) else None
    if entry is None or not isinstance(entry.value, Scalar) or entry.value.absent:
        return ""
    return entry.value.text
