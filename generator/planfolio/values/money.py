"""Money."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in a currency (ISO 4217 code)."""

    text: str
    amount: Fraction
    currency: str


def read_money(text: str) -> Money:
    """Read `395 USD`."""
    raise NotImplementedError
