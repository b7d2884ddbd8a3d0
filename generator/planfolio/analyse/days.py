"""The days of a goal: how much of its time has gone, and how its progress compares with that.

All lengths are days. Progress against time is measured by earned schedule (Lipke, Schedule is
different, 2003): ES is the day by which as much was planned to be earned as has been, and the index
SPI(t) = ES / t is the pace: 1 as planned, 1/2 at half of that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planfolio.model.values.dates import PlanDate

FIRST_DAYS = 7
"""The days after the start in which the pace is not judged; a tenth of all days if that is more."""


def reached(value: PlanDate | None, *, as_of: date) -> date | None:
    """Return the day from which a dated fact counts, or None if it has no date or is to come.

    A partly given date counts once its first day is reached: `2026-09` does on 1 September.
    """
    if value is None or value.first > as_of:
        return None
    return value.first


@dataclass(frozen=True, slots=True)
class GoalDays:
    """The days from the start to the due day of a goal, either of which may be unknown."""

    start: date | None
    due: date | None
    as_of: date

    @property
    def length(self) -> int | None:
        """T: the days from start to due, at least 1."""
        if self.start is None or self.due is None:
            return None
        return max(1, (self.due - self.start).days)

    @property
    def elapsed(self) -> int | None:
        """t: the days from the start to as_of, negative before the start."""
        return None if self.start is None else (self.as_of - self.start).days

    @property
    def before_start(self) -> bool:
        """Whether the start is known and lies after as_of."""
        return self.start is not None and self.as_of < self.start

    @property
    def overdue(self) -> int | None:
        """The days since the due day, or None while it has not passed."""
        if self.due is None or self.as_of <= self.due:
            return None
        return (self.as_of - self.due).days

    @property
    def early(self) -> bool:
        """Whether it is too early to judge the pace: t < max(7, T / 10)."""
        if self.elapsed is None:
            return False
        return self.elapsed < FIRST_DAYS or 10 * self.elapsed < (self.length or 0)

    @property
    def expected(self) -> Fraction | None:
        """The share of the time that has gone: t / T, within 0 and 1."""
        if self.length is None or self.elapsed is None:
            return None
        return min(Fraction(1), max(Fraction(0), Fraction(self.elapsed, self.length)))

    def index_of_share(self, share: Fraction | None) -> Fraction | None:
        """Return SPI(t) of a share (0..1) that is planned to grow evenly: p * T / t.

        None before the first day has passed, and where share, start or due are unknown.
        """
        if share is None or self.length is None or self.elapsed is None or self.elapsed <= 0:
            return None
        return share * self.length / self.elapsed

    def index_of_weights(
        self, planned: Mapping[date, Fraction], *, earned: Fraction
    ) -> Fraction | None:
        """Return SPI(t) of weights that are planned for single days: ES / t.

        `planned` has the weight due on each day, `earned` is the weight reached. `lo` is the last
        planned day by which the planned weight is at most the earned one (0 if none), `hi` the next
        planned day (T if none), and ES is t within lo and hi: between two milestones of which the
        first is done, the plan is kept.
        """
        if self.start is None or self.length is None or self.elapsed is None or self.elapsed <= 0:
            return None
        lo, hi, so_far = 0, self.length, Fraction(0)
        for day in sorted(planned):
            so_far += planned[day]
            if so_far > earned:
                hi = (day - self.start).days
                break
            lo = (day - self.start).days
        return Fraction(min(hi, max(lo, self.elapsed)), self.elapsed)

    def forecast(self, index: Fraction | None, *, share: Fraction | None) -> date | None:
        """Return the finish at the pace so far: start + ceil(T / SPI(t)) days.

        None while nothing is earned, and where the day lies beyond the calendar.
        """
        if self.start is None or self.length is None or not share or not index:
            return None
        needed = ceil(self.length / index)
        return self.start + timedelta(needed) if needed <= (date.max - self.start).days else None


def goal_days(start: PlanDate | None, due: PlanDate | None, *, as_of: date) -> GoalDays:
    """Return the days from the first day of a start to the last day of a due date."""
    return GoalDays(start.first if start else None, due.last if due else None, as_of)
