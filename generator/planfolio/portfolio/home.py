"""Home: the five steps at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from planfolio.analyse.results import WORST_FIRST, Status
from planfolio.portfolio import formats
from planfolio.portfolio.aim import target_roles
from planfolio.portfolio.components import Badge, Card, Empty, Fact, Frame, Linked, Stat
from planfolio.portfolio.frame import frame
from planfolio.portfolio.gap_table import uncovered
from planfolio.portfolio.goal import goal_card
from planfolio.portfolio.next_actions import action_card, next_actions
from planfolio.portfolio.page import Page
from planfolio.portfolio.profile import skill_stats
from planfolio.portfolio.progress import milestones_reached, status_counts, upcoming_review
from planfolio.portfolio.review import review_card
from planfolio.portfolio.role import role_card
from planfolio.portfolio.sections import SECTIONS

if TYPE_CHECKING:
    from planfolio.analyse.results import RequirementNumbers
    from planfolio.model.plan import Role
    from planfolio.portfolio.scope import Scope

SHOWN = 5
"""How much of each list stands at a glance."""

ROLES_SHOWN = 2

_WORRIES = (Status.LATE, Status.OFF_TRACK, Status.AT_RISK)

_EMPTY = Empty(
    "A plan begins with three small files: what you can do, what you would like to become, "
    "and one goal between the two. This is the first.",
    "content/skills.md",
    "---\nitems:\n  python: 3\n  writing: 2\n---\n",
)


@dataclass(frozen=True, slots=True)
class StepPanel:
    """One of the five steps, as the theme's list of steps wants it: `note` is its question."""

    name: str
    number: int
    title: str
    url: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The answers to the five questions, each with the page that says more.

    `steps` are the five panels; what stands in each follows by the name of its step.
    """

    frame: Frame
    title: str
    lead: str
    steps: tuple[StepPanel, ...]
    empty: Empty | None
    skills: tuple[Stat, ...]
    assess: tuple[Linked, ...]
    roles: tuple[Card, ...]
    horizons: tuple[Fact, ...]
    no_aim: str
    gaps: tuple[Linked, ...]
    no_gaps: str
    uncovered: str
    next: tuple[Card, ...]
    no_next: str
    worries: tuple[Card, ...]
    no_worries: str
    counts: tuple[Badge, ...]
    wins: tuple[Linked, ...]
    last_review: Card | None
    upcoming: str


def home_page(scope: Scope) -> Page:
    """Return the home page."""
    plan = scope.plan
    profile = plan.profile
    roles = target_roles(scope)
    following = next_actions(scope)
    worries = _worries(scope)
    headline = (profile.fields.headline or "") if profile else ""
    horizons = _horizons(scope)
    view = HomeView(
        frame=frame(scope, url="", title="", description=plan.settings.description or headline),
        title=plan.settings.title,
        lead=plan.settings.description or headline,
        steps=tuple(
            StepPanel(s.step.value, s.number, s.title, s.url, s.question) for s in SECTIONS
        ),
        empty=None if plan.records else _EMPTY,
        skills=skill_stats(scope),
        assess=_assess(scope),
        roles=tuple(role_card(role, scope) for role in roles[:ROLES_SHOWN]),
        horizons=horizons,
        no_aim="" if roles or horizons else "No role is written yet, and no goal with a horizon.",
        gaps=_gaps(roles, scope=scope),
        no_gaps=_no_gaps(roles, scope=scope),
        uncovered=_uncovered(roles, scope=scope),
        next=tuple(action_card(step, scope) for step in following[:SHOWN]),
        no_next="" if following else "Nothing can be begun today.",
        worries=worries,
        no_worries="" if worries else _no_worries(scope),
        counts=status_counts(scope),
        wins=_wins(scope),
        last_review=review_card(scope.reviews[-1], scope) if scope.reviews else None,
        upcoming=upcoming_review(scope),
    )
    return Page("", "home.html", view)


def _assess(scope: Scope) -> tuple[Linked, ...]:
    """Return the two pages that say where one is now."""
    profile = scope.plan.profile
    name = (profile.fields.name or profile.title) if profile else "Profile"
    return Linked(name, "me/", "who this plan is about"), Linked("All skills", "skills/")


def _worries(scope: Scope) -> tuple[Card, ...]:
    """Return the goals that are late, off track or at risk, the worst first."""
    found = []
    for goal in scope.plan.goals.values():
        status = scope.analysis.goals[goal.id].status
        if status in _WORRIES:
            due = goal.due.last if goal.due else date.max
            found.append(((WORST_FIRST.index(status), due, goal.id), goal))
    found.sort(key=lambda item: item[0])
    return tuple(goal_card(goal, scope) for _, goal in found[:SHOWN])


def _no_worries(scope: Scope) -> str:
    if scope.plan.goals:
        return "Nothing is late or at risk."
    return "" if scope.reviews else "No goal is written yet, so there is nothing to follow."


def _horizons(scope: Scope) -> tuple[Fact, ...]:
    """Return the goals that lie furthest ahead: where all of it leads."""
    far = []
    for goal in scope.plan.goals.values():
        finished = scope.analysis.goals[goal.id].status in (Status.DONE, Status.DROPPED)
        if goal.fields.horizon is None or finished:
            continue
        when = formats.plan_date(goal.due) if goal.due else formats.horizon(goal.fields.horizon)
        far.append(((goal.due.last if goal.due else date.max, goal.id), goal, when))
    far.sort(key=lambda item: item[0])
    return tuple(Fact(when, (scope.link(goal),)) for _, goal, when in far[-SHOWN:])


def _gaps(roles: tuple[Role, ...], *, scope: Scope) -> tuple[Linked, ...]:
    """Return the gaps to close first, of all target roles in their order, each skill once."""
    found: dict[str, Linked] = {}
    for role in roles:
        for requirement in scope.analysis.roles[role.id].gaps:
            skill = scope.plan.skills.get(requirement.skill)
            if skill is not None and skill.id not in found:
                found[skill.id] = scope.link(skill, note=_gap(requirement))
    return tuple(found.values())[:SHOWN]


def _gap(requirement: RequirementNumbers) -> str:
    said = (
        ["not rated yet"]
        if requirement.gap is None
        else [f"{formats.levels(requirement.gap)} short"]
    )
    if requirement.must:
        said.insert(0, "must")
    if requirement.gain is not None:
        said.append(f"worth {formats.percent(requirement.gain)} of readiness")
    return ", ".join(said)


def _no_gaps(roles: tuple[Role, ...], *, scope: Scope) -> str:
    if not roles:
        return "No role is written yet, so there is nothing to compare with."
    if all(not scope.analysis.roles[role.id].required for role in roles):
        return "No role asks for skills yet."
    return "" if _gaps(roles, scope=scope) else "No gap is left."


def _uncovered(roles: tuple[Role, ...], *, scope: Scope) -> str:
    skills = {
        link.url for role in roles for link in uncovered(scope.analysis.roles[role.id], scope=scope)
    }
    if not skills:
        return ""
    them = "it" if len(skills) == 1 else "them"
    return f"{formats.count(len(skills), 'gap')} with no step to close {them}"


def _wins(scope: Scope) -> tuple[Linked, ...]:
    """Return the newest goals done and milestones reached, the newest first."""
    days = [
        (numbers.done_on, scope.plan.goals[goal_id])
        for goal_id, numbers in scope.analysis.goals.items()
        if numbers.done_on is not None and numbers.status is Status.DONE
    ]
    reached = milestones_reached(scope)[:SHOWN]
    steps = [(scope.analysis.milestones[m.id].done_on, m) for m in reached]
    won = [(day, record) for day, record in (*days, *steps) if day is not None]
    won.sort(key=lambda item: (-item[0].toordinal(), item[1].key))
    return tuple(scope.link(record, note=formats.calendar_day(day)) for day, record in won[:SHOWN])
