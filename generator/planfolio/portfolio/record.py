"""A record as a page shows it: what is written in it, and what the rest of the plan says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from planfolio.model.tables import Fields
from planfolio.model.visibility import Visibility
from planfolio.portfolio.bodies import body_html
from planfolio.portfolio.events import events_of
from planfolio.portfolio.facts import facts_of, lists_of
from planfolio.portfolio.findings import findings_of, source_place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from planfolio.model.body import Task
    from planfolio.model.kinds.kind import Kind
    from planfolio.model.plan import Record
    from planfolio.model.references import Key
    from planfolio.model.values.dates import PlanDate
    from planfolio.portfolio.events import PortfolioEvent
    from planfolio.portfolio.facts import Fact
    from planfolio.portfolio.findings import PortfolioFinding, SourcePlace
    from planfolio.portfolio.records import PortfolioRecords

Neighbours: TypeAlias = "tuple[PortfolioRecord[Any] | None, PortfolioRecord[Any] | None]"
"""The records before and after one."""

F_co = TypeVar("F_co", bound=Fields, covariant=True)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an inherited field was written: in another record, or (None) in site.toml."""

    record: PortfolioRecord[Any] | None


@dataclass(frozen=True, slots=True)
class Mentions:
    """Records that refer to this one for the same reason.

    `words` are those of the kind that refers ("Raised by"). They are empty where the kind has none
    for the field, and `in_body` tells that the text of the records leads here.
    """

    words: str
    in_body: bool
    records: tuple[PortfolioRecord[Any], ...]


class PortfolioRecord(Generic[F_co]):
    """A record of any kind.

    Each field of its kind is an attribute by its name, as it is written: `goal.why`. The properties
    here, and those of the kind's own class, come first.
    """

    __slots__ = ("_portfolio", "_record")

    def __init__(self, record: Record[F_co], portfolio: PortfolioRecords) -> None:
        self._record = record
        self._portfolio = portfolio

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._record.fields, name)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *type(self._record.fields).model_fields]

    def __repr__(self) -> str:
        return f"<{self._record.key}>"

    @property
    def key(self) -> Key:
        """The kind and the id."""
        return self._record.key

    @property
    def id(self) -> str:
        """The id, unique within the kind."""
        return self._record.key.id

    @property
    def reference(self) -> str:
        """The name by which other records refer to it: `goals/cka`."""
        return f"{self._record.kind.folder}/{self.id}"

    @property
    def record_kind(self) -> Kind:
        """The kind of record, with its `name`, `plural` and `section`."""
        return self._record.kind

    @property
    def title(self) -> str:
        """The title."""
        return self._record.title

    @property
    def url(self) -> str:
        """The path of its page from the root of the site; `relative_url` makes a link of it."""
        return self._record.url

    @property
    def link(self) -> str | None:
        """Where it can be seen outside the site: the address that its field `url` gives."""
        return getattr(self._record.fields, "url", None)

    @property
    def path(self) -> str:
        """The file that holds it, from the folder of site.toml: for the owner to know."""
        return self._record.source.path

    @property
    def place(self) -> SourcePlace | None:
        """Where it is written, for its owner to edit; None for others, and if no file holds it."""
        source = self._record.source
        if self._portfolio.audience is not Visibility.PRIVATE or self._record.implied:
            return None
        return source_place(source.path, source.span(), editor=self._portfolio._editor)

    @property
    def findings(self) -> tuple[PortfolioFinding, ...]:
        """What is to be said about it, the most severe first; to its owner alone."""
        return findings_of(self, portfolio=self._portfolio)

    def findings_at(self, field: str) -> tuple[PortfolioFinding, ...]:
        """Return those of its findings that stand at a field, or in its text (`body`)."""
        return tuple(found for found in self.findings if found.field == field)

    @property
    def visibility(self) -> Visibility:
        """The widest audience that may see the record: its `word` is public, mentor or private."""
        return self._record.visibility

    @property
    def start(self) -> PlanDate | None:
        """The start, inherited or made absolute where it is relative."""
        return self._record.start

    @property
    def due(self) -> PlanDate | None:
        """The due date, inherited or made absolute where it is relative."""
        return self._record.due

    @property
    def body(self) -> Markup:
        """The text as HTML, its links relative to the page of the record."""
        return body_html(
            self._record.body,
            self._record.links,
            page=self.url,
            plan=self._portfolio.plan,
            words=self._portfolio.words,
        )

    @property
    def text(self) -> str:
        """The text without markup."""
        return self._record.body.plain

    @property
    def summary(self) -> str:
        """The text without markup, or where there is none, the fields that stand for it."""
        return self.text or self.short_summary

    @property
    def short_summary(self) -> str:
        """The fields that stand for the record in a line."""
        found: list[str] = []
        for name in self.record_kind.summary_fields:
            value = getattr(self._record.fields, name)
            found += [value] if isinstance(value, str) else (value or ())
        return " ".join(found)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The items of its checklist, each with `text` and `done`; cancelled ones are left out."""
        return self._record.body.leaves

    @property
    def tasks_done(self) -> int:
        """How many of its tasks are done."""
        return sum(1 for task in self.tasks if task.done)

    @property
    def neighbours(self) -> Neighbours:
        """The records before and after it in the order of its kind."""
        return self._portfolio.neighbours_of(self.key)

    @property
    def related(self) -> frozenset[Key]:
        """The records that its front matter names, which its page links to."""
        return self._portfolio.named_by.get(self.key, frozenset())

    @property
    def mentions(self) -> tuple[Mentions, ...]:
        """The records that refer to it and that its page does not name elsewhere.

        Each stands once, under the strongest of its reasons.
        """
        return self._portfolio.mentions_of(self.key, omit=self.related)

    @property
    def events(self) -> tuple[PortfolioEvent, ...]:
        """What happened to it, or will, on a day."""
        return events_of(self, as_of=self._portfolio.as_of)

    def facts(self, omit: Iterable[str] = ()) -> tuple[Fact, ...]:
        """Return its fields with short values, in the order of the kind, less those in `omit`."""
        return facts_of(self._record, portfolio=self._portfolio, omit=frozenset(omit))

    def lists(self, omit: Iterable[str] = ()) -> tuple[Fact, ...]:
        """Return its fields that hold texts or tables, less those in `omit`."""
        return lists_of(self._record, portfolio=self._portfolio, omit=frozenset(omit))

    def origin(self, field: str) -> Origin | None:
        """Return where a field was inherited from; None for one that is written here."""
        if field not in self._record.inherited:
            return None
        key = self._record.inherited[field]
        return Origin(None if key is None else self._portfolio.find(key))
