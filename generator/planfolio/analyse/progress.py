"""Progress: how much of a goal is reached, by each of the measures it may have."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.analyse import earned_schedule
from planfolio.analyse.facts import reached
from planfolio.analyse.results import Measure, Status, Tally

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from planfolio.analyse.results import GoalNumbers, Measurement
    from planfolio.analyse.term import Term
    from planfolio.markdown import Task
    from planfolio.model.kinds.goal import Metric
    from planfolio.model.plan import Milestone


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What one measure says: `share` is p (0..1), `index` SPI(t), None where they are unknown.

    `complete` tells that the goal is done by this measure, and `completed_on` since when, if that
    is known. `early` tells that the measure itself is too young to be judged. `planned` is the
    weight of milestones due by as_of over all weight.
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


def by_metric(metric: Metric, readings: Sequence[Measurement], *, term: Term) -> Progress:
    """Read progress from the last of the readings, from the baseline to the target.

    It is unknown without a reading, and where the target is the baseline.
    """
    share = _share(metric, readings[-1].value) if readings else None
    complete = share == 1
    return Progress(
        measure=Measure.METRIC,
        share=share,
        index=earned_schedule.index_of_share(share, term=term),
        complete=complete,
        completed_on=_reached_since(metric, readings) if complete else None,
    )


def by_milestones(milestones: Sequence[Milestone], *, term: Term) -> Progress:
    """Read progress from the weight of the milestones reached by as_of."""
    weights = in_one_unit(milestones)
    total = sum(weights, Fraction(0))
    days = [reached(m.fields.done, as_of=term.as_of) for m in milestones]
    earned = sum((w for w, on in zip(weights, days, strict=True) if on is not None), Fraction(0))
    share = earned / total if total else None
    dues = [_due_within(m, term=term) for m in milestones]
    known = [day for day in days if day is not None]
    return Progress(
        measure=Measure.MILESTONES,
        share=share,
        index=_index(dues, weights, earned=earned, term=term) if total else None,
        complete=share == 1,
        completed_on=max(known) if share == 1 else None,
        planned=_planned(dues, weights, total=total, as_of=term.as_of),
        tally=Tally(len(known), len(milestones)),
    )


def by_checklist(leaves: Sequence[Task], *, term: Term) -> Progress:
    """Read progress from the ticks of a task list; they carry no date."""
    ticked = sum(task.done for task in leaves)
    share = Fraction(ticked, len(leaves))
    return Progress(
        measure=Measure.CHECKLIST,
        share=share,
        index=earned_schedule.index_of_share(share, term=term),
        complete=share == 1,
        tally=Tally(ticked, len(leaves)),
    )


def by_children(children: Sequence[tuple[Fraction, GoalNumbers]], *, term: Term) -> Progress:
    """Read progress from the children that count, each with its weight.

    It is the weighted mean of those whose progress is known; one that is done has all of it. It is
    not known either while all that is known is done and the rest is unknown: that is not the whole.
    """
    shares = [(w, _share_of_child(child)) for w, child in children]
    known = [(w, share) for w, share in shares if share is not None]
    total = sum((w for w, _ in known), Fraction(0))
    share = sum((w * s for w, s in known), Fraction(0)) / total if total else None
    done = [child for _, child in children if child.status is Status.DONE]
    complete = len(done) == len(children)
    if share == 1 and not complete:
        share = None
    days = [child.done_on for child in done if child.done_on is not None]
    return Progress(
        measure=Measure.CHILDREN,
        share=share,
        index=earned_schedule.index_of_share(share, term=term),
        complete=complete,
        completed_on=max(days) if complete and len(days) == len(children) else None,
        tally=Tally(len(done), len(children)),
        unknown=len(children) - len(known),
    )


def in_one_unit(milestones: Sequence[Milestone]) -> list[Fraction]:
    """Return what each milestone weighs, in one unit for the whole goal.

    That is `weight` if any has one (the others 1), else hours if all have an effort, else 1 each.
    """
    fields = [milestone.fields for milestone in milestones]
    if any(f.weight is not None for f in fields):
        return [f.weight if f.weight is not None else Fraction(1) for f in fields]
    hours = [f.effort.hours for f in fields if f.effort is not None]
    return hours if len(hours) == len(fields) else [Fraction(1)] * len(fields)


def _share(metric: Metric, value: Fraction) -> Fraction | None:
    way = metric.target - metric.baseline
    if way == 0:
        return None
    return min(Fraction(1), max(Fraction(0), (value - metric.baseline) / way))


def _reached_since(metric: Metric, readings: Sequence[Measurement]) -> date | None:
    """Return the first day of the last unbroken run of readings at the target or beyond."""
    since = None
    for reading in reversed(readings):
        if _share(metric, reading.value) != 1:
            break
        since = reading.on or since
    return since


def _due_within(milestone: Milestone, *, term: Term) -> date | None:
    """Return a milestone's due day, its goal's if it has none, moved into the term of the goal."""
    due = milestone.due.last if milestone.due is not None else term.due
    if due is not None and term.due is not None:
        due = min(due, term.due)
    if due is not None and term.start is not None:
        due = max(due, term.start)
    return due


def _index(
    dues: Sequence[date | None], weights: Sequence[Fraction], *, earned: Fraction, term: Term
) -> Fraction | None:
    if term.start is None or term.due is None:
        return None
    planned: dict[int, Fraction] = {}
    for due, weight in zip(dues, weights, strict=True):
        day = ((due or term.due) - term.start).days
        planned[day] = planned.get(day, Fraction(0)) + weight
    return earned_schedule.index_of_steps(planned, earned=earned, term=term)


def _planned(
    dues: Sequence[date | None], weights: Sequence[Fraction], *, total: Fraction, as_of: date
) -> Fraction | None:
    if not total or all(due is None for due in dues):
        return None
    pairs = zip(dues, weights, strict=True)
    return sum((w for due, w in pairs if due is not None and due <= as_of), Fraction(0)) / total


def _share_of_child(child: GoalNumbers) -> Fraction | None:
    return Fraction(1) if child.status is Status.DONE else child.track.progress
