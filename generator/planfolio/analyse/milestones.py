"""Milestones: reached or not, late or not, and whether they are still to do."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.analyse.facts import reached
from planfolio.analyse.results import MilestoneNumbers, Status, Tally
from planfolio.analyse.status import RESTING
from planfolio.analyse.term import Term

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from planfolio.analyse.results import GoalNumbers
    from planfolio.model.plan import Goal, Milestone, Plan


def milestone_numbers(
    plan: Plan, *, goals: Mapping[str, GoalNumbers], as_of: date
) -> dict[str, MilestoneNumbers]:
    """Return the numbers of all milestones by id.

    One that is not reached rests with its goal: paused, dropped or draft. One whose goal is done
    without it is never late. Due and start are the goal's where a milestone has none. One without
    a goal is a step of its own.
    """
    found: dict[str, MilestoneNumbers] = {}
    for milestone in plan.milestones.values():
        goal_id = milestone.fields.goal
        goal = plan.goals.get(goal_id) if goal_id is not None else None
        term = _term(milestone, goal=goal, as_of=as_of)
        done_on = reached(milestone.fields.done, as_of=as_of)
        status = _status(goals[goal.id].status if goal is not None else None, done_on, term)
        leaves = [task for task in milestone.body.tasks if task.leaf]
        tally = Tally(sum(task.done for task in leaves), len(leaves)) if leaves else None
        found[milestone.id] = MilestoneNumbers(
            id=milestone.id,
            status=status,
            done_on=done_on,
            late_days=term.overdue if status is Status.LATE else None,
            progress=Fraction(tally.done, tally.total) if tally is not None else None,
            tally=tally,
            open=done_on is None and (goal is None or goals[goal.id].open),
        )
    return found


def due_of(milestone: Milestone, *, goal: Goal | None) -> date | None:
    """Return the day a milestone is due: its own, else its goal's."""
    if milestone.due is not None:
        return milestone.due.last
    return goal.due.last if goal is not None and goal.due is not None else None


def _term(milestone: Milestone, *, goal: Goal | None, as_of: date) -> Term:
    start = milestone.start or (goal.start if goal is not None else None)
    return Term(start.first if start is not None else None, due_of(milestone, goal=goal), as_of)


def _status(goal: Status | None, done_on: date | None, term: Term) -> Status:
    if done_on is not None:
        return Status.DONE
    if goal is not None and goal in RESTING.values():
        return goal
    if term.overdue is not None and goal is not Status.DONE:
        return Status.LATE
    ahead = term.elapsed is not None and term.elapsed < 0
    return Status.PLANNED if ahead else Status.OPEN
