"""Earned schedule: progress against time, measured in days (Lipke, Schedule is different, 2003).

The earned schedule ES is the day on which as much should have been earned as has been; the index
SPI(t) = ES / t tells how fast the plan runs: 1 as planned, 1/2 at half the pace.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planfolio.analyse.term import Term


def index_of_share(share: Fraction | None, *, term: Term) -> Fraction | None:
    """Return SPI(t) of a share (0..1) that is planned to grow evenly: p * T / t.

    None before the first day has passed, and where share, start or due are unknown.
    """
    length, elapsed = term.length, term.elapsed
    if share is None or length is None or elapsed is None or elapsed <= 0:
        return None
    return share * length / elapsed


def index_of_steps(
    planned: Mapping[int, Fraction], *, earned: Fraction, term: Term
) -> Fraction | None:
    """Return SPI(t) of weights that are planned for days of the term: ES / t.

    `planned` has the weight due on each day (counted from the start), `earned` is the weight
    reached. With `lo` the last planned day by which the planned weight is at most the earned one
    (0 if none) and `hi` the next planned day (T if none), ES is t within lo and hi: who is between
    two steps and has done the first is on plan.
    """
    length, elapsed = term.length, term.elapsed
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


def forecast(index: Fraction | None, *, share: Fraction | None, term: Term) -> date | None:
    """Return the finish at the pace so far: start + ceil(T / SPI(t)) days.

    None while nothing is earned, and where the day lies beyond the calendar.
    """
    if term.start is None or term.length is None or not share or not index:
        return None
    days = ceil(term.length / index)
    return term.start + timedelta(days) if days <= (date.max - term.start).days else None
