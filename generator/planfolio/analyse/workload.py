"""The workload: the open steps of a plan as the schedule needs them.

A goal is a step itself where none of its milestones has an effort; else its milestones are, and its
own effort does not count.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from planfolio.analyse.network import ScheduledStep
from planfolio.analyse.status import Status
from planfolio.model.kinds.goal import GoalKind
from planfolio.model.references import Key

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from datetime import date

    from planfolio.analyse.status import StepNumbers
    from planfolio.model.plan import Goal, Plan, Record


class Workload(NamedTuple):
    """The open steps to be scheduled.

    `steps_of` has for each open goal the steps that it consists of: itself or its milestones.
    `without_effort` are those whose hours are not known, though one would expect them.
    """

    steps: Mapping[Key, ScheduledStep]
    steps_of: Mapping[str, tuple[Key, ...]]
    without_effort: frozenset[Key]


def workload(plan: Plan, *, steps: Mapping[Key, StepNumbers], as_of: date) -> Workload:
    """Return the open steps with what is left of their effort; all others bind nobody."""
    steps_of: dict[str, tuple[Key, ...]] = {}
    records: dict[Key, Record[Any]] = {}
    for goal in plan.goals.values():
        own = plan.milestones_of.get(goal.id, ())
        left = [milestone for milestone in own if steps[milestone.key].open]
        records.update((milestone.key, milestone) for milestone in left)
        if not steps[goal.key].open:
            continue
        carried = any(
            milestone.fields.effort is not None
            and steps[milestone.key].status is not Status.DROPPED
            for milestone in own
        )
        steps_of[goal.id] = tuple(milestone.key for milestone in left) if carried else (goal.key,)
        if not carried:
            records[goal.key] = goal
    alone = [
        milestone
        for milestone in plan.milestones.values()
        if steps[milestone.key].open and milestone.fields.goal not in plan.goals
    ]
    records.update((milestone.key, milestone) for milestone in alone)
    scheduled = {
        key: ScheduledStep(
            key=key,
            work=_work_left(record, steps[record.key]),
            released=_released(record, plan) or as_of,
            due=_due(record, plan),
            after=_after(record, plan, steps_of=steps_of, open_keys=records.keys()),
        )
        for key, record in records.items()
    }
    counted = {key for keys in steps_of.values() for key in keys}
    counted.update(milestone.key for milestone in alone)
    return Workload(
        steps=scheduled,
        steps_of=steps_of,
        without_effort=frozenset(
            key
            for key in counted
            if records[key].fields.effort is None and not _is_free(records[key], plan)
        ),
    )


def _work_left(record: Record[Any], numbers: StepNumbers) -> Fraction:
    """Return the hours that are left: the effort less the share of its checklist or goal."""
    effort = record.fields.effort
    if effort is None:
        return Fraction(0)
    leaves = record.body.leaves
    done = sum(task.done for task in leaves)
    share = Fraction(done, len(leaves)) if leaves else numbers.progress
    hours: Fraction = effort.hours
    return hours * (1 - share) if share else hours


def _released(record: Record[Any], plan: Plan) -> date | None:
    """Return the written start of a record, else that of its goal, parent or plan.

    A start that follows from what it waits for is left out: the schedule knows that better.
    """
    seen: set[Key] = set()
    while record.key not in seen:
        seen.add(record.key)
        if record.start is not None and "start" not in record.inherited:
            return record.start.first
        above = plan.goals.get(_above(record) or "")
        if above is None:
            break
        record = above
    start = plan.settings.plan.start
    return start.first if start is not None else None


def _above(record: Record[Any]) -> str | None:
    name = "goal" if record.key.kind == "milestone" else "parent"
    found: str | None = getattr(record.fields, name, None)
    return found


def _due(record: Record[Any], plan: Plan) -> date | None:
    due = record.due
    if due is None and record.key.kind == "milestone":
        goal = plan.goal_of(record)
        due = goal.due if goal is not None else None
    return due.last if due is not None else None


def _after(
    record: Record[Any],
    plan: Plan,
    *,
    steps_of: Mapping[str, tuple[Key, ...]],
    open_keys: Container[Key],
) -> tuple[Key, ...]:
    """Return the open steps that a record waits for, by itself or with its goal."""
    written = list(getattr(record.fields, "after", ()))
    if record.key.kind == "milestone":
        goal = plan.goal_of(record)
        written += goal.fields.after if goal is not None else ()
    found: dict[Key, None] = {}
    for name in written:
        key = Key.parse(name)
        keys = steps_of.get(key.id, ()) if key.kind == "goal" else (key,)
        found.update((k, None) for k in keys if k in open_keys and k != record.key)
    return tuple(found)


def _is_free(record: Record[Any], plan: Plan) -> bool:
    """Return whether no hours are expected of a goal: a habit, a direction, a parent of others."""
    if record.key.kind != "goal":
        return False
    goal: Goal = record
    habit_or_direction = goal.fields.kind in (GoalKind.HABIT, GoalKind.DIRECTION)
    has_cadence = goal.fields.cadence is not None
    return habit_or_direction or has_cadence or goal.id in plan.children_of
