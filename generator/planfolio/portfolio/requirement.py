"""What a role requires of a skill and needs beside skills, and the steps for it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from planfolio.analyse.status import WORST_FIRST, Status
from planfolio.model.plan import grouped
from planfolio.model.references import Key
from planfolio.portfolio.levels import standing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from planfolio.analyse.roles import Coverage, NeedNumbers, RequirementNumbers
    from planfolio.model.kinds.role import Need, NeedKind, RoleFields
    from planfolio.model.kinds.skill import SkillFields
    from planfolio.portfolio.levels import LevelExpectations, Standing
    from planfolio.portfolio.record import PlanView, PortfolioRecord


class ClosingStep(NamedTuple):
    """A step that closes a gap or answers a need, and its status.

    Of a milestone that closes a gap it is the worse one of its own and that of its goal.
    """

    step: PortfolioRecord[Any]
    status: Status


class PortfolioRequirement(NamedTuple):
    """What a role requires of a skill, what is there, and what closes the gap.

    `gap` is in levels, `gain` a share of readiness (0 to 1), and `gain_per_10h` the gain for ten
    hours of the open steps that raise the skill. None is unknown.
    """

    role: PortfolioRecord[RoleFields]
    skill: PortfolioRecord[SkillFields]
    numbers: RequirementNumbers

    @property
    def standing(self) -> Standing:
        """The current, planned, required and ideal level on the scale of the skill."""
        n = self.numbers
        return standing(
            self.skill.scale,
            n.current,
            planned=n.planned,
            required=n.required,
            stretch=n.stretch,
        )

    @property
    def gap(self) -> Fraction | None:
        """The levels that are missing."""
        return self.numbers.gap

    @property
    def gain(self) -> Fraction | None:
        """What closing the gap adds to readiness."""
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

    role: PortfolioRecord[RoleFields]
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


def requirements_by_skill(portfolio: PlanView) -> Mapping[str, tuple[PortfolioRequirement, ...]]:
    """Return what each role requires, by the id of the skill."""
    return grouped(
        (n.skill, PortfolioRequirement(role, portfolio.records[Key("skill", n.skill)], n))
        for role in portfolio.of("role")
        for n in portfolio.analysis.roles[role.id].requirements
    )


def _best_first(closing: ClosingStep) -> tuple[int, date, Key]:
    due = closing.step.due.last if closing.step.due else date.max
    return -WORST_FIRST.index(closing.status), due, closing.step.key
