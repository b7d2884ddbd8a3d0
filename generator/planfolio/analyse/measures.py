"""The measures of a goal: how much of it is reached by each that it may have."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.analyse.days import reached
from planfolio.analyse.results import Measure, Status, Tally

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from planfolio.analyse.days import GoalDays
    from planfolio.analyse.results import GoalNumbers, Measurement
    from planfolio.markdown import Task
    from planfolio.model.kinds.goal import Metric
    from planfolio.model.plan import Milestone


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The result of one measure: `share` is p (0..1), `index` SPI(t), None where unknown.

    `complete` is true where the goal is done by this measure, `completed_on` the day since when,
    if known. `early` is true where the measure itself is too young to be judged. `planned` is the
    weight of the milestones due by as_of over all weight. `unknown` counts the children whose
    progress is unknown.
    """

    measure: Measure
    share: Fraction | None = None
    index: Fraction | None = None
    complete: bool = False
    completed_on: date | None = None
    early: bool = False
    planned: Fraction | None = None
    tally: Tally | None = None
    unknown: int = 0


def by_metric(metric: Metric, measurements: Sequence[Measurement], *, days: GoalDays) -> Measured:
    """Measure a goal by the last measurement, from the baseline to the target.

    The share is unknown without a measurement, and where the target is the baseline.
    """
    share = _share_of_way(metric, measurements[-1].value) if measurements else None
    complete = share == 1
    return Measured(
        measure=Measure.METRIC,
        share=share,
        index=days.index_of_share(share),
        complete=complete,
        completed_on=_complete_since(metric, measurements) if complete else None,
    )


def by_milestones(milestones: Sequence[Milestone], *, days: GoalDays) -> Measured:
    """Measure a goal by the weight of the milestones that are done by as_of."""
    weights = milestone_weights(milestones)
    total = sum(weights, Fraction(0))
    done = [reached(m.fields.done, as_of=days.as_of) for m in milestones]
    earned = sum((w for w, on in zip(weights, done, strict=True) if on is not None), Fraction(0))
    share = earned / total if total else None
    dues = [_due_within(m, days=days) for m in milestones]
    planned: dict[date, Fraction] = {}
    for due, weight in zip(dues, weights, strict=True):
        if due is not None:
            planned[due] = planned.get(due, Fraction(0)) + weight
    by_now = sum((weight for due, weight in planned.items() if due <= days.as_of), Fraction(0))
    known = [on for on in done if on is not None]
    return Measured(
        measure=Measure.MILESTONES,
        share=share,
        index=days.index_of_weights(planned, earned=earned) if total else None,
        complete=share == 1,
        completed_on=max(known) if share == 1 else None,
        planned=by_now / total if planned and total else None,
        tally=Tally(len(known), len(milestones)),
    )


def by_checklist(leaves: Sequence[Task], *, days: GoalDays) -> Measured:
    """Measure a goal by the ticks of its task list, which have no date."""
    ticked = sum(task.done for task in leaves)
    share = Fraction(ticked, len(leaves))
    return Measured(
        measure=Measure.CHECKLIST,
        share=share,
        index=days.index_of_share(share),
        complete=share == 1,
        tally=Tally(ticked, len(leaves)),
    )


def by_children(children: Sequence[tuple[Fraction, GoalNumbers]], *, days: GoalDays) -> Measured:
    """Measure a goal by its children that are not inactive, each with its weight.

    The share is the weighted mean of those whose progress is known; a child that is done has 1. It
    is unknown where all that is known is done and the rest is unknown.
    """
    known = [
        (weight, share)
        for weight, child in children
        if (share := 1 if child.status is Status.DONE else child.leading.progress) is not None
    ]
    total = sum((weight for weight, _ in known), Fraction(0))
    share = sum((w * s for w, s in known), Fraction(0)) / total if total else None
    done = [child for _, child in children if child.status is Status.DONE]
    complete = len(done) == len(children)
    if share == 1 and not complete:
        share = None
    dates = [child.done_on for child in done if child.done_on is not None]
    return Measured(
        measure=Measure.CHILDREN,
        share=share,
        index=days.index_of_share(share),
        complete=complete,
        completed_on=max(dates) if complete and len(dates) == len(children) else None,
        tally=Tally(len(done), len(children)),
        unknown=len(children) - len(known),
    )


def milestone_weights(milestones: Sequence[Milestone]) -> list[Fraction]:
    """Return the weight of each milestone of a goal, all in one unit.

    That is `weight` if any has one (the others 1), else hours if all have an effort, else 1 each.
    """
    fields = [milestone.fields for milestone in milestones]
    if any(f.weight is not None for f in fields):
        return [f.weight if f.weight is not None else Fraction(1) for f in fields]
    hours = [f.effort.hours for f in fields if f.effort is not None]
    return hours if len(hours) == len(fields) else [Fraction(1)] * len(fields)


def _share_of_way(metric: Metric, value: Fraction) -> Fraction | None:
    way = metric.target - metric.baseline
    if way == 0:
        return None
    return min(Fraction(1), max(Fraction(0), (value - metric.baseline) / way))


def _complete_since(metric: Metric, measurements: Sequence[Measurement]) -> date | None:
    """Return the first day of the last unbroken run of values at the target or beyond."""
    since = None
    for measurement in reversed(measurements):
        if _share_of_way(metric, measurement.value) != 1:
            break
        since = measurement.on or since
    return since


def _due_within(milestone: Milestone, *, days: GoalDays) -> date | None:
    """Return a milestone's due day, else its goal's, moved into the days of the goal."""
    due = milestone.due.last if milestone.due is not None else days.due
    if due is not None:
        due = min(due, days.due or due)
        due = max(due, days.start or due)
    return due
