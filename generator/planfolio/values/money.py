"""Money."""

from __future__ import annotations

import re

from dataclasses import dataclass
from fractions import Fraction

from planfolio.values.unreadable import Unreadable


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in a currency (ISO 4217 code)."""

    text: str
    amount: Fraction
    currency: str


def read_money(text: str) -> Money:
    """Read `395 USD`."""
    match = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) ?([A-Z]{3})", text.strip())
    if match is None:
        raise Unreadable(f"`{text}` is no amount of money", "write 395 USD", name="bad-money")
    return Money(text, Fraction(match[1]), match[2])
