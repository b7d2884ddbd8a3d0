"""Goals: status, reason, progress and forecast of each, children before their parents."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from planfolio.analyse.days import DaysOff, days_of, reached
from planfolio.analyse.measurements import metric_measurements
from planfolio.analyse.measures import (
    Measure,
    MeasureProgress,
    as_one_step,
    by_cadence,
    by_checklist,
    by_metric,
    by_milestones,
)
from planfolio.analyse.reasons import Reason, reason_of
from planfolio.analyse.status import (
    INACTIVE,
    OVER,
    WITH_PACE,
    Status,
    StepNumbers,
    Tally,
    status_of_step,
    worst_known,
    written_status,
)
from planfolio.model.kinds.goal import GoalKind
from planfolio.model.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from planfolio.analyse.days import GoalDays
    from planfolio.analyse.measurements import Measurement
    from planfolio.model.plan import Goal, Milestone, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalNumbers(StepNumbers):
    """The numbers of a goal.

    `deciding` is the measure that gives status, progress, expected, SPI(t) and forecast; a
    direction has none, and no `measures`. Those stand in the order metric, milestones, checklist,
    cadence, children, step. `measurements` are the values of the metric up to as_of, oldest first.
    """

    id: str
    reason: Reason
    deciding: MeasureProgress | None = None
    measures: tuple[MeasureProgress, ...] = ()
    measurements: tuple[Measurement, ...] = ()

    @property
    def progress(self) -> Fraction | None:
        """The share that is done (0..1), by the deciding measure."""
        return self.deciding.progress if self.deciding is not None else None

    @property
    def forecast(self) -> date | None:
        """The day on which it ends at this pace, by the deciding measure."""
        return self.deciding.forecast if self.deciding is not None else None

    @property
    def current(self) -> Measurement | None:
        """The value of the metric that counts."""
        return self.measurements[-1] if self.measurements else None


def goal_numbers(
    plan: Plan,
    *,
    reviews: Mapping[str, Sequence[Measurement]],
    as_of: date,
    memory: Memo | None = None,
) -> dict[str, GoalNumbers]:
    """Return the numbers of all goals by id; `reviews` has their measurements by goal.

    The basis of `memory` are the day and the days off.
    """
    memory = Memo() if memory is None else memory
    off = plan.settings.plan.time_off
    time_off = DaysOff.of((entry.from_.first, entry.to.last) for entry in off)
    found: dict[str, GoalNumbers] = {}
    for goal in _children_first(plan):
        milestones = plan.milestones_of.get(goal.id, ())
        children = [child for child in plan.children_of.get(goal.id, ()) if child.id in found]
        numbers = [found[child.id] for child in children]
        in_reviews = tuple(reviews.get(goal.id, ()))
        found[goal.id] = memory.of(
            (goal.key, in_reviews),
            (goal, *milestones, *numbers),  # a child that changed has new numbers
            partial(
                _goal_numbers,
                goal,
                milestones=milestones,
                children=children,
                numbers=numbers,
                reviews=in_reviews,
                as_of=as_of,
                time_off=time_off,
            ),
        )
    return {goal: found[goal] for goal in plan.goals}


def _goal_numbers(
    goal: Goal,
    *,
    milestones: Sequence[Milestone],
    children: Sequence[Goal],
    numbers: Sequence[GoalNumbers],
    reviews: Sequence[Measurement],
    as_of: date,
    time_off: DaysOff,
) -> GoalNumbers:
    days = days_of(goal, as_of=as_of)
    measurements = metric_measurements(goal, reviews=reviews, as_of=as_of)
    measures: tuple[MeasureProgress, ...] = ()
    if goal.fields.kind is not GoalKind.DIRECTION:
        measures = _measures(
            goal, milestones, measurements=measurements, days=days, time_off=time_off
        )
        active = [
            (child.fields.weight if child.fields.weight is not None else Fraction(1), number)
            for child, number in zip(children, numbers, strict=True)
            if number.status not in INACTIVE
        ]
        measures = measures or ((_by_children(active, days=days),) if active else ())
        measures = measures or (as_one_step(days),)
    return _numbers(
        goal,
        measures=measures,
        children=numbers,
        measurements=measurements,
        days=days,
    )


def _numbers(
    goal: Goal,
    *,
    measures: tuple[MeasureProgress, ...],
    children: Sequence[GoalNumbers],
    measurements: tuple[Measurement, ...],
    days: GoalDays,
) -> GoalNumbers:
    deciding = _deciding(measures) if measures else None
    written = written_status(goal.fields, as_of=days.as_of, paused=days.paused)
    if written is not None:
        status = written
        at_rest = [_at_rest(measure, status) for measure in measures]
        if deciding is not None:
            deciding = at_rest[measures.index(deciding)]
        measures = tuple(at_rest)
    else:
        status = deciding.status if deciding is not None else status_of_step(days)
    done_on = None
    if status is Status.DONE:
        done_on = reached(goal.fields.done, as_of=days.as_of) or _last_completed(measures)
    late_days = deciding.late_days if deciding is not None else days.overdue
    return GoalNumbers(
        id=goal.id,
        status=status,
        reason=reason_of(
            goal, status=status, deciding=deciding, children=children, done_on=done_on, days=days
        ),
        deciding=deciding,
        measures=measures,
        measurements=measurements,
        done_on=done_on,
        late_days=late_days if status is Status.LATE else None,
        open=status not in INACTIVE | OVER,
    )


def kept_milestones(milestones: Iterable[Milestone], *, as_of: date) -> list[Milestone]:
    """Return the milestones that count: those that are not themselves dropped by as_of."""
    return [
        milestone
        for milestone in milestones
        if milestone.fields.dropped is None
        or written_status(milestone.fields, as_of=as_of) is not Status.DROPPED
    ]


def _measures(
    goal: Goal,
    milestones: Sequence[Milestone],
    *,
    measurements: Sequence[Measurement],
    days: GoalDays,
    time_off: DaysOff,
) -> tuple[MeasureProgress, ...]:
    """Return progress by each of metric, milestones, checklist and cadence that a goal has."""
    fields = goal.fields
    found = []
    if fields.metric is not None:
        found.append(by_metric(fields.metric, measurements, days=days))
    kept = kept_milestones(milestones, as_of=days.as_of)
    if kept:
        found.append(by_milestones(kept, days=days))
    leaves = [task for task in goal.body.tasks if task.leaf]
    if leaves:
        found.append(by_checklist(leaves, days=days))
    if fields.cadence is not None:
        found.append(by_cadence(fields.cadence, fields.log, days=days, time_off=time_off))
    return tuple(found)


def _by_children(
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
    finish = None
    if status in WITH_PACE and forecasts and len(forecasts) == len(left):
        finish = max(forecasts)
    return MeasureProgress(
        measure=Measure.CHILDREN,
        status=status,
        progress=sum((w * p for w, p in known), Fraction(0)) / total if total else None,
        forecast=finish,
        slip_days=days.slip(finish),
        late_days=part.late_days if part is not None and status is Status.LATE else None,
        tally=Tally(len(done), len(children)),
        unknown=len(children) - len(known),
        completed_on=max(dates) if dates and len(dates) == len(children) else None,
        part=part.id if part is not None and status is not Status.DONE else None,
    )


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


def _deciding(measures: Sequence[MeasureProgress]) -> MeasureProgress:
    """Return the measure with the worst known status; with none known, the first.

    A goal is done only when all its measures are: where the worst known one is done and another is
    not known, the first of those decides.
    """
    status = worst_known(measure.status for measure in measures)
    return next(measure for measure in measures if measure.status is status)


def _last_completed(measures: Sequence[MeasureProgress]) -> date | None:
    """Return the day on which the last of the measures was complete, None if one is not known."""
    days = [measure.completed_on for measure in measures if measure.completed_on is not None]
    return max(days) if days and len(days) == len(measures) else None


def _at_rest(measure: MeasureProgress, status: Status) -> MeasureProgress:
    """Return what a measure still says under a written status: its share, but no pace."""
    return replace(
        measure,
        status=status,
        expected=None,
        spi=None,
        forecast=None,
        slip_days=None,
        late_days=None,
        stale_days=None,
        part=None,
    )


def _children_first(plan: Plan) -> Iterator[Goal]:
    """Yield each goal after its children; goals in a cycle of parents, which is an error, by id."""
    waiting = {goal: len(plan.children_of.get(goal, ())) for goal in plan.goals}
    ready = deque(goal for goal, children in waiting.items() if children == 0)
    while ready:
        goal = plan.goals[ready.popleft()]
        del waiting[goal.id]
        yield goal
        parent = goal.fields.parent
        if parent is not None and parent in waiting:
            waiting[parent] -= 1
            if waiting[parent] == 0:
                ready.append(parent)
    for goal_id in sorted(waiting):
        yield plan.goals[goal_id]
