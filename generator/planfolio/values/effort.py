"""Effort in hours."""

from __future__ import annotations

import re

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.values.unreadable import Unreadable

if TYPE_CHECKING:
    from planfolio.values.written import Reading


@dataclass(frozen=True, slots=True)
class Effort:
    """An amount of work, exact, in hours."""

    text: str
    hours: Fraction


def read_effort(text: str, reading: Reading) -> Effort:
    """Read `40h`, `90m`, `3d` (8 h a day), `2w` (the weekly hours of site.toml) or bare hours."""
    match = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) ?([hmdw]?)", text.strip())
    if match is None:
        raise Unreadable(f"`{text}` is no effort", "write 40h, 90m, 3d or 2w", name="bad-effort")
    hours = {"": Fraction(1), "h": Fraction(1), "m": Fraction(1, 60), "d": Fraction(8), "w": reading.hours_per_week}[match[2]]
    if hours is None:
        raise Unreadable("weeks of effort need the hours of a week", "set hours_per_week in site.toml", name="bad-effort")
    return Effort(text, Fraction(match[1]) * hours)
