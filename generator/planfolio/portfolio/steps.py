"""Steps of the plan, whatever their kind: how each goes, what it raises and what it waits for."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from planfolio.analyse.schedule import Projection
from planfolio.analyse.skills import raised_to
from planfolio.analyse.status import INACTIVE, Status, StepNumbers
from planfolio.model.kinds.milestone import MilestoneFields
from planfolio.model.kinds.resource import ResourceFields
from planfolio.model.plan import grouped
from planfolio.model.references import Key
from planfolio.model.scales import Level
from planfolio.model.values.dates import PlanDate, Window
from planfolio.portfolio.levels import SkillLevels, skill_levels
from planfolio.portfolio.linked_record import LinkedRecord, Neighbours
from planfolio.portfolio.record import PlanView, PortfolioRecord
from planfolio.portfolio.role import PortfolioNeed, PortfolioRole
from planfolio.portfolio.skill import PortfolioSkill


class RaiseEffect(StrEnum):
    """What raising a skill does to its gap."""

    NOT_REQUIRED = "not-required"
    GAP_UNKNOWN = "gap-unknown"
    NO_GAP = "no-gap"
    CLOSES = "closes"
    NARROWS = "narrows"
    LEAVES = "leaves"


class PortfolioRaise(NamedTuple):
    """A skill that steps raise: to the planned level of its `levels`, which has the required too.

    `gap` is the distance that is closed or left over, in levels, where `effect` speaks of one.
    """

    skill: PortfolioSkill
    levels: SkillLevels
    effect: RaiseEffect
    gap: Fraction | None


class PortfolioStep(LinkedRecord):
    """A goal, a milestone, or a record of any other kind that raises skills or answers needs."""

    numbers: StepNumbers
    status: Status
    is_open: bool

    @property
    def goal(self) -> PortfolioRecord | None:
        """The goal that it belongs to."""
        return self._portfolio.record(Key("goal", getattr(self._written, "goal", None) or ""))

    @property
    def after(self) -> tuple[PortfolioRecord, ...]:
        """The steps that have to be finished before it."""
        names = getattr(self._written, "after", ())
        keys = (Key.parse(name, kinds=("goal", "milestone")) for name in names)
        return self._portfolio.records_with(keys)

    @property
    def raises(self) -> tuple[PortfolioRaise, ...]:
        """The skills that it raises, and what that does for the role."""
        role = self.goal.role if self.goal else None
        return raises_of((self,), role=role, portfolio=self._portfolio)

    @property
    def answered_needs(self) -> tuple[PortfolioNeed, ...]:
        """The needs of roles that it answers."""
        return self._portfolio.cached(_needs_by_step).get(self.key, ())

    @property
    def projection(self) -> Projection | None:
        """When the schedule has it finished: `finish`, `late_days`, `deadline`, `latest_start`."""
        return self._portfolio.analysis.capacity.projections.get(self.key)

    @property
    def has_begun(self) -> bool:
        """Whether its start has come.

        A start that follows from what it waits for does not count: that may be finished early.
        """
        afters = {record.key for record in self.after}
        start = self.start
        inherited = self._record.inherited.get("start")
        return start is None or inherited in afters or start.first <= self._portfolio.as_of


class PortfolioMilestone(PortfolioStep, kind="milestone"):
    """A milestone, in a file of its own or in its goal's."""

    _written: MilestoneFields

    @property
    def neighbours(self) -> Neighbours:
        """The milestones of its goal that are due before and after it."""
        if self.goal is None:
            return super().neighbours
        siblings = [None, *self.goal.milestones, None]
        place = siblings.index(self)
        return siblings[place - 1], siblings[place + 1]

    @property
    def _related(self) -> frozenset[Key]:
        return super()._related | {record.key for record in self.neighbours if record is not None}


class PortfolioResource(PortfolioStep, kind="resource"):
    """A course, a book, a conference or another resource."""

    _written: ResourceFields

    @property
    def _list_order(self) -> tuple[bool, date]:
        return not self.is_open, self._due_day

    @property
    def takes_place(self) -> Window | None:
        """When it takes place or is meant to be done; None while paused, dropped or a draft."""
        return self._written.when if self.status not in INACTIVE else None

    @property
    def register_by(self) -> PlanDate | None:
        """The last day to register, as long as it is neither begun nor over."""
        waits = self.is_open and self.status is not Status.STARTED
        return self._written.decide_by if waits else None

    @property
    def registration_passed(self) -> bool:
        """Whether the last day to register has passed."""
        return self.register_by is not None and self.register_by.last < self._portfolio.as_of


def _needs_by_step(portfolio: PlanView) -> Mapping[Key, tuple[PortfolioNeed, ...]]:
    needs = (need for role in portfolio.in_plan_order(PortfolioRole) for need in role.needs)
    return grouped((key, need) for need in needs for key in need.numbers.answers)


def raises_of(
    steps: Iterable[PortfolioRecord], *, role: PortfolioRole | None, portfolio: PlanView
) -> tuple[PortfolioRaise, ...]:
    """Return the skills that some steps raise, each to the highest level that one of them names."""
    found: dict[PortfolioSkill, list[Level | None]] = {}
    for step in steps:
        for id_, level in getattr(step._written, "raises", {}).items():
            skill = portfolio.typed_record(PortfolioSkill, id_)
            if skill is not None:
                found.setdefault(skill, []).append(level)
    return tuple(_raise(skill, levels, role=role) for skill, levels in found.items())


def _raise(
    skill: PortfolioSkill, levels: Iterable[Level | None], *, role: PortfolioRole | None
) -> PortfolioRaise:
    """Return what steps do that raise a skill to some levels; without one, as far as required."""
    now, required = skill.numbers.level, skill.numbers.required
    of_role = role._record if role is not None else None
    required = raised_to(skill.id, None, role=of_role, required=required)
    numbers = (level.number if level is not None else required for level in levels)
    to = max((number for number in numbers if number is not None), default=None)
    levels_of_skill = skill_levels(skill.scale, now, planned=to, required=required)
    return PortfolioRaise(skill, levels_of_skill, *_effect(now, to=to, required=required))


def _effect(
    now: Fraction | None, *, to: Fraction | None, required: Fraction | None
) -> tuple[RaiseEffect, Fraction | None]:
    if required is None:
        return RaiseEffect.NOT_REQUIRED, None
    if now is None:
        return RaiseEffect.GAP_UNKNOWN, None
    if now >= required:
        return RaiseEffect.NO_GAP, None
    if to is not None and to >= required:
        return RaiseEffect.CLOSES, required - now
    if to is not None and to > now:
        return RaiseEffect.NARROWS, required - to
    return RaiseEffect.LEAVES, required - now
