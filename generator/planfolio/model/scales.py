"""Levels of skill, and their scales: those that ship and those of site.toml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from planfolio.message_text import alternatives, quoted
from planfolio.model.diagnostics import Problem
from planfolio.model.formatting import number, number_as_typed
from planfolio.model.values.amounts import read_number
from planfolio.model.values.text import bare_words
from planfolio.names import near_names


class ScaleLevel(NamedTuple):
    """One level of a scale: its number, its short name and what it means."""

    value: Fraction
    name: str
    definition: str


@dataclass(frozen=True)
class Scale:
    """An ordered scale of proficiency, lowest level first."""

    name: str
    title: str
    levels: tuple[ScaleLevel, ...]

    @property
    def bottom(self) -> Fraction:
        """The lowest number."""
        return self.levels[0].value

    @property
    def top(self) -> Fraction:
        """The highest number."""
        return self.levels[-1].value

    @cached_property
    def steps(self) -> tuple[Fraction, ...]:
        """The numbers of its levels above zero."""
        return tuple(level.value for level in self.levels if level.value > 0)

    def word(self, value: Fraction) -> str:
        """Return the name of the highest level at or below a number."""
        reached = (level.name for level in reversed(self.levels) if level.value <= value)
        return next(reached, self.levels[0].name)

    def short(self, value: Fraction) -> str:
        """Return a number, or its word where the scale is known by short words, such as B1."""
        word = self.word(value)
        return word if word and len(word) <= 3 else number(value)

    def level_named(self, word: str) -> ScaleLevel | None:
        """Return the level of a name, whatever its case, its spaces and its hyphens."""
        return self._named.get(bare_words(word))

    @cached_property
    def _named(self) -> Mapping[str, ScaleLevel]:
        # Of two levels with one name the lower is meant.
        return {bare_words(level.name): level for level in reversed(self.levels)}

    def read(self, text: str, *, scales: "Mapping[str, Scale]") -> Fraction:
        """Read a number within the scale, between two levels too, or a word of it.

        Raises Problem with code F106 for a word or number of another scale (named, when one
        of `scales` has it), F102 for text that is no level at all.
        """
        named = self.level_named(text)
        if named is not None:
            return named.value
        try:
            value = read_number(text)
        except Problem:
            raise self._no_level(text.strip(), scales) from None
        if not self.bottom <= value <= self.top:
            raise self._outside(text.strip(), value, scales)
        return value

    def _outside(self, typed: str, value: Fraction, scales: "Mapping[str, Scale]") -> Problem:
        side, end = ("beyond the top", -1) if value > self.top else ("below the bottom", 0)
        limit = self.levels[end]
        others = [s.name for s in scales.values() if s.bottom <= value <= s.top]
        shown = number_as_typed(limit.value)
        named = f" ({limit.name})" if limit.name != shown else ""
        message = f"{quoted(typed)} is {side} of the scale {self.name}, {shown}{named}"
        return Problem(message, self._way_out(others), name="other-scale", code="F106")

    def _no_level(self, typed: str, scales: "Mapping[str, Scale]") -> Problem:
        others = [s.name for s in scales.values() if s.level_named(typed) is not None]
        if others:
            message = f"{quoted(typed)} is a level of {alternatives(others)}, not of {self.name}"
            hint = self._way_out(others)
            return Problem(message, hint, name="other-scale", code="F106")
        near = near_names(bare_words(typed), self._named, cutoff=0.7)
        hint = f"did you mean {self._named[near[0]].name}?" if near else self._way_out([])
        if (found := re.fullmatch(_WITH_NUMBER, typed)) is not None:
            value, top = Fraction(found[1]), Fraction(found[2] or self.top)
            if self.bottom <= value <= self.top == top:
                hint = f"write {found[1]}"
        message = f"{quoted(typed)} is no level of the scale {self.name}"
        return Problem(message, hint, name="bad-level")

    def _way_out(self, others: list[str]) -> str:
        names = [level.name for level in self.levels]
        hint = f"write {number_as_typed(self.bottom)} to {number_as_typed(self.top)}"
        if len(names) <= _FEW:
            hint += f", or {alternatives(names)}"
        elsewhere = [name for name in others if name != self.name]
        return hint + (f"; or give the skill `scale: {elsewhere[0]}`" if elsewhere else "")


class Level(NamedTuple):
    """A level as written, and its number once the skill's scale is known."""

    text: str
    value: Fraction | None = None

    @property
    def number(self) -> Fraction:
        """The number on the skill's scale; a plan that is resolved has it everywhere."""
        if self.value is None:
            raise ValueError(f"the level {self.text!r} is not resolved")
        return self.value

    def with_value(self, value: Fraction) -> "Level":
        """Return the same level with its number."""
        return self._replace(value=value)


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


_WITH_NUMBER = r"(?ai)(?:l(?:evel)? ?)?(\d{1,3})(?: ?(?:/|of) ?(\d{1,3})| ?[-(:]\D*)?"
"""A number with other words: `4 - Advanced`, `L3`, and `2/5` on a scale up to 5."""

_FEW = 8
"""So many words of a scale are alternatives in a hint."""


def _shipped(name: str, title: str, *levels: str, first: int = 1) -> Scale:
    """Return a scale whose levels are `name: what it means`, lowest first."""
    numbered = enumerate((level.split(": ", 1) for level in levels), start=first)
    return Scale(name, title, tuple(ScaleLevel(Fraction(n), *words) for n, words in numbered))


_SHIPPED = (
    _shipped(
        "five",
        "Five levels of practice",
        "None: Has not met it yet.",
        "Aware: Knows what it is for and can follow a talk about it.",
        "Beginner: Does simple tasks with somebody at hand.",
        "Practitioner: Does ordinary tasks alone and knows when to ask.",
        "Advanced: Solves the hard cases and is asked by others.",
        "Expert: Sets how it is done and is known for it beyond the team.",
        first=0,
    ),
    _shipped(
        "dreyfus",
        "The five stages of Dreyfus and Dreyfus (1980)",
        "Novice: Follows rules as they were taught, whatever the situation.",
        "Advanced beginner: Knows recurring situations, but not yet which of them matter.",
        "Competent: Plans, chooses what matters, and answers for the outcome.",
        "Proficient: Sees at once what a situation asks, and then thinks about how to do it.",
        "Expert: Sees what to do and does it; explains it only afterwards.",
    ),
    _shipped(
        "sfia7",
        "The seven levels of responsibility of SFIA",
        "Follow: Does routine tasks under close supervision.",
        "Assist: Does varied tasks under supervision and helps others with theirs.",
        "Apply: Does complete tasks alone and is checked at milestones.",
        "Enable: Does complex work on one’s own account and guides others in theirs.",
        "Ensure and advise: Answers for the work of others and advises on the whole field.",
        "Initiate and influence: Starts what changes an organisation, and wins others for it.",
        "Set strategy: Decides where an organisation goes and makes it move.",
    ),
    _shipped(
        "cefr6",
        "The six levels of the Common European Framework for Languages",
        "A1: Manages a few everyday phrases with somebody patient.",
        "A2: Manages short exchanges about familiar things.",
        "B1: Gets along on a journey and tells of work, plans and opinions.",
        "B2: Talks fluently with native speakers and writes clearly on many subjects.",
        "C1: Uses the language with ease at work and in study, and reads between the lines.",
        "C2: Understands practically everything and finds the fine shade of meaning.",
    ),
)
SCALES: Mapping[str, Scale] = MappingProxyType({scale.name: scale for scale in _SHIPPED})
"""The scales that ship: `five` (0-5), `dreyfus`, `sfia7` and `cefr6`."""
