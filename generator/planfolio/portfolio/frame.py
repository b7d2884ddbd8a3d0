"""What is around every page: navigation, breadcrumbs, the day of the numbers, who it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from planfolio.model.visibility import Visibility
from planfolio.portfolio import calendar, feed
from planfolio.portfolio.components import Frame, Linked, NavItem
from planfolio.portfolio.excerpt import excerpt
from planfolio.portfolio.formats import calendar_day
from planfolio.portfolio.sections import SECTIONS
from planfolio.urls import absolute

if TYPE_CHECKING:
    from planfolio.model.kinds.kind import Section
    from planfolio.portfolio.scope import Scope

_AUDIENCES = {
    Visibility.PUBLIC: "",
    Visibility.MENTOR: "For mentors: shows more than the public sees",
    Visibility.PRIVATE: "For your eyes: shows everything, private records too",
}

_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})

_DESCRIPTION = 160
"""As many characters of a description as a search engine shows."""


def frame(
    scope: Scope,
    *,
    url: str,
    title: str,
    description: str = "",
    step: Section | None = None,
    crumbs: tuple[Linked, ...] = (),
) -> Frame:
    """Return the frame of a page; `crumbs` lead from the section of `step` to the page itself."""
    site = scope.plan.settings
    return Frame(
        site_title=site.title,
        title=title,
        description=excerpt(description or site.description or "", limit=_DESCRIPTION),
        language=site.language,
        direction="rtl" if site.language.split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr",
        navigation=tuple(
            NavItem(s.title, s.url, s.number, current=s.step is step, note=s.question)
            for s in SECTIONS
        ),
        crumbs=_crumbs(url=url, title=title, step=step, between=crumbs),
        as_of=calendar_day(scope.as_of),
        as_of_iso=scope.as_of.isoformat(),
        audience=_AUDIENCES[scope.audience],
        canonical=absolute(url, base=site.base_url) if site.base_url else "",
        feed=feed.URL if site.base_url else "",
        calendar=calendar.URL if calendar.has_calendar(scope) else "",
    )


def root_of(scope: Scope) -> str:
    """Return the path that the site lies under, for the page that is shown at any address."""
    base = scope.plan.settings.base_url
    return (urlsplit(base).path or "/") if base else "/"


def _crumbs(
    *, url: str, title: str, step: Section | None, between: tuple[Linked, ...]
) -> tuple[Linked, ...]:
    section = next((s for s in SECTIONS if s.step is step), None)
    if section is None or section.url == url:
        return ()
    return (
        Linked("Home", ""),
        Linked(section.title, section.url),
        *between,
        Linked(title),
    )
