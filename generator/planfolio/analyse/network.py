"""The network of steps: what waits for what, and the order, releases and deadlines that follow."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from graphlib import TopologicalSorter
from typing import NamedTuple

from planfolio.analyse.days import GoalDays
from planfolio.model.references import Key

NO_DEADLINE = date.max.toordinal()
"""The deadline of a step that has none."""


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


class StepNetwork:
    """Steps, each with its effective deadline and the release that it has with those before it.

    `deadline` is the ordinal of the earliest due day among a step and all that wait for it, `depth`
    the length of the longest chain of steps before it.
    """

    def __init__(self, steps: Mapping[Key, ScheduledStep], days: GoalDays) -> None:
        self.steps = steps
        self.days = days
        self._as_of = days.as_of.toordinal()
        graph = {key: step.after for key, step in steps.items()}
        self.order = tuple(TopologicalSorter(graph).static_order())
        self.waiting: dict[Key, list[Key]] = {key: [] for key in steps}
        self.depth: dict[Key, int] = {}
        self.released: dict[Key, date] = {}
        first = days.as_of + timedelta(days=1)
        for key in self.order:
            before = steps[key].after
            for other in before:
                self.waiting[other].append(key)
            self.depth[key] = max((self.depth[other] + 1 for other in before), default=0)
            own = max(first, steps[key].released)
            self.released[key] = max((own, *(self.released[other] for other in before)))
        self.deadline: dict[Key, int] = {}
        for key in reversed(self.order):
            due = steps[key].due
            own_due = due.toordinal() if due is not None else NO_DEADLINE
            self.deadline[key] = min((own_due, *(self.deadline[k] for k in self.waiting[key])))

    def working_days(self, last: int) -> int:
        """Return the number of working days after as_of up to a day, 0 before them."""
        if not self.days.paused.intervals:  # the schedule asks some ten times for each step
            return max(0, last - self._as_of)
        return max(0, self.days.day_number(date.fromordinal(last)) or 0)

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
            key for key, day in self.deadline.items() if self.steps[key].work and day != NO_DEADLINE
        ]
        own = {key: max(first, self.steps[key].released) for key in bound}
        for releases in (own, self.released):
            found = [k for k in bound if not self.days_between(releases[k], self.deadline[k])]
            if found:
                return tuple(sorted(found))
        return ()

    def deadline_of(self, key: Key) -> date | None:
        """Return the effective deadline of a step."""
        day = self.deadline[key]
        return date.fromordinal(day) if day != NO_DEADLINE else None
