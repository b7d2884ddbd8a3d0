"""The schedule: when each open step is finished, and whether the plan fits the hours there are.

One person is one machine that works on one step at a time. At each moment it works on the step with
the earliest effective deadline among those that are released and whose predecessors are finished.
This pre-emptive rule (earliest deadline first; Horn, Some simple scheduling algorithms, 1974)
minimises the largest lateness, so a late finish proves that the plan does not fit.

Positions on the axis of work are whole numbers: time off is cut out of it, each day that is left is
`rate` units long, and the work of all steps is counted in the same units.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import ceil, lcm
from typing import TYPE_CHECKING

from planfolio.analyse.days import GoalDays

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planfolio.analyse.days import DaysOff
    from planfolio.model.plan import Key

_NEVER = date.max.toordinal()
"""The deadline of a step that has none."""

_IDLE = _NEVER + 1
"""The deadline of doing nothing, later than that of any step."""


@dataclass(frozen=True, slots=True)
class ScheduledStep:
    """A step to be scheduled.

    `work` is what is left of its effort in hours: 0 for what takes no time or has no effort. It is
    `released` on a day, and waits for the steps in `after`, all of which are scheduled too.
    """

    key: Key
    work: Fraction
    released: date
    due: date | None
    after: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class LateWindow:
    """The proof that a step is late: between two days more hours are asked than there are.

    All work of the window can only begin in it and is due by its end, the due day of the step.
    """

    step: Key
    first: date
    last: date
    asked: Fraction
    there: Fraction


@dataclass(frozen=True, slots=True)
class Schedule:
    """When steps are finished, by key, in the order of their finish.

    `deadlines` are effective: the earliest due day among a step and all that wait for it. `latest`
    is the last day on which a step can start and still meet it, if it alone is worked on. `late`
    has a window for each late step. `needed_hours_per_week` is the least that fits, rounded up to a
    tenth; it is None where no hours would do, and `impossible` names the steps that prevent it.
    """

    finishes: Mapping[Key, date]
    deadlines: Mapping[Key, date]
    latest: Mapping[Key, date]
    late: tuple[LateWindow, ...]
    impossible: tuple[Key, ...]
    needed_hours_per_week: Fraction | None


def schedule(
    steps: Mapping[Key, ScheduledStep], *, hours_per_week: Fraction, time_off: DaysOff, as_of: date
) -> Schedule:
    """Schedule steps from the day after as_of on, with hours_per_week / 7 on each working day.

    Where steps wait for each other in a cycle, which is an error, they do not wait.
    """
    network = _Network(steps, GoalDays(as_of, None, as_of, time_off))
    run = _Run(network, hours_per_week / 7)
    impossible = network.impossible()
    return Schedule(
        finishes=run.finish_days(),
        deadlines=network.deadlines(),
        latest=network.latest_starts(hours_per_week / 7),
        late=run.late_windows(),
        impossible=impossible,
        needed_hours_per_week=None if impossible else _needed(network),
    )


class _Network:
    """Steps, what waits for what, and what follows from that: order, deadlines and releases."""

    def __init__(self, steps: Mapping[Key, ScheduledStep], days: GoalDays) -> None:
        self.steps = steps
        self.days = days
        self._counted: dict[int, int] = {}
        self.order = self._in_order()
        place = {key: index for index, key in enumerate(self.order)}
        self.after = {
            key: [other for other in step.after if place[other] < place[key]]
            for key, step in steps.items()
        }
        self.waiting: dict[Key, list[Key]] = {key: [] for key in steps}
        self.depth: dict[Key, int] = {}
        self.released: dict[Key, date] = {}
        first = days.as_of + timedelta(days=1)
        for key in self.order:
            before = self.after[key]
            for other in before:
                self.waiting[other].append(key)
            self.depth[key] = max((self.depth[other] + 1 for other in before), default=0)
            own = max(first, steps[key].released)
            self.released[key] = max((own, *(self.released[other] for other in before)))
        self.deadline: dict[Key, int] = {}
        for key in reversed(self.order):
            due = steps[key].due
            own_due = due.toordinal() if due is not None else _NEVER
            self.deadline[key] = min((own_due, *(self.deadline[k] for k in self.waiting[key])))

    def _in_order(self) -> list[Key]:
        """Return the steps, each after those that it waits for; of a cycle in the order of keys."""
        left = {key: len(step.after) for key, step in self.steps.items()}
        waiting: dict[Key, list[Key]] = {}
        for key, step in self.steps.items():
            for other in step.after:
                waiting.setdefault(other, []).append(key)
        ready = [key for key, count in left.items() if count == 0]
        order = []
        while ready:
            key = ready.pop()
            order.append(key)
            del left[key]
            for other in waiting.get(key, ()):
                left[other] -= 1
                if left[other] == 0:
                    ready.append(other)
        return [*order, *sorted(left)]

    def working_days(self, last: int) -> int:
        """Return the number of working days after as_of up to a day, 0 before them."""
        if last not in self._counted:  # each run asks for the same few days
            self._counted[last] = max(0, self.days.number(date.fromordinal(last)) or 0)
        return self._counted[last]

    def days_between(self, first: date, last: int) -> int:
        """Return the number of working days from one day up to another, 0 where there are none."""
        before = self.working_days(first.toordinal() - 1)
        return max(0, self.working_days(last) - before)

    def impossible(self) -> tuple[Key, ...]:
        """Return the steps between whose release and deadline there is no working day.

        The release is a step's own; where none is found so, that of what it waits for counts too.
        """
        first = self.days.as_of + timedelta(days=1)
        bound = [
            key for key, day in self.deadline.items() if self.steps[key].work and day != _NEVER
        ]
        own = {key: max(first, self.steps[key].released) for key in bound}
        for releases in (own, self.released):
            found = [k for k in bound if not self.days_between(releases[k], self.deadline[k])]
            if found:
                return tuple(sorted(found))
        return ()

    def deadlines(self) -> dict[Key, date]:
        """Return the effective deadline of each step that has one."""
        return {key: date.fromordinal(day) for key, day in self.deadline.items() if day != _NEVER}

    def latest_starts(self, hours_per_day: Fraction) -> dict[Key, date]:
        """Return the last day on which each step can start and still meet its deadline."""
        found = {}
        for key, step in self.steps.items():
            if step.work and self.deadline[key] != _NEVER:
                number = self.working_days(self.deadline[key]) - ceil(step.work / hours_per_day) + 1
                day = self.days.day(number) if number > 0 else None
                if day is not None:
                    found[key] = day
        return found


class _Run:
    """One run of the machine at a number of hours a day."""

    def __init__(self, network: _Network, hours_per_day: Fraction) -> None:
        self.network = network
        work = {key: step.work for key, step in network.steps.items()}
        self.units = hours_per_day.denominator * lcm(
            *(hours.denominator for hours in work.values())
        )
        self.rate = int(hours_per_day * self.units)
        self.left = {
            key: hours.numerator * (self.units // hours.denominator) for key, hours in work.items()
        }
        self.finish: dict[Key, int] = {}
        self.released_at: dict[int, date] = {}
        self.starts: dict[Key, tuple[int, int]] = {}
        # The pieces of work so far whose deadline is later than those of all after them, as
        # (-deadline, end). Idle time is a piece with the latest deadline of all.
        self._later: list[tuple[int, int]] = [(-_IDLE, 0)]
        self._work()

    def _work(self) -> None:
        network, now = self.network, 0
        missing = {key: len(before) for key, before in network.after.items()}
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
                self.left[key] -= until - now
                now = until
                self._passed(network.deadline[key], now)
                if until == end:
                    heappop(ready)
                    self._finished(key, now, missing, waiting)
            elif waiting:
                now = waiting[0][0]
                self._passed(_IDLE, now)

    def _position(self, key: Key) -> int:
        day = self.network.steps[key].released.toordinal() - 1
        return self.rate * self.network.working_days(day)

    def _finished(
        self, key: Key, now: int, missing: dict[Key, int], waiting: list[tuple[int, Key]]
    ) -> None:
        self.finish[key] = now
        due = self.network.steps[key].due
        own = due.toordinal() if due is not None else _NEVER
        self.starts[key] = self._window_start(own), self._window_start(self.network.deadline[key])
        for other in self.network.waiting[key]:
            missing[other] -= 1
            if missing[other] == 0:
                heappush(waiting, (max(now, self._position(other)), other))

    def _passed(self, deadline: int, end: int) -> None:
        while self._later and -self._later[-1][0] <= deadline:
            self._later.pop()
        self._later.append((-deadline, end))

    def _window_start(self, deadline: int) -> int:
        """Return the last moment so far that was idle or spent on a later deadline."""
        later = bisect_left(self._later, (-deadline, -1))
        return self._later[later - 1][1] if later else 0

    def finish_days(self) -> dict[Key, date]:
        """Return the day on which each step with work is finished, the first finished first."""
        found = {}
        for key in self._in_order():
            day = self.network.days.day(-(-self.finish[key] // self.rate))
            if day is not None and self.network.steps[key].work:
                found[key] = day
        return found

    def late_windows(self) -> tuple[LateWindow, ...]:
        """Return a window for each step that is late by its own due day, in order."""
        found = []
        first = self.network.days.as_of + timedelta(days=1)
        for key in self._in_order():
            due, start = self.network.steps[key].due, self.starts[key][0]
            if due is None or self.finish[key] == start:
                continue
            end = self.rate * self.network.working_days(due.toordinal())
            if self.finish[key] > end:
                asked = Fraction(self.finish[key] - start, self.units)
                there = Fraction(max(0, end - start), self.units)
                found.append(LateWindow(key, self.released_at.get(start, first), due, asked, there))
        return tuple(found)

    def demands(self) -> list[Fraction]:
        """Return the hours a day that the windows of steps late by their deadline ask for."""
        found = []
        for key, (_, start) in self.starts.items():
            deadline = self.network.deadline[key]
            if deadline == _NEVER or self.finish[key] == start:
                continue
            end = self.rate * self.network.working_days(deadline)
            if self.finish[key] > end > start:
                asked = self.rate * (self.finish[key] - start)
                found.append(Fraction(asked, self.units * (end - start)))
        return found

    def _in_order(self) -> list[Key]:
        return sorted(self.finish, key=lambda key: (self.finish[key], key))


def _needed(network: _Network) -> Fraction:
    """Return the least hours a week that fit, rounded up to a tenth; some hours always do.

    The hours that a step needs alone are a first bound. At each bound the windows of the steps that
    are late ask for more, until none is late.
    """
    rate = max(
        (
            step.work / network.days_between(network.released[key], network.deadline[key])
            for key, step in network.steps.items()
            if step.work and network.deadline[key] != _NEVER
        ),
        default=Fraction(0),
    )
    while rate:
        demands = _Run(network, rate).demands()
        if not demands:
            break
        rate = max(demands)
    return Fraction(ceil(rate * 7 * 10), 10)
