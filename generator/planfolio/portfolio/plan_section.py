"""The section Plan: what to do next, the road ahead, and all goals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from planfolio.analyse.results import WORST_FIRST, Status
from planfolio.model.kinds.goal import Priority
from planfolio.model.kinds.kind import Section
from planfolio.portfolio.badges import goal_badge
from planfolio.portfolio.bodies import introductions
from planfolio.portfolio.components import Card, Cell, Empty, Frame, Linked, Prose, Shelf, Table
from planfolio.portfolio.facts import anchor
from planfolio.portfolio.formats import plan_date
from planfolio.portfolio.frame import frame
from planfolio.portfolio.goal import goal_bar
from planfolio.portfolio.next_actions import action_card, next_actions, open_steps, roadmap_card
from planfolio.portfolio.page import Page
from planfolio.portfolio.sections import section_of
from planfolio.portfolio.shelves import shelves

if TYPE_CHECKING:
    from planfolio.model.plan import Goal
    from planfolio.portfolio.scope import Scope
    from planfolio.portfolio.steps import StepRecord

NEXT_SHOWN = 8
"""How many next actions the section shows; the roadmap has them all."""

_EMPTY = Empty(
    "What is the first step? A goal with a due day, and a task list below it, is a plan already.",
    "content/goals/cka.md",
    "---\ntitle: Pass the CKA exam\ndue: 2026-Q3\nraises: [kubernetes]\n---\n\n"
    "- [ ] Book the exam\n- [ ] Finish the course\n",
)

_RESTING = (Status.PAUSED, Status.DRAFT, Status.DONE, Status.DROPPED)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The open steps due in one quarter of the calendar."""

    title: str
    id: str
    steps: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class GoalGroup:
    """Goals of one priority."""

    title: str
    id: str
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """What to do: next actions, the roadmap by quarters, goals by priority, and those at rest."""

    frame: Frame
    introductions: tuple[Prose, ...]
    question: str
    next: tuple[Card, ...]
    no_next: str
    roadmap: tuple[Stretch, ...]
    goals: tuple[GoalGroup, ...]
    resting: Table | None
    shelves: tuple[Shelf, ...]
    empty: Empty | None


def plan_page(scope: Scope) -> Page:
    """Return the page of the section Plan."""
    section = section_of(Section.PLAN)
    goals = tuple(scope.plan.goals.values())
    following = next_actions(scope)[:NEXT_SHOWN]
    resting = [goal for goal in goals if _status(goal, scope=scope) in _RESTING]
    view = PlanView(
        introductions=introductions(section.url, plan=scope.plan),
        frame=frame(
            scope,
            url=section.url,
            title=section.title,
            description=section.question,
            step=Section.PLAN,
        ),
        question=section.question,
        next=tuple(action_card(step, scope) for step in following),
        no_next="" if following else "Nothing can be begun today.",
        roadmap=_roadmap(scope),
        goals=_groups(scope),
        resting=_table("At rest: finished, paused, dropped", resting, scope=scope),
        shelves=shelves(scope, step=Section.PLAN, but=("goal", "milestone")),
        empty=None if goals or scope.plan.milestones else _EMPTY,
    )
    return Page(section.url, "plan.html", view)


def _roadmap(scope: Scope) -> tuple[Stretch, ...]:
    found: dict[tuple[int, int], list[StepRecord]] = {}
    for step in open_steps(scope):
        found.setdefault(_quarter(step, as_of=scope.as_of), []).append(step)
    return tuple(
        Stretch(
            title,
            anchor(title.lower()),
            tuple(roadmap_card(s, scope) for s in sorted(found[quarter], key=_by_due)),
        )
        for quarter in sorted(found)
        if (title := _title(quarter))
    )


_PAST = (0, 0)
_SOME_DAY = (date.max.year, 5)


def _quarter(step: StepRecord, *, as_of: date) -> tuple[int, int]:
    """Return year and quarter of a step's due day; what should be done by now stands first."""
    if step.due is None:
        return _SOME_DAY
    last = step.due.last
    return _PAST if last < as_of else (last.year, (last.month + 2) // 3)


def _title(quarter: tuple[int, int]) -> str:
    if quarter == _PAST:
        return "Overdue"
    if quarter == _SOME_DAY:
        return "Some day"
    return f"Q{quarter[1]} {quarter[0]}"


def _groups(scope: Scope) -> tuple[GoalGroup, ...]:
    found: dict[Priority | None, list[Goal]] = {}
    for goal in scope.plan.goals.values():
        if _status(goal, scope=scope) not in _RESTING:
            found.setdefault(goal.fields.priority, []).append(goal)
    titles: tuple[tuple[Priority | None, str], ...] = (
        (Priority.MUST, "Must"),
        (Priority.SHOULD, "Should"),
        (Priority.COULD, "Could"),
        # With no priority at all there is nothing to be beside.
        (None, "The others" if len(found) > 1 else "All goals"),
    )
    return tuple(
        GoalGroup(title, anchor("goals " + title.lower()), table)
        for priority, title in titles
        if (table := _table(title, found.get(priority, []), scope=scope))
    )


def _table(caption: str, goals: list[Goal], *, scope: Scope) -> Table | None:
    if not goals:
        return None

    def order(goal: Goal) -> tuple[int, date, str]:
        due = goal.due.last if goal.due else date.max
        return WORST_FIRST.index(_status(goal, scope=scope)), due, goal.id

    return Table(
        caption,
        ("Goal", "State", "Progress", "Due"),
        tuple(_row(goal, scope=scope) for goal in sorted(goals, key=order)),
    )


def _row(goal: Goal, *, scope: Scope) -> tuple[Cell, ...]:
    return (
        Cell((scope.link(goal),)),
        Cell(badge=goal_badge(scope.analysis.goals[goal.id])),
        Cell(bar=goal_bar(goal, scope)),
        Cell((Linked(plan_date(goal.due) if goal.due else "no date"),)),
    )


def _status(goal: Goal, *, scope: Scope) -> Status:
    return scope.analysis.goals[goal.id].status


def _by_due(step: StepRecord) -> tuple[date, str, str]:
    return (step.due.last if step.due else date.max, *step.key)
