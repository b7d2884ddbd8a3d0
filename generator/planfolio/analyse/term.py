"""The term of a goal: its start and due day, seen on the day as_of. All lengths are days."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from planfolio.model.plan import Goal

FIRST_DAYS = 7
"""Before that many days, or a tenth of the term if that is longer, a pace says nothing."""


@dataclass(frozen=True, slots=True)
class Term:
    """From the first day of a start to the last day of a due, either of which may be unknown."""

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
    def overdue(self) -> int | None:
        """The days since the due day, or None while it has not passed."""
        if self.due is None or self.as_of <= self.due:
            return None
        return (self.as_of - self.due).days

    @property
    def early(self) -> bool:
        """Whether it is too early to judge a pace: t < max(7, T / 10)."""
        if self.elapsed is None:
            return False
        return self.elapsed < FIRST_DAYS or 10 * self.elapsed < (self.length or 0)

    @property
    def expected(self) -> Fraction | None:
        """The share of the time that has gone: t / T, within 0 and 1."""
        if self.length is None or self.elapsed is None:
            return None
        return min(Fraction(1), max(Fraction(0), Fraction(self.elapsed, self.length)))


def term_of(goal: Goal, *, as_of: date) -> Term:
    """Return the term of a goal."""
    start = goal.start.first if goal.start is not None else None
    due = goal.due.last if goal.due is not None else None
    return Term(start, due, as_of)
