"""Effort in hours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Problem
from planfolio.model.values.number import UNSIGNED
from planfolio.model.values.other_forms import near_effort
from planfolio.spelling import quoted

if TYPE_CHECKING:
    from planfolio.model.values.field_reader import ReadContext

_MOST_HOURS = 24 * 366 * 100
"""The hours of a hundred years; more is a typo."""

_HOURS = {"": Fraction(1), "h": Fraction(1), "m": Fraction(1, 60), "d": Fraction(8)}


@dataclass(frozen=True, slots=True)
class Effort:
    """An amount of work, exact, in hours."""

    text: str
    hours: Fraction

    @property
    def in_weeks(self) -> bool:
        """Whether its hours depend on those of a week."""
        return "w" in self.text.casefold()

    def as_hours(self) -> Effort:
        """Return the same effort, written in hours."""
        return Effort(f"{float(self.hours):g}h", self.hours)


def read_effort(text: str, *, reading: ReadContext) -> Effort:
    """Read `40h`, `90m`, `3d` (8 h a day), `2w` (the weekly hours of site.toml) or bare hours.

    Parts may be added up, the larger unit first: `1h 30m`. Raises Problem for any other text,
    for weeks when site.toml has no weekly hours, and for more hours than a hundred years have.
    """
    typed = text.strip()
    parts = _parts(typed)
    if parts is None:
        raise _no_effort(typed, reading)
    hours = sum((_hours(*part, reading=reading) for part in parts), Fraction(0))
    if hours > _MOST_HOURS:
        message = f"{quoted(text)} is more than the hours of a hundred years"
        raise Problem(message, "write the hours that it takes, as in 40h")
    return Effort(typed, hours)


def _parts(typed: str) -> list[tuple[str, str]] | None:
    """Return number and unit of each part, or None if it is no effort."""
    match = _SUM.fullmatch(typed)
    if match is not None:
        return [(match[unit], unit) for unit in "wdhm" if match[unit]]
    return [(typed, "")] if re.fullmatch(UNSIGNED, typed) else None


def _hours(number: str, unit: str, *, reading: ReadContext) -> Fraction:
    if unit != "w":
        return Fraction(number) * _HOURS[unit]
    if reading.hours_per_week is None or reading.hours_per_week <= 0:
        raise Problem(
            "an effort in weeks needs the hours of a week",
            "set hours_per_week under [plan] in site.toml, or write hours, as in 40h",
        )
    return Fraction(number) * reading.hours_per_week


def _no_effort(typed: str, reading: ReadContext) -> Problem:
    message = f"{quoted(typed)} is no effort"
    weeks = ", 2w" if reading.hours_per_week else ""
    accepted = f"write 40h, 90m, 3d{weeks} or 1h 30m"
    if typed.startswith(("-", "−")):
        return Problem(f"{quoted(typed)} is below 0, and no effort is", accepted)
    near = near_effort(typed)
    if near is not None and _parts(near) and ("w" not in near or reading.hours_per_week):
        return Problem(message, f"write {near}")
    if _OFTEN.search(typed):
        accepted = "write the hours in all, as in 40h; how often it is done is its `cadence`"
    return Problem(message, accepted)


_OFTEN = re.compile(r"(?:/ ?|\b(?:per|every|an?) )(?:day|week|month|quarter|year|[dwmqy])$")
_SUM = re.compile(
    r"(?=.)" + r" ?".join(rf"(?:(?P<{unit}>{UNSIGNED}) ?{unit})?" for unit in "wdhm"),
    re.IGNORECASE | re.ASCII,
)
