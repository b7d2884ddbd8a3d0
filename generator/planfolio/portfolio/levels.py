"""Levels of skill on their scales, as pages show them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from planfolio.model.scales import Scale


@dataclass(frozen=True, slots=True)
class SkillLevel:
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

    @property
    def place(self) -> int:
        """The place among the levels of the scale that are above zero, from 1; 0 for zero."""
        return bisect_right(self.scale.steps, self.value)


@dataclass(frozen=True, slots=True)
class LevelStep:
    """One step of a scale as a mark: `state` is reached, planned or open."""

    state: str
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a skill stands on its scale; a level of None is unknown, or not there."""

    scale: Scale
    current: SkillLevel | None
    planned: SkillLevel | None = None
    required: SkillLevel | None = None
    stretch: SkillLevel | None = None

    @property
    def steps(self) -> tuple[LevelStep, ...]:
        """The steps of the scale from the lowest; none where it has more than a line holds."""
        total = len(self.scale.steps)
        if total > 12:
            return ()
        reached = self.current.place if self.current else 0
        planned = self.planned.place if self.planned else 0
        required = self.required.place if self.required else 0
        return tuple(
            LevelStep(
                "reached" if place <= reached else "planned" if place <= planned else "open",
                place == required,
            )
            for place in range(1, total + 1)
        )


def standing(
    scale: Scale,
    current: Fraction | None,
    *,
    planned: Fraction | None = None,
    required: Fraction | None = None,
    stretch: Fraction | None = None,
) -> Standing:
    """Return where a skill stands from the numbers of its levels."""
    return Standing(
        scale=scale,
        current=level_on(scale, current),
        planned=level_on(scale, planned),
        required=level_on(scale, required),
        stretch=level_on(scale, stretch),
    )


def level_on(scale: Scale, value: Fraction | None) -> SkillLevel | None:
    """Return a number as a level of a scale."""
    return None if value is None else SkillLevel(value, scale)
