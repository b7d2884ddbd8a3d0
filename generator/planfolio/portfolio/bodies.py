"""Bodies on a page, their links made relative to it, and the files of the plan on a site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planfolio.markdown import Target, page_html
from planfolio.model.references import AnchorLink, AssetLink, PageLink, RecordLink
from planfolio.urls import relative

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markupsafe import Markup

    from planfolio.model.body import Body
    from planfolio.model.plan import Plan
    from planfolio.model.references import BodyLink

ASSETS = "files/"
"""The folder of the site in which the files beside the Markdown are published."""


def body_html(
    body: Body,
    links: Sequence[BodyLink],
    *,
    page: str,
    plan: Plan,
    words: Callable[[str], str],
) -> Markup:
    """Return a body as HTML for the page at a site path; `links` say where each link leads."""
    return page_html(body, [_target(link, page=page, plan=plan) for link in links], words=words)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the plan: its path in the site, and its size in pixels."""

    url: str
    width: int
    height: int

    @property
    def is_icon(self) -> bool:
        """Whether it is about as wide as it is high, as the icon of a tab is."""
        return 4 * abs(self.width - self.height) <= self.height


def picture_at(link: AssetLink | None) -> Picture | None:
    """Return the picture that a link shows, if there is one and its size is known."""
    return Picture(ASSETS + link.path, *link.size) if link and link.size else None


def assets_of(plan: Plan) -> frozenset[str]:
    """Return the files that bodies lead to, logo and card, by their path in the content folder."""
    of_records = (record.links for record in plan.records.values())
    of_lists = (intro.links for intro in plan.intros.values())
    of_site = (plan.logo, plan.card)
    links = (link for links in (*of_records, *of_lists, of_site) for link in links)
    return frozenset(link.path for link in links if isinstance(link, AssetLink))


def _target(link: BodyLink, *, page: str, plan: Plan) -> Target | None:
    match link:
        case RecordLink():
            record = plan.records.get(link.key)
            if record is None:
                return None
            fragment = f"#{link.fragment}" if link.fragment else ""
            return Target(relative(record.url + fragment, page=page), record.title)
        case AssetLink():
            name = link.path.rpartition("/")[2]
            return Target(relative(ASSETS + link.path, page=page), name, link.size)
        case AnchorLink():
            return Target(relative(f"{page}#{link.fragment}", page=page), link.fragment)
        case PageLink():
            return Target(relative(link.url, page=page), link.url)
        case None:
            return None
