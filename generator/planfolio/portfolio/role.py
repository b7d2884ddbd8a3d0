"""A role as pages show it: how ready one is, what it requires and needs, and its gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from planfolio.analyse.gaps import Coverage, RequirementNumbers
from planfolio.analyse.status import WORST_FIRST, Status
from planfolio.model.kinds.role import Need, NeedKind, RoleFields, RoleStatus
from planfolio.model.plan import grouped
from planfolio.model.references import Key
from planfolio.portfolio.levels import LevelExpectations, Standing, standing
from planfolio.portfolio.linked_record import LinkedRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from fractions import Fraction

    from planfolio.analyse.roles import Interval, NeedNumbers, RoleNumbers
    from planfolio.model.kinds.goal import GoalFields
    from planfolio.model.kinds.skill import SkillFields
    from planfolio.portfolio.record import PlanView, PortfolioRecord


class ClosingStep(NamedTuple):
    """A step that closes a gap or answers a need, and its status.

    Of a milestone that closes a gap it is the worse one of its own and that of its goal.
    """

    step: PortfolioRecord[Any]
    status: Status


class PortfolioRequirement(NamedTuple):
    """What a role requires of a skill, what is there, and what closes the gap; None is unknown."""

    role: PortfolioRole
    skill: PortfolioRecord[SkillFields]
    numbers: RequirementNumbers

    @property
    def standing(self) -> Standing:
        """The current, planned, required and ideal level on the scale of the skill."""
        n = self.numbers
        levels = {"planned": n.planned, "required": n.required, "stretch": n.stretch}
        return standing(self.skill.scale, n.current, **levels)

    @property
    def gap(self) -> Fraction | None:
        """The levels that are missing."""
        return self.numbers.gap

    @property
    def gain(self) -> Fraction | None:
        """What closing the gap adds to readiness, a share from 0 to 1."""
        return self.numbers.gain

    @property
    def gain_per_10h(self) -> Fraction | None:
        """The gain per ten hours of the open steps that raise the skill."""
        gain, hours = self.gain, self.numbers.effort
        return gain * 10 / hours if gain is not None and hours else None

    @property
    def weight(self) -> Fraction:
        """How much it weighs, from 1 to 5."""
        return self.numbers.weight

    @property
    def must(self) -> bool:
        """Whether the role cannot do without it."""
        return self.numbers.must

    @property
    def met(self) -> bool:
        """Whether the level is known to be reached."""
        return self.numbers.met

    @property
    def covered(self) -> Coverage | None:
        """Whether open steps close the gap: yes, partly, no."""
        return self.numbers.covered

    @property
    def safe(self) -> bool | None:
        """Whether a step that closes the gap goes well; None where no step closes it."""
        return self.numbers.safe

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
    def dropped_closers(self) -> tuple[PortfolioRecord[Any], ...]:
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
        found: tuple[LevelExpectations, ...] = self.skill.expectations_up_to(self.numbers.required)
        return found

    @property
    def why(self) -> str | None:
        """Why the role requires it."""
        asked = self.role._record.fields.requires.get(self.skill.id)
        return asked.why if asked else None

    @property
    def steps(self) -> tuple[PortfolioRecord[Any], ...]:
        """The open steps that raise the skill."""
        return self.role._portfolio.find_all(self.numbers.steps)


class PortfolioNeed(NamedTuple):
    """Something that a role needs beside skills, and the steps that answer it."""

    role: PortfolioRole
    need: Need
    numbers: NeedNumbers

    @property
    def title(self) -> str:
        """What is needed."""
        return self.need.title

    @property
    def type(self) -> NeedKind | None:
        """What sort of need it is: training, certification, education and so on."""
        return self.need.need

    @property
    def why(self) -> str | None:
        """Why the role needs it."""
        return self.need.why

    @property
    def met_on(self) -> date | None:
        """The day on which it was met."""
        return self.numbers.met_on

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
    def answers(self) -> tuple[PortfolioRecord[Any], ...]:
        """The steps that answer it."""
        return self.role._portfolio.find_all(self.numbers.answers)

    @property
    def answering(self) -> tuple[ClosingStep, ...]:
        """The steps that answer it, each with its status: open ones, and those that are done."""
        return tuple(ClosingStep(step, step.status) for step in self.answers)


class PortfolioRole(LinkedRecord[RoleFields], kind="role"):
    """A role."""

    __slots__ = ()

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


def requirements_by_skill(portfolio: PlanView) -> Mapping[str, tuple[PortfolioRequirement, ...]]:
    """Return what each role requires, by the id of the skill."""
    found = (required for role in portfolio.all(PortfolioRole) for required in role.requirements)
    return grouped((required.skill.id, required) for required in found)


def _goals_by_role(portfolio: PlanView) -> Mapping[str, tuple[Key, ...]]:
    """Return the goals that aim at each role."""
    goals = portfolio.plan.goals.values()
    return grouped((goal.fields.role, goal.key) for goal in goals if goal.fields.role)


def _best_first(closing: ClosingStep) -> tuple[int, date, Key]:
    return -WORST_FIRST.index(closing.status), closing.step._due_day, closing.step.key
