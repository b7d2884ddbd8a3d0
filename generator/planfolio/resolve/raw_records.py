"""Raw records: records of a kind as they were written, before anything is known of the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from planfolio.model.memo import Memo
from planfolio.urls import slug

if TYPE_CHECKING:
    from planfolio.model.body import Body
    from planfolio.model.diagnostics import Diagnostic, Problem
    from planfolio.model.kinds import Kind
    from planfolio.model.plan import Source
    from planfolio.model.references import Key
    from planfolio.model.source_tree import Loc
    from planfolio.model.visibility import Visibility
    from planfolio.read import Document


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


@dataclass(frozen=True, slots=True)
class Memory:
    """What the last run made of documents and records that are the same objects in the next.

    It saves a preview of 1,000 records the validation and the links of 999, most of what resolving
    takes. What is made of a document depends on it, the kinds and the settings alone; where the
    references and links of a record lead depends on it and on what names and addresses there are.
    """

    documents: Memo = field(default_factory=Memo)
    links: Memo = field(default_factory=Memo)
    inherited: Memo = field(default_factory=Memo)
