"""The plan of one audience by its records, and a record as it is written."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, ClassVar, NamedTuple, Self, TypeVar, cast, overload

from planfolio.analyse.analysis import Analysis
from planfolio.model.diagnostics import Diagnostic
from planfolio.model.field_walk import record_day
from planfolio.model.kinds.kind import Fields, Kind
from planfolio.model.plan import Plan, Record
from planfolio.model.references import Key
from planfolio.model.settings import Settings
from planfolio.model.table import Table, written_names
from planfolio.model.values.dates import PlanDate
from planfolio.model.visibility import Visibility

T = TypeVar("T")


class Origin(NamedTuple):
    """Where an inherited field was written: in another record, or (None) in site.toml."""

    record: "PortfolioRecord | None"


class Computed:
    """A part of the plan: what is written in it, and what is computed from it.

    Each of its `numbers` is an attribute by its name, and so is each of its fields, unless its
    class has something else under that name. The annotations of a class name the types of both.
    """

    numbers: Any
    _written: Table

    def __init_subclass__(cls) -> None:
        types = cls.__annotations__
        own = [f"numbers.{name}" for name in vars(types.get("numbers", object))]
        fields = written_names(types.get("_written", Table)).values()
        for path in (*own, *(f"_written.{name}" for name in fields)):
            name = path.partition(".")[2]
            if not (name.startswith("_") or hasattr(cls, name)):
                setattr(cls, name, property(attrgetter(path)))

    def __getattr__(self, name: str) -> Any:
        # the fields of a kind that has no class of its own
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._written, name)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *written_names(type(self._written)).values()]


class PortfolioRecord(Computed):
    """A record, with what is written in it."""

    _written: Fields
    kind_name: ClassVar[str] = ""

    def __init_subclass__(cls, kind: str = "") -> None:
        super().__init_subclass__()
        cls.kind_name = kind

    def __init__(self, record: Record[Any], portfolio: "PlanView") -> None:
        self._record = record
        self._portfolio = portfolio
        self._written = record.fields
        self.numbers = portfolio.analysis.numbers_of(record.key)

    def __repr__(self) -> str:
        return f"<{self._record.key}>"

    @property
    def _list_order(self) -> tuple[Any, ...]:
        """What the records of a kind are sorted by in its list; others stay as in the plan."""
        return ()

    @property
    def _due_day(self) -> date:
        """The last day of its due date; without one the last day there is."""
        return self.due.last if self.due else date.max

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
        return getattr(self._written, "url", None)

    @property
    def path(self) -> str:
        """The file that holds it, from the folder of site.toml; for the owner alone."""
        return self._record.source.path

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
    def day(self) -> PlanDate | None:
        """The date of what happened, where the kind has one; as it was written."""
        return record_day(self._written)

    def origin(self, field: str) -> Origin | None:
        """Return where a field was inherited from; None for one that is written here."""
        if field not in self._record.inherited:
            return None
        key = self._record.inherited[field]
        return Origin(None if key is None else self._portfolio.record(key))

    @property
    def summary(self) -> str:
        """The text without markup, or where there is none, its summary fields."""
        return self.text or self.short_summary

    @property
    def short_summary(self) -> str:
        """The summary fields of its kind, in a line."""
        found: list[str] = []
        for name in self.record_kind.summary_fields:
            value = getattr(self._written, name)
            found += [value] if isinstance(value, str) else (value or ())
        return " ".join(found)

    @property
    def tasks_done(self) -> int:
        """How many items of its checklist are done."""
        return sum(1 for task in self._record.body.leaves if task.done)


class RecordGroup(NamedTuple):
    """Records under a name: the skills of a category, the goals of a priority, those of a kind.

    The name is empty for those that name none.
    """

    name: str
    records: tuple[PortfolioRecord, ...]


R = TypeVar("R", bound=PortfolioRecord)


class PlanView(ABC):
    """The plan that one audience may see, with its numbers, and its records by kind and id.

    `findings` have to be those about this narrowed plan, as pages of goals show their messages.
    `editor` is the link that opens a place in the owner's editor, or empty.
    """

    audience: Visibility

    def __init__(
        self,
        plan: Plan,
        analysis: Analysis,
        findings: Sequence[Diagnostic],
        *,
        audience: Visibility,
        editor: str = "",
        words: Callable[[str], str] = str,
    ) -> None:
        self.plan = plan
        self.analysis = analysis
        self.audience = audience
        self._findings = findings
        self._editor = editor
        self.words = words
        self._computed: dict[object, Any] = {}

    @property
    def settings(self) -> Settings:
        """The settings of site.toml: `title`, `description`, `language`, `base_url`, `plan` …"""
        return self.plan.settings

    @property
    def as_of(self) -> date:
        """The day of the numbers."""
        return self.analysis.as_of

    @cached_property
    def records(self) -> Mapping[Key, PortfolioRecord]:
        """All records by kind and id."""
        return {k: self._class_of(k)(record, self) for k, record in self.plan.records.items()}

    @abstractmethod
    def _class_of(self, key: Key) -> type[PortfolioRecord]:
        """Return the class that a record gets here."""

    def cached(self, compute: "Callable[[PlanView], T]") -> T:
        """Return the result of a function of this plan, which is called once."""
        if compute not in self._computed:
            self._computed[compute] = compute(self)
        return cast("T", self._computed[compute])

    def record(self, key: Key) -> PortfolioRecord | None:
        """Return a record by kind and id, if this audience may see it."""
        return self.records.get(key)

    def records_with(self, keys: Iterable[Key]) -> tuple[PortfolioRecord, ...]:
        """Return the records with these kinds and ids that this audience may see."""
        return tuple(self.records[key] for key in keys if key in self.records)

    def typed_record(self, class_: type[R], id_: str | None) -> R | None:
        """Return a record of a class by its id alone, if this audience may see it."""
        found = self.records.get(Key(class_.kind_name, id_)) if id_ else None
        return found if isinstance(found, class_) else None

    def typed_records(self, class_: type[R], keys: Iterable[Key]) -> tuple[R, ...]:
        """Return the same for a class of records, and leave out others."""
        return tuple(record for record in self.records_with(keys) if isinstance(record, class_))

    def in_plan_order(self, class_: type[R]) -> tuple[R, ...]:
        """Return the records of a class in the order of the plan."""
        return self.typed_records(
            class_, (r.key for r in self.plan.records_of(class_.kind_name).values())
        )

    def records_of(self, kind: str) -> tuple[PortfolioRecord, ...]:
        """Return the records of a kind; where the kind has dates, the newest first."""
        found = tuple(self.records[record.key] for record in self.plan.records_of(kind).values())
        order_by = next((k.order_by for k in self.plan.kinds if k.name == kind), "")
        if not order_by:
            return found

        def order(record: PortfolioRecord) -> tuple[date, str]:
            when = getattr(record, order_by)
            return (when.first if when else date.min, record.id)

        return tuple(sorted(found, key=order, reverse=True))

    @property
    def records_by_kind(self) -> tuple[PortfolioRecord, ...]:
        """All records by kind, those of a kind as `records_of` has them."""
        return tuple(record for kind in self.plan.kinds for record in self.records_of(kind.name))

    def in_list_order(self, class_: type[R]) -> tuple[R, ...]:
        """Return the records of a class in the order of their list."""
        if class_ not in self._computed:
            found = (
                record for record in self.records_of(class_.kind_name) if isinstance(record, class_)
            )
            self._computed[class_] = tuple(sorted(found, key=lambda record: record._list_order))
        return cast("tuple[R, ...]", self._computed[class_])


class PlanProperty(cached_property[T]):
    """A property computed by a function of the plan, whose result `PlanView.cached` shares."""

    @overload
    def __get__(self, plan: None, owner: type[Any] | None = None) -> Self: ...
    @overload
    def __get__(self, plan: object, owner: type[Any] | None = None) -> T: ...
    def __get__(self, plan: Any, owner: type[Any] | None = None) -> Any:
        return self if plan is None else plan.cached(self.func)
