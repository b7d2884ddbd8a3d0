"""How numbers and dates are shown: the one place that rounds and the one that names months.

Nothing here asks the locale. Numbers are rounded half up to one decimal, and a decimal of zero is
left away. What is unknown is the word `unknown`, never a zero.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.model.values.dates import Precision

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planfolio.model.values.cadence import Cadence
    from planfolio.model.values.dates import Horizon, PlanDate
    from planfolio.model.values.money import Money

UNKNOWN = "unknown"

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

GLUE = "\u00a0"
"""Keeps what belongs together on one line: a number and its unit."""

_QUOTED_OR_DAY = re.compile(r"“[^”]*”|`[^`]*`|(?<![\d-])\d{4}-\d\d-\d\d(?![\d-])", re.ASCII)


def number(value: Fraction) -> str:
    """Return a number with at most one decimal: `2.5`, `12`, `1,200`, `−3`."""
    text = f"{_rounded(value):,}".removesuffix(".0")
    return text.replace("-", "−")


def percent(share: Fraction) -> str:
    """Return a ratio as a percentage: 5/12 is `41.7 %`."""
    return f"{number(share * 100)}{GLUE}%"


def length(share: Fraction) -> str:
    """Return a ratio as a length on a line of 0 to 100, held within it: `41.7`."""
    return str(_rounded(min(max(share, Fraction(0)), Fraction(1)) * 100))


def count(amount: int, noun: str, plural: str = "") -> str:
    """Return an amount with its noun: `1 day`, `71 days`."""
    return f"{amount:,}{GLUE}{noun if amount == 1 else plural or noun + 's'}"


def levels(gap: Fraction) -> str:
    """Return a distance on a scale: `1 level`, `1.5 levels`."""
    return f"{number(gap)}{GLUE}level{'' if gap == 1 else 's'}"


def hours(amount: Fraction) -> str:
    """Return an effort in hours: `40 h`."""
    return f"{number(amount)}{GLUE}h"


def money(amount: Money) -> str:
    """Return an amount with its currency, cents only where there are some: `9.50 EUR`."""
    whole = amount.amount.denominator == 1
    cents = Decimal(amount.amount.numerator) / Decimal(amount.amount.denominator)
    shown = f"{amount.amount.numerator:,}" if whole else f"{_half_up(cents, '0.01'):,}"
    return f"{shown}{GLUE}{amount.currency}"


def calendar_day(day: date) -> str:
    """Return a day: `30 Sep 2026`."""
    return f"{day.day}{GLUE}{MONTHS[day.month - 1][:3]}{GLUE}{day.year}"


def plan_date(when: PlanDate) -> str:
    """Return a date as precisely as it was given: `30 Sep 2026`, `September 2026`, `Q3 2026`."""
    first = when.first
    match when.precision:
        case Precision.DAY if when.about:
            # What follows from a horizon of years is not meant to the day.
            text = f"{MONTHS[first.month - 1]}{GLUE}{first.year}"
        case Precision.DAY:
            text = calendar_day(first)
        case Precision.WEEK:
            # The ISO year of a week is that of its Thursday, which is not always its Monday's.
            year, week, _ = first.isocalendar()
            text = f"week{GLUE}{week} of {year}"
        case Precision.MONTH:
            text = f"{MONTHS[first.month - 1]}{GLUE}{first.year}"
        case Precision.QUARTER:
            text = f"Q{(first.month + 2) // 3}{GLUE}{first.year}"
        case Precision.HALF:
            text = f"{'first' if first.month == 1 else 'second'} half of {first.year}"
        case Precision.YEAR:
            text = str(first.year)
    return f"about {text}" if when.about else text


def day_as_given(day: date, *, among: Iterable[PlanDate]) -> str:
    """Return a day by the date among some that begins on it, which may be a month or a year."""
    given = next((when for when in among if when.first == day), None)
    return plan_date(given) if given else calendar_day(day)


def span(start: PlanDate | None, end: PlanDate | None) -> str:
    """Return a stretch of time: `September 2014 to June 2020`, `since 2020`, `until 2020`."""
    if start is None:
        return f"until {plan_date(end)}" if end else ""
    if end is None:
        return f"since {plan_date(start)}"
    return f"{plan_date(start)} to {plan_date(end)}"


def cadence(value: Cadence) -> str:
    """Return a cadence in words: `once a month`, `3 times a week`."""
    times = {1: "once", 2: "twice"}.get(value.times, f"{value.times} times")
    return f"{times} a {value.every.value}"


def horizon(value: Horizon) -> str:
    """Return a horizon in words: `2 years`, `18 months`, `6 weeks`."""
    parts = []
    if value.months and value.months % 12 == 0:
        parts.append(count(value.months // 12, "year"))
    elif value.months:
        parts.append(count(value.months, "month"))
    if value.days and value.days % 7 == 0:
        parts.append(count(value.days // 7, "week"))
    elif value.days:
        parts.append(count(value.days, "day"))
    return listing(parts)


def listing(words: Sequence[str]) -> str:
    """Return words as one would say them: `a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def with_days(words: str) -> str:
    """Return the words of a finding with its days as all of the site shows them.

    `last on 2026-08-30` becomes `last on 30 Aug 2026`; what is quoted stays as it was typed.
    """
    return _QUOTED_OR_DAY.sub(_shown, words)


def sentence(words: str) -> str:
    """Return words with a capital at the start; the rest stays as it is."""
    return words[:1].upper() + words[1:]


def name_of(field: str) -> str:
    """Return the name of a field, or of a choice, as words: `done_when` is `Done when`."""
    return sentence(field.strip("_").replace("_", " "))


def _shown(found: re.Match[str]) -> str:
    try:
        return calendar_day(date.fromisoformat(found[0]))
    except ValueError:
        return found[0]


def _rounded(value: Fraction) -> Decimal:
    """Round half up, away from zero at a tie, as a bank would on paper; the fraction is exact."""
    top, bottom = abs(value.numerator), value.denominator
    tenths = (20 * top + bottom) // (2 * bottom)
    return Decimal(tenths if value.numerator >= 0 else -tenths) / 10


def _half_up(value: Decimal, step: str) -> Decimal:
    return value.quantize(Decimal(step), rounding=ROUND_HALF_UP)
