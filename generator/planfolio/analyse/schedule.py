"""The schedule: when each open step is finished, and whether the plan fits the hours there are.

One person is one machine that works on one step at a time. At each moment it works on the step with
the earliest effective deadline among those that are released and whose predecessors are finished.
This pre-emptive rule (earliest deadline first; Horn, Some simple scheduling algorithms, 1974)
minimises the largest lateness, so a late finish proves that the plan does not fit.

Positions on the axis of work are whole numbers: time off is cut out of it, each day that is left is
`rate` units long, and the work of all steps is counted in the same units.
"""

from bisect import bisect_left
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from graphlib import TopologicalSorter
from heapq import heapify, heappop, heappush
from math import ceil, lcm
from types import MappingProxyType
from typing import NamedTuple

from planfolio.analyse.days import DaysOff, GoalDays
from planfolio.model.references import Key

_NO_DEADLINE = date.max.toordinal()
_IDLE = _NO_DEADLINE + 1
"""The deadlines of a step that has none, and of doing nothing, which is later than that."""


class ScheduledStep(NamedTuple):
    """A step to be scheduled.

    `work` is what is left of its effort in hours: 0 for what takes no time or has no effort. It is
    `released` on a day, and waits for the steps in `after`, all of which are scheduled too.
    """

    key: Key
    work: Fraction
    released: date
    due: date | None
    after: tuple[Key, ...] = ()


class LateWindow(NamedTuple):
    """The proof that a step is late: between two days more hours are needed than there are.

    All work of the window can only begin in it and is due by its end, the due day of the step.
    `first` is None where no day is left until then.
    """

    step: Key
    first: date | None
    last: date
    needed_hours: Fraction
    available_hours: Fraction


class Projection(NamedTuple):
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


class Capacity(NamedTuple):
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
    projections: Mapping[Key, Projection] = MappingProxyType({})
    chain: tuple[Key, ...] = ()
    without_effort: tuple[Key, ...] = ()


def schedule(
    steps: Mapping[Key, ScheduledStep], *, hours_per_week: Fraction, time_off: DaysOff, as_of: date
) -> Capacity:
    """Schedule steps from the day after as_of on, with hours_per_week / 7 on each working day.

    No steps wait for each other in a cycle.
    """
    network = _Network(steps, GoalDays(as_of, None, as_of, time_off))
    run = _Run(network, hours_per_week / 7)
    impossible = network.impossible()
    late = run.late_windows()
    return Capacity(
        hours_per_week,
        fits=not late,
        needed_hours_per_week=None if impossible else _needed(network),
        late=late,
        impossible=impossible,
        projections=run.projections(),
        chain=run.last_chain(),
    )


class _Network:
    """Steps, each with its effective deadline and the release that it has with those before it.

    `deadline` is the ordinal of the earliest due day among a step and all that wait for it, `depth`
    the length of the longest chain of steps before it.
    """

    def __init__(self, steps: Mapping[Key, ScheduledStep], days: GoalDays) -> None:
        self.steps = steps
        self.days = days
        graph = {key: step.after for key, step in steps.items()}
        self.order = tuple(TopologicalSorter(graph).static_order())
        self.waiting: dict[Key, list[Key]] = {key: [] for key in steps}
        self.depth: dict[Key, int] = {}
        self.released: dict[Key, date] = {}
        self.first_day = days.as_of + timedelta(days=1)
        for key in self.order:
            before = steps[key].after
            for other in before:
                self.waiting[other].append(key)
            self.depth[key] = max((self.depth[other] + 1 for other in before), default=0)
            own = max(self.first_day, steps[key].released)
            self.released[key] = max((own, *(self.released[other] for other in before)))
        self.deadline: dict[Key, int] = {}
        for key in reversed(self.order):
            due = steps[key].due
            own_due = due.toordinal() if due is not None else _NO_DEADLINE
            self.deadline[key] = min((own_due, *(self.deadline[k] for k in self.waiting[key])))

    def working_days(self, last: int) -> int:
        """Return the number of working days after as_of up to a day, 0 before them."""
        return max(0, self.days.day_number(date.fromordinal(last)) or 0)

    def days_between(self, first: date, last: int) -> int:
        """Return the number of working days from one day up to another, 0 where there are none."""
        before = self.working_days(first.toordinal() - 1)
        return max(0, self.working_days(last) - before)

    def impossible(self) -> tuple[Key, ...]:
        """Return the steps between whose release and deadline there is no working day.

        The release is a step's own; where none is found so, that of what it waits for counts too.
        """
        bound = [
            key
            for key, day in self.deadline.items()
            if self.steps[key].work and day != _NO_DEADLINE
        ]
        own = {key: max(self.first_day, self.steps[key].released) for key in bound}
        for releases in (own, self.released):
            found = [k for k in bound if not self.days_between(releases[k], self.deadline[k])]
            if found:
                return tuple(sorted(found))
        return ()


class _Run:
    """One run of the machine at a number of hours a day."""

    def __init__(self, network: _Network, hours_per_day: Fraction) -> None:
        self.network = network
        hours = {key: step.work for key, step in network.steps.items()}
        self.units = hours_per_day.denominator * lcm(*{h.denominator for h in hours.values()})
        self.rate = int(hours_per_day * self.units)
        self.work = {k: h.numerator * (self.units // h.denominator) for k, h in hours.items()}
        self.left = dict(self.work)
        self.finish: dict[Key, int] = {}
        self.released_at: dict[int, date] = {}
        self.begin: dict[Key, int] = {}
        self.busy_from = 0
        # By step the last moment before its end that was idle or spent on a later deadline.
        self.windows: dict[Key, int] = {}
        # The pieces of work so far whose deadline is later than those of all after them, as
        # (-deadline, end). Idle time is a piece with the latest deadline of all.
        self._later: list[tuple[int, int]] = [(-_IDLE, 0)]
        self._work()

    def _work(self) -> None:
        network, now, worked = self.network, 0, 0
        missing = {key: len(step.after) for key, step in network.steps.items()}
        waiting = [(self._position(key), key) for key, count in missing.items() if count == 0]
        heapify(waiting)
        ready: list[tuple[int, int, str, str, Key]] = []
        while waiting or ready:
            while waiting and waiting[0][0] <= now:
                _, key = heappop(waiting)
                if self.left[key]:
                    rank = (network.deadline[key], network.depth[key], key.id, key.kind)
                    heappush(ready, (*rank, key))
                else:
                    self._finished(key, now, missing, waiting)
            if ready:
                key = ready[0][-1]
                end = now + self.left[key]
                until = min(end, waiting[0][0]) if waiting else end
                self.released_at.setdefault(now, network.released[key])
                self.begin.setdefault(key, now)
                if worked < now:
                    self.busy_from = now
                self.left[key] -= until - now
                now = worked = until
                self._passed(network.deadline[key], now)
                if until == end:
                    heappop(ready)
                    self._finished(key, now, missing, waiting)
            elif waiting:
                now = waiting[0][0]
                self._passed(_IDLE, now)

    def _position(self, key: Key) -> int:
        return self._end_of(self.network.steps[key].released.toordinal() - 1)

    def _finished(
        self, key: Key, now: int, missing: dict[Key, int], waiting: list[tuple[int, Key]]
    ) -> None:
        self.finish[key] = now
        due = self.network.steps[key].due
        own = due.toordinal() if due is not None else _NO_DEADLINE
        later = bisect_left(self._later, (-own, -1))
        self.windows[key] = self._later[later - 1][1] if later else 0
        for other in self.network.waiting[key]:
            missing[other] -= 1
            if missing[other] == 0:
                heappush(waiting, (max(now, self._position(other)), other))

    def _passed(self, deadline: int, end: int) -> None:
        while self._later and -self._later[-1][0] <= deadline:
            self._later.pop()
        self._later.append((-deadline, end))

    def projections(self) -> dict[Key, Projection]:
        """Return when each step with work is finished, the first finished first."""
        network, latest = self.network, self._latest_starts()
        found = {}
        for key in self.in_order:
            if not self.work[key]:
                continue
            start, finish = self._day(self.begin[key]), self._day(self.finish[key] - 1)
            if start is None or finish is None:
                continue
            due, day = network.steps[key].due, network.deadline[key]
            deadline = date.fromordinal(day) if day != _NO_DEADLINE else None
            found[key] = Projection(
                start=start,
                finish=finish,
                late_days=max(0, (finish - due).days) if due is not None else None,
                deadline=deadline,
                slack_days=(deadline - finish).days if deadline is not None else None,
                latest_start=self._day(latest[key]) if latest.get(key, -1) >= 0 else None,
            )
        return found

    def _day(self, moment: int) -> date | None:
        """Return the day on which the work after a moment is done."""
        return self.network.days.date_of(moment // self.rate + 1)

    def _latest_starts(self) -> dict[Key, int]:
        """Return the last moment at which each step can start, backwards from the due days."""
        network = self.network
        latest: dict[Key, int] = {}
        for key in reversed(network.order):
            ends = [latest[other] for other in network.waiting[key] if other in latest]
            due = network.steps[key].due
            if due is not None:
                ends.append(self._end_of(due.toordinal()))
            if ends:
                latest[key] = min(ends) - self.work[key]
        return latest

    def last_chain(self) -> tuple[Key, ...]:
        """Return the steps worked on since the last idle moment, the first finished first."""
        found = (key for key in self.in_order if self.work[key])
        return tuple(key for key in found if self.finish[key] > self.busy_from)

    def late_windows(self) -> tuple[LateWindow, ...]:
        """Return a window for each step that is late by its own due day, in order."""
        found = []
        for key in self.in_order:
            due, start = self.network.steps[key].due, self.windows[key]
            if due is not None and self._is_late(key, due.toordinal()):
                needed = Fraction(self.finish[key] - start, self.units)
                available = Fraction(max(0, self._end_of(due.toordinal()) - start), self.units)
                first = self.released_at.get(start, self.network.first_day)
                first_day = first if first <= due else None
                found.append(LateWindow(key, first_day, due, needed, available))
        return tuple(found)

    def _end_of(self, day: int) -> int:
        """Return the moment at which a day ends."""
        return self.rate * self.network.working_days(day)

    def _is_late(self, key: Key, day: int) -> bool:
        """Return whether a step is finished after a day, and not as soon as it is released.

        In that case more hours would not help.
        """
        finish, released = self.finish[key], self.network.released[key].toordinal() - 1
        return finish > self._end_of(day) and finish > self._end_of(released)

    @cached_property
    def in_order(self) -> list[Key]:
        """The steps, the first finished first."""
        return sorted(self.finish, key=lambda key: (self.finish[key], key))


def _needed(network: _Network) -> Fraction:
    """Return the least hours a week that fit, rounded up to a tenth; some hours always do.

    The hours that a step needs alone are a first bound. At each bound the windows of the steps that
    are late ask for more, until none is late.
    """
    hours, days = 0, 1
    for key, step in network.steps.items():
        if step.work and network.deadline[key] != _NO_DEADLINE:
            there = network.days_between(network.released[key], network.deadline[key])
            there *= step.work.denominator
            if step.work.numerator * days > hours * there:  # fractions compare ten times as slowly
                hours, days = step.work.numerator, there
    rate = Fraction(hours, days)
    while rate:
        late = _Run(network, rate).late_windows()
        demands = [
            rate * window.needed_hours / window.available_hours
            for window in late
            if window.available_hours
        ]
        if not demands:
            break
        rate = max(demands)
    return Fraction(ceil(rate * 7 * 10), 10)
