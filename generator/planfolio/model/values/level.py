"""Levels as they are written; `scales` has their numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Problem
from planfolio.spelling import quoted

if TYPE_CHECKING:
    from fractions import Fraction


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
    """Take the text of a level; its scale, known later, says what it means.

    Raises Problem for text that is a level on no scale: nothing, or what cannot be seen.
    """
    typed = text.strip()
    if not typed or not typed.isprintable():
        raise Problem(
            f"{quoted(text)} is no level",
            "write a number or a word of the skill's scale; an unrated skill has an empty level",
        )
    return Level(typed)
