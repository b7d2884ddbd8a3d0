"""The section Progress: how the goals stand, what was reached, what moved, the reviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planfolio.analyse.results import WORST_FIRST, Status
from planfolio.model.kinds.kind import Section
from planfolio.portfolio.badges import STATUS_WORDS, goal_badge, visibility_badge
from planfolio.portfolio.bodies import introductions
from planfolio.portfolio.components import (
    Badge,
    Card,
    Cell,
    Empty,
    Fact,
    Frame,
    Linked,
    Prose,
    Shelf,
    Table,
)
from planfolio.portfolio.formats import cadence, calendar_day, count, percent, plan_date
from planfolio.portfolio.frame import frame
from planfolio.portfolio.goal import goal_bar
from planfolio.portfolio.page import Page
from planfolio.portfolio.progress_words import expected
from planfolio.portfolio.review import review_card
from planfolio.portfolio.sections import section_of
from planfolio.portfolio.shelves import shelves

if TYPE_CHECKING:
    from planfolio.model.kinds.goal import Replan
    from planfolio.model.plan import Goal, Milestone
    from planfolio.portfolio.scope import Scope

_EMPTY = Empty(
    "Look back once a month: what went well, what did not, what changes. Ten minutes do.",
    "content/reviews/2026-09.md",
    "---\ntitle: September\ndate: 2026-09-30\nwins:\n  - The first talk is given\n"
    "problems:\n  - No evenings left\ndecisions:\n  - One evening a week is kept free\n---\n",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressView:
    """Whether it works: goals by status, reviews, milestones reached, deadlines moved."""

    frame: Frame
    introductions: tuple[Prose, ...]
    question: str
    counts: tuple[Badge, ...]
    goals: Table | None
    upcoming: str
    reviews: tuple[Card, ...]
    reached: tuple[Card, ...]
    replans: Table | None
    shelves: tuple[Shelf, ...]
    empty: Empty | None


def progress_page(scope: Scope) -> Page:
    """Return the page of the section Progress."""
    section = section_of(Section.PROGRESS)
    view = ProgressView(
        introductions=introductions(section.url, plan=scope.plan),
        frame=frame(
            scope,
            url=section.url,
            title=section.title,
            description=section.question,
            step=Section.PROGRESS,
        ),
        question=section.question,
        counts=status_counts(scope),
        goals=_goals(scope),
        upcoming=upcoming_review(scope),
        reviews=tuple(review_card(review, scope) for review in reversed(scope.reviews)),
        reached=tuple(reached_card(m, scope) for m in milestones_reached(scope)),
        replans=_replans(scope),
        shelves=shelves(scope, step=Section.PROGRESS, but=("review",)),
        empty=None if scope.reviews else _EMPTY,
    )
    return Page(section.url, "progress.html", view)


def status_counts(scope: Scope) -> tuple[Badge, ...]:
    """Return how many goals have each status, the worst first."""
    found: dict[Status, int] = {}
    for numbers in scope.analysis.goals.values():
        found[numbers.status] = found.get(numbers.status, 0) + 1
    return tuple(
        Badge(*STATUS_WORDS[status], str(found[status]))
        for status in WORST_FIRST
        if status in found
    )


def milestones_reached(scope: Scope) -> tuple[Milestone, ...]:
    """Return the milestones that are reached on a known day, the newest first."""
    days = {
        milestone_id: numbers.done_on
        for milestone_id, numbers in scope.analysis.milestones.items()
        if numbers.done_on is not None and numbers.status is Status.DONE
    }
    ordered = sorted(days, key=lambda milestone_id: (-days[milestone_id].toordinal(), milestone_id))
    return tuple(scope.plan.milestones[milestone_id] for milestone_id in ordered)


def reached_card(milestone: Milestone, scope: Scope) -> Card:
    """Return a reached milestone as a card: when, of which goal, and how it was celebrated."""
    numbers = scope.analysis.milestones[milestone.id]
    goal = scope.plan.goals.get(milestone.fields.goal or "")
    return Card(
        scope.title(milestone),
        kicker=calendar_day(numbers.done_on) if numbers.done_on else "",
        text=milestone.fields.celebrate or "",
        badge=Badge("Reached", "done"),
        visibility=visibility_badge(milestone.visibility),
        facts=(Fact("Goal", (scope.link(goal),)),) if goal else (),
    )


def upcoming_review(scope: Scope) -> str:
    """Return when the next review is, in a sentence; empty where nothing says so."""
    last = next((r for r in reversed(scope.reviews) if _has_been(r.fields.date, scope=scope)), None)
    promised = last.fields.next_review if last is not None else None
    every = scope.plan.settings.plan.review_every
    if promised is not None:
        word = "was due on" if promised.last < scope.as_of else "is on"
        return f"The next review {word} {plan_date(promised)}."
    if every is None:
        return ""
    said = f"The plan asks for a review {cadence(every)}"
    if last is None or last.fields.date is None:
        return f"{said}; none is written yet."
    age = (scope.as_of - last.fields.date.last) // timedelta(days=1)
    ago = "today" if age <= 0 else f"{count(age, 'day')} ago"
    return f"{said}; the last was {ago}."


def _has_been(when: object, *, scope: Scope) -> bool:
    first = getattr(when, "first", None)
    return isinstance(first, date) and first <= scope.as_of


def _goals(scope: Scope) -> Table | None:
    goals = scope.plan.goals.values()
    if not goals:
        return None

    def order(goal: Goal) -> tuple[int, date, str]:
        status = scope.analysis.goals[goal.id].status
        return WORST_FIRST.index(status), goal.due.last if goal.due else date.max, goal.id

    return Table(
        "How all goals stand",
        ("Goal", "State", "Progress", "Expected", "Forecast"),
        tuple(_row(goal, scope=scope) for goal in sorted(goals, key=order)),
        (False, False, False, True, True),
    )


def _row(goal: Goal, *, scope: Scope) -> tuple[Cell, ...]:
    numbers = scope.analysis.goals[goal.id]
    gone = expected(numbers.leading)
    forecast = calendar_day(numbers.leading.forecast) if numbers.leading.forecast else "–"
    return (
        Cell((scope.link(goal),)),
        Cell(badge=goal_badge(numbers)),
        Cell(bar=goal_bar(goal, scope)),
        Cell((Linked("–" if gone is None else percent(gone)),), number=True),
        Cell((Linked(forecast),), number=True),
    )


def _replans(scope: Scope) -> Table | None:
    moved = [(goal, replan) for goal in scope.plan.goals.values() for replan in goal.fields.replans]
    if not moved:
        return None
    moved.sort(key=lambda item: (-item[1].date.first.toordinal(), item[0].id))
    return Table(
        "Deadlines that moved",
        ("Goal", "Moved on", "From", "To", "Because"),
        tuple(_replan_row(goal, replan, scope=scope) for goal, replan in moved),
    )


def _replan_row(goal: Goal, replan: Replan, *, scope: Scope) -> tuple[Cell, ...]:
    days = (replan.from_, replan.to)
    return (
        Cell((scope.link(goal),)),
        Cell((Linked(plan_date(replan.date)),)),
        *(Cell((Linked(plan_date(day) if day else "no date"),)) for day in days),
        Cell((Linked(replan.reason or "no reason given"),)),
    )
