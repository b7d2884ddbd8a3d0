"""The page of a role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planfolio.model.kinds.role import RoleStatus
from planfolio.model.plan import Key
from planfolio.portfolio import formats
from planfolio.portfolio.badges import ready_badge, visibility_badge
from planfolio.portfolio.components import (
    Badge,
    Bar,
    Card,
    Empty,
    Fact,
    Frame,
    Linked,
    Stat,
    Table,
)
from planfolio.portfolio.facts import source_of
from planfolio.portfolio.gap_table import (
    gap_table,
    met_table,
    readiness_bar,
    readiness_stats,
    uncovered,
)
from planfolio.portfolio.needs import needs_table
from planfolio.portfolio.record import RecordPart, record_frame, record_part

if TYPE_CHECKING:
    from planfolio.model.plan import Goal, Role
    from planfolio.portfolio.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleView:
    """A role: how ready one is, what is missing, what no step covers, what it needs."""

    frame: Frame
    record: RecordPart
    readiness: Bar
    stats: tuple[Stat, ...]
    gaps: Table | None
    uncovered: tuple[Linked, ...]
    met: Table | None
    needs: Table | None
    goals: tuple[Linked, ...]
    empty: Empty | None


_REQUIRES = Empty(
    "Which skills does this role ask for, and at what level? The gaps follow from that.",
    "content/roles/",
    "requires:\n  python: 4\n  kubernetes: {level: 3, weight: 5, must: true}\n",
)

_OWN = ("requires", "needs", "due", "ready_at", "status")


def role_view(role: Role, scope: Scope) -> RoleView:
    """Return the page of a role."""
    numbers = scope.analysis.roles[role.id]
    goals = _goals(role, scope=scope)
    return RoleView(
        frame=record_frame(role, scope=scope),
        record=record_part(
            role,
            scope=scope,
            badge=_badge(role, scope=scope),
            facts=_facts(role, scope=scope),
            omit=_OWN,
            shown=_shown(role, scope=scope)
            | {goal.key for goal in scope.goals_for.get(role.id, ())},
        ),
        readiness=readiness_bar(role, numbers),
        stats=readiness_stats(role, numbers),
        gaps=gap_table(numbers.gaps, scope=scope, caption="Its gaps, the first to close first"),
        uncovered=uncovered(numbers, scope=scope),
        met=met_table(numbers.requirements, scope=scope),
        needs=needs_table(role, scope=scope),
        goals=tuple(scope.link(goal) for goal in goals),
        empty=None if role.fields.requires else _REQUIRES,
    )


def role_card(role: Role, scope: Scope) -> Card:
    """Return a role as a card with its readiness."""
    numbers = scope.analysis.roles[role.id]
    met = f"{numbers.met} of {numbers.required} skills met" if numbers.required else ""
    where = role.fields.organisation or ""
    return Card(
        scope.title(role),
        kicker=formats.plan_date(role.due) if role.due else "Role",
        text=" · ".join(part for part in (where, met) if part),
        badge=_badge(role, scope=scope),
        visibility=visibility_badge(role.visibility),
        bar=readiness_bar(role, numbers),
    )


def _badge(role: Role, *, scope: Scope) -> Badge:
    match role.fields.status:
        case RoleStatus.TARGET:
            return ready_badge(scope.analysis.roles[role.id])
        case RoleStatus.CONSIDERING:
            return Badge("Considering", "quiet")
        case RoleStatus.DROPPED:
            return Badge("Dropped", "quiet")


def _facts(role: Role, *, scope: Scope) -> tuple[Fact, ...]:
    at = Linked(formats.percent(role.fields.ready_at / 100), note="and every must")
    found = [Fact("Ready at", (at,))]
    if role.due is not None:
        words = Linked(formats.plan_date(role.due))
        found.insert(0, Fact("By", (words,), source_of(role, "due", scope=scope)))
    return tuple(found)


def _goals(role: Role, *, scope: Scope) -> tuple[Goal, ...]:
    """Return the goals that aim at the role; parts of a goal stand on that goal's page."""
    goals = scope.goals_for.get(role.id, ())
    return tuple(goal for goal in goals if goal.fields.parent not in scope.plan.goals)


def _shown(role: Role, *, scope: Scope) -> frozenset[Key]:
    """Return what the tables link to; steps beyond the few in a row stay among the backlinks."""
    numbers = scope.analysis.roles[role.id]
    skills = {Key("skill", r.skill) for r in numbers.requirements}
    return frozenset(skills | {key for need in numbers.needs for key in need.answers})
