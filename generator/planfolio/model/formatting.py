"""Numbers, dates and lists as text for findings, the terminal and the filters of the theme.

All rounding is half up, away from zero at a tie, from exact fractions. No function reads the
locale. Parts are separated by ordinary spaces; `unbroken` keeps numbers together on a page.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from planfolio.model.values.amounts import Money
from planfolio.model.values.cadence import Cadence
from planfolio.model.values.dates import Horizon, PlanDate, Precision

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_BESIDE_NUMBER = re.compile(r"(?<=[\d.]) (?!\()| (?=\d)")
_QUOTED_OR_DAY = re.compile(r"“[^”]*”|`[^`]*`|(?<![\d-])\d{4}-\d\d-\d\d(?![\d-])", re.ASCII)


def rounded(value: Fraction | int, *, times: int = 1, decimals: int = 1) -> Decimal:
    """Return a number, or that times another, rounded to at most some decimals."""
    unit: int = 10**decimals
    top, bottom = value.as_integer_ratio()
    units = (2 * abs(top) * times * unit + bottom) // (2 * bottom)
    return Decimal(units if top >= 0 else -units) / unit


def number(value: Fraction | int, *, decimals: int = 1) -> str:
    """Return a number with at most some decimals: `2.5`, `12`, `1,200`, `−3`."""
    return _number(rounded(value, decimals=decimals))


def number_as_typed(value: Fraction) -> str:
    """Return a number as a plan takes it, for a hint that is copied: `1200`, `-0.25`."""
    text = f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    return text.rstrip("0").removesuffix(".") if "." in text else text


def percent(share: Fraction, *, decimals: int = 0) -> str:
    """Return a ratio as a percentage: 5/12 is `42%`. What is not complete is never `100%`."""
    value = rounded(share, times=100, decimals=decimals)
    if share.numerator < share.denominator:
        value = min(value, 100 - Decimal(1).scaleb(-decimals))
    return f"{_number(value)}%"


def percent_beside(share: Fraction, *others: Fraction | None) -> str:
    """Return a percentage; with one decimal where another number, as a whole, would look alike."""
    whole = percent(share)
    alike = any(o is not None and o != share and percent(o) == whole for o in others)
    return percent(share, decimals=1) if alike else whole


def count(amount: int, noun: str, plural: str = "") -> str:
    """Return an amount with its noun: `1 day`, `71 days`."""
    return f"{amount:,} {noun if amount == 1 else plural or noun + 's'}"


def hours(amount: Fraction) -> str:
    """Return an effort in hours: `40 h`."""
    return f"{number(amount)} h"


def money(amount: Money) -> str:
    """Return an amount with its currency, cents only where there are some: `9.50 EUR`."""
    decimals = decimals_of(amount)
    return f"{rounded(amount.amount, decimals=decimals):,.{decimals}f} {amount.currency}"


def decimals_of(amount: Money) -> int:
    """Return the decimals to show an amount with: none, those of cents, or of thousandths."""
    if amount.amount.denominator == 1:
        return 0
    return 2 if (amount.amount * 100).denominator == 1 else 3


def calendar_day(day: date) -> str:
    """Return a day: `30 Sep 2026`."""
    return f"{day.day} {_month(day)}"


def plan_date(when: PlanDate, *, as_start: bool = False) -> str:
    """Return a date as precisely as it was given: `30 Sep 2026`, `Sep 2026`, `Q3 2026`.

    A week is shown by its last day, or by its first where it is a start: `13 Sep 2026 (week 37)`.
    A due day that follows from a horizon is `around Jan 2027`.
    """
    first = when.first
    if when.approximate:
        return f"around {_month(first)}"
    match when.precision:
        case Precision.DAY:
            return calendar_day(first)
        case Precision.WEEK:
            shown = calendar_day(first if as_start else when.last)
            return f"{shown} (week {first.isocalendar().week})"
        case Precision.MONTH:
            return _month(first)
        case Precision.QUARTER:
            return f"Q{(first.month + 2) // 3} {first.year}"
        case Precision.HALF:
            return f"{'first' if first.month == 1 else 'second'} half of {first.year}"
        case Precision.YEAR:
            return str(first.year)


def short_date(when: PlanDate, *, as_of: date) -> str:
    """Return a date for a table in a terminal: `2026-09-30`, `2026-09`, `2026-Q3`, `2025-W50`.

    A week of the year of `as_of` is `W37`. A due day that follows from a horizon is `~2027-01`.
    """
    if when.approximate:
        return f"~{when.first:%Y-%m}"
    year, week, _ = when.first.isocalendar()
    if when.precision is Precision.WEEK and year == as_of.isocalendar().year:
        return f"W{week:02}"
    return date_as_typed(when.first, when.precision)


def date_as_typed(day: date, precision: Precision) -> str:
    """Return a day, or its week, month, quarter, half or year, as plans write it: `2026-Q3`."""
    match precision:
        case Precision.DAY:
            return day.isoformat()
        case Precision.WEEK:
            year, week, _ = day.isocalendar()
            return f"{year}-W{week:02}"
        case Precision.MONTH:
            return f"{day:%Y-%m}"
        case Precision.QUARTER:
            return f"{day.year}-Q{(day.month + 2) // 3}"
        case Precision.HALF:
            return f"{day.year}-H{(day.month + 5) // 6}"
        case Precision.YEAR:
            return str(day.year)


def date_range(start: PlanDate | None, end: PlanDate | None) -> str:
    """Return a stretch of time: `Sep 2014 to Jun 2020`, `since 2020`, `until 2020`."""
    if start is None:
        return f"until {plan_date(end)}" if end else ""
    first = plan_date(start, as_start=True)
    if end and plan_date(end) == first:
        return first
    return f"{first} to {plan_date(end)}" if end else f"since {first}"


def cadence(value: Cadence) -> str:
    """Return a cadence in words: `once a month`, `3 times a week`, `once every 2 weeks`.

    A share that is enough follows: `once a week, 80% is enough`.
    """
    times = {1: "once", 2: "twice"}.get(value.times, f"{value.times} times")
    enough = f", {percent(value.share)} is enough" if value.share != 1 else ""
    if value.span == 1:
        return f"{times} a {value.every.value}{enough}"
    return f"{times} every {value.span} {value.every.value}s{enough}"


def horizon(value: Horizon) -> str:
    """Return a horizon in the largest units that fit: `2 years`, `18 months`, `6 weeks`."""
    parts = []
    for amount, size, unit, part in (
        (value.months, 12, "year", "month"),
        (value.days, 7, "week", "day"),
    ):
        if amount:
            parts.append(count(amount, part) if amount % size else count(amount // size, unit))
    return listing(parts)


def listing(words: Sequence[str], *, most: int | None = None) -> str:
    """Return words as a list: `a`, `a and b`, `a, b and c`; those beyond `most` are counted."""
    if most is not None and len(words) > most:
        words = (*words[:most], f"{len(words) - most} more")
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def in_quotes(title: str) -> str:
    """Return a title within a sentence: `“Pass the exam”`."""
    return f"“{title}”"


def with_calendar_days(words: str) -> str:
    """Return the words of a finding with its days as a page shows them.

    `last on 2026-08-30` becomes `last on 30 Aug 2026`; what is quoted stays as it was typed.
    """
    return _QUOTED_OR_DAY.sub(_calendar_day_of, words)


def as_sentence(words: str) -> str:
    """Return words with a capital at the start."""
    return words[:1].upper() + words[1:]


def field_name(field: str) -> str:
    """Return the name of a field, or of a choice, as words: `done_when` is `Done when`."""
    return as_sentence(field.strip("_").replace("_", " "))


def unbroken(text: str) -> str:
    """Return a text whose numbers stay on one line with their units and months.

    A page may break it before what is in brackets, and between words.
    """
    return _BESIDE_NUMBER.sub("\u00a0", text)


def _number(value: Decimal) -> str:
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").removesuffix(".")
    return text.replace("-", "−")


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def _calendar_day_of(found: re.Match[str]) -> str:
    try:
        return calendar_day(date.fromisoformat(found[0]))
    except ValueError:
        return found[0]
