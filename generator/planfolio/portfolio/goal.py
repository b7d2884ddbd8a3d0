"""A goal as pages show it: its status and measures, its steps, and what it does for the role."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property

from planfolio.analyse.days import days_of_goal
from planfolio.analyse.goals import GoalNumbers, kept_milestones
from planfolio.analyse.measures import milestone_weights
from planfolio.analyse.status import AT_REST, NEEDS_ATTENTION, WORST_FIRST, Status
from planfolio.model.kinds.goal import GoalFields, GoalKind
from planfolio.model.kinds.kind import Pause
from planfolio.model.plan import grouped
from planfolio.model.references import Key
from planfolio.model.values.dates import PlanDate
from planfolio.portfolio.findings import PortfolioFinding
from planfolio.portfolio.record import PlanView
from planfolio.portfolio.role import PortfolioRole
from planfolio.portfolio.smart import SmartCheck, smart_checks
from planfolio.portfolio.steps import (
    PortfolioMilestone,
    PortfolioRaise,
    PortfolioResource,
    PortfolioStep,
    raises_of,
)


class PortfolioGoal(PortfolioStep, kind="goal"):
    """A goal."""

    numbers: GoalNumbers
    _written: GoalFields

    @property
    def _list_order(self) -> tuple[int, date]:
        return WORST_FIRST.index(self.status), self._due_day

    @property
    def to_decide_by(self) -> PlanDate | None:
        """The day by which it is decided, as long as it is open."""
        return self._written.decide_by if self.is_open else None

    @property
    def at_rest(self) -> bool:
        """Whether it is done, ended, paused, dropped or a draft."""
        return self.status in AT_REST

    @property
    def needs_attention(self) -> bool:
        """Whether it is late, off track or at risk."""
        return self.status in NEEDS_ATTENTION

    @property
    def pause(self) -> Pause | None:
        """The pause that holds now, with `from_`, `to` and `reason`."""
        on = self.numbers.reason.on if self.status is Status.PAUSED else None
        return next((p for p in self._written.paused if p.from_.first == on), None)

    @property
    def role(self) -> PortfolioRole | None:
        """The role that it is for."""
        return self._portfolio.typed_record(PortfolioRole, self._written.role)

    @property
    def parent(self) -> "PortfolioGoal | None":
        """The goal that it is a part of."""
        return self._portfolio.typed_record(PortfolioGoal, self._written.parent)

    @property
    def children(self) -> "tuple[PortfolioGoal, ...]":
        """The goals that are parts of it."""
        children = self._portfolio.plan.children_of.get(self.id, ())
        return self._portfolio.typed_records(PortfolioGoal, (child.key for child in children))

    @property
    def milestones(self) -> tuple[PortfolioMilestone, ...]:
        """Its milestones by due day, dropped ones last."""
        own = self._portfolio.plan.milestones_of.get(self.id, ())
        found = self._portfolio.typed_records(
            PortfolioMilestone, (milestone.key for milestone in own)
        )
        return tuple(sorted(found, key=lambda milestone: milestone.status is Status.DROPPED))

    @property
    def steps_ahead(self) -> tuple[PortfolioMilestone, ...]:
        """Its open milestones that have a place in the schedule, instead of the goal itself."""
        return tuple(m for m in self.milestones if m.is_open and m.projection is not None)

    @property
    def milestone_shares(self) -> tuple[tuple[PortfolioMilestone, Fraction], ...]:
        """Its milestones that are not themselves dropped, each with its share of the goal."""
        records = (milestone._record for milestone in self.milestones)
        kept = kept_milestones(records, as_of=self._portfolio.as_of)
        weights = milestone_weights(kept)
        total = Fraction(sum(weights)) or Fraction(1)
        found = self._portfolio.typed_records(PortfolioMilestone, (one.key for one in kept))
        return tuple((one, weight / total) for one, weight in zip(found, weights, strict=True))

    def expected_on(self, day: date) -> Fraction | None:
        """Return the share of its days that is gone by a day; None without a start or an end."""
        return days_of_goal(self._record, as_of=day).expected

    @property
    def resources(self) -> tuple[PortfolioResource, ...]:
        """Its courses, books and the like: the open ones first, then by day."""
        return self._portfolio.cached(_resources_by_goal).get(self.id, ())

    @property
    def raises(self) -> tuple[PortfolioRaise, ...]:
        """The skills that it and its milestones raise, and what that does for the role."""
        return raises_of((self, *self.milestones), role=self.role, portfolio=self._portfolio)

    @cached_property
    def smart(self) -> tuple[SmartCheck, ...]:
        """The five checks, less those that this audience does not see."""
        return smart_checks(self._record, portfolio=self._portfolio)

    @property
    def findings(self) -> tuple[PortfolioFinding, ...]:
        """The findings about it beside those of its SMART checks, the most severe first."""
        found = super().findings
        in_checks = {found for check in self.smart for found in check.findings} if found else ()
        return tuple(each for each in found if each not in in_checks)

    @property
    def _is_endless(self) -> bool:
        """Whether it is a direction without a horizon or a due day."""
        return self._written.kind is GoalKind.DIRECTION and self.due is None

    @property
    def _related(self) -> frozenset[Key]:
        milestones = {milestone.key for milestone in self.milestones}
        children = {child.key for child in self.children}
        resources = {resource.key for resource in self.resources}
        measured_in = {found.source for found in self.numbers.measurements}
        return super()._related | milestones | children | resources | measured_in


def _resources_by_goal(portfolio: PlanView) -> Mapping[str, tuple[PortfolioResource, ...]]:
    """Return the courses, books and the like of each goal, in the order of their list."""
    resources = portfolio.in_list_order(PortfolioResource)
    return grouped((r.goal.id, r) for r in resources if r.goal is not None)
