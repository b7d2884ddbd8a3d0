"""Effort in hours, and money."""

import re
from fractions import Fraction
from typing import NamedTuple

from planfolio.message_text import quoted
from planfolio.model.diagnostics import Problem
from planfolio.model.values.number import LOOSE_NUMBER, UNSIGNED, near_amount
from planfolio.model.values.other_forms import near_effort
from planfolio.model.values.text import ascii_form

_MOST_HOURS = 24 * 366 * 100
"""The hours of a hundred years; more is a typo."""

_HOURS = {"": Fraction(1), "h": Fraction(1), "m": Fraction(1, 60), "d": Fraction(8)}
# The patterns are strings, since not every plan needs them: `re` compiles one on its first use.
_OFTEN = r"(?:/ ?|\b(?:per|every|an?) )(?:day|week|month|quarter|year|[dwmqy])$"
_SUM = r"(?ai)(?=.)" + r" ?".join(rf"(?:(?P<{unit}>{UNSIGNED}) ?{unit})?" for unit in "wdhm")

_MONEY = rf"(?ai)({UNSIGNED}) ?([A-Z]{{3}})"

_THOUSANDTHS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
"""The currencies that have a thousandth part (ISO 4217, minor unit 3)."""

_SIGNS = {"€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "us$": "USD", "₹": "INR"}
_SHARED = {"$": "USD", "¥": "JPY", "kr": "SEK", "dollars": "USD", "pounds": "GBP"}
"""Signs of several currencies, each with one of them."""
_AMOUNT = rf"(?P<before>[^\d,]*?)\s*(?P<amount>{LOOSE_NUMBER})\s*(?P<after>[^\d,]*)"


class Effort(NamedTuple):
    """An amount of work, exact, in hours."""

    text: str
    hours: Fraction

    @property
    def in_weeks(self) -> bool:
        """Whether its hours depend on those of a week."""
        return "w" in self.text.casefold()

    def as_hours(self) -> "Effort":
        """Return the same effort, written in hours."""
        return Effort(f"{float(self.hours):g}h", self.hours)


def read_effort(text: str, *, hours_per_week: Fraction | None) -> Effort:
    """Read `40h`, `90m`, `3d` (8 h a day), `2w` (the weekly hours of site.toml) or bare hours.

    Parts may be added up, the larger unit first: `1h 30m`. Raises Problem for any other text,
    for weeks when site.toml has no weekly hours, and for more hours than a hundred years have.
    """
    typed = text.strip()
    parts = _parts(typed)
    if parts is None:
        raise _no_effort(typed, hours_per_week)
    hours = sum((_hours(*part, hours_per_week) for part in parts), Fraction(0))
    if hours > _MOST_HOURS:
        message = f"{quoted(text)} is more than the hours of a hundred years"
        raise Problem(message, "write the hours that it takes, as in 40h")
    return Effort(typed, hours)


def _parts(typed: str) -> list[tuple[str, str]] | None:
    """Return number and unit of each part, or None if it is no effort."""
    match = re.fullmatch(_SUM, typed)
    if match is not None:
        return [(match[unit], unit) for unit in "wdhm" if match[unit]]
    return [(typed, "")] if re.fullmatch(UNSIGNED, typed) else None


def _hours(number: str, unit: str, hours_per_week: Fraction | None) -> Fraction:
    if unit != "w":
        return Fraction(number) * _HOURS[unit]
    if hours_per_week is None or hours_per_week <= 0:
        raise Problem(
            "an effort in weeks needs the hours of a week",
            "set hours_per_week under [plan] in site.toml, or write hours, as in 40h",
        )
    return Fraction(number) * hours_per_week


def _no_effort(typed: str, hours_per_week: Fraction | None) -> Problem:
    message = f"{quoted(typed)} is no effort"
    weeks = ", 2w" if hours_per_week else ""
    accepted = f"write 40h, 90m, 3d{weeks} or 1h 30m"
    if typed.startswith(("-", "−")):
        return Problem(f"{quoted(typed)} is below 0, and no effort is", accepted)
    near = near_effort(typed)
    if near is not None and _parts(near) and ("w" not in near or hours_per_week):
        return Problem(message, f"write {near}")
    if re.search(_OFTEN, typed):
        accepted = "write the hours in all, as in 40h; how often it is done is its `cadence`"
    return Problem(message, accepted)


class Money(NamedTuple):
    """An exact amount in a currency (ISO 4217 code)."""

    text: str
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
        raise Problem(*_no_money(typed))
    amount, currency = match[1], match[2].upper()
    decimals = amount.partition(".")[2]
    if len(decimals) > (3 if currency in _THOUSANDTHS else 2):
        message = f"{quoted(text)} has {len(decimals)} decimals, and an amount has 2 at most"
        raise Problem(message, f"write {_one_or_two(amount, currency)}")
    return Money(typed, Fraction(amount), currency)


def _no_money(typed: str) -> tuple[str, str]:
    """Return the message and the hint for a text that is no amount of money."""
    no_money = f"{quoted(typed)} is no amount of money"
    plain = ascii_form(typed).casefold()
    if plain.startswith("-"):
        return f"{quoted(typed)} is below 0, and no cost is", "write 0 or more, as in 395 USD"
    if plain in ("free", "none"):
        return no_money, "leave it empty, or write 0 USD"
    found = re.fullmatch(_AMOUNT, plain)
    amount = _near_amount(found["amount"]) if found is not None else None
    if found is not None and amount is not None:
        sign = found["before"] or found["after"]
        currency = _SHARED.get(sign) or _SIGNS.get(sign) or sign.upper()
        if not sign:
            near = _one_or_two(amount, "USD")
            return f"{quoted(typed)} has no currency", f"write {near}, or another currency"
        if sign in _SHARED:
            message = f"{quoted(sign)} is the sign of several currencies"
            return message, f"write {_one_or_two(amount, currency)}, or the letters of yours"
        is_between = found["before"] and found["after"]
        if re.fullmatch(_MONEY, f"{amount} {currency}") and not is_between:
            return no_money, f"write {_one_or_two(amount, currency)}"
    return no_money, "write 395 USD: the amount, then the three letters of its currency"


def _near_amount(digits: str) -> str | None:
    """Return the amount that digits mean; three behind the only dot may be thousands."""
    return digits if re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", digits) else near_amount(digits)


def _one_or_two(amount: str, currency: str) -> str:
    """Return an amount, or the two that one with three decimals may be."""
    whole, _, decimals = amount.partition(".")
    if len(decimals) <= 2 or currency in _THOUSANDTHS:
        return f"{amount} {currency}"
    thousands = f"{whole}{decimals} {currency} or " if len(decimals) == 3 else ""
    return f"{thousands}{whole}.{decimals[:2]} {currency}"
