"""Learning mode: how the hours of the plan are shared among doing, learning with others, courses.

That 70 % experience, 20 % social and 10 % formal are best is a habit of the field, not a finding
(Clardy, 70-20-10 and the dominance of informal learning: a fact in search of evidence, 2018). So
the shares are computed, and nothing is said about them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.analyse.status import INACTIVE
from planfolio.model.kinds.milestone import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planfolio.analyse.status import StepNumbers
    from planfolio.model.plan import Plan
    from planfolio.model.references import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningModes:
    """The effort of the steps by mode, in hours; `without_mode` has those of no known mode.

    Open and finished steps count, as they were estimated.
    """

    hours: Mapping[Mode, Fraction]
    without_mode: Fraction

    @property
    def shares(self) -> Mapping[Mode, Fraction]:
        """The share (0..1) of each mode in the hours that have one."""
        total = sum(self.hours.values(), Fraction(0))
        return {mode: hours / total for mode, hours in self.hours.items()} if total else {}


def learning_modes(plan: Plan, *, steps: Mapping[Key, StepNumbers]) -> LearningModes | None:
    """Return the hours of each mode, None where no step with an effort has one."""
    hours = dict.fromkeys(Mode, Fraction(0))
    without_mode = Fraction(0)
    for mode, effort in _efforts(plan, steps=steps):
        if mode is None:
            without_mode += effort
        else:
            hours[mode] += effort
    return LearningModes(hours=hours, without_mode=without_mode) if any(hours.values()) else None


def _efforts(
    plan: Plan, *, steps: Mapping[Key, StepNumbers]
) -> Iterator[tuple[Mode | None, Fraction]]:
    """Yield mode and effort of the steps; a milestone without a mode has its goal's."""
    for milestone in plan.milestones.values():
        goal = plan.goal_of(milestone)
        if milestone.fields.effort is not None and steps[milestone.key].status not in INACTIVE:
            mode = milestone.fields.mode or (goal.fields.mode if goal is not None else None)
            yield mode, milestone.fields.effort.hours
    for goal in plan.goals.values():
        effort = goal.fields.effort
        if effort is None or steps[goal.key].status in INACTIVE:
            continue
        own = plan.milestones_of.get(goal.id, ())
        counted = (m for m in own if steps[m.key].status not in INACTIVE)
        if all(milestone.fields.effort is None for milestone in counted):
            yield goal.fields.mode, effort.hours
