"""Numbers, exact, and flags."""

from __future__ import annotations

import re

from fractions import Fraction

from planfolio.values.unreadable import Unreadable


def read_number(text: str) -> Fraction:
    """Read a decimal number exactly: `3.10` is 31/10. No `nan`, no `1e999`, at most 30 digits."""
    if not re.fullmatch(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?", text.strip()):
        raise Unreadable(f"`{text}` is no number", "write digits, as in 12 or 2.5", name="bad-number")
    return Fraction(text.strip())


def read_weight(text: str) -> Fraction:
    """Read a number above or equal to 0."""
    number = read_number(text)
    if number < 0:
        raise Unreadable(f"a weight of {text} is below 0", "write 0 or more", name="bad-number")
    return number


def read_scale_of_ten(text: str) -> Fraction:
    """Read a whole number from 1 to 10."""
    number = read_number(text)
    if number.denominator != 1 or not 1 <= number <= 10:
        raise Unreadable(f"`{text}` is no whole number from 1 to 10", "", name="bad-number")
    return number


def read_flag(text: str) -> bool:
    """Read `true`, `false`, `yes` or `no`, in any case."""
    word = text.strip().casefold()
    if word in ("true", "yes"):
        return True
    if word in ("false", "no"):
        return False
    raise Unreadable(f"`{text}` is neither true nor false", "write true or false")
