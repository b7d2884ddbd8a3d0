"""Levels of skill and the scales they stand on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.values.number import read_number
from planfolio.values.unreadable import Unreadable

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
        return next((l.name for l in reversed(self.levels) if l.value <= value), self.levels[0].name)

    def read(self, text: str, *, scales: Mapping[str, Scale]) -> Fraction:
        """Read a number within the scale, or a word of it.

        Raises Unreadable with code F106 for a word or number of another scale (named, when one
        of `scales` has it), F102 for text that is no level at all.
        """
        for level in self.levels:
            if level.name.casefold() == text.strip().casefold():
                return level.value
        try:
            value = read_number(text)
        except Unreadable:
            other = next((s for s in scales.values() if any(l.name.casefold() == text.strip().casefold() for l in s.levels)), None)
            code = "F106" if other else "F102"
            raise Unreadable(f"`{text}` is no level of the scale {self.name}", "", name="other-scale" if other else "bad-level", code=code) from None
        if not self.levels[0].value <= value <= self.top:
            raise Unreadable(f"{text} is beyond the scale {self.name}", "", name="other-scale", code="F106")
        return value


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
    return Level(text.strip())


def _scale(name: str, first: int, words: str) -> Scale:
    return Scale(name, name, tuple(ScaleLevel(Fraction(first + i), w, "") for i, w in enumerate(words.split())))


SCALES: Mapping[str, Scale] = {
    "five": _scale("five", 0, "none aware beginner practitioner advanced expert"),
    "dreyfus": _scale("dreyfus", 1, "novice beginner competent proficient expert"),
    "sfia7": _scale("sfia7", 1, "follow assist apply enable ensure initiate strategy"),
    "cefr6": _scale("cefr6", 1, "A1 A2 B1 B2 C1 C2"),
}
"""The scales that ship: `five` (0-5), `dreyfus`, `sfia7` and `cefr6`."""
