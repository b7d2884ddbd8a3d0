"""The section Aim: the roles, and the goals by how far ahead they lie."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from planfolio.analyse.results import Status
from planfolio.model.kinds.goal import GoalKind
from planfolio.model.kinds.kind import Section
from planfolio.model.kinds.role import RoleStatus
from planfolio.portfolio.bodies import introductions
from planfolio.portfolio.components import Card, Empty, Frame, Prose, Shelf
from planfolio.portfolio.facts import anchor
from planfolio.portfolio.formats import count
from planfolio.portfolio.frame import frame
from planfolio.portfolio.goal import goal_card
from planfolio.portfolio.page import Page
from planfolio.portfolio.role import role_card
from planfolio.portfolio.sections import section_of
from planfolio.portfolio.shelves import shelves

if TYPE_CHECKING:
    from planfolio.model.plan import Goal, Role
    from planfolio.portfolio.scope import Scope

RUNGS = (1, 3, 5, 10)
"""The rungs of the ladder, in years from the day of the numbers."""

_ROLES = Empty(
    "What would you like to become? Name a role and what it asks for: the gaps follow.",
    "content/roles/platform-engineer.md",
    "---\ntitle: Platform engineer\nrequires: {python: 4, kubernetes: 3}\n---\n",
)

_LADDER = Empty(
    "Where do you want to be in one, three, five, ten years? A goal with a horizon is a rung.",
    "content/goals/lead-a-team.md",
    "---\ntitle: Lead a team of five\nhorizon: 3y\nwhy: What it would change\n---\n",
)


@dataclass(frozen=True, slots=True)
class Rung:
    """A rung of the ladder: how far ahead, and the goals that lie there."""

    title: str
    id: str
    goals: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AimView:
    """Where the plan leads: roles, the ladder of goals, directions."""

    frame: Frame
    introductions: tuple[Prose, ...]
    question: str
    roles: tuple[Card, ...]
    other_roles: tuple[Card, ...]
    no_roles: Empty | None
    ladder: tuple[Rung, ...]
    no_ladder: Empty | None
    directions: tuple[Card, ...]
    shelves: tuple[Shelf, ...]


def aim_page(scope: Scope) -> Page:
    """Return the page of the section Aim."""
    section = section_of(Section.AIM)
    roles = scope.plan.roles.values()
    ladder = _ladder(scope)
    view = AimView(
        introductions=introductions(section.url, plan=scope.plan),
        frame=frame(
            scope,
            url=section.url,
            title=section.title,
            description=section.question,
            step=Section.AIM,
        ),
        question=section.question,
        roles=tuple(role_card(role, scope) for role in target_roles(scope)),
        other_roles=tuple(
            role_card(role, scope) for role in roles if role.fields.status is not RoleStatus.TARGET
        ),
        no_roles=None if roles else _ROLES,
        ladder=ladder,
        no_ladder=None if any(rung.goals for rung in ladder) else _LADDER,
        directions=tuple(
            goal_card(goal, scope) for goal in scope.plan.goals.values() if _is_endless(goal)
        ),
        shelves=shelves(scope, step=Section.AIM, but=("role",)),
    )
    return Page(section.url, "aim.html", view)


def target_roles(scope: Scope) -> tuple[Role, ...]:
    """Return the roles aimed at: the plan's own first, then by due day and id."""
    plan = scope.plan

    def order(role: Role) -> tuple[bool, date, str]:
        due = role.due.last if role.due else date.max
        return role.id != plan.settings.plan.role, due, role.id

    aimed = (role for role in plan.roles.values() if role.fields.status is RoleStatus.TARGET)
    return tuple(sorted(aimed, key=order))


def years_on(day: date, years: int) -> date:
    """Return the same day some years on; 29 February becomes the 28th where it must."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _ladder(scope: Scope) -> tuple[Rung, ...]:
    """Return the open goals by the rung on which their due day lies.

    Parts of a goal stand on that goal's page, directions without a horizon below the ladder, and
    other goals without a day on the last rung of all, which is left away when it is empty.
    """
    found: dict[int | None, list[Goal]] = {years: [] for years in (*RUNGS, 0, None)}
    for goal in scope.plan.goals.values():
        if _is_on_ladder(goal, scope=scope):
            found[_rung(goal, as_of=scope.as_of)].append(goal)
    titles: list[tuple[int | None, str]] = [
        *((years, f"In {count(years, 'year')}") for years in RUNGS),
        (0, "Further on"),
        (None, "Without a day"),
    ]
    return tuple(
        Rung(
            title,
            anchor(title.lower()),
            tuple(goal_card(goal, scope) for goal in sorted(found[years], key=_order)),
        )
        for years, title in titles
        if found[years] or years in RUNGS
    )


def _is_on_ladder(goal: Goal, *, scope: Scope) -> bool:
    finished = scope.analysis.goals[goal.id].status in (Status.DONE, Status.DROPPED)
    is_part = goal.fields.parent in scope.plan.goals
    return not (finished or is_part or _is_endless(goal))


def _is_endless(goal: Goal) -> bool:
    """Return whether a goal is a direction that names no horizon, and so stands on no rung."""
    return goal.fields.kind is GoalKind.DIRECTION and goal.due is None


def _rung(goal: Goal, *, as_of: date) -> int | None:
    due = goal.due
    if due is None:
        return None
    return next((years for years in RUNGS if due.last <= years_on(as_of, years)), 0)


def _order(goal: Goal) -> tuple[date, str]:
    return goal.due.last if goal.due else date.max, goal.id
