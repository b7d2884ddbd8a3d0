"""Cadences: how often something is done."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Problem
from planfolio.model.values.number import ascii_form
from planfolio.spelling import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator


class Period(StrEnum):
    """The periods of the calendar that a cadence counts in; weeks start on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Cadence:
    """A number of times in each period."""

    text: str
    times: int
    every: Period

    @property
    def days(self) -> Fraction:
        """The usual length of a period in days: a month has 30.4, a quarter 91.3, a year 365.25."""
        return _DAYS[self.every]

    def periods(self, first: date, last: date) -> Iterator[tuple[date, date]]:
        """Yield first and last day of each period of the calendar from one day to another.

        The first period is the whole one that `first` lies in, and the last the one of `last`, so
        a start in mid-week still has its week.
        """
        start = _period_start(first, self.every)
        while start <= last:
            after = _next(start, self.every)
            yield start, after - timedelta(days=1)
            start = after


def read_cadence(text: str) -> Cadence:
    """Read `3/week`, `3 per week`, `week` (once), or `daily`, `weekly` and so on to `yearly`.

    Raises Problem for any other text, and for less than once in a period.
    """
    typed = text.strip()
    match = _CADENCE.fullmatch(typed)
    if match is None:
        raise _no_cadence(typed)
    period = _ADVERBS.get(match["adverb"].casefold()) if match["adverb"] else None
    every = period or Period(match["period"].casefold())
    times = int(match["times"] or 1)
    if times == 0:
        message = f"{quoted(text)} is never"
        raise Problem(message, f"write 1/{every} or more, or nothing")
    return Cadence(typed, times, every)


def _no_cadence(typed: str) -> Problem:
    plain = ascii_form(typed).casefold()
    match = re.fullmatch(rf"(?:1 ?/ ?|every )(?:\d+|other|two|second) ?({_PERIODS})s?", plain)
    if match is not None or plain in ("biweekly", "bi-weekly", "fortnightly"):
        message = f"{quoted(typed)} spans several periods, and a cadence counts in one"
        longer = _LONGER[Period(match[1])] if match is not None else "2/month"
        return Problem(message, f"write it in a longer one, as in {longer}")
    near = _near(plain) or "3/week, month, or daily, weekly, monthly, quarterly or yearly"
    return Problem(f"{quoted(typed)} is no cadence", f"write {near}")


def _near(plain: str) -> str | None:
    """Return the cadence that a text like `twice a week` or `3x/wk` means, or None."""
    match = re.fullmatch(
        rf"(?:([1-9]\d{{0,2}}|{'|'.join(_NUMBERS)})?\s*(?:x|times?)?)\s*(?:/|a|per|each|every)?\s*"
        r"(day|d|week|wk|w|month|mo|m|quarter|q|year|yr|y)s?",
        plain,
        re.ASCII,
    )
    if match is None:
        return "yearly" if plain in ("annually", "annual") else None
    word = match[1] or "once"
    number = _NUMBERS.get(word) or int(word)
    every = next(period for period in Period if period.startswith(match[2][0]))
    return every.value if number == 1 else f"{number}/{every.value}"


def _period_start(day: date, every: Period) -> date:
    if (months := _MONTHS.get(every)) is not None:
        return date(day.year, (day.month - 1) // months * months + 1, 1)
    return day - timedelta(days=day.weekday()) if every is Period.WEEK else day


def _next(day: date, every: Period) -> date:
    if (months := _MONTHS.get(every)) is not None:
        years, month = divmod(day.month - 1 + months, 12)
        return date(day.year + years, month + 1, 1)
    return day + timedelta(days=7 if every is Period.WEEK else 1)


_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}
_DAYS = dict(zip(Period, map(Fraction, ("1", "7", "30.4", "91.3", "365.25")), strict=True))
_LONGER = dict(zip(Period, ("3/week", "2/month", "2/quarter", "2/year", "year"), strict=True))
_ADVERBS = dict(zip(("daily", "weekly", "monthly", "quarterly", "yearly"), Period, strict=True))
_NUMBERS = {"once": 1, "one": 1, "twice": 2, "two": 2, "three": 3, "four": 4, "five": 5}
_PERIODS = "|".join(Period)
_CADENCE = re.compile(
    rf"(?:(?P<times>\d{{1,3}}) ?(?:/ ?|per +))?(?P<period>{_PERIODS})"
    rf"|(?P<adverb>{'|'.join(_ADVERBS)})",
    re.IGNORECASE | re.ASCII,
)
