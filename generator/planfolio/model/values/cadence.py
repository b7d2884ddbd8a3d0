"""Cadences: how often something is done."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

from planfolio.message_text import quoted
from planfolio.model.diagnostics import Problem
from planfolio.model.values.amounts import read_percent
from planfolio.model.values.dates import Offset, PlanDate


class Period(StrEnum):
    """The periods of the calendar that a cadence counts in; weeks start on Monday."""

    DAY = "day"
    WEEKDAY = "weekday"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class CalendarPeriod(NamedTuple):
    """The first and the last day of a period."""

    first: date
    last: date


class Cadence(NamedTuple):
    """A number of times in each period, or in each `span` periods ("2 weeks").

    `share` (0..1) is how much of it is enough.
    """

    text: str
    times: int
    every: Period
    span: int = 1
    share: Fraction = Fraction(1)

    @property
    def days(self) -> Fraction:
        """The usual length of a period in days: a month has 30.4, a quarter 91.3, a year 365.25."""
        return self.span * _DAYS[self.every]

    def after(self, day: date) -> date:
        """Return when it is due again: once a month is on the same day of the next."""
        months = _MONTHS.get(self.every)
        if self.times == 1 and months is not None:
            return Offset("", months=months * self.span, days=0).from_day(day)
        return day + timedelta(days=max(1, int(self.days / self.times)))

    def period_of(self, day: date, *, start: date) -> CalendarPeriod | None:
        """Return the period that a day lies in; None for a weekend of `weekdays`.

        Periods of several weeks, months and so on are counted from the one that `start` lies in.
        """
        if self.every is Period.WEEKDAY and day.weekday() >= _WEEKEND:
            return None
        number = _number(day, self.every)
        number -= (number - _number(start, self.every)) % self.span
        last = _first_day(number + self.span, self.every) - timedelta(days=1)
        return CalendarPeriod(_first_day(number, self.every), last)

    def periods(self, first: date, last: date, *, start: date) -> Iterator[CalendarPeriod]:
        """Yield each period that has a day from `first` to `last`, whole, in order."""
        day = first
        while day <= last:
            period = self.period_of(day, start=start)
            if period is not None:
                yield period
            day = (period.last if period is not None else day) + timedelta(days=1)

    def is_within_one(self, value: PlanDate) -> bool:
        """Tell whether a date as given, which may be a month, lies in one period."""
        return _number(value.first, self.every) == _number(value.last, self.every)


def read_cadence(typed: str | dict[str, Any]) -> Cadence:
    """Read `3/week`, `3 per week`, `week` (once), `2 weeks` (once in two), `daily` to `yearly`.

    The long form is `{every: week, times: 3, share: 80%}`. Raises Problem for any other text or
    keys, and for less than once in a period.
    """
    return _short_form(typed) if isinstance(typed, str) else _long_form(typed)


def _long_form(typed: dict[str, Any]) -> Cadence:
    given = {key: entry for key, entry in typed.items() if entry is not None}
    texts = all(isinstance(entry, str) for entry in given.values())
    if not texts or "every" not in given or not set(given) <= {"every", "times", "share"}:
        message = "a cadence in keys has `every`, a period, and perhaps `times` and `share`"
        raise Problem(message, "write {every: week, times: 3, share: 80%}, or 3/week")
    cadence = _short_form(f"{given.get('times', '1')}/{given['every']}")
    if "share" not in given:
        return cadence
    try:
        share = read_percent(given["share"].strip().removesuffix("%"))
        if share == 0:
            raise Problem("a share of 0 % asks for nothing", "write 80%, or leave it out")
    except Problem as problem:
        problem.key = "share"
        raise
    return cadence._replace(share=share / 100)


def _short_form(text: str) -> Cadence:
    typed = text.strip()
    match = re.fullmatch(_CADENCE, typed)
    if match is None:
        hint = (
            "write 3/week, month, weekdays, daily, weekly, monthly to yearly, "
            "or 2 weeks for every two weeks"
        )
        raise Problem(f"{quoted(typed)} is no cadence", hint)
    if match["adverb"]:
        return Cadence(typed, 1, _ADVERBS[match["adverb"].casefold()])
    every = Period((match["period"] or match["periods"]).casefold().removesuffix("s"))
    times, span = int(match["times"] or 1), int(match["span"] or 1)
    if times == 0 or span == 0:
        message = f"{quoted(text)} is never"
        raise Problem(message, f"write 1/{every} or more, or nothing")
    return Cadence(typed, times, every, span)


def _number(day: date, every: Period) -> int:
    """Return the number of the period that a day lies in; those of neighbours differ by one."""
    if (months := _MONTHS.get(every)) is not None:
        return (day.year * 12 + day.month - 1) // months
    if every is Period.WEEK:  # the first day of the calendar, number 1, was a Monday
        return (day.toordinal() - 1) // 7
    return day.toordinal()


def _first_day(number: int, every: Period) -> date:
    if (months := _MONTHS.get(every)) is not None:
        year, month = divmod(number * months, 12)
        return date(year, month + 1, 1)
    return date.fromordinal(number * 7 + 1 if every is Period.WEEK else number)


_WEEKEND = 5
"""The number of Saturday, counted from Monday, 0."""

_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}
_DAYS = dict(zip(Period, map(Fraction, ("1", "1.4", "7", "30.4", "91.3", "365.25")), strict=True))
_BY_LETTER = [period for period in Period if period is not Period.WEEKDAY]
_ADVERBS = dict(zip(("daily", "weekly", "monthly", "quarterly", "yearly"), _BY_LETTER, strict=True))
_PERIODS = "|".join(_BY_LETTER)
_CADENCE = (
    rf"(?ai)(?:(?P<times>\d{{1,3}}) ?(?:/ ?|per +))?"
    rf"(?:(?P<span>\d{{1,2}}) (?P<periods>{_PERIODS})s?|(?P<period>{_PERIODS}|weekdays?))"
    rf"|(?P<adverb>{'|'.join(_ADVERBS)})"
)
