"""Amounts, exact: numbers, the short form of a metric, effort in hours, and money."""

import re
from fractions import Fraction
from typing import NamedTuple

from planfolio.message_text import quoted
from planfolio.model.diagnostics import Problem
from planfolio.model.values.text import UNKNOWN

_UNSIGNED = r"[0-9]{1,30}(?:\.[0-9]{1,30})?"
_SIGNED = re.compile(rf"[+-]?{_UNSIGNED}")

_MOST_HOURS = 24 * 366 * 100
"""The hours of a hundred years; more is a typo."""

_HOURS = {"": Fraction(1), "h": Fraction(1), "m": Fraction(1, 60), "d": Fraction(8)}
# The patterns are strings, since not every plan needs them: `re` compiles one on its first use.
_METRIC = rf"(?a)([+-]?{_UNSIGNED})\s*/\s*([+-]?{_UNSIGNED})(?![0-9.,/])\s*(.*)"
_SUM = r"(?ai)(?=.)" + r" ?".join(rf"(?:(?P<{unit}>{_UNSIGNED}) ?{unit})?" for unit in "wdhm")
_OFTEN = r"(?:/ ?|\b(?:per|every|an?) )(?:day|week|month|quarter|year|[dwmqy])$"
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP"}
_SIGN_FIRST = r"([$€£]) ?((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,30})(?:\.[0-9]{2})?)"
_MONEY = rf"(?ai)({_UNSIGNED}) ?([A-Z]{{3}})"

_THOUSANDTHS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
"""The currencies that have a thousandth part (ISO 4217, minor unit 3)."""


def read_number(text: str) -> Fraction:
    """Read a decimal number exactly: `3.10` is 31/10.

    Commas between thousands, powers of ten and `nan` are refused, as are more than 30 digits on a
    side of the point. Raises Problem for any other text.
    """
    return _number(text, about="number")


def read_weight(text: str) -> Fraction:
    """Read a number of 0 or more; raises Problem for any other text."""
    weight = _number(text, about="weight")
    if weight < 0:
        message = f"a weight of {quoted(text)} is below 0"
        raise Problem(message, "write 0 or more; the usual weight is 1")
    return weight


def read_weight_of_five(text: str) -> Fraction:
    """Read a number from 1 to 5, with decimals or without; raises Problem for any other text."""
    weight = _number(text, about="weight")
    if not 1 <= weight <= 5:
        message = f"a weight of {quoted(text)} is not from 1 to 5"
        raise Problem(message, "1 is the least and 5 the most; without a weight it is 3")
    return weight


def read_scale_of_ten(text: str) -> Fraction:
    """Read a whole number from 1 to 10; raises Problem for any other text."""
    typed = text.strip()
    number = Fraction(typed) if _SIGNED.fullmatch(typed) else None
    if number is None or number.denominator != 1 or not 1 <= number <= 10:
        tens = re.fullmatch(r"(10|[1-9])0 ?%", typed)
        hint = f"write {tens[1]}" if tens else "1 is the least and 10 the most"
        raise Problem(f"{quoted(text)} is no whole number from 1 to 10", hint)
    return number


def read_percent(text: str) -> Fraction:
    """Read a number from 1 to 100, or 0; raises Problem for any other text.

    What lies between 0 and 1 was meant as a share: 0.9 is 90 %.
    """
    percent = _number(text, about="percentage")
    if not (percent == 0 or 1 <= percent <= 100):
        message = f"{quoted(text)} is no percentage from 1 to 100"
        raise Problem(message, "100 is the most; nine tenths are written 90")
    return percent


def split_metric(text: str) -> dict[str, str]:
    """Take `5/12 talks` apart into the texts of current, target and unit; `0/12` has no unit.

    Raises Problem for any other form.
    """
    match = re.fullmatch(_METRIC, text.strip())
    if match is None:
        hint = (
            "write 5/12 talks: how many now, how many in the end; what falls has a baseline: "
            "{baseline: 82, target: 74, unit: kg}"
        )
        raise Problem(f"{quoted(text)} is no metric", hint, name="bad-metric")
    current, target, unit = match.groups()
    return {"current": current, "target": target} | ({"unit": unit} if unit else {})


class Effort(NamedTuple):
    """An amount of work, exact; what was written in weeks is no longer told from hours."""

    hours: Fraction


def read_effort(text: str, *, hours_per_week: Fraction | None) -> Effort:
    """Read `40h`, `90m`, `3d` (8 h a day), `2w` (the weekly hours of site.toml) or bare hours.

    Parts may be added up, the larger unit first: `1h 30m`. Raises Problem for any other text,
    for weeks when site.toml has no weekly hours, and for more hours than a hundred years have.
    """
    typed = text.strip()
    parts = _parts(typed)
    if parts is None:
        hint = f"write 40h, 90m, 3d{', 2w' if hours_per_week else ''} or 1h 30m"
        if re.search(_OFTEN, typed):
            hint = "write the hours in all, as in 40h; how often it is done is its `cadence`"
        raise Problem(f"{quoted(text)} is no effort", hint)
    hours = sum((_hours(*part, hours_per_week) for part in parts), Fraction(0))
    if hours > _MOST_HOURS:
        message = f"{quoted(text)} is more than the hours of a hundred years"
        raise Problem(message, "write the hours that it takes, as in 40h")
    return Effort(hours)


class Money(NamedTuple):
    """An exact amount in a currency (ISO 4217 code)."""

    amount: Fraction
    currency: str


def read_money(text: str) -> Money:
    """Read `395 USD` or `9.50 EUR`: an amount, then three letters, which may be small.

    Whether the letters are a currency that exists is not asked; currencies come and go. There are
    no separators between thousands, and three decimals only where a currency has them, since
    `1.200 EUR` is 1200 to many. Raises Problem for any other text.
    """
    typed = text.strip()
    match = re.fullmatch(_MONEY, typed)
    if match is None:
        hint = "write 395 USD or 9.50 EUR: the amount, then the three letters of its currency"
        if (signed := re.fullmatch(_SIGN_FIRST, typed)) is not None:
            amount = signed[2].replace(",", "")
            hint = f"write {amount} {_SIGNS[signed[1]]}, or the letters of another currency"
        raise Problem(f"{quoted(text)} is no amount of money", hint)
    amount, currency = match[1], match[2].upper()
    decimals = amount.partition(".")[2]
    if len(decimals) > (3 if currency in _THOUSANDTHS else 2):
        message = f"{quoted(text)} has {len(decimals)} decimals, and an amount has 2 at most"
        raise Problem(
            message, f"write 2 decimals, and nothing between thousands: 1200.50 {currency}"
        )
    return Money(Fraction(amount), currency)


def _number(text: str, *, about: str) -> Fraction:
    typed = text.strip()
    if _SIGNED.fullmatch(typed):
        return Fraction(typed)
    hint = "write digits, with a point before decimals: 1200 or 2.5"
    if typed.casefold() in UNKNOWN:
        hint = "leave it empty until you know"
    raise Problem(f"{quoted(text)} is no {about}", hint)


def _parts(typed: str) -> list[tuple[str, str]] | None:
    """Return number and unit of each part, or None if it is no effort."""
    match = re.fullmatch(_SUM, typed)
    if match is not None:
        return [(match[unit], unit) for unit in "wdhm" if match[unit]]
    return [(typed, "")] if re.fullmatch(_UNSIGNED, typed) else None


def _hours(number: str, unit: str, hours_per_week: Fraction | None) -> Fraction:
    if unit != "w":
        return Fraction(number) * _HOURS[unit]
    if hours_per_week is None or hours_per_week <= 0:
        raise Problem(
            "an effort in weeks needs the hours of a week",
            "set hours_per_week under [plan] in site.toml, or write hours, as in 40h",
        )
    return Fraction(number) * hours_per_week
