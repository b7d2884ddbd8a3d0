"""A record with its text, and what links to it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from markupsafe import Markup

from planfolio.markdown.placeholders import Target, page_html, plain_text
from planfolio.model.body import Body, Task
from planfolio.model.plan import Plan, grouped
from planfolio.model.references import (
    AnchorLink,
    AssetLink,
    BodyLink,
    Edge,
    Key,
    PageLink,
    RecordLink,
)
from planfolio.model.visibility import Visibility
from planfolio.portfolio.events import events_of
from planfolio.portfolio.facts import facts_of, lists_of
from planfolio.portfolio.findings import PortfolioFinding, SourcePlace, findings_of, source_place
from planfolio.portfolio.record import PlanView, PortfolioRecord
from planfolio.urls import relative_from

Neighbours: TypeAlias = tuple[PortfolioRecord | None, PortfolioRecord | None]
"""The records before and after one."""


ASSETS = "files/"
"""The folder of the site in which the files beside the Markdown are published."""


class Mentions(NamedTuple):
    """Records that refer to this one for the same reason.

    `words` are those of the kind that refers ("Raised by"). They are empty where the kind has none
    for the field, and `in_body` tells that the text of the records leads here.
    """

    words: str
    in_body: bool
    records: tuple[PortfolioRecord, ...]


class LinkedRecord(PortfolioRecord):
    """A record of any kind.

    Each field of its kind is an attribute by its name, as it is written: `goal.why`. The properties
    here, and those of the kind's own class, come first.
    """

    @property
    def place(self) -> SourcePlace | None:
        """Where it is written, for its owner to edit; None for others, and if no file holds it."""
        source = self._record.source
        if self._portfolio.audience is not Visibility.PRIVATE or self._record.implied:
            return None
        return source_place(source.path, source.span(), editor=self._portfolio._editor)

    findings = property(findings_of)

    def findings_at(self, field: str) -> tuple[PortfolioFinding, ...]:
        """Return those of its findings that are at a field, or in its text (`body`)."""
        return tuple(found for found in self.findings if found.field == field)

    @property
    def body(self) -> Markup:
        """The text as HTML, its links relative to the page of the record."""
        record = self._record
        return body_html(record.body, record.links, page=self.url, portfolio=self._portfolio)

    @property
    def text(self) -> str:
        """The text without markup."""
        return plain_text(self._record.body.plain, self._title_of_link)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The items of its checklist, each with `text` and `done`; cancelled ones are left out."""
        return tuple(
            task._replace(text=plain_text(task.text, self._title_of_link))
            for task in self._record.body.leaves
        )

    def _title_of_link(self, number: int) -> str:
        """Return what its text calls the thing that a link leads to; nothing if it is hidden."""
        link = self._record.links[number]
        target = _target(link, page=self.url, plan=self._portfolio.plan, url_of=str)
        return target.title if target else ""

    @property
    def neighbours(self) -> Neighbours:
        """The records before and after it in the order of its kind."""
        return self._portfolio.cached(_neighbours).get(self.key, (None, None))

    @property
    def _related(self) -> frozenset[Key]:
        """The records that its front matter names, which its page links to."""
        return frozenset(self._portfolio.cached(_named_by).get(self.key, ()))

    @property
    def mentions(self) -> tuple[Mentions, ...]:
        """The records that refer to it and that its page does not name elsewhere.

        Each is there once, under the strongest of its reasons.
        """
        return _mentions_of(self.key, self._portfolio, omit=self._related)

    events = property(events_of)
    facts = facts_of
    lists = lists_of


def _neighbours(portfolio: PlanView) -> Mapping[Key, Neighbours]:
    """Return the records before and after each, in the order in which its kind is listed.

    Those that are listed by their date follow it: the older one is before the younger.
    """
    found: dict[Key, Neighbours] = {}
    for kind in portfolio.plan.kinds:
        records = sorted(portfolio.records_of(kind.name), key=lambda record: record._list_order)
        order = [None, *(reversed(records) if kind.order_by else records), None]
        for before, record, after in zip(order, order[1:], order[2:], strict=False):
            if record is not None:
                found[record.key] = (before, after)
    return found


def _named_by(portfolio: PlanView) -> Mapping[Key, tuple[Key, ...]]:
    """Return the records that the front matter of each record names."""
    written = (edge for edge in portfolio.plan.edges if edge.loc[:1] != ("body",))
    return grouped((edge.source, edge.target) for edge in written)


def _mentions_of(key: Key, portfolio: PlanView, *, omit: Collection[Key]) -> tuple[Mentions, ...]:
    """Return the records that refer to one, grouped by reason, less those in `omit`."""
    reasons = portfolio.cached(_reasons)
    places: dict[Key, int] = {}
    for edge in portfolio.plan.edges_to.get(key, ()):
        if edge.source not in omit and edge.source != key and edge.source in portfolio.records:
            place = reasons[_reason(edge, portfolio)]
            places[edge.source] = min(place, places.get(edge.source, place))
    listed = sorted(places, key=portfolio.cached(_place_in_lists).__getitem__)
    groups = grouped((places[source], portfolio.records[source]) for source in listed)
    return tuple(
        Mentions(*reason, groups[place]) for reason, place in reasons.items() if place in groups
    )


def _place_in_lists(portfolio: PlanView) -> Mapping[Key, int]:
    return {record.key: place for place, record in enumerate(portfolio.records_by_kind)}


def _reason(edge: Edge, portfolio: PlanView) -> tuple[str, bool]:
    """Return the words for a reference, and whether the text makes it."""
    field = str(edge.loc[0]).strip("_") if edge.loc else ""
    words = portfolio.plan.records[edge.source].kind.reference_words
    return words.get(field, ""), field == "body"


def _reasons(portfolio: PlanView) -> Mapping[tuple[str, bool], int]:
    """Return the place of each reason: the words of all kinds, none, and last the text."""
    words = (w for kind in portfolio.plan.kinds for w in kind.reference_words.values())
    reasons = [*((w, False) for w in dict.fromkeys(words)), ("", False), ("", True)]
    return {reason: place for place, reason in enumerate(reasons)}


def body_html(body: Body, links: Sequence[BodyLink], *, page: str, portfolio: PlanView) -> Markup:
    """Return a body as HTML for the page at a site path; `links` say where each link leads."""
    url_of = relative_from(page)
    targets = [_target(link, page=page, plan=portfolio.plan, url_of=url_of) for link in links]
    return page_html(body, targets, words=portfolio.words)


def _target(
    link: BodyLink, *, page: str, plan: Plan, url_of: Callable[[str], str]
) -> Target | None:
    match link:
        case RecordLink():
            record = plan.records.get(link.key)
            if record is None:
                return None
            fragment = f"#{link.fragment}" if link.fragment else ""
            return Target(url_of(record.url + fragment), record.title)
        case AssetLink():
            name = link.path.rpartition("/")[2]
            return Target(url_of(ASSETS + link.path), name, link.size)
        case AnchorLink():
            return Target(url_of(f"{page}#{link.fragment}"), link.fragment)
        case PageLink():
            return Target(url_of(link.url), link.url)
        case None:
            return None
