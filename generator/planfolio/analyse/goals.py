"""Goals: progress, status and forecast of each, children before their parents."""

from __future__ import annotations

from collections import deque
from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.analyse.days import goal_days, reached
from planfolio.analyse.habits import by_cadence
from planfolio.analyse.measurements import metric_measurements
from planfolio.analyse.measures import (
    Measured,
    by_checklist,
    by_children,
    by_metric,
    by_milestones,
)
from planfolio.analyse.results import INACTIVE, GoalNumbers, Measure, MeasureProgress, Status
from planfolio.analyse.status import (
    WITH_PACE,
    measured_status,
    status_of_parent,
    worst,
    written_status,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from planfolio.analyse.days import GoalDays
    from planfolio.analyse.results import Measurement
    from planfolio.model.plan import Goal, Milestone, Plan


def goal_numbers(
    plan: Plan, *, reviews: Mapping[str, Sequence[Measurement]], as_of: date
) -> dict[str, GoalNumbers]:
    """Return the numbers of all goals by id; `reviews` has their measurements by goal."""
    found: dict[str, GoalNumbers] = {}
    for goal in _children_first(plan):
        children = [
            (child.fields.weight if child.fields.weight is not None else Fraction(1), numbers)
            for child in plan.children_of.get(goal.id, ())
            if (numbers := found.get(child.id)) is not None and numbers.status not in INACTIVE
        ]
        found[goal.id] = _numbers(
            goal,
            milestones=plan.milestones_of.get(goal.id, ()),
            children=children,
            measurements=metric_measurements(goal, reviews=reviews.get(goal.id, ()), as_of=as_of),
            as_of=as_of,
        )
    return {goal: found[goal] for goal in plan.goals}


def _numbers(
    goal: Goal,
    *,
    milestones: Sequence[Milestone],
    children: Sequence[tuple[Fraction, GoalNumbers]],
    measurements: tuple[Measurement, ...],
    as_of: date,
) -> GoalNumbers:
    days = goal_days(goal.start, goal.due, as_of=as_of)
    measured = _measures(goal, milestones, children, measurements=measurements, days=days)
    leading = measured[0]
    statuses = [measured_status(each, days=days) for each in measured]
    if leading.measure is Measure.CHILDREN:
        of_children = [child.status for _, child in children]
        statuses = [status_of_parent(leading, days=days, children=of_children)]

    written = written_status(goal.fields, as_of=as_of)
    if written is not None:
        status, statuses = written, [written] * len(measured)
    elif statuses[0] is Status.DONE or len(statuses) == 1:
        status = statuses[0]
    else:
        status = worst(statuses)

    done = status is Status.DONE
    return GoalNumbers(
        id=goal.id,
        status=status,
        measures=tuple(
            _progress(each, status=own, days=days)
            for each, own in zip(measured, statuses, strict=True)
        ),
        current=measurements[-1] if measurements else None,
        measurements=measurements,
        done_on=(reached(goal.fields.done, as_of=as_of) or leading.completed_on) if done else None,
        unknown_children=leading.unknown,
        open=not done and status not in INACTIVE,
    )


def _measures(
    goal: Goal,
    milestones: Sequence[Milestone],
    children: Sequence[tuple[Fraction, GoalNumbers]],
    *,
    measurements: Sequence[Measurement],
    days: GoalDays,
) -> list[Measured]:
    """Return the leading measure, and the milestones where a goal has a metric too.

    The milestones lead where the metric has no measurement.
    """
    fields = goal.fields
    found = []
    if fields.metric is not None:
        found.append(by_metric(fields.metric, measurements, days=days))
    if milestones:
        steps = by_milestones(milestones, days=days)
        return [*found, steps] if found and found[0].share is not None else [steps]
    if found:
        return found
    leaves = [task for task in goal.body.tasks if task.leaf]
    if leaves:
        return [by_checklist(leaves, days=days)]
    if fields.cadence is not None:
        return [by_cadence(fields.cadence, fields.log, days=days)]
    if children:
        return [by_children(children, days=days)]
    return [Measured(measure=Measure.STEP)]


def _progress(measured: Measured, *, status: Status, days: GoalDays) -> MeasureProgress:
    with_pace = status in WITH_PACE and (days.overdue is not None or not days.early)
    index = measured.index if with_pace else None
    ends = measured.measure is not Measure.CADENCE
    finish = days.forecast(index, share=measured.share) if ends else None
    return MeasureProgress(
        measure=measured.measure,
        status=status,
        progress=measured.share,
        expected=days.expected,
        planned=measured.planned,
        spi=index,
        forecast=finish,
        slip_days=(finish - days.due).days if finish is not None and days.due is not None else None,
        late_days=days.overdue if status is Status.LATE else None,
        tally=measured.tally,
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
