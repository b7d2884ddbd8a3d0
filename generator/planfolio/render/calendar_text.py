"""A calendar as text (RFC 5545)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import icalendar

if TYPE_CHECKING:
    from planfolio.portfolio import Calendar
    from planfolio.portfolio.calendar import Event, Task

_PRODUCT = "-//planfolio//planfolio//EN"

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""What no text of a calendar can hold (section 3.1)."""


def calendar_text(calendar: Calendar) -> str:
    """Return a calendar with CRLF after each line, folded to 75 octets of UTF-8.

    There must be an event or a task in it. Each is stamped with midnight of `as_of` in UTC.
    """
    stamp = _midnight(calendar.as_of)
    made = icalendar.Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    for name_of_name in ("name", "x-wr-calname"):  # RFC 7986, and what programs read
        made.add(name_of_name, _Text(_clean(calendar.name)))
    for event in calendar.events:
        made.add_component(_event(event, stamp=stamp))
    for task in calendar.tasks:
        made.add_component(_task(task, stamp=stamp))
    text: str = made.to_ical().decode()
    return text


class _Text(icalendar.vText):
    """Text that is escaped as section 3.3.11 says.

    The library's own takes a backslash before a capital N for a line break, so that a folder
    called C:\\Notes would lose its name.
    """

    __slots__ = ()

    def to_ical(self) -> bytes:
        text = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return text.replace("\n", "\\n").encode()


def _event(event: Event, *, stamp: datetime) -> icalendar.Event:
    made = icalendar.Event()
    made.add("dtstart", event.day)
    made.add("transp", "TRANSPARENT")
    made.add("status", event.status.value)
    _describe(made, event, stamp=stamp)
    return made


def _task(task: Task, *, stamp: datetime) -> icalendar.Todo:
    made = icalendar.Todo()
    if task.due is not None:
        made.add("due", task.due)
    if task.completed is not None:
        made.add("completed", _midnight(task.completed))
    if task.percent is not None:
        made.add("percent-complete", task.percent)
    if task.parent:
        made.add("related-to", task.parent)
    made.add("status", task.status.value)
    _describe(made, task, stamp=stamp)
    return made


def _describe(made: icalendar.Component, item: Event | Task, *, stamp: datetime) -> None:
    made.add("uid", item.uid)
    made.add("dtstamp", stamp)
    made.add("summary", _Text(_clean(item.title)))
    made.add("categories", [item.category])
    if item.details:
        made.add("description", _Text(_clean("\n".join(item.details))))
    if item.url:
        made.add("url", item.url)


def _clean(text: str) -> str:
    return _CONTROL.sub("", text.replace("\r\n", "\n"))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
