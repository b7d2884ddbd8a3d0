"""The section Gaps: what is missing for each role, and which of it no step covers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planfolio.model.kinds.kind import Section
from planfolio.portfolio.aim import target_roles
from planfolio.portfolio.badges import ready_badge
from planfolio.portfolio.components import Badge, Bar, Empty, Frame, Linked, Shelf, Stat, Table
from planfolio.portfolio.facts import anchor
from planfolio.portfolio.frame import frame
from planfolio.portfolio.gap_table import gap_table, readiness_bar, readiness_stats, uncovered
from planfolio.portfolio.needs import needs_by_type, unanswered
from planfolio.portfolio.page import Page
from planfolio.portfolio.sections import section_of
from planfolio.portfolio.shelves import shelves

if TYPE_CHECKING:
    from planfolio.model.plan import Role
    from planfolio.portfolio.scope import Scope

_EMPTY = Empty(
    "Gaps come from comparing a role with your skills. You write both; the rest is done for you.",
    "content/roles/platform-engineer.md",
    "---\ntitle: Platform engineer\nrequires:\n"
    "  python: 4\n  kubernetes: {level: 3, must: true}\n---\n",
)


@dataclass(frozen=True, slots=True)
class RoleGaps:
    """What is missing for one role."""

    title: str
    id: str
    badge: Badge
    bar: Bar
    stats: tuple[Stat, ...]
    gaps: Table | None
    uncovered: tuple[Linked, ...]
    closed: str
    more: Linked


@dataclass(frozen=True, slots=True, kw_only=True)
class GapsView:
    """What is missing, for all roles aimed at."""

    frame: Frame
    question: str
    roles: tuple[RoleGaps, ...]
    needs: Table | None
    unanswered: tuple[Linked, ...]
    shelves: tuple[Shelf, ...]
    empty: Empty | None


def gaps_page(scope: Scope) -> Page:
    """Return the page of the section Gaps."""
    section = section_of(Section.GAPS)
    roles = target_roles(scope)
    view = GapsView(
        frame=frame(
            scope,
            url=section.url,
            title=section.title,
            description=section.question,
            step=Section.GAPS,
        ),
        question=section.question,
        roles=tuple(_role(role, scope=scope) for role in roles),
        needs=needs_by_type(roles, scope=scope),
        unanswered=unanswered(roles, scope=scope),
        shelves=shelves(scope, step=Section.GAPS, but=()),
        empty=None if roles else _EMPTY,
    )
    return Page(section.url, "gaps.html", view)


def _role(role: Role, *, scope: Scope) -> RoleGaps:
    numbers = scope.analysis.roles[role.id]
    gaps = gap_table(numbers.gaps, scope=scope, caption=f"The gaps to {role.title}")
    closed = "" if gaps else "Every skill it asks for is there."
    return RoleGaps(
        title=role.title,
        id=anchor(f"role {role.id}"),
        badge=ready_badge(numbers),
        bar=readiness_bar(role, numbers),
        stats=readiness_stats(role, numbers),
        gaps=gaps,
        uncovered=uncovered(numbers, scope=scope),
        closed=closed if numbers.required else "It asks for no skills yet.",
        more=Linked("The role", role.url),
    )
