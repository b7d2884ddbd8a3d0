"""The words that messages are made of: numbers, lengths of time, lists of names."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from planfolio.model.values.dates import PlanDate


def number(value: Fraction) -> str:
    """Write a number to at most two decimals, rounded half up."""
    sign = "-" if value < 0 else ""
    hundredths = int(abs(value) * 100 + Fraction(1, 2))
    whole, rest = divmod(hundredths, 100)
    return f"{sign}{whole}" if not rest else f"{sign}{whole}.{rest:02d}".rstrip("0")


def percent(share: Fraction) -> str:
    """Write a share as a percentage without decimals, and never 100 % of what is not complete."""
    rounded = int(share * 100 + Fraction(1, 2))
    return f"{min(rounded, 99) if share < 1 else rounded} %"


def count(n: int, noun: str, plural: str = "") -> str:
    """Write `1 goal`, `2 goals`."""
    return f"{n} {noun if n == 1 else plural or noun + 's'}"


def listing(names: Sequence[str], *, most: int = 4) -> str:
    """Write the first names of a list, and how many more there are."""
    if len(names) <= most:
        return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"


def dated(value: PlanDate, day: date) -> str:
    """Write a date as it was typed, with the day that it means where that is another text."""
    typed, iso = value.text, day.isoformat()
    return typed if typed == iso else f"{iso} ({typed})"


def called(title: str) -> str:
    """Write a title within a sentence."""
    return f"“{title}”"
