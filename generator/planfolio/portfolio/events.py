"""What happens to the records of a plan, and on which day."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from planfolio.model.kinds.kind import EventSource
from planfolio.model.values.dates import PlanDate, Precision, Window
from planfolio.portfolio.record import PlanView, PortfolioRecord


class PortfolioEvent(NamedTuple):
    """An event of a record on a day.

    `day` is the day on which it counts, `last` the last day of a date that is known to a month or
    a year, or of several days, which it `spans`. `entry` is the entry of a table that says so (a
    moved deadline), if one does. `number` tells events of one name and day apart, from 1.
    """

    source: EventSource
    record: PortfolioRecord
    day: date
    last: date
    approximate: bool
    spans: bool
    entry: Any
    number: int

    @property
    def name(self) -> str:
        """The name of the event within its record; empty where the record is the event."""
        return self.source.name

    @property
    def label(self) -> str:
        """The word before the title."""
        return self.source.label

    @property
    def title(self) -> str:
        """The title of the entry, or of the record."""
        return getattr(self.entry, "title", None) or self.record.title

    @property
    def fragment(self) -> str:
        """The name of the event for addresses, unique within the record."""
        if self.entry is None:
            return self.name
        again = f"-{self.number}" if self.number > 1 else ""
        return f"{self.name}-{self.day.isoformat()}{again}"


def events_of(record: PortfolioRecord) -> tuple[PortfolioEvent, ...]:
    """Return what happened to it, or will, on a day, as its kind declares."""
    return tuple(
        event for source in record.record_kind.events for event in _of_source(source, record)
    )


def _of_source(source: EventSource, record: PortfolioRecord) -> Iterator[PortfolioEvent]:
    table, _, field = source.field.rpartition(".")
    entries = getattr(record, table) if table else (None,)
    times: dict[date, int] = {}
    for entry in entries:
        when: PlanDate | Window | date | None = getattr(record if entry is None else entry, field)
        if when is None:
            continue
        first, last = _days(when)
        times[first] = times.get(first, 0) + 1
        yield PortfolioEvent(
            source=source,
            record=record,
            day=first,
            last=last,
            approximate=isinstance(when, PlanDate) and when.approximate,
            spans=isinstance(when, Window)
            and when.start.precision is when.due.precision is Precision.DAY,
            entry=entry,
            number=times[first],
        )


def _days(when: PlanDate | Window | date) -> tuple[date, date]:
    """Return the first and the last day of a date as given."""
    if isinstance(when, Window):
        return when.start.first, when.due.last
    return (when.first, when.last) if isinstance(when, PlanDate) else (when, when)


def past_events(portfolio: PlanView) -> tuple[PortfolioEvent, ...]:
    """Return what happened up to now and is announced, the newest first."""
    found = (event for record in portfolio.records.values() for event in events_of(record))

    def order(event: PortfolioEvent) -> tuple[int, str, str]:
        return -event.day.toordinal(), event.record.url, event.fragment

    return tuple(sorted((event for event in found if event.day <= portfolio.as_of), key=order))


def reached(portfolio: PlanView) -> tuple[PortfolioEvent, ...]:
    """Return what was reached: goals done, milestones, achievements and the like, newest first."""
    return tuple(event for event in portfolio.cached(past_events) if event.source.achievement)
