"""The numbers of skills and roles: levels, gaps and readiness.

Ratios are exact fractions from 0 to 1, effort is hours, levels are numbers of the skill's scale.
None is unknown, which is never shown as zero. No value is rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from planfolio.model.references import Key


class Coverage(StrEnum):
    """Whether the open steps close a gap."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Interval(NamedTuple):
    """The bounds of a share that is not known exactly."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementNumbers:
    """The gap between the level of a skill that a role requires and the current level.

    `gap` is in levels of the skill's scale, `weighted_gap` in levels of a scale of 5 times the
    weight, `gain` a share of the role's readiness, `effort` the hours of the open steps that raise
    the skill, `priority` the weighted gap per hour. All are None for an unrated skill, unless the
    role requires level 0. `covered` is None only where the level is reached. `steps` are the open
    ones that raise the skill, for whatever role; `closers` are those of them that
    raise it as far as required, and `safe` says whether one of these goes well (None: there is no
    gap, or none closes it).
    """

    skill: str
    current: Fraction | None
    required: Fraction
    stretch: Fraction | None
    weight: Fraction
    must: bool
    gap: Fraction | None
    weighted_gap: Fraction | None
    gain: Fraction | None
    effort: Fraction | None
    priority: Fraction | None
    covered: Coverage | None
    planned: Fraction | None
    steps: tuple[Key, ...] = ()
    closers: tuple[Key, ...] = ()
    safe: bool | None = None

    @property
    def met(self) -> bool:
        """Whether the level is known to be reached."""
        return self.gap == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedNumbers:
    """The state of a need of a role: the day it was met, and the open and done steps for it.

    `index` is its place in the role's list.
    """

    id: str
    index: int
    met_on: date | None
    answers: tuple[Key, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether the need is met or has a step."""
        return self.met_on is not None or bool(self.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleNumbers:
    """The numbers of a role: its readiness, and its requirements in the order of priority.

    `readiness` is None where nothing is required; `planned` is what it will be by the planned
    levels. `met` of `required` requirements are met.
    `musts_met` and `ready` are None while unrated skills leave them open. `ready_on` is
    the day on which it will be by the schedule.
    """

    id: str
    readiness: Interval | None
    planned: Interval | None
    met: int
    required: int
    musts_met: bool | None
    ready: bool | None
    ready_on: date | None = None
    requirements: tuple[RequirementNumbers, ...] = ()
    needs: tuple[NeedNumbers, ...] = ()

    @property
    def gaps(self) -> tuple[RequirementNumbers, ...]:
        """The requirements that are not known to be met, in the order of priority."""
        return tuple(r for r in self.requirements if not r.met)
