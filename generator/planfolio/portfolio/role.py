"""A role as pages show it: how ready one is, what is missing, and what no step covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.analyse.roles import Coverage
from planfolio.model.kinds.role import RoleFields
from planfolio.model.plan import grouped
from planfolio.model.references import Key
from planfolio.portfolio.linked_record import LinkedRecord
from planfolio.portfolio.requirement import PortfolioNeed, PortfolioRequirement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from fractions import Fraction

    from planfolio.analyse.roles import Interval, RequirementNumbers, RoleNumbers
    from planfolio.model.kinds.goal import GoalFields
    from planfolio.model.kinds.role import RoleStatus
    from planfolio.portfolio.record import PlanView, PortfolioRecord


class PortfolioRole(LinkedRecord[RoleFields]):
    """A role."""

    __slots__ = ()

    kind_name = "role"

    @property
    def _numbers(self) -> RoleNumbers:
        return self._portfolio.analysis.roles[self.id]

    @property
    def status(self) -> RoleStatus:
        """Whether it is aimed at: target, considering or dropped."""
        return self._record.fields.status

    @property
    def readiness(self) -> Interval | None:
        """The share of the role that is met, from `low` to `high`; None where nothing is required.

        The two differ where a skill is unrated.
        """
        return self._numbers.readiness

    @property
    def planned(self) -> Interval | None:
        """The share that will be met once the open steps are done."""
        return self._numbers.planned

    @property
    def ready_share(self) -> Fraction:
        """The readiness from which one is ready, 0 to 1."""
        return self._record.fields.ready_at / 100

    @property
    def ready(self) -> bool | None:
        """Whether one is ready; None where an unrated skill leaves it open."""
        return self._numbers.ready

    @property
    def ready_on(self) -> date | None:
        """The day on which one is ready by the schedule; None where it does not say."""
        return self._numbers.ready_on

    @property
    def requirements(self) -> tuple[PortfolioRequirement, ...]:
        """What it requires, the highest priority first."""
        return self._of(self._numbers.requirements)

    @property
    def gaps(self) -> tuple[PortfolioRequirement, ...]:
        """The requirements that are not known to be met, the highest priority first."""
        return self._of(self._numbers.gaps)

    @property
    def met_requirements(self) -> tuple[PortfolioRequirement, ...]:
        """The requirements that are met."""
        return tuple(found for found in self.requirements if found.met)

    @property
    def gaps_without_plan(self) -> tuple[PortfolioRequirement, ...]:
        """The known gaps that no open step narrows."""
        return tuple(
            found for found in self.gaps if found.covered is Coverage.NO and found.gap is not None
        )

    @property
    def musts(self) -> tuple[PortfolioRequirement, ...]:
        """The requirements that it cannot do without."""
        return tuple(found for found in self.requirements if found.must)

    @property
    def musts_met(self) -> bool | None:
        """Whether all musts are met; None while one is unrated."""
        return self._numbers.musts_met

    @property
    def met_count(self) -> int:
        """How many requirements are met."""
        return len(self.met_requirements)

    @property
    def required_count(self) -> int:
        """How many requirements there are."""
        return len(self._numbers.requirements)

    @property
    def musts_met_count(self) -> int:
        """How many musts are met."""
        return sum(1 for found in self.musts if found.met)

    @property
    def unrated_count(self) -> int:
        """How many required skills are unrated."""
        return sum(1 for numbers in self._numbers.requirements if numbers.gap is None)

    @property
    def needs(self) -> tuple[PortfolioNeed, ...]:
        """What it needs beside skills, in its own order."""
        pairs = zip(self._record.fields.needs, self._numbers.needs, strict=True)
        return tuple(PortfolioNeed(self, need, numbers) for need, numbers in pairs)

    @property
    def needs_without_plan(self) -> tuple[PortfolioNeed, ...]:
        """The needs that are neither met nor answered by a step."""
        return tuple(need for need in self.needs if not need.is_answered)

    @property
    def goals(self) -> tuple[PortfolioRecord[GoalFields], ...]:
        """The goals that aim at it and are not parts of others."""
        goals = self._portfolio.find_all(self._goals)
        return tuple(goal for goal in goals if not goal.is_part)

    @property
    def _goals(self) -> tuple[Key, ...]:
        return self._portfolio.once(_goals_by_role).get(self.id, ())

    def requirement_of(self, skill: str) -> PortfolioRequirement | None:
        """Return what it requires of a skill, by the id of the skill."""
        return next((found for found in self.requirements if found.skill.id == skill), None)

    def _of(self, numbers: Iterable[RequirementNumbers]) -> tuple[PortfolioRequirement, ...]:
        skills = self._portfolio.records
        return tuple(PortfolioRequirement(self, skills[Key("skill", n.skill)], n) for n in numbers)

    @property
    def related(self) -> frozenset[Key]:
        """The records that its page links to."""
        skills = (Key("skill", numbers.skill) for numbers in self._numbers.requirements)
        answers = (key for need in self._numbers.needs for key in need.answers)
        return frozenset((*skills, *answers, *self._goals))


def _goals_by_role(portfolio: PlanView) -> Mapping[str, tuple[Key, ...]]:
    """Return the goals that aim at each role."""
    goals = portfolio.plan.goals.values()
    return grouped((goal.fields.role, goal.key) for goal in goals if goal.fields.role)
