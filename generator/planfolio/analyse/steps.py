"""Steps: what is still to do, which records carry the effort, and of which mode it is.

Open steps are those of an active goal that is not done: its milestones that are not done, or the
goal itself where its milestones do not carry the effort. A record of another kind that raises
skills or answers needs is a step of its own; where it belongs to a goal, it is open with that goal.

That 70 % experience, 20 % social and 10 % formal are best is a habit of the field, not a finding
(Clardy, 70-20-10 and the dominance of informal learning: a fact in search of evidence, 2018). So
the shares of the modes are computed, and nothing is said about them.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import chain
from typing import Any

from planfolio.analyse.days import GoalDays, counts_from, days_between
from planfolio.analyse.goals import GoalNumbers
from planfolio.analyse.status import (
    AT_REST,
    INACTIVE,
    OVER,
    Status,
    StepNumbers,
    status_of_step,
    written_status,
)
from planfolio.model.kinds.milestone import Mode
from planfolio.model.plan import Goal, Plan, Record
from planfolio.model.references import Key
from planfolio.model.table import written_names
from planfolio.model.values.dates import PlanDate

_BEGUN = {"planned": Status.PLANNED, "doing": Status.STARTED}
"""The status that a written one gives a record, unless it is a goal, or is done or late."""

_WELL = frozenset({Status.ON_TRACK, Status.STARTED, Status.PLANNED, Status.OPEN})


def step_numbers(
    plan: Plan, *, goals: Mapping[str, GoalNumbers], as_of: date
) -> dict[Key, StepNumbers]:
    """Return the numbers of each record that may raise skills or answer needs, by key.

    A step that is not done is dropped by itself, or inactive with its goal: paused, dropped or
    draft. One whose goal is over without it is never late. Due and start of a milestone are the
    goal's where it has none.
    """
    names = {"raises", "answers"}
    kinds = {kind.name for kind in plan.kinds if names & written_names(kind.fields).keys()}
    found: dict[Key, StepNumbers] = {}
    for key, record in plan.records.items():
        if key.kind == "goal":
            found[key] = goals[key.id]
        elif key.kind in kinds:
            goal = plan.goal_of(record)
            numbers = goals[goal.id] if goal is not None else None
            found[key] = _step_numbers(record, goal, numbers, as_of=as_of)
    return found


def _step_numbers(
    record: Record[Any], goal: Goal | None, numbers: GoalNumbers | None, *, as_of: date
) -> StepNumbers:
    start = record.start
    if start is None and goal is not None and record.key.kind == "milestone":
        start = goal.start
    days = days_between(start, due_of(record, goal), as_of=as_of)
    status = _status(record, days, goal=numbers)
    leaves = record.body.leaves
    return StepNumbers(
        status=status,
        is_open=status not in AT_REST and (numbers is None or numbers.is_open),
        done_on=_done_on(record, as_of=as_of) if status is Status.DONE else None,
        late_days=days.overdue if status is Status.LATE else None,
        progress=Fraction(sum(task.done for task in leaves), len(leaves)) if leaves else None,
    )


def _status(record: Record[Any], days: GoalDays, *, goal: GoalNumbers | None) -> Status:
    """Return the status of a step: as written, else its goal's at rest, else by its days."""
    written = written_status(record.fields, as_of=days.as_of)
    if written is not None:
        return written
    if goal is not None and goal.status in INACTIVE:
        return goal.status
    status = status_of_step(days)
    if status is not Status.LATE:
        return _BEGUN.get(getattr(record.fields, "status", ""), status)
    return Status.OPEN if goal is not None and goal.status in OVER else status


def _done_on(record: Record[Any], *, as_of: date) -> date | None:
    """Return the day on which a record was done: as written, else the end of its dates."""
    done_on = counts_from(getattr(record.fields, "done", None), as_of=as_of)
    if done_on is None and record.due is not None and record.due.last <= as_of:
        return record.due.last
    return done_on


def due_of(record: Record[Any], goal: Goal | None) -> PlanDate | None:
    """Return when a step is due; a milestone without a date of its own is due with its goal."""
    if record.due is None and goal is not None and record.key.kind == "milestone":
        return goal.due
    return record.due


def effort_steps(
    plan: Plan, *, steps: Mapping[Key, StepNumbers]
) -> dict[str, tuple[Record[Any], ...]]:
    """Return by goal what carries its effort: its milestones where one has an effort, else itself.

    Dropped milestones do not count.
    """
    found: dict[str, tuple[Record[Any], ...]] = {}
    for goal in plan.goals.values():
        own = plan.milestones_of.get(goal.id, ())
        kept = tuple(m for m in own if steps[m.key].status is not Status.DROPPED)
        carried = any(milestone.fields.effort is not None for milestone in kept)
        found[goal.id] = kept if carried else (goal,)
    return found


def safe_steps(plan: Plan, *, steps: Mapping[Key, StepNumbers]) -> frozenset[Key]:
    """Return the steps that go well: on track, started, planned or open, as is their goal."""
    well = {key for key, step in steps.items() if step.status in _WELL}
    return frozenset(
        key for key in well if (goal := plan.goal_of(plan.records[key])) is None or goal.key in well
    )


def hours_by_mode(plan: Plan, *, steps: Mapping[Key, StepNumbers]) -> dict[Mode | None, Fraction]:
    """Return the effort of the steps by mode, in hours, that of no known mode under None.

    Open and finished steps count, as they were estimated; a milestone without a mode has its
    goal's. The result is empty where no step with an effort has a mode.
    """
    hours: dict[Mode | None, Fraction] = dict.fromkeys((*Mode, None), Fraction(0))
    alone = (milestone for milestone in plan.milestones.values() if plan.goal_of(milestone) is None)
    for record in chain(alone, *effort_steps(plan, steps=steps).values()):
        fields, goal = record.fields, plan.goal_of(record)
        if fields.effort is not None and steps[record.key].status not in INACTIVE:
            hours[fields.mode or (goal.fields.mode if goal else None)] += fields.effort.hours
    return hours if any(hours[mode] for mode in Mode) else {}
