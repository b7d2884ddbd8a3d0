"""The days of a goal: how much of its time has gone, and how its progress compares with that.

All lengths are days on which the goal is not paused. Progress against time is measured by earned
schedule (Lipke, Schedule is different, 2003): ES is the day by which as much was planned to be
earned as has been, and the index SPI(t) = ES / t is the pace: 1 as planned, 1/2 at half of that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import ceil

from planfolio.model.kinds.kind import Pause
from planfolio.model.plan import Goal, Plan
from planfolio.model.values.dates import PlanDate

FIRST_DAYS = 7
"""The days after the start in which the pace is not judged; a tenth of all days if that is more."""


def counts_from(value: PlanDate | None, *, as_of: date) -> date | None:
    """Return the day from which something dated counts, or None if it has no date or is to come.

    A partly given date counts once its first day is reached: `2026-09` does on 1 September.
    """
    if value is None or value.first > as_of:
        return None
    return value.first


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Days that do not count: intervals in order that neither meet nor overlap, ends included."""

    intervals: tuple[tuple[date, date], ...] = ()

    @classmethod
    def of(cls, intervals: Iterable[tuple[date, date]]) -> "DaysOff":
        """Join intervals that overlap or follow on each other; one that ends before it starts is
        left out.
        """
        joined: list[tuple[date, date]] = []
        for first, last in sorted(intervals):
            if last < first:
                continue
            if joined and first.toordinal() <= joined[-1][1].toordinal() + 1:
                joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
            else:
                joined.append((first, last))
        return cls(tuple(joined))

    def count(self, first: date, last: date) -> int:
        """Return how many of the days from `first` to `last`, both included, are off."""
        overlaps = ((min(b, last) - max(a, first)).days + 1 for a, b in self.intervals)
        return sum(days for days in overlaps if days > 0)

    @property
    def endless_from(self) -> date | None:
        """The first day of an interval without an end."""
        endless = self.intervals and self.intervals[-1][1] == date.max
        return self.intervals[-1][0] if endless else None

    def __contains__(self, day: date) -> bool:
        """Tell whether a day is off."""
        return any(first <= day <= last for first, last in self.intervals)


NO_DAYS_OFF = DaysOff()
"""No day off."""


class GoalDays:
    """The days from the start to the due day of a goal, either of which may be unknown."""

    def __init__(
        self, start: date | None, due: date | None, as_of: date, paused: DaysOff = NO_DAYS_OFF
    ) -> None:
        self.start, self.due, self.as_of, self.paused = start, due, as_of, paused

    @cached_property
    def length(self) -> int | None:
        """T: the days after the start up to the due day, at least 1."""
        number = self.day_number(self.due) if self.due is not None else None
        return max(1, number) if number is not None else None

    @cached_property
    def elapsed(self) -> int | None:
        """t: the days after the start up to as_of, negative before the start."""
        return self.day_number(self.as_of)

    def day_number(self, day: date) -> int | None:
        """Return the number of a day: how many days after the start it is; None without a start."""
        return None if self.start is None else self.between(self.start, day)

    def between(self, first: date, last: date) -> int:
        """Return the days after `first` up to `last` that are not paused."""
        days = (last - first).days
        if days <= 0 or not self.paused.intervals:
            return days
        return days - self.paused.count(date.fromordinal(first.toordinal() + 1), last)

    def date_of(self, number: int) -> date | None:
        """Return the day of a number after the start; None where an endless pause comes first."""
        if self.start is None:
            return None
        start = self.start.toordinal()
        day = start + number
        for first, last in self.paused.intervals:
            begins = max(first.toordinal(), start + 1)
            if begins <= day:
                day += max(0, last.toordinal() - begins + 1)
        return date.fromordinal(day) if day <= date.max.toordinal() else None

    @property
    def before_start(self) -> bool:
        """Whether the start is known and lies after as_of."""
        return self.start is not None and self.as_of < self.start

    @property
    def overdue(self) -> int | None:
        """The days since the due day, or None while it has not passed."""
        days = self.slip(self.as_of)
        return days if days is not None and days > 0 else None

    def slip(self, day: date | None) -> int | None:
        """Return the days from the due day to another; None where one of them is unknown."""
        return (day - self.due).days if day is not None and self.due is not None else None

    @property
    def is_early(self) -> bool:
        """Whether it is too early to judge the pace: t < max(7, T / 10)."""
        if self.elapsed is None:
            return False
        return self.elapsed < FIRST_DAYS or 10 * self.elapsed < (self.length or 0)

    @property
    def expected(self) -> Fraction | None:
        """The share of the time that has gone: t / T, within 0 and 1."""
        if self.length is None or self.elapsed is None:
            return None
        return Fraction(min(self.length, max(0, self.elapsed)), self.length)

    def index_of_share(self, share: Fraction | None) -> Fraction | None:
        """Return SPI(t) of a share (0..1) that is planned to grow evenly: p * T / t.

        None before the first day has passed, and where share, start or due are unknown.
        """
        if share is None or self.length is None or self.elapsed is None or self.elapsed <= 0:
            return None
        return share * self.length / self.elapsed

    def index_of_weights(
        self, planned: Mapping[int, Fraction | int], *, earned: Fraction | int
    ) -> Fraction | None:
        """Return SPI(t) of weights that are planned for single days: ES / t.

        `planned` has the weight due on each numbered day, `earned` is the weight reached. `lo` is
        the last planned day by which the planned weight is at most the earned one (0 if none), `hi`
        the next planned day (T if none), and ES is t within lo and hi: between two milestones of
        which the first is done, the plan is kept.
        """
        if self.length is None or self.elapsed is None or self.elapsed <= 0:
            return None
        lo, hi = 0, self.length
        so_far: Fraction | int = 0
        for number in sorted(planned):
            so_far += planned[number]
            if so_far > earned:
                hi = number
                break
            lo = number
        return Fraction(min(hi, max(lo, self.elapsed)), self.elapsed)

    def finish(self, index: Fraction | None, *, share: Fraction | None) -> date | None:
        """Return the finish at the pace so far: the day of the number ceil(T / SPI(t)).

        None while nothing is earned, and where the day lies beyond the calendar.
        """
        if self.length is None or not share or not index:
            return None
        return self.date_of(ceil(self.length / index))


def days_between(
    start: PlanDate | None,
    due: PlanDate | None,
    *,
    as_of: date,
    pauses: Sequence[Pause] = (),
) -> GoalDays:
    """Return the days from the first day of a start to the last day of a due date."""
    paused = NO_DAYS_OFF
    if pauses:
        paused = DaysOff.of((p.from_.first, p.to.last if p.to else date.max) for p in pauses)
    return GoalDays(start.first if start else None, due.last if due else None, as_of, paused)


def days_of_goal(goal: Goal, *, as_of: date) -> GoalDays:
    """Return the days of a goal, without those of its pauses."""
    return days_between(goal.start, goal.due, as_of=as_of, pauses=goal.fields.paused)


def time_off(plan: Plan) -> DaysOff:
    """Return the days on which nobody works on a plan."""
    off = plan.settings.plan.time_off
    return DaysOff.of((entry.from_.first, entry.to.last) for entry in off)
