"""A role as pages show it: how ready one is, what it requires and needs, and its gaps."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from planfolio.analyse.roles import Coverage, NeedNumbers, RequirementNumbers, RoleNumbers
from planfolio.analyse.status import WORST_FIRST, Status
from planfolio.model.kinds.role import Need, Requirement, RoleFields
from planfolio.model.plan import grouped
from planfolio.model.references import Key
from planfolio.portfolio.levels import LevelExpectations, SkillLevels, skill_levels
from planfolio.portfolio.linked_record import LinkedRecord
from planfolio.portfolio.record import Computed, PlanView, PortfolioRecord


class ClosingStep(NamedTuple):
    """A step that closes a gap or answers a need, and its status.

    Of a milestone that closes a gap it is the worse one of its own and that of its goal.
    """

    step: PortfolioRecord
    status: Status


class PortfolioRequirement(Computed):
    """What a `role` requires of a `skill`, what is there, and what closes the gap."""

    numbers: RequirementNumbers
    _written: Requirement

    def __init__(self, role: "PortfolioRole", numbers: RequirementNumbers) -> None:
        self.role = role
        self.numbers = numbers
        self._written = role._written.requires[numbers.skill]

    @property
    def skill(self) -> PortfolioRecord:
        """The skill."""
        return self.role._portfolio.records[Key("skill", self.numbers.skill)]

    @property
    def levels(self) -> SkillLevels:
        """The current, planned, required and ideal level on the scale of the skill."""
        n = self.numbers
        levels = {"planned": n.planned, "required": n.required, "stretch": n.stretch}
        return skill_levels(self.skill.scale, n.current, **levels)

    @property
    def gain_per_10h(self) -> Fraction | None:
        """The gain per ten hours of the open steps that raise the skill."""
        gain, hours = self.numbers.gain, self.numbers.effort
        return gain * 10 / hours if gain is not None and hours else None

    @property
    def closing(self) -> ClosingStep | None:
        """The step that closes the gap: the one that goes best, and of those the first due."""
        portfolio = self.role._portfolio
        found = []
        for key in self.numbers.closers:
            step = portfolio.records[key]
            both = (step, step.goal)
            status = min((s.status for s in both if s is not None), key=WORST_FIRST.index)
            found.append(ClosingStep(step, status))
        return min(found, key=_best_first, default=None)

    @property
    def dropped_closers(self) -> tuple[PortfolioRecord, ...]:
        """The dropped steps that would have closed the gap."""
        return tuple(
            found.step
            for found in self.skill.raised_by
            if found.step.status is Status.DROPPED
            and (found.to is None or found.to.value >= self.numbers.required)
        )

    @property
    def to_reach(self) -> tuple[LevelExpectations, ...]:
        """What the levels above the current one up to the required one look like."""
        found: tuple[LevelExpectations, ...] = self.skill._expectations_up_to(self.numbers.required)
        return found

    @property
    def steps(self) -> tuple[PortfolioRecord, ...]:
        """The open steps that raise the skill."""
        return self.role._portfolio.records_with(self.numbers.steps)


class PortfolioNeed(Computed):
    """Something that a `role` needs beside skills, and the steps that answer it."""

    numbers: NeedNumbers
    _written: Need

    def __init__(self, role: "PortfolioRole", need: Need, numbers: NeedNumbers) -> None:
        self.role = role
        self.numbers = numbers
        self._written = need

    @property
    def is_answered(self) -> bool:
        """Whether it is met, or an open or finished step answers it."""
        return self.numbers.met_on is not None or bool(self.numbers.answers)

    @property
    def is_done(self) -> bool:
        """Whether it is met, or all steps that answer it are done."""
        answering = self.answering
        done = all(found.status is Status.DONE for found in answering)
        return self.numbers.met_on is not None or (bool(answering) and done)

    @property
    def answering(self) -> tuple[ClosingStep, ...]:
        """The steps that answer it, each with its status: open ones, and those that are done."""
        steps = self.role._portfolio.records_with(self.numbers.answers)
        return tuple(ClosingStep(step, step.status) for step in steps)


class PortfolioRole(LinkedRecord, kind="role"):
    """A role."""

    numbers: RoleNumbers
    _written: RoleFields

    @property
    def ready_share(self) -> Fraction:
        """The readiness from which one is ready, 0 to 1."""
        return self._written.ready_at / 100

    @property
    def requirements(self) -> tuple[PortfolioRequirement, ...]:
        """What it requires, the highest priority first."""
        return self._of(self.numbers.requirements)

    @property
    def gaps(self) -> tuple[PortfolioRequirement, ...]:
        """The requirements that are not known to be met, the highest priority first."""
        return self._of(self.numbers.gaps)

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
    def met_count(self) -> int:
        """How many requirements are met."""
        return sum(1 for numbers in self.numbers.requirements if numbers.met)

    @property
    def required_count(self) -> int:
        """How many requirements there are."""
        return len(self.numbers.requirements)

    @property
    def needs(self) -> tuple[PortfolioNeed, ...]:
        """What it needs beside skills, in its own order."""
        pairs = zip(self._written.needs, self.numbers.needs, strict=True)
        return tuple(PortfolioNeed(self, *pair) for pair in pairs)

    @property
    def needs_without_plan(self) -> tuple[PortfolioNeed, ...]:
        """The needs that are neither met nor answered by a step."""
        return tuple(need for need in self.needs if not need.is_answered)

    @property
    def goals(self) -> tuple[PortfolioRecord, ...]:
        """The goals that aim at it and are not parts of others."""
        goals = self._portfolio.records_with(self._goals)
        return tuple(goal for goal in goals if goal.parent is None)

    @property
    def _goals(self) -> tuple[Key, ...]:
        return self._portfolio.cached(_goals_by_role).get(self.id, ())

    def requirement_of(self, skill: str) -> PortfolioRequirement | None:
        """Return what it requires of a skill, by the id of the skill."""
        return next((found for found in self.requirements if found.skill.id == skill), None)

    def _of(self, numbers: Iterable[RequirementNumbers]) -> tuple[PortfolioRequirement, ...]:
        return tuple(PortfolioRequirement(self, each) for each in numbers)

    @property
    def _related(self) -> frozenset[Key]:
        skills = (Key("skill", numbers.skill) for numbers in self.numbers.requirements)
        answers = (key for need in self.numbers.needs for key in need.answers)
        return frozenset((*skills, *answers, *self._goals))


def requirements_by_skill(portfolio: PlanView) -> Mapping[str, tuple[PortfolioRequirement, ...]]:
    """Return what each role requires, by the id of the skill."""
    found = (
        required
        for role in portfolio.in_plan_order(PortfolioRole)
        for required in role.requirements
    )
    return grouped((required.skill.id, required) for required in found)


def _goals_by_role(portfolio: PlanView) -> Mapping[str, tuple[Key, ...]]:
    goals = portfolio.plan.goals.values()
    return grouped((goal.fields.role, goal.key) for goal in goals if goal.fields.role)


def _best_first(closing: ClosingStep) -> tuple[int, date, Key]:
    return -WORST_FIRST.index(closing.status), closing.step._due_day, closing.step.key
