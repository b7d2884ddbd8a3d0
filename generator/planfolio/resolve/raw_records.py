"""Raw records: records of a kind as they were written, before anything is known of the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from planfolio.model.memo import Memo
from planfolio.urls import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planfolio.markdown import Body
    from planfolio.model.diagnostics import Diagnostic, Problem
    from planfolio.model.kinds import Kind
    from planfolio.model.plan import Key, Record, Source
    from planfolio.model.source_tree import Loc
    from planfolio.model.visibility import Visibility
    from planfolio.read import Document
    from planfolio.resolve.body_links import FollowedLinks
    from planfolio.resolve.raw_reader import RawReader
    from planfolio.resolve.references import Referred

    Linked: TypeAlias = tuple[Record[Any], Referred, FollowedLinks]
    """A record, where its references lead, and the links of its body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """A record with its fields as written. `place` is its file's path in the content folder.

    `lost` are the fields that were written and could not be read, in whole or in part.
    """

    key: Key
    kind: Kind
    fields: Any
    source: Source
    body: Body
    place: str
    inline: bool = False
    implied: bool = False
    lost: frozenset[str] = frozenset()

    @property
    def url(self) -> str:
        """The site path of the record's page."""
        kind = self.kind
        return kind.index if kind.singleton else f"{kind.folder}/{slug(self.key.id)}/"

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
    """What the last run made of documents and records that are the same objects in the next.

    It saves a preview of 1,000 records the validation and the links of 999, most of what resolving
    takes. What is made of a document depends only on it, the kinds and the settings; a record and
    where its references and links lead depend only on it and on the basis that is passed. What it
    inherits is in `inherited`.
    """

    def __init__(self) -> None:
        self.inherited = Memo()
        self._basis: object = None
        self._known: dict[int, tuple[Document, RawRecords]] = {}
        self._basis_of_links: object = None
        self._linked: dict[int, tuple[RawRecord, Linked]] = {}

    def read(self, documents: Sequence[Document], reader: RawReader) -> RawRecords:
        """Return what is made of all documents; only those that are new are read."""
        basis = (reader.kinds, reader.site)
        known = self._known if self._basis == basis else {}
        # The memo keeps the document alive, so its id() cannot be given to another.
        self._known = {
            id(document): known.get(id(document)) or (document, reader.read(document))
            for document in documents
        }
        self._basis = basis
        whole = RawRecords()
        for _, made in self._known.values():
            whole.add(made)
        return whole

    def link(
        self,
        records: Sequence[RawRecord],
        link_one: Callable[[RawRecord], Linked],
        *,
        basis: object,
    ) -> list[Linked]:
        """Return what is linked of all records; with an equal basis only new ones are read."""
        known = self._linked if self._basis_of_links == basis else {}
        self._linked = {
            id(record): known.get(id(record)) or (record, link_one(record)) for record in records
        }
        self._basis_of_links = basis
        return [linked for _, linked in self._linked.values()]
