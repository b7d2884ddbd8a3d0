"""Bodies on a page: their links made relative to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planfolio.markdown import Target
from planfolio.model.plan import AnchorLink, AssetLink, PageLink, RecordLink
from planfolio.portfolio.components import Prose
from planfolio.urls import relative

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.markdown import Body
    from planfolio.model.plan import BodyLink, Plan, Record

ASSETS = "files/"
"""The folder of the site in which the files beside the Markdown are published."""


def prose(record: Record[Any], *, plan: Plan) -> Prose:
    """Return the body of a record as it stands on the record's own page."""
    return _filled(record.body, record.links, page=record.url, plan=plan)


def introductions(page: str, *, plan: Plan) -> tuple[Prose, ...]:
    """Return the prose of the list files whose kinds a page lists, in the order of the kinds."""
    kinds = (kind.name for kind in plan.kinds if kind.index == page and kind.name in plan.intros)
    intros = (plan.intros[name] for name in kinds)
    return tuple(_filled(intro.body, intro.links, page=page, plan=plan) for intro in intros)


def assets_of(plan: Plan) -> frozenset[str]:
    """Return the files that the bodies of the plan lead to, by their path in the content folder."""
    of_records = (record.links for record in plan.records.values())
    of_lists = (intro.links for intro in plan.intros.values())
    links = (link for links in (*of_records, *of_lists) for link in links)
    return frozenset(link.path for link in links if isinstance(link, AssetLink))


def _filled(body: Body, links: Sequence[BodyLink], *, page: str, plan: Plan) -> Prose:
    return Prose(body.html([_target(link, page=page, plan=plan) for link in links]))


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
