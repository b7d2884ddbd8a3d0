"""Earned schedule: progress against time, measured in days (Lipke, Schedule is different, 2003).

The earned schedule ES is the day by which as much was planned to be earned as has been. The index
SPI(t) = ES / t is the pace: 1 as planned, 1/2 at half of that.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planfolio.analyse.days import GoalDays


def index_of_share(share: Fraction | None, *, days: GoalDays) -> Fraction | None:
    """Return SPI(t) of a share (0..1) that is planned to grow evenly: p * T / t.

    None before the first day has passed, and where share, start or due are unknown.
    """
    length, elapsed = days.length, days.elapsed
    if share is None or length is None or elapsed is None or elapsed <= 0:
        return None
    return share * length / elapsed


def index_of_weights(
    planned: Mapping[int, Fraction], *, earned: Fraction, days: GoalDays
) -> Fraction | None:
    """Return SPI(t) of weights that are planned for single days: ES / t.

    `planned` has the weight due on each day (counted from the start), `earned` is the weight
    reached. `lo` is the last planned day by which the planned weight is at most the earned one (0
    if none), `hi` the next planned day (T if none), and ES is t within lo and hi: between two
    milestones of which the first is done, the plan is kept.
    """
    length, elapsed = days.length, days.elapsed
    if length is None or elapsed is None or elapsed <= 0:
        return None
    lo, hi, so_far = 0, length, Fraction(0)
    for day in sorted(planned):
        so_far += planned[day]
        if so_far > earned:
            hi = day
            break
        lo = day
    return Fraction(min(hi, max(lo, elapsed)), elapsed)


def forecast(index: Fraction | None, *, share: Fraction | None, days: GoalDays) -> date | None:
    """Return the finish at the pace so far: start + ceil(T / SPI(t)) days.

    None while nothing is earned, and where the day lies beyond the calendar.
    """
    if days.start is None or days.length is None or not share or not index:
        return None
    needed = ceil(days.length / index)
    return days.start + timedelta(needed) if needed <= (date.max - days.start).days else None
