"""Capacity: whether the plan fits the hours there are, and when each step is finished."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from planfolio.analyse.days import DaysOff
from planfolio.analyse.schedule import schedule
from planfolio.analyse.workload import workload
from planfolio.model.references import Key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from fractions import Fraction

    from planfolio.analyse.schedule import LateWindow, Schedule
    from planfolio.analyse.status import StepNumbers
    from planfolio.analyse.workload import Workload
    from planfolio.model.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """When the schedule has a step finished.

    It is worked on from `start` on, though not always without a break. `late_days` are those after
    its due day, 0 in time, None without one. It has to be finished by the `deadline`, the earliest
    due day among it and all that wait for it, and `slack_days` are left until then, below 0 where
    it is late; `latest_start` is the last day on which it can start so that it and all that wait
    for it are in time, if nothing else is worked on.
    """

    start: date
    finish: date
    late_days: int | None
    deadline: date | None
    slack_days: int | None
    latest_start: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """The hours a week, and whether the plan fits into them.

    All is unknown without hours a week. `fits` is None too where the effort of a step is not known
    and no other is late. `needed_hours_per_week` is the least that fits, rounded up to a tenth; it
    is None where no hours would do, because of the steps in `impossible`. `late` proves for each
    late step that there are too few hours. `projections` are those of open goals and milestones
    whose effort is known, in the order of the schedule; `chain` has the steps that decide when all
    are finished, those worked on without a break up to the end. `without_effort` are the steps
    whose hours are not known.
    """

    hours_per_week: Fraction | None
    fits: bool | None = None
    needed_hours_per_week: Fraction | None = None
    late: tuple[LateWindow, ...] = ()
    impossible: tuple[Key, ...] = ()
    projections: Mapping[Key, Projection] = field(default_factory=dict)
    chain: tuple[Key, ...] = ()
    without_effort: tuple[Key, ...] = ()


def capacity_of(plan: Plan, *, steps: Mapping[Key, StepNumbers], as_of: date) -> Capacity:
    """Return the schedule of the open steps; without hours a week there is none."""
    settings = plan.settings.plan
    hours = settings.hours_per_week
    if not hours:
        return Capacity(hours_per_week=hours)
    load = workload(plan, steps=steps, as_of=as_of)
    time_off = DaysOff.of((off.from_.first, off.to.last) for off in settings.time_off)
    found = schedule(load.steps, hours_per_week=hours, time_off=time_off, as_of=as_of)
    return Capacity(
        hours_per_week=hours,
        fits=False if found.late else None if load.without_effort else True,
        needed_hours_per_week=found.needed_hours_per_week,
        late=found.late,
        impossible=found.impossible,
        projections=_projections(load, found),
        chain=found.chain,
        without_effort=tuple(sorted(load.without_effort)),
    )


def _projections(load: Workload, found: Schedule) -> dict[Key, Projection]:
    """Return the projections of steps, and of goals that consist of them.

    A goal whose milestones are the steps is finished with the last of them, if the effort of all is
    known.
    """
    projections = {key: _projection(key, load, found) for key in found.finishes}
    place = {key: index for index, key in enumerate(found.finishes)}
    for id_, steps in load.steps_of.items():
        known = [key for key in steps if key in place]
        if known and load.without_effort.isdisjoint(steps):
            last = projections[max(known, key=place.__getitem__)]
            start = min(projections[key].start for key in known)
            projections[Key("goal", id_)] = replace(last, start=start)
    return projections


def _projection(key: Key, load: Workload, found: Schedule) -> Projection:
    finish, due, deadline = found.finishes[key], load.steps[key].due, found.deadlines.get(key)
    return Projection(
        start=found.starts[key],
        finish=finish,
        late_days=max(0, (finish - due).days) if due is not None else None,
        deadline=deadline,
        slack_days=(deadline - finish).days if deadline is not None else None,
        latest_start=found.latest.get(key),
    )
