"""Levels of skill on their scales, as pages show them."""

from bisect import bisect_right
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from planfolio.model.scales import Scale, ScaleLevel
from planfolio.model.values.dates import PlanDate
from planfolio.portfolio.record import PortfolioRecord


class SkillLevel(NamedTuple):
    """A level on its scale."""

    value: Fraction
    scale: Scale

    @property
    def word(self) -> str:
        """The name of the highest level of the scale at or below it; may be empty."""
        return self.scale.word(self.value)

    @property
    def top(self) -> Fraction:
        """The highest number of the scale."""
        return self.scale.top

    @property
    def short(self) -> str:
        """The number, or the word where the scale is known by short words, such as B1."""
        return self.scale.short(self.value)


class SkillLevels(NamedTuple):
    """The levels of a skill on its scale; one of None is unknown, or not there."""

    scale: Scale
    current: SkillLevel | None
    planned: SkillLevel | None
    required: SkillLevel | None
    stretch: SkillLevel | None

    @property
    def steps(self) -> tuple[tuple[str, bool], ...]:
        """The steps of the scale from the lowest: reached, planned or open, and if it is required.

        There are none where the scale has more than a line holds.
        """
        total = len(self.scale.steps)
        if total > 12:
            return ()
        reached, planned, required = (
            bisect_right(self.scale.steps, level.value) if level else 0
            for level in (self.current, self.planned, self.required)
        )
        return tuple(
            (
                "reached" if rank <= reached else "planned" if rank <= planned else "open",
                rank == required,
            )
            for rank in range(1, total + 1)
        )


def skill_levels(
    scale: Scale,
    current: Fraction | None,
    *,
    planned: Fraction | None = None,
    required: Fraction | None = None,
    stretch: Fraction | None = None,
) -> SkillLevels:
    """Return the levels of a skill from their numbers."""
    return SkillLevels(scale, *(level_on(scale, n) for n in (current, planned, required, stretch)))


def level_on(scale: Scale, value: Fraction | None) -> SkillLevel | None:
    """Return a number as a level of a scale."""
    return None if value is None else SkillLevel(value, scale)


class LevelExpectations(NamedTuple):
    """What is expected at a level of a skill, item by item, and since when that is met."""

    level: SkillLevel
    items: tuple[tuple[str, date | None], ...]


class ScaleRow(NamedTuple):
    """A level of a scale, whether the skill is there, planned there, or required there.

    `expectations` are those of a level that is reached.
    """

    level: ScaleLevel
    current: bool
    planned: bool
    required: bool
    expectations: tuple[tuple[str, date | None], ...]


class LevelRating(NamedTuple):
    """A level that was given on a day: by the person `by`, in the record `source`, or by oneself.

    `when` is the date as it was written.
    """

    levels: SkillLevels
    day: date | None
    when: PlanDate | None
    by: str
    source: PortfolioRecord | None
