"""Redirect pages: a page at each old address of a record, which leads to where it is now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planfolio.portfolio.components import Linked
from planfolio.portfolio.frame import frame
from planfolio.portfolio.page import Page
from planfolio.urls import slug

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from planfolio.model.plan import Plan, Record
    from planfolio.portfolio.components import Frame
    from planfolio.portfolio.scope import Scope


@dataclass(frozen=True, slots=True)
class RedirectView:
    """Where the record is; the canonical address of the frame is that of its page."""

    frame: Frame
    target: Linked


def redirects(plan: Plan, *, taken: Collection[str]) -> dict[str, Record[Any]]:
    """Return the records by their old site paths, none of which is among those `taken`.

    Of two records with one old path the first has it, and an alias comes before a path that
    follows from the alias of a goal.
    """
    found: dict[str, Record[Any]] = {}
    for old_ids in (_aliases, _of_renamed_goals):
        for record in plan.records.values():
            for old in old_ids(record, plan):
                # An alias without a letter or a digit never was an address.
                url = f"{record.kind.folder}/{slug(old)}/"
                if slug(old) and url not in taken:
                    found.setdefault(url, record)
    return found


def redirect_page(url: str, record: Record[Any], scope: Scope) -> Page:
    """Return the page at an old site path of a record."""
    around = frame(scope, url=record.url, title=record.title)
    return Page(url, "redirect.html", RedirectView(around, Linked(record.title, record.url)))


def _aliases(record: Record[Any], plan: Plan) -> Iterator[str]:  # noqa: ARG001
    yield from record.fields.aliases


def _of_renamed_goals(record: Record[Any], plan: Plan) -> Iterator[str]:
    """Yield the ids that an inline milestone has had, whose ids begin with that of their goal."""
    goal = plan.goals.get(record.fields.goal or "") if record.inline else None
    if goal is None:
        return
    own = record.id.removeprefix(f"{goal.id}-")
    for begin in (goal.id, *goal.fields.aliases):
        for end in (own, *record.fields.aliases):
            yield f"{begin}-{end}"
