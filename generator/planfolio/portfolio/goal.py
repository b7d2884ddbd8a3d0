"""A goal as pages show it: its status and measures, its steps, and what it does for the role."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from planfolio.analyse.results import Measure, Status
from planfolio.model.kinds.goal import GoalFields, GoalKind
from planfolio.portfolio.smart import smart_checks
from planfolio.portfolio.steps import PortfolioStep, raises_of

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from planfolio.analyse.results import GoalNumbers, Measurement, MeasureProgress
    from planfolio.model.plan import Key
    from planfolio.model.values.dates import PlanDate
    from planfolio.portfolio.record import PortfolioRecord
    from planfolio.portfolio.role import PortfolioRole
    from planfolio.portfolio.smart import SmartCheck
    from planfolio.portfolio.steps import PortfolioMilestone, PortfolioRaise

AT_REST = (Status.DONE, Status.PAUSED, Status.DROPPED, Status.DRAFT)
"""The statuses of goals that nothing is expected of."""

NEEDS_ATTENTION = (Status.LATE, Status.OFF_TRACK, Status.AT_RISK)
"""The statuses of goals that go wrong, the worst first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioMeasure:
    """Progress by one measure against time.

    `progress`, `expected` and `planned` are ratios from 0 to 1: the share that is done, the share
    of the time that has gone, and the share that the plan has due by now (of milestones). `spi` is
    the earned-schedule index SPI(t) of Lipke (2003). `slip_days` is the forecast less the due day,
    `late_days` the days since the due day. `done` of `total` are counted. None is unknown.
    """

    measure: Measure
    status: Status
    progress: Fraction | None
    expected: Fraction | None
    planned: Fraction | None
    spi: Fraction | None
    forecast: date | None
    slip_days: int | None
    late_days: int | None
    done: int | None = None
    total: int | None = None
    unknown: int = 0

    @property
    def expected_now(self) -> Fraction | None:
        """What should be done by now: as planned, else as the time has gone."""
        return self.planned if self.planned is not None else self.expected


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioMeasurement:
    """A value of a metric, the day that it is of, and the record that holds it.

    `when` is the date as it was written, where the goal itself gives it.
    """

    value: Fraction
    day: date | None
    when: PlanDate | None
    source: PortfolioRecord[Any] | None


class PortfolioGoal(PortfolioStep[GoalFields]):
    """A goal."""

    @property
    def _numbers(self) -> GoalNumbers:
        return self._portfolio.analysis.goals[self.id]

    @property
    def status(self) -> Status:
        """The status: one word for how it goes, such as on-track, at-risk, late or done."""
        return self._numbers.status

    @property
    def is_open(self) -> bool:
        """Whether it is active and not done."""
        return self._numbers.open

    @property
    def at_rest(self) -> bool:
        """Whether it is done, paused, dropped or a draft."""
        return self.status in AT_REST

    @property
    def needs_attention(self) -> bool:
        """Whether it is late, off track or at risk."""
        return self.status in NEEDS_ATTENTION

    @property
    def done_on(self) -> date | None:
        """The day on which it was done, if that is known."""
        return self._numbers.done_on

    @cached_property
    def measures(self) -> tuple[PortfolioMeasure, ...]:
        """Progress by each measure: one, or two where a metric and milestones both measure it."""
        numbers = self._numbers
        return tuple(_measure(progress, numbers) for progress in numbers.measures)

    @property
    def measured(self) -> PortfolioMeasure | None:
        """The measure that leads; None where the goal is one step."""
        lead = self.measures[0]
        return None if lead.progress is None and lead.measure is Measure.STEP else lead

    @property
    def deciding(self) -> PortfolioMeasure:
        """The measure that gives the status."""
        lead, *others = self.measures
        if lead.status is not self.status:
            return next((m for m in others if m.status is self.status), lead)
        return lead

    @property
    def progress(self) -> Fraction | None:
        """The share that is done, by the measure that leads."""
        return self.measures[0].progress

    @property
    def expected(self) -> Fraction | None:
        """The share that should be done by now, by the measure that leads."""
        return self.measures[0].expected_now

    @property
    def forecast(self) -> date | None:
        """The day on which it ends at this pace."""
        return self.measures[0].forecast

    @property
    def late_days(self) -> int | None:
        """The days since its due day, where it is late."""
        return max((m.late_days for m in self.measures if m.late_days is not None), default=None)

    @property
    def unknown_because(self) -> str:
        """Why the status is unknown: no-measurement, no-start, no-due, or empty."""
        if self._record.fields.metric is not None and self._numbers.current is None:
            return "no-measurement"
        if self.start is None:
            return "no-start"
        return "no-due" if self.due is None else ""

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
        return tuple(self._measurement(m) for m in reversed(self._numbers.measurements))

    def _measurement(self, found: Measurement) -> PortfolioMeasurement:
        metric = self._record.fields.metric
        history = metric.history if metric and found.source == self.key else ()
        when = next((e.date for e in history if e.date.first == found.on), None)
        return PortfolioMeasurement(
            value=found.value, day=found.on, when=when, source=self._portfolio.find(found.source)
        )

    @property
    def role(self) -> PortfolioRole | None:
        """The role that it is for."""
        return self._portfolio.role(self._record.fields.role)

    @property
    def parent(self) -> PortfolioGoal | None:
        """The goal that it is a part of."""
        return self._portfolio.goal(self._record.fields.parent)

    @property
    def children(self) -> tuple[PortfolioGoal, ...]:
        """The goals that are parts of it."""
        return self._portfolio.children_of(self.id)

    @property
    def milestones(self) -> tuple[PortfolioMilestone, ...]:
        """Its milestones by due day."""
        return self._portfolio.milestones_of(self.id)

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

    @property
    def smart(self) -> tuple[SmartCheck, ...]:
        """The five checks, less those that this audience does not see."""
        return smart_checks(self._record, portfolio=self._portfolio)

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
        measured_in = {found.source for found in self._numbers.measurements}
        return super().related | milestones | children | measured_in


def _measure(progress: MeasureProgress, numbers: GoalNumbers) -> PortfolioMeasure:
    """Return progress by a measure; nothing is expected of a single step or of a goal at rest."""
    silent = progress.measure is Measure.STEP or progress.status in AT_REST
    return PortfolioMeasure(
        measure=progress.measure,
        status=progress.status,
        progress=progress.progress,
        expected=None if silent else progress.expected,
        planned=None if silent or progress.expected is None else progress.planned,
        spi=progress.spi,
        forecast=progress.forecast,
        slip_days=progress.slip_days,
        late_days=progress.late_days,
        done=progress.tally.done if progress.tally else None,
        total=progress.tally.total if progress.tally else None,
        unknown=numbers.unknown_children if progress.measure is Measure.CHILDREN else 0,
    )
