"""The scales of a plan: those that ship and those of site.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.model.values.level import SCALES, Scale, ScaleLevel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planfolio.model.settings import ScaleSettings, Settings


def scales(site: Settings) -> Mapping[str, Scale]:
    """Return all scales by name; one of site.toml takes the place of a shipped one of its name.

    Levels are put in order. A scale without a level is none, and is left out.
    """
    own = {name: _scale(name, s) for name, s in sorted(site.scales.items()) if s.levels}
    return {**SCALES, **own}


def scale_of(name: str | None, *, site: Settings, known: Mapping[str, Scale]) -> Scale:
    """Return the scale that a skill names, among the `known` ones that `scales` gives.

    A skill that names none has the plan's. A name that is not known, which resolving reports, is
    read as the plan's scale too, and the plan's as `five`, so that numbers can always be given.
    """
    for candidate in (name, site.plan.scale):
        if candidate is not None and candidate in known:
            return known[candidate]
    return known["five"]


def _scale(name: str, settings: ScaleSettings) -> Scale:
    levels = sorted(settings.levels, key=lambda level: level.value)
    return Scale(
        name=name,
        title=settings.title or name,
        levels=tuple(ScaleLevel(level.value, level.name, level.definition) for level in levels),
    )
