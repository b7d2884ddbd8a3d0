"""The measures of a goal: what each that it may have says about progress, pace and status."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

from planfolio.analyse.days import reached
from planfolio.analyse.results import Measure, MeasureProgress, Status, Tally
from planfolio.analyse.status import WITH_PACE, measured_status, status_of_step, worst_known

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from planfolio.analyse.days import GoalDays
    from planfolio.analyse.results import GoalNumbers, Measurement
    from planfolio.model.body import Task
    from planfolio.model.kinds.goal import Metric
    from planfolio.model.plan import Milestone

_FEWEST_ITEMS = 5
"""The number of items from which a checklist is fine enough for a forecast."""


def by_metric(
    metric: Metric, measurements: Sequence[Measurement], *, days: GoalDays
) -> MeasureProgress:
    """Measure a goal by the value that counts, from the baseline to the target.

    The share is unknown without a measurement, and where the target is the baseline.
    """
    current = measurements[-1] if measurements else None
    share = _share_of_way(metric, current.value) if current is not None else None
    index = days.index_of_share(share)
    age = _stale_days(current.on, days=days) if current is not None and current.on else None
    status = measured_status(share, index, days=days, stale=age is not None)
    return _against_time(
        Measure.METRIC,
        status,
        days=days,
        progress=share,
        expected=days.expected,
        spi=index,
        finish=days.finish(index, share=share),
        stale_days=age if status is Status.UNKNOWN else None,
        completed_on=_complete_since(metric, measurements) if share == 1 else None,
    )


def by_milestones(milestones: Sequence[Milestone], *, days: GoalDays) -> MeasureProgress:
    """Measure a goal by the weight of the milestones that are done by as_of."""
    weights = milestone_weights(milestones)
    total = sum(weights)
    done = [reached(m.fields.done, as_of=days.as_of) for m in milestones]
    earned = sum(w for w, on in zip(weights, done, strict=True) if on is not None)
    share = Fraction(earned, total) if total else None
    dues = [_number_of_due(m, days=days) for m in milestones]
    planned: dict[int, Fraction | int] = {}
    for due, weight in zip(dues, weights, strict=True):
        if due is not None:
            planned[due] = planned.get(due, 0) + weight
    now = days.elapsed if days.elapsed is not None else -1
    by_now = sum(weight for due, weight in planned.items() if due <= now)
    has_plan = total and days.length is not None
    index = days.index_of_weights(planned, earned=earned) if total else None
    known = [on for on in done if on is not None]
    return _against_time(
        Measure.MILESTONES,
        measured_status(share, index, days=days),
        days=days,
        progress=share,
        expected=Fraction(by_now, total) if has_plan else None,
        spi=index,
        finish=days.finish(index, share=share),
        tally=Tally(len(known), len(milestones)),
        planned=sum(due is not None and due <= now for due in dues) if has_plan else None,
        completed_on=max(known) if share == 1 else None,
    )


def by_checklist(leaves: Sequence[Task], *, days: GoalDays) -> MeasureProgress:
    """Measure a goal by the ticks of its task list, which have no date.

    A list is coarse, so the item in hand has credit: SPI(t) = min(1, p + 1/n) * T / t.
    """
    ticked, count = sum(task.done for task in leaves), len(leaves)
    share = Fraction(ticked, count)
    index = days.index_of_share(Fraction(min(count, ticked + 1), count))
    finish = None
    if share and count >= _FEWEST_ITEMS and days.elapsed is not None and days.elapsed > 0:
        finish = days.day(ceil(days.elapsed / share))
    return _against_time(
        Measure.CHECKLIST,
        measured_status(share, index, days=days),
        days=days,
        progress=share,
        expected=days.expected,
        spi=index,
        finish=finish,
        tally=Tally(ticked, count),
    )


def by_children(
    children: Sequence[tuple[Fraction, GoalNumbers]], *, days: GoalDays
) -> MeasureProgress:
    """Measure a goal by its children that are not inactive, each with its weight.

    The share is the weighted mean of those whose progress is known; a child that is one step has 0
    or 1. The status is the worst that is known of theirs, the forecast the latest.
    """
    known = [(weight, p) for weight, child in children if (p := _as_part(child)) is not None]
    total = sum((weight for weight, _ in known), Fraction(0))
    status = worst_known(child.status for _, child in children)
    done = [child for _, child in children if child.status is Status.DONE]
    dates = [child.done_on for child in done if child.done_on is not None]
    left = [child.forecast for _, child in children if child.status is not Status.DONE]
    forecasts = [forecast for forecast in left if forecast is not None]
    worst = [child for _, child in children if child.status is status]
    part = min(worst, key=_most_behind_first, default=None)
    found = _against_time(
        Measure.CHILDREN,
        status,
        days=days,
        progress=sum((w * p for w, p in known), Fraction(0)) / total if total else None,
        finish=max(forecasts) if forecasts and len(forecasts) == len(left) else None,
        tally=Tally(len(done), len(children)),
        unknown=len(children) - len(known),
        completed_on=max(dates) if dates and len(dates) == len(children) else None,
        part=part.id if part is not None and status is not Status.DONE else None,
    )
    late_days = part.late_days if part is not None and status is Status.LATE else None
    return replace(found, late_days=late_days)


def as_one_step(days: GoalDays) -> MeasureProgress:
    """Measure a goal that is one step, done or not; it has no share."""
    return _against_time(Measure.STEP, status_of_step(days), days=days)


def milestone_weights(milestones: Sequence[Milestone]) -> Sequence[Fraction | int]:
    """Return the weight of each milestone of a goal, all in one unit.

    That is `weight` if any has one (the others 1), else hours if all have an effort, else 1 each.
    """
    fields = [milestone.fields for milestone in milestones]
    if any(f.weight is not None for f in fields):
        return [f.weight if f.weight is not None else 1 for f in fields]
    hours = [f.effort.hours for f in fields if f.effort is not None]
    return hours if len(hours) == len(fields) else [1] * len(fields)


def _against_time(
    measure: Measure,
    status: Status,
    *,
    days: GoalDays,
    expected: Fraction | None = None,
    spi: Fraction | None = None,
    finish: date | None = None,
    **counted: Any,
) -> MeasureProgress:
    """Return what was measured, without what its status has not.

    SPI(t), forecast and slip are known while a pace is; nothing is expected of what is done.
    """
    with_pace = status in WITH_PACE
    finish = finish if with_pace else None
    return MeasureProgress(
        measure=measure,
        status=status,
        expected=expected if status is not Status.DONE else None,
        spi=spi if with_pace else None,
        forecast=finish,
        slip_days=(finish - days.due).days if finish is not None and days.due is not None else None,
        late_days=days.overdue if status is Status.LATE else None,
        **counted,
    )


def _share_of_way(metric: Metric, value: Fraction) -> Fraction | None:
    way = metric.target - metric.baseline
    if way == 0:
        return None
    return min(Fraction(1), max(Fraction(0), (value - metric.baseline) / way))


def _stale_days(on: date, *, days: GoalDays) -> int | None:
    """Return the age of a value that is too old to judge by: over T/4, 14 to 60 active days."""
    if days.length is None:
        return None
    oldest = min(Fraction(60), max(Fraction(14), Fraction(days.length, 4)))
    return (days.as_of - on).days if days.between(on, days.as_of) > oldest else None


def _complete_since(metric: Metric, measurements: Sequence[Measurement]) -> date | None:
    """Return the first day of the last unbroken run of values at the target or beyond."""
    since = None
    for measurement in reversed(measurements):
        if _share_of_way(metric, measurement.value) != 1:
            break
        since = measurement.on or since
    return since


def _number_of_due(milestone: Milestone, *, days: GoalDays) -> int | None:
    """Return the number of a milestone's due day, else its goal's, within the days of the goal."""
    due = milestone.due.last if milestone.due is not None else days.due
    number = days.number(due) if due is not None else None
    if number is None or days.length is None:
        return number
    return min(days.length, max(0, number))


def _as_part(child: GoalNumbers) -> Fraction | None:
    """Return how much of a child is done (0..1); None where that is unknown, and of a direction."""
    if child.deciding is None:
        return None
    if child.status is Status.DONE:
        return Fraction(1)
    return Fraction(0) if child.deciding.measure is Measure.STEP else child.progress


def _most_behind_first(child: GoalNumbers) -> tuple[int, int, str]:
    slip = child.deciding.slip_days if child.deciding is not None else None
    return -(child.late_days or 0), -(slip or 0), child.id
