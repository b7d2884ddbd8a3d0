"""Laying out: from a plan and its numbers to pages and documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planfolio.stage5_layout import missing
from planfolio.stage5_layout.bodies import assets_of
from planfolio.stage5_layout.export import plan_document
from planfolio.stage5_layout.page import Document, Page
from planfolio.stage5_layout.record import record_view
from planfolio.stage5_layout.registry import PAGES, VIEWS
from planfolio.stage5_layout.scope import scope_of
from planfolio.stage5_layout.sitemap import robots, sitemap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.diagnostics import Diagnostic
    from planfolio.kinds.kind import Visibility
    from planfolio.plan import Plan, Record
    from planfolio.stage4_analyse.results import Analysis
    from planfolio.stage5_layout.registry import ViewOf
    from planfolio.stage5_layout.scope import Scope


@dataclass(frozen=True, slots=True)
class Layout:
    """All of a site before it is rendered.

    `assets` are the files of the plan that the pages lead to, by their path in the content folder;
    each is published as `files/` and that path.
    """

    pages: tuple[Page, ...]
    documents: tuple[Document, ...]
    assets: frozenset[str]


def lay_out(
    plan: Plan, analysis: Analysis, findings: Sequence[Diagnostic], *, audience: Visibility
) -> Layout:
    """Return the pages and documents of a plan that has been narrowed for an audience.

    `findings` must be those about this narrowed plan, since their words appear on the pages of
    goals: nothing here can tell what a message gives away.
    """
    scope = scope_of(plan, analysis, findings, audience=audience)
    pages = {page.url: page for page in (make(scope) for make in PAGES)}
    for record in plan.records.values():
        # The page of a kind that is one record is its section's, and there already.
        if record.url not in pages:
            pages[record.url] = Page(record.url, record.kind.template, _view(record, scope))
    base_url = plan.site.base_url
    documents = [plan_document(scope), robots(base_url=base_url, audience=audience)]
    if base_url is not None:
        documents.append(sitemap((url for url in pages if url != missing.URL), base_url=base_url))
    return Layout(tuple(pages.values()), tuple(documents), assets_of(plan))


def _view(record: Record[Any], scope: Scope) -> Any:
    view_of: ViewOf = VIEWS.get(record.kind.name, record_view)
    return view_of(record, scope)
