"""The burn-up of a goal: what was planned by each day, what was earned, and the forecast.

Milestones earn their share of the goal on the day on which they are reached, and are planned for
their due day. A metric is planned from its baseline to its target, evenly over the goal's days.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from planfolio.analyse.measures import MeasureProgress
from planfolio.model.references import Key
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.steps import PortfolioMilestone
from planfolio.render.charts.axes import (
    Line,
    Mark,
    TimeAxis,
    ValueAxis,
    stepped,
    time_axis,
    value_axis,
)

_WIDTH, _HEIGHT = 680, 260
_LEFT, _TOP, _BOTTOM = 48, 52, 248
_MARKS = 40
"""The most points that have a mark, the newest: a value a day is a line, not a row of marks."""

_Points = list[tuple[Key, date | None, Fraction]]
"""What holds a value, its day if it has one, and the value."""


class BurnUpPoint(NamedTuple):
    """What was earned on a day, all in all, and what was planned by then; None is unknown.

    `source` is the milestone that was reached, or what holds the measurement, which may have
    no day.
    """

    source: Key
    day: date | None
    value: Fraction
    planned: Fraction | None
    x: int
    y: int


class BurnUpChart(NamedTuple):
    """The lines of a burn-up in pixels, and the points that were earned, the oldest first.

    Values are shares of the goal where `of_milestones`, else those of its metric. `planned_now` is
    what was planned by the day of the numbers, `ahead` are the milestones that are not reached, on
    the line of what is planned. `earlier` points are on the line without a mark of their own.
    """

    width: int
    height: int
    axis: TimeAxis
    values: ValueAxis
    measure: MeasureProgress
    of_milestones: bool
    planned: Line
    earned: Line
    forecast: Line
    points: tuple[BurnUpPoint, ...]
    earlier: int
    ahead: tuple[Mark[PortfolioMilestone], ...]
    planned_now: Fraction | None


class _Course(NamedTuple):
    """Values by day, the oldest first: steps from one to the next, or a slope between them."""

    values: list[tuple[date, Fraction]]
    steps: bool

    def on(self, day: date) -> Fraction | None:
        """Return the value on a day, before its first as nothing was yet; None without any.

        Steps begin at 0, a slope at its first value.
        """
        before = [point for point in self.values if point[0] <= day]
        after = [point for point in self.values if point[0] > day]
        if not before:
            return None if not after else Fraction(0) if self.steps else after[0][1]
        (first, low), (last, high) = before[-1], after[0] if after else before[-1]
        if self.steps or last == first:
            return low
        return low + Fraction((day - first).days, (last - first).days) * (high - low)

    def line(self, axis: TimeAxis, values: ValueAxis) -> Line:
        """Return the course in pixels."""
        points = [(axis.x(day), values.y(value)) for day, value in self.values]
        return stepped(points) if self.steps else tuple(points)


def burn_up_chart(goal: PortfolioGoal, *, as_of: date) -> BurnUpChart | None:
    """Return the burn-up by milestones or metric, whichever decides or comes first.

    None where neither has two days to draw a line between.
    """
    measures = (*([goal.deciding_measure] if goal.deciding_measure else []), *goal.measures)
    measure = next((found for found in measures if found.measure in ("metric", "milestones")), None)
    if measure is None:
        return None
    of_milestones = measure.measure == "milestones"
    planned, earned, records = (_milestones if of_milestones else _metric)(goal, as_of)
    days = {day for day, _ in (*planned.values, *earned.values)}
    if len(days) < 2 or not (records or of_milestones):
        return None
    if of_milestones and measure.progress != 1:
        earned = earned._replace(values=[*earned.values, (as_of, earned.values[-1][1])])
    end = Fraction(1) if of_milestones else goal.metric.target
    start = goal.start.first if goal.start is not None else as_of
    forecast = _forecast(measure, earned, end=end, latest=_latest(planned, start, as_of))
    drawn = [*planned.values, *earned.values, *forecast.values]
    axis = time_axis([day for day, _ in drawn], as_of=as_of, left=_LEFT, right=_WIDTH)
    shown = [value for _, value in drawn] + ([Fraction(0), end] if of_milestones else [])
    values = value_axis(shown, left=_LEFT, bottom=_BOTTOM, top=_TOP)
    points = [
        BurnUpPoint(
            source, day, value, planned.on(day or as_of), axis.x(day or as_of), values.y(value)
        )
        for source, day, value in records[-_MARKS:]
    ]
    return BurnUpChart(
        width=_WIDTH,
        height=_HEIGHT,
        axis=axis,
        values=values,
        measure=measure,
        of_milestones=of_milestones,
        planned=planned.line(axis, values),
        earned=earned.line(axis, values),
        forecast=forecast.line(axis, values),
        points=tuple(points),
        earlier=len(records) - len(points),
        ahead=tuple(_ahead(goal, planned, axis, values)) if of_milestones else (),
        planned_now=planned.on(as_of),
    )


def _milestones(goal: PortfolioGoal, as_of: date) -> tuple[_Course, _Course, _Points]:
    """Return the planned and the earned shares of a goal by day, and the milestones reached."""
    shares = goal.milestone_shares
    first = goal.start.first if goal.start is not None else None
    last = goal.due.last if goal.due is not None else None
    dues = []
    for milestone, share in shares:
        day = milestone.due.last if milestone.due is not None else last
        if day is not None:
            dues.append((min(max(day, first or day), last or day), share))
    reached = sorted((m.done_on, m.key, share) for m, share in shares if m.done_on is not None)
    points: _Points = []
    total = Fraction(0)
    for day, key, share in reached:
        total += share
        points.append((key, day, total))
    earned = _sums([(day, share) for day, _, share in reached], min(first or as_of, as_of))
    return _sums(sorted(dues), first), earned, points


def _sums(parts: Iterable[tuple[date, Fraction]], first: date | None) -> _Course:
    """Return running sums by day, from zero on the first one."""
    found = dict.fromkeys([first] if first is not None else [], Fraction(0))
    total = Fraction(0)
    for day, part in parts:
        total += part
        found[day] = total
    return _Course(sorted(found.items()), steps=True)


def _metric(goal: PortfolioGoal, as_of: date) -> tuple[_Course, _Course, _Points]:
    """Return the planned and the measured values of a goal's metric by day, and those measured."""
    metric = goal.metric
    planned = []
    if goal.start is not None and goal.due is not None:
        days = {goal.start.first, goal.due.last}
        for pause in goal.paused:
            days |= {pause.from_.first - timedelta(days=1)}
            days |= {pause.to.last} if pause.to is not None else set()
        for day in sorted(d for d in days if goal.start.first <= d <= goal.due.last):
            share = goal.expected_on(day) or Fraction(0)
            planned.append((day, metric.baseline + share * (metric.target - metric.baseline)))
    points: _Points = [
        (found.source, found.on, found.value)
        for found in goal.measurements
        if found.on is not None or found == goal.current
    ]
    earned = [(day or as_of, value) for _, day, value in points]
    return _Course(planned, steps=False), _Course(earned, steps=False), points


def _latest(planned: _Course, start: date, as_of: date) -> date:
    """Return the last day that is drawn of a forecast: as far after the end as the goal is long."""
    last = max([as_of, *(day for day, _ in planned.values)])
    return last + (last - min(start, as_of))


def _forecast(measure: MeasureProgress, earned: _Course, *, end: Fraction, latest: date) -> _Course:
    """Return the line from what is earned to the end on the day of the forecast."""
    if not measure.forecast or not earned.values or measure.forecast <= earned.values[-1][0]:
        return _Course([], steps=False)
    (first, value), last = earned.values[-1], min(measure.forecast, latest)
    share = Fraction((last - first).days, (measure.forecast - first).days)
    return _Course([(first, value), (last, value + share * (end - value))], steps=False)


def _ahead(
    goal: PortfolioGoal, planned: _Course, axis: TimeAxis, values: ValueAxis
) -> Iterator[Mark[PortfolioMilestone]]:
    for milestone, _ in goal.milestone_shares:
        due = milestone.due or goal.due
        if milestone.done_on is None and due is not None:
            day = min(max(due.last, planned.values[0][0]), planned.values[-1][0])
            yield Mark(milestone, axis.x(day), values.y(planned.on(day) or Fraction(0)))
