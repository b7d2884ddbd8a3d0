"""Laying out: from a plan and its numbers to pages and documents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from planfolio.model.visibility import Visibility
from planfolio.portfolio import calendar, export, feed, missing
from planfolio.portfolio.bodies import assets_of
from planfolio.portfolio.page import Page
from planfolio.portfolio.record import record_view
from planfolio.portfolio.redirects import redirect_page, redirects
from planfolio.portfolio.registry import PAGES, VIEWS
from planfolio.portfolio.scope import scope_of
from planfolio.portfolio.sitemap import CNAME, cname, robots, sitemap
from planfolio.portfolio.sitemap import URL as SITEMAP

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from planfolio.analyse.results import Analysis
    from planfolio.model.diagnostics import Diagnostic
    from planfolio.model.plan import Plan, Record
    from planfolio.portfolio.calendar import Calendar
    from planfolio.portfolio.page import Document
    from planfolio.portfolio.registry import ViewOf
    from planfolio.portfolio.scope import Scope


@dataclass(frozen=True, slots=True)
class Layout:
    """All of a site before it is rendered.

    `assets` are the files of the plan that the pages lead to, by their path in the content folder;
    each is published as `files/` and that path.
    """

    pages: tuple[Page, ...]
    documents: tuple[Document | Calendar, ...]
    assets: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outline:
    """All of a site before it is laid out: what there will be, and how each thing is made.

    Pages and documents are by URL (site path). Each is made of the plan alone, so it does not
    matter in which order, when, or in which thread. `assets` are those of `Layout`.
    """

    pages: Mapping[str, Callable[[], Page]]
    documents: Mapping[str, Callable[[], Document | Calendar]]
    assets: frozenset[str]


def lay_out(
    plan: Plan, analysis: Analysis, findings: Sequence[Diagnostic], *, audience: Visibility
) -> Layout:
    """Return the pages and documents of a plan that has been narrowed for an audience.

    `findings` must be those about this narrowed plan, since their words appear on the pages of
    goals: nothing here can tell what a message gives away.
    """
    whole = outline(plan, analysis, findings, audience=audience)
    pages = tuple(make() for make in whole.pages.values())
    return Layout(pages, tuple(make() for make in whole.documents.values()), whole.assets)


def outline(
    plan: Plan, analysis: Analysis, findings: Sequence[Diagnostic], *, audience: Visibility
) -> Outline:
    """Return what `lay_out` would, with each page and document still to be made."""
    scope = scope_of(plan, analysis, findings, audience=audience)
    pages: dict[str, Callable[[], Page]] = {
        url: partial(make, scope) for url, make in PAGES.items()
    }
    for record in plan.records.values():
        # The page of a kind that is one record is its section's, and there already.
        if record.url not in pages:
            pages[record.url] = partial(_page, record, scope)
    base_url = plan.settings.base_url
    documents: dict[str, Callable[[], Document | Calendar]] = {
        export.URL: partial(export.plan_document, scope),
        "robots.txt": partial(robots, base_url=base_url, audience=audience),
    }
    if base_url is not None:
        urls = [url for url in pages if url != missing.URL]
        documents[SITEMAP] = partial(sitemap, urls, base_url=base_url)
        documents[feed.URL] = partial(feed.feed, scope, base_url=base_url)
    if plan.settings.cname is not None and audience is Visibility.PUBLIC:
        documents[CNAME] = partial(cname, plan.settings.cname)
    if calendar.has_calendar(scope):
        documents[calendar.URL] = partial(calendar.calendar, scope)
    # After the sitemap, which does not name them.
    for url, record in redirects(plan, taken=frozenset(pages)).items():
        pages[url] = partial(redirect_page, url, record, scope)
    return Outline(MappingProxyType(pages), MappingProxyType(documents), assets_of(plan))


def _page(record: Record[Any], scope: Scope) -> Page:
    view_of: ViewOf = VIEWS.get(record.kind.name, record_view)
    return Page(record.url, record.kind.template, view_of(record, scope))
