"""Numbers, exact, and flags."""

from __future__ import annotations

from fractions import Fraction


def read_number(text: str) -> Fraction:
    """Read a decimal number exactly: `3.10` is 31/10. No `nan`, no `1e999`, at most 30 digits."""
    raise NotImplementedError


def read_weight(text: str) -> Fraction:
    """Read a number above or equal to 0."""
    raise NotImplementedError


def read_scale_of_ten(text: str) -> Fraction:
    """Read a whole number from 1 to 10."""
    raise NotImplementedError


def read_flag(text: str) -> bool:
    """Read `true`, `false`, `yes` or `no`, in any case."""
    raise NotImplementedError
