"""atom.xml: what happened in the plan, the newest first (RFC 4287).

Ids are addresses, which are promises. Times are the days of records, each at its midnight in UTC,
so that the same plan gives the same bytes wherever it is built.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from planfolio.analyse.days import reached
from planfolio.analyse.results import Status
from planfolio.portfolio.excerpt import excerpt
from planfolio.portfolio.formats import plan_date
from planfolio.portfolio.page import Document
from planfolio.urls import absolute

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from planfolio.model.kinds.goal import Replan
    from planfolio.portfolio.scope import Scope

URL = "atom.xml"

LONGEST = 50
"""How many entries a feed has at most: readers ask for all of it, again and again."""

_SUMMARY = 400
"""How many characters of a text stand in an entry."""

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document can hold, not even escaped (XML 1.0, section 2.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that happened on a day to the record of the page `url`.

    `event` tells the events of one record apart; it is empty where the record is the event.
    `term` is the sort of event, for readers that filter.
    """

    day: date
    url: str
    event: str = ""
    term: str
    title: str
    summary: str

    @property
    def order(self) -> tuple[int, str, str]:
        """The newest first, then by address."""
        return (-self.day.toordinal(), self.url, self.event)


def feed(scope: Scope, *, base_url: str) -> Document:
    """Return the feed of a site under a base URL that ends with a slash.

    A feed without an entry says the day of the numbers as its time, since it must say one.
    """
    site, profile = scope.plan.settings, scope.plan.profile
    entries = sorted(_entries(scope), key=lambda entry: entry.order)[:LONGEST]
    updated = entries[0].day if entries else scope.as_of
    itself = absolute(URL, base=base_url)
    author = (profile.fields.name if profile is not None else None) or site.title
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={_attribute(site.language)}>',
        f"  <id>{_text(base_url)}</id>",
        f"  <title>{_text(site.title)}</title>",
        *([f"  <subtitle>{_text(site.description)}</subtitle>"] if site.description else ()),
        f"  <updated>{_midnight(updated)}</updated>",
        f"  <author><name>{_text(author)}</name></author>",
        f'  <link rel="alternate" type="text/html" href={_attribute(base_url)}/>',
        f'  <link rel="self" type="application/atom+xml" href={_attribute(itself)}/>',
        "  <generator>planfolio</generator>",
        *chain.from_iterable(_entry_lines(entry, base_url=base_url) for entry in entries),
        "</feed>",
    ]
    return Document(URL, "\n".join(lines) + "\n")


def _entry_lines(entry: Entry, *, base_url: str) -> Iterator[str]:
    address = absolute(entry.url, base=base_url)
    yield "  <entry>"
    yield f"    <id>{_text(address + (f'#{entry.event}' if entry.event else ''))}</id>"
    yield f"    <title>{_text(entry.title)}</title>"
    yield f"    <updated>{_midnight(entry.day)}</updated>"
    yield f'    <link rel="alternate" type="text/html" href={_attribute(address)}/>'
    yield f"    <category term={_attribute(entry.term)}/>"
    if entry.summary:
        yield f"    <summary>{_text(excerpt(entry.summary, limit=_SUMMARY))}</summary>"
    yield "  </entry>"


def _entries(scope: Scope) -> Iterator[Entry]:
    yield from _reviews(scope)
    yield from _reached(scope)
    yield from _done(scope)
    yield from _replans(scope)


def _reviews(scope: Scope) -> Iterator[Entry]:
    for review in scope.reviews:
        day = reached(review.fields.date, as_of=scope.as_of)
        if day is not None:
            said = review.body.plain or " ".join(review.fields.wins)
            yield Entry(day=day, url=review.url, term="review", title=review.title, summary=said)


def _reached(scope: Scope) -> Iterator[Entry]:
    for milestone in scope.plan.milestones.values():
        numbers = scope.analysis.milestones[milestone.id]
        if numbers.done_on is None or numbers.status is not Status.DONE:
            continue
        goal = scope.plan.goals.get(milestone.fields.goal or "")
        step = f"A step of “{goal.title}”." if goal is not None else ""
        said = milestone.body.plain or milestone.fields.done_when or ""
        yield Entry(
            day=numbers.done_on,
            url=milestone.url,
            event="reached",
            term="milestone",
            title=f"Reached: {milestone.title}",
            summary=f"{step} {said}".strip(),
        )


def _done(scope: Scope) -> Iterator[Entry]:
    for goal in scope.plan.goals.values():
        numbers = scope.analysis.goals[goal.id]
        if numbers.done_on is not None and numbers.status is Status.DONE:
            yield Entry(
                day=numbers.done_on,
                url=goal.url,
                event="done",
                term="goal",
                title=f"Done: {goal.title}",
                summary=goal.body.plain or goal.fields.done_when or "",
            )


def _replans(scope: Scope) -> Iterator[Entry]:
    for goal in scope.plan.goals.values():
        times: dict[date, int] = {}
        for replan in goal.fields.replans:
            day = reached(replan.date, as_of=scope.as_of)
            if day is None:
                continue
            times[day] = times.get(day, 0) + 1
            again = f"-{times[day]}" if times[day] > 1 else ""
            yield Entry(
                day=day,
                url=goal.url,
                event=f"moved-{day.isoformat()}{again}",
                term="replan",
                title=f"Moved: {goal.title}",
                summary=_moved(replan),
            )


def _moved(replan: Replan) -> str:
    """Return from when to when a deadline was moved, and why, as far as that is written."""
    days = [
        f"{word} {plan_date(day)}"
        for word, day in (("from", replan.from_), ("to", replan.to))
        if day is not None
    ]
    moved = f"The deadline moved {' '.join(days)}." if days else ""
    return f"{moved} {replan.reason or ''}".strip()


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _text(text: str) -> str:
    return escape(_NOT_IN_XML.sub("", text))


def _attribute(text: str) -> str:
    return quoteattr(_NOT_IN_XML.sub("", text))
