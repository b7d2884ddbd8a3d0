"""Capacity: whether the plan fits the hours there are, and when each step is finished.

A goal is a step itself where none of its milestones has an effort; else its milestones are, and its
own effort does not count.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from planfolio.analyse.days import time_off
from planfolio.analyse.schedule import Capacity, Projection, ScheduledStep, schedule
from planfolio.analyse.status import StepNumbers
from planfolio.analyse.steps import due_of, effort_steps
from planfolio.model.kinds.goal import GoalKind
from planfolio.model.plan import Plan, Record
from planfolio.model.references import Key


def capacity_of(plan: Plan, *, steps: Mapping[Key, StepNumbers], as_of: date) -> Capacity:
    """Return the schedule of the open steps; without hours a week there is none."""
    hours = plan.settings.plan.hours_per_week
    if not hours:
        return Capacity(hours)
    steps_of = {
        goal: tuple(record.key for record in records if steps[record.key].is_open)
        for goal, records in effort_steps(plan, steps=steps).items()
        if steps[Key("goal", goal)].is_open
    }
    load = _workload(plan, steps_of, steps=steps, as_of=as_of)
    without_effort = {key for key in load if _is_effort_missing(key, plan, steps_of)}
    found = schedule(load, hours_per_week=hours, time_off=time_off(plan), as_of=as_of)
    known = {goal: own for goal, own in steps_of.items() if without_effort.isdisjoint(own)}
    return found._replace(
        fits=None if found.fits and without_effort else found.fits,
        projections={**found.projections, **_projections_of_goals(known, found.projections)},
        without_effort=tuple(sorted(without_effort)),
    )


def _workload(
    plan: Plan,
    steps_of: Mapping[str, tuple[Key, ...]],
    *,
    steps: Mapping[Key, StepNumbers],
    as_of: date,
) -> dict[Key, ScheduledStep]:
    """Return the open steps with what is left of their effort; none waits for any other.

    `steps_of` has for each open goal those that it consists of: itself or its milestones.
    """
    records: list[Record[Any]] = [m for m in plan.milestones.values() if steps[m.key].is_open]
    records += [goal for goal in plan.goals.values() if goal.key in steps_of.get(goal.id, ())]
    keys = {record.key for record in records}
    found: dict[Key, ScheduledStep] = {}
    for record in records:
        goal = plan.goal_of(record)
        due = due_of(record, goal)
        after = (*record.fields.after, *(goal.fields.after if goal is not None else ()))
        waits_for = (
            step
            for key in map(Key.parse, after)
            for step in (steps_of.get(key.id, ()) if key.kind == "goal" else (key,))
        )
        found[record.key] = ScheduledStep(
            key=record.key,
            work=_work_left(record, steps[record.key]),
            released=_released(record, plan) or as_of,
            due=due.last if due is not None else None,
            after=tuple(key for key in dict.fromkeys(waits_for) if key in keys),
        )
    return found


def _work_left(record: Record[Any], numbers: StepNumbers) -> Fraction:
    """Return the hours that are left: the effort less the share of its checklist or goal."""
    if record.fields.effort is None:
        return Fraction(0)
    leaves = record.body.leaves
    done = sum(task.done for task in leaves)
    share = Fraction(done, len(leaves)) if leaves else numbers.progress
    hours: Fraction = record.fields.effort.hours
    return hours * (1 - share) if share else hours


def _released(record: Record[Any], plan: Plan) -> date | None:
    """Return the written start of a record, else that of its goal, parent or plan.

    A start that follows from what it waits for is left out: the schedule computes it.
    """
    above: Record[Any] | None = record
    while above is not None:
        if above.start is not None and "start" not in above.inherited:
            return above.start.first
        is_goal = above.key.kind == "goal"
        above = plan.goals.get(above.fields.parent or "") if is_goal else plan.goal_of(above)
    start = plan.settings.plan.start
    return start.first if start is not None else None


def _is_effort_missing(key: Key, plan: Plan, steps_of: Mapping[str, tuple[Key, ...]]) -> bool:
    """Return whether hours are expected of a step and not known.

    None are expected of a habit, a direction, a goal with others below it, and a milestone whose
    goal is the step.
    """
    record = plan.records[key]
    if record.fields.effort is not None:
        return False
    if key.kind == "milestone":
        goal = plan.goal_of(record)
        return goal is None or key in steps_of[goal.id]
    fields = plan.goals[key.id].fields
    is_free = fields.kind in (GoalKind.HABIT, GoalKind.DIRECTION) or fields.cadence is not None
    return not is_free and key.id not in plan.children_of


def _projections_of_goals(
    steps_of: Mapping[str, tuple[Key, ...]], projections: Mapping[Key, Projection]
) -> dict[Key, Projection]:
    """Return the projections of goals: each is finished with the last of its steps."""
    place = {key: index for index, key in enumerate(projections)}
    found = {}
    for goal, steps in steps_of.items():
        own = sorted((key for key in steps if key in place), key=place.__getitem__)
        if own:
            start = min(projections[key].start for key in own)
            found[Key("goal", goal)] = projections[own[-1]]._replace(start=start)
    return found
