"""Goals: progress, status and forecast of each, children before their parents."""

from __future__ import annotations

from collections import deque
from fractions import Fraction
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from planfolio.analyse import earned_schedule
from planfolio.analyse.current import metric_readings
from planfolio.analyse.facts import reached
from planfolio.analyse.habits import by_cadence
from planfolio.analyse.progress import (
    Progress,
    by_checklist,
    by_children,
    by_metric,
    by_milestones,
)
from planfolio.analyse.results import GoalNumbers, Measure, Measurement, Status, Track
from planfolio.analyse.status import (
    PACED,
    RESTING,
    measured_status,
    status_of_parent,
    worst,
    written_status,
)
from planfolio.analyse.term import Term, term_of
from planfolio.memo import Derived

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from planfolio.model.plan import Goal, Milestone, Plan


def goal_numbers(
    plan: Plan,
    *,
    reviews: Mapping[str, Sequence[Measurement]],
    as_of: date,
    known: Derived[str, GoalNumbers] | None = None,
) -> dict[str, GoalNumbers]:
    """Return the numbers of all goals by id; `reviews` has the readings of metrics by goal.

    `known` are the numbers of the time before; it makes this faster, and changes nothing of it.
    """
    known = Derived() if known is None else known
    known.begin(as_of)
    found: dict[str, GoalNumbers] = {}
    for goal in _children_first(plan):
        children = [
            (child, found[child.id])
            for child in plan.children_of.get(goal.id, ())
            if child.id in found and child.fields.status not in RESTING
        ]
        milestones = plan.milestones_of.get(goal.id, ())
        reviewed = reviews.get(goal.id, ())
        make = partial(
            _numbers,
            goal,
            milestones=milestones,
            children=children,
            reviewed=reviewed,
            as_of=as_of,
        )
        things = (goal, *milestones, *chain(*children), *reviewed)
        found[goal.id] = known.of(goal.id, things, make)
    return {goal: found[goal] for goal in plan.goals}


def _numbers(
    goal: Goal,
    *,
    milestones: Sequence[Milestone],
    children: Sequence[tuple[Goal, GoalNumbers]],
    reviewed: Sequence[Measurement],
    as_of: date,
) -> GoalNumbers:
    readings = metric_readings(goal, reviews=reviewed, as_of=as_of)
    term = term_of(goal, as_of=as_of)
    weighed = [(_weight(child), numbers) for child, numbers in children]
    lead, side = _measures(goal, milestones, weighed, readings=readings, term=term)
    if lead.measure is Measure.CHILDREN:
        statuses = [numbers.status for _, numbers in children]
        lead_status = status_of_parent(lead, term=term, children=statuses)
    else:
        lead_status = measured_status(lead, term=term)
    side_status = measured_status(side, term=term) if side is not None else None

    written = written_status(goal.fields, as_of=term.as_of)
    if written is not None:
        status = lead_status = side_status = written
    elif side_status is not None and lead_status is not Status.DONE:
        status = worst([lead_status, side_status])
    else:
        status = lead_status

    done = status is Status.DONE
    written_on = reached(goal.fields.done, as_of=term.as_of)
    return GoalNumbers(
        id=goal.id,
        status=status,
        track=_track(lead, status=lead_status, term=term),
        milestones_track=(
            _track(side, status=side_status, term=term)
            if side is not None and side_status is not None
            else None
        ),
        current=readings[-1] if readings else None,
        readings=readings,
        done_on=(written_on or lead.completed_on) if done else None,
        tally=lead.tally,
        unknown_children=lead.unknown,
        open=not done and status not in RESTING.values(),
    )


def _measures(
    goal: Goal,
    milestones: Sequence[Milestone],
    children: Sequence[tuple[Fraction, GoalNumbers]],
    *,
    readings: Sequence[Measurement],
    term: Term,
) -> tuple[Progress, Progress | None]:
    """Return the measure that leads, and the milestones where they stand beside a metric.

    A metric without a value leaves the lead to milestones, and to nothing else.
    """
    fields = goal.fields
    steps = by_milestones(milestones, term=term) if milestones else None
    metric = by_metric(fields.metric, readings, term=term) if fields.metric is not None else None
    if metric is not None and (metric.share is not None or steps is None):
        return metric, steps
    if steps is not None:
        return steps, None
    leaves = [task for task in goal.body.tasks if task.leaf]
    if leaves:
        return by_checklist(leaves, term=term), None
    if fields.cadence is not None:
        return by_cadence(fields.cadence, fields.log, term=term), None
    if children:
        return by_children(children, term=term), None
    return Progress(measure=Measure.STEP), None


def _track(progress: Progress, *, status: Status, term: Term) -> Track:
    paced = status in PACED and (term.overdue is not None or not term.early)
    index = progress.index if paced else None
    finish = None
    if progress.measure is not Measure.CADENCE:
        finish = earned_schedule.forecast(index, share=progress.share, term=term)
    late = status is Status.LATE
    return Track(
        measure=progress.measure,
        status=status,
        progress=progress.share,
        expected=term.expected,
        planned=progress.planned,
        spi=index,
        forecast=finish,
        slip_days=(finish - term.due).days if finish is not None and term.due is not None else None,
        late_days=term.overdue if late else None,
    )


def _weight(goal: Goal) -> Fraction:
    return goal.fields.weight if goal.fields.weight is not None else Fraction(1)


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
