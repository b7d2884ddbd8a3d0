"""Effort in hours."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planfolio.values.written import Reading


@dataclass(frozen=True, slots=True)
class Effort:
    """An amount of work, exact, in hours."""

    text: str
    hours: Fraction


def read_effort(text: str, reading: Reading) -> Effort:
    """Read `40h`, `90m`, `3d` (8 h a day), `2w` (the weekly hours of site.toml) or bare hours."""
    raise NotImplementedError
