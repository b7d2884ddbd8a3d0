"""Levels of skill in words and as dots on their scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.portfolio.components import Dots
from planfolio.portfolio.formats import number, sentence

if TYPE_CHECKING:
    from fractions import Fraction

    from planfolio.model.plan import Skill
    from planfolio.model.scales import Scale
    from planfolio.portfolio.scope import Scope

UNRATED = "unrated"


def level_words(value: Fraction | None, *, scale: Scale) -> str:
    """Return a level as its word and its number: `Practitioner (3 of 5)`, or `unrated`."""
    if value is None:
        return UNRATED
    place = f"{number(value)} of {number(scale.top)}"
    word = scale.word(value)
    return f"{sentence(word)} ({place})" if word else place


def short_level(value: Fraction | None, *, scale: Scale) -> str:
    """Return a level as it fits a table: `3`, or the word where the scale is known by its words."""
    if value is None:
        return UNRATED
    word = scale.word(value)
    # `B1` says more than its number, a long word less: the scale stands on the skill's page.
    return word if word and len(word) <= 3 else number(value)


def level_dots(
    level: Fraction | None,
    *,
    scale: Scale,
    wanted: Fraction | None = None,
    planned: Fraction | None = None,
    text: str = "",
) -> Dots:
    """Return a level as steps of its scale; a scale's zero is no step."""
    return Dots(
        text or level_words(level, scale=scale),
        _steps(scale.top, scale=scale),
        None if level is None else _steps(level, scale=scale),
        None if wanted is None else _steps(wanted, scale=scale),
        None if planned is None else _steps(planned, scale=scale),
    )


def skill_dots(skill: Skill, *, scope: Scope) -> Dots:
    """Return where a skill stands, where open steps take it, and what target roles ask."""
    numbers = scope.analysis.skills[skill.id]
    return level_dots(
        numbers.level,
        scale=scope.scale_of(skill),
        wanted=numbers.required,
        planned=numbers.planned,
    )


def _steps(level: Fraction, *, scale: Scale) -> int:
    return sum(1 for step in scale.levels if 0 < step.value <= level)
