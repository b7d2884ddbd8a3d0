"""Levels of skill and the scales they stand on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class ScaleLevel:
    """One level of a scale: its number, its short name and what it means."""

    value: Fraction
    name: str
    definition: str


@dataclass(frozen=True, slots=True)
class Scale:
    """An ordered scale of proficiency, lowest level first."""

    name: str
    title: str
    levels: tuple[ScaleLevel, ...]

    @property
    def top(self) -> Fraction:
        """The highest number."""
        return self.levels[-1].value

    def word(self, value: Fraction) -> str:
        """Return the name of the highest level at or below a number."""
        raise NotImplementedError

    def read(self, text: str, *, scales: Mapping[str, Scale]) -> Fraction:
        """Read a number within the scale, or a word of it.

        Raises Unreadable with code F106 for a word or number of another scale (named, when one
        of `scales` has it), F102 for text that is no level at all.
        """
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Level:
    """A level as written, and its number once the skill's scale is known."""

    text: str
    value: Fraction | None = None

    @property
    def number(self) -> Fraction:
        """The number on the skill's scale; a plan that is resolved has it everywhere."""
        if self.value is None:
            raise ValueError(f"the level {self.text!r} is not resolved")
        return self.value

    def at(self, value: Fraction) -> Level:
        """Return the same level with its number."""
        return replace(self, value=value)


def read_level(text: str) -> Level:
    """Take the text of a level; its scale, known later, says what it means."""
    raise NotImplementedError


SCALES: Mapping[str, Scale] = {}
"""The scales that ship: `five` (0-5), `dreyfus`, `sfia7` and `cefr6`."""
