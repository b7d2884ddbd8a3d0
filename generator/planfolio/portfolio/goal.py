"""A goal as pages show it: its status and measures, its steps, and what it does for the role."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from planfolio.analyse.days import days_of
from planfolio.analyse.goals import GoalNumbers, kept_milestones
from planfolio.analyse.measures import Measure, MeasureProgress, milestone_weights
from planfolio.analyse.status import AT_REST, NEEDS_ATTENTION, WORST_FIRST, Status
from planfolio.model.kinds.goal import GoalFields, GoalKind
from planfolio.model.plan import grouped
from planfolio.portfolio.role import PortfolioRole
from planfolio.portfolio.smart import SmartCheck, smart_checks
from planfolio.portfolio.steps import (
    PortfolioMilestone,
    PortfolioRaise,
    PortfolioResource,
    PortfolioStep,
    raises_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from planfolio.analyse.reasons import Reason
    from planfolio.model.references import Key
    from planfolio.model.tables import Pause
    from planfolio.model.values.dates import PlanDate
    from planfolio.portfolio.findings import PortfolioFinding
    from planfolio.portfolio.record import PlanView, PortfolioRecord


class PortfolioMeasurement(NamedTuple):
    """A value of a metric, the day that it is of, and the record that holds it.

    `when` is the date as it was written.
    """

    value: Fraction
    day: date | None
    when: PlanDate | None
    source: PortfolioRecord[Any] | None


class PortfolioGoal(PortfolioStep[GoalFields], kind="goal"):
    """A goal."""

    @property
    def _list_order(self) -> tuple[int, date, str]:
        return WORST_FIRST.index(self.status), self._due_day, self.id

    @property
    def _numbers(self) -> GoalNumbers:
        return self._portfolio.analysis.goals[self.id]

    @property
    def to_decide_by(self) -> PlanDate | None:
        """The day by which it is decided, as long as it is open."""
        return self._record.fields.decide_by if self.is_open else None

    @property
    def at_rest(self) -> bool:
        """Whether it is done, ended, paused, dropped or a draft."""
        return self.status in AT_REST

    @property
    def needs_attention(self) -> bool:
        """Whether it is late, off track or at risk."""
        return self.status in NEEDS_ATTENTION

    @property
    def measures(self) -> tuple[MeasureProgress, ...]:
        """Progress by each measure: metric, milestones, checklist, habit, parts or one step."""
        return self._numbers.measures

    @property
    def deciding(self) -> MeasureProgress | None:
        """The measure that gives status, progress and forecast; None for a direction."""
        return self._numbers.deciding

    @property
    def other_measures(self) -> tuple[MeasureProgress, ...]:
        """The measures that do not decide."""
        return tuple(measure for measure in self.measures if measure != self.deciding)

    @property
    def reason(self) -> Reason:
        """Why it has its status."""
        return self._numbers.reason

    @property
    def worst_part(self) -> PortfolioGoal | None:
        """The goal below it that gives its status: the one with the id `reason.part`."""
        return self._portfolio.get(PortfolioGoal, self.reason.part)

    @property
    def pause(self) -> Pause | None:
        """The pause that holds now, with `from_`, `to` and `reason`."""
        on = self._numbers.reason.on if self.status is Status.PAUSED else None
        return next((p for p in self._record.fields.paused if p.from_.first == on), None)

    @property
    def measure(self) -> Measure | None:
        """What decides: metric, milestones, checklist, cadence, children or step."""
        return self.deciding.measure if self.deciding is not None else None

    @property
    def progress(self) -> Fraction | None:
        """The share that is done, by the deciding measure."""
        return self._numbers.progress

    @property
    def expected(self) -> Fraction | None:
        """The share that should be done by now, by the deciding measure."""
        return self.deciding.expected if self.deciding is not None else None

    @property
    def spi(self) -> Fraction | None:
        """The pace by the deciding measure: SPI(t) of Lipke (2003), 1 as planned."""
        return self.deciding.spi if self.deciding is not None else None

    @property
    def forecast(self) -> date | None:
        """The day on which it ends at this pace."""
        return self._numbers.forecast

    @property
    def slip_days(self) -> int | None:
        """The days from its due day to the forecast."""
        return self.deciding.slip_days if self.deciding is not None else None

    @property
    def current(self) -> Fraction | None:
        """The current value of its metric."""
        return self._numbers.current.value if self._numbers.current else None

    @property
    def current_on(self) -> date | None:
        """The day of the current value."""
        return self._numbers.current.on if self._numbers.current else None

    @property
    def measurements(self) -> tuple[PortfolioMeasurement, ...]:
        """The values of its metric up to now, the newest first."""
        if self._record.fields.metric is None:
            return ()
        find = self._portfolio.find
        newest_first = reversed(self._numbers.measurements)
        return tuple(
            PortfolioMeasurement(m.value, m.on, m.when, find(m.source)) for m in newest_first
        )

    @property
    def role(self) -> PortfolioRole | None:
        """The role that it is for."""
        return self._portfolio.get(PortfolioRole, self._record.fields.role)

    @property
    def parent(self) -> PortfolioGoal | None:
        """The goal that it is a part of."""
        return self._portfolio.get(PortfolioGoal, self._record.fields.parent)

    @property
    def children(self) -> tuple[PortfolioGoal, ...]:
        """The goals that are parts of it."""
        children = self._portfolio.plan.children_of.get(self.id, ())
        return self._portfolio.get_all(PortfolioGoal, (child.key for child in children))

    @property
    def milestones(self) -> tuple[PortfolioMilestone, ...]:
        """Its milestones by due day, dropped ones last."""
        own = self._portfolio.plan.milestones_of.get(self.id, ())
        found = self._portfolio.get_all(PortfolioMilestone, (milestone.key for milestone in own))
        return tuple(sorted(found, key=lambda milestone: milestone.status is Status.DROPPED))

    @property
    def steps_ahead(self) -> tuple[PortfolioMilestone, ...]:
        """Its open milestones that have a place in the schedule, instead of the goal itself."""
        return tuple(m for m in self.milestones if m.is_open and m.projection is not None)

    @property
    def milestone_shares(self) -> tuple[tuple[PortfolioMilestone, Fraction], ...]:
        """Its milestones that are not themselves dropped, each with its share of the goal."""
        by_key = {milestone.key: milestone for milestone in self.milestones}
        records = (milestone._record for milestone in self.milestones)
        kept = kept_milestones(records, as_of=self._portfolio.as_of)
        weights = milestone_weights(kept)
        total = Fraction(sum(weights)) or Fraction(1)
        return tuple(
            (by_key[milestone.key], weight / total)
            for milestone, weight in zip(kept, weights, strict=True)
        )

    def expected_on(self, day: date) -> Fraction | None:
        """Return the share of its days that is gone by a day; None without a start or an end."""
        return days_of(self._record, as_of=day).expected

    @property
    def resources(self) -> tuple[PortfolioResource, ...]:
        """Its courses, books and the like: the open ones first, then by day."""
        return self._portfolio.once(_resources_by_goal).get(self.id, ())

    @property
    def has_weights(self) -> bool:
        """Whether a milestone has a weight; those without one then weigh 1."""
        return any(milestone.weight is not None for milestone in self.milestones)

    @property
    def has_efforts(self) -> bool:
        """Whether a milestone has an effort."""
        return any(milestone.effort is not None for milestone in self.milestones)

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
        """What is to be said about it beside its SMART checks, the most severe first."""
        found = super().findings
        in_checks = {found for check in self.smart for found in check.findings} if found else ()
        return tuple(each for each in found if each not in in_checks)

    @property
    def is_endless(self) -> bool:
        """Whether it is a direction without a horizon or a due day."""
        return self._record.fields.kind is GoalKind.DIRECTION and self.due is None

    @property
    def is_part(self) -> bool:
        """Whether it is a part of another goal."""
        return self.parent is not None

    @property
    def related(self) -> frozenset[Key]:
        """The records that its page links to."""
        milestones = {milestone.key for milestone in self.milestones}
        children = {child.key for child in self.children}
        resources = {resource.key for resource in self.resources}
        measured_in = {found.source for found in self._numbers.measurements}
        return super().related | milestones | children | resources | measured_in


def _resources_by_goal(portfolio: PlanView) -> Mapping[str, tuple[PortfolioResource, ...]]:
    """Return the courses, books and the like of each goal, in the order of their list."""
    resources = portfolio.listed(PortfolioResource)
    return grouped((r.goal.id, r) for r in resources if r.goal is not None)
