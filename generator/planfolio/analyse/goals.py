"""Goals: status, reason, progress and forecast of each, children before their parents."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from graphlib import TopologicalSorter

from planfolio.analyse.days import DaysOff, GoalDays, counts_from, days_of_goal, time_off
from planfolio.analyse.history import Measurement, metric_measurements
from planfolio.analyse.measures import (
    Measure,
    MeasureProgress,
    by_cadence,
    by_checklist,
    by_metric,
    by_milestones,
    by_step,
)
from planfolio.analyse.reasons import Reason, reason_of
from planfolio.analyse.status import (
    AT_REST,
    INACTIVE,
    WITH_PACE,
    Status,
    StepNumbers,
    status_of_step,
    worst_known,
    written_status,
)
from planfolio.model.kinds.goal import GoalKind
from planfolio.model.plan import Goal, Milestone, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalNumbers(StepNumbers):
    """The numbers of a goal.

    `deciding_measure` gives status, progress, expected, SPI(t) and forecast; a direction has none,
    and no `measures`. Those are in the order metric, milestones, checklist, cadence, children,
    step. `measurements` are the values of the metric up to as_of, oldest first.
    """

    id: str
    reason: Reason
    deciding_measure: MeasureProgress | None = None
    measures: tuple[MeasureProgress, ...] = ()
    measurements: tuple[Measurement, ...] = ()

    @property
    def expected(self) -> Fraction | None:
        """The share that should be done by now, by the deciding measure."""
        return self.deciding_measure.expected if self.deciding_measure is not None else None

    @property
    def forecast(self) -> date | None:
        """The day on which it ends at this pace, by the deciding measure."""
        return self.deciding_measure.forecast if self.deciding_measure is not None else None

    @property
    def current(self) -> Measurement | None:
        """The value of the metric that counts."""
        return self.measurements[-1] if self.measurements else None


def goal_numbers(plan: Plan, *, as_of: date) -> dict[str, GoalNumbers]:
    """Return the numbers of all goals by id; parents must not form a cycle."""
    off = time_off(plan)
    measurements = metric_measurements(plan, as_of=as_of)
    found: dict[str, GoalNumbers] = {}
    children = {goal: plan.children_of.get(goal, ()) for goal in plan.goals}
    below = {goal: [child.id for child in own] for goal, own in children.items()}
    for id_ in TopologicalSorter(below).static_order():
        goal = plan.goals[id_]
        found[id_] = _goal_numbers(
            goal,
            milestones=plan.milestones_of.get(id_, ()),
            children=[(child, found[child.id]) for child in children[id_]],
            measurements=measurements.get(id_, ()),
            days=days_of_goal(goal, as_of=as_of),
            off=off,
        )
    return {goal: found[goal] for goal in plan.goals}


def kept_milestones(milestones: Iterable[Milestone], *, as_of: date) -> list[Milestone]:
    """Return the milestones that count: those that are not themselves dropped by as_of."""
    return [
        milestone
        for milestone in milestones
        if milestone.fields.dropped is None
        or written_status(milestone.fields, as_of=as_of) is not Status.DROPPED
    ]


def _goal_numbers(
    goal: Goal,
    *,
    milestones: Sequence[Milestone],
    children: Sequence[tuple[Goal, GoalNumbers]],
    measurements: tuple[Measurement, ...],
    days: GoalDays,
    off: DaysOff,
) -> GoalNumbers:
    measures: tuple[MeasureProgress, ...] = ()
    if goal.fields.kind is not GoalKind.DIRECTION:
        measures = tuple(_own_measures(goal, milestones, measurements, days=days, off=off))
        measures = measures or (_by_children(children, days=days) or by_step(days),)
    deciding = _deciding(measures)
    status = deciding.status if deciding is not None else status_of_step(days)
    written = written_status(goal.fields, as_of=days.as_of, paused=days.paused)
    if written is not None:
        status = written
        measures = tuple(_at_rest(measure, written) for measure in measures)
        deciding = _at_rest(deciding, written) if deciding is not None else None
    done_on = None
    if status is Status.DONE:
        done_on = counts_from(goal.fields.done, as_of=days.as_of)
        done_on = done_on or _latest(measure.completed_on for measure in measures)
    late_days = deciding.late_days if deciding is not None else days.overdue
    numbers = [of_child for _, of_child in children]
    return GoalNumbers(
        id=goal.id,
        status=status,
        reason=reason_of(
            goal, status=status, deciding=deciding, children=numbers, done_on=done_on, days=days
        ),
        deciding_measure=deciding,
        measures=measures,
        measurements=measurements,
        done_on=done_on,
        late_days=late_days if status is Status.LATE else None,
        progress=deciding.progress if deciding is not None else None,
        is_open=status not in AT_REST,
    )


def _own_measures(
    goal: Goal,
    milestones: Sequence[Milestone],
    measurements: Sequence[Measurement],
    *,
    days: GoalDays,
    off: DaysOff,
) -> Iterator[MeasureProgress]:
    """Yield progress by each of metric, milestones, checklist and cadence that a goal has."""
    fields = goal.fields
    if fields.metric is not None:
        yield by_metric(fields.metric, measurements, days=days)
    if kept := kept_milestones(milestones, as_of=days.as_of):
        yield by_milestones(kept, days=days)
    if leaves := goal.body.leaves:
        yield by_checklist(leaves, days=days)
    if fields.cadence is not None:
        yield by_cadence(fields.cadence, fields.log, days=days, time_off=off)


def _by_children(
    children: Sequence[tuple[Goal, GoalNumbers]], *, days: GoalDays
) -> MeasureProgress | None:
    """Measure a goal by its children that are not inactive, each with its weight; None without any.

    The share is the weighted mean of those whose progress is known; a child that is one step has 0
    or 1. The status is the worst that is known of theirs, the forecast the latest.
    """
    active = [(goal, numbers) for goal, numbers in children if numbers.status not in INACTIVE]
    if not active:
        return None
    total = weighted = Fraction(0)
    unknown = 0
    for goal, numbers in active:
        share = _as_part(numbers)
        if share is None:
            unknown += 1
            continue
        weight = goal.fields.weight if goal.fields.weight is not None else 1
        total += weight
        weighted += weight * share
    parts = [numbers for _, numbers in active]
    status = worst_known(part.status for part in parts)
    part = min((p for p in parts if p.status is status), key=_most_behind_first, default=None)
    forecasts = [part.forecast for part in parts if part.status is not Status.DONE]
    finish = _latest(forecasts) if status in WITH_PACE else None
    return MeasureProgress(
        Measure.CHILDREN,
        status,
        progress=weighted / total if total else None,
        forecast=finish,
        slip_days=days.slip(finish),
        late_days=part.late_days if part is not None and status is Status.LATE else None,
        done=sum(part.status is Status.DONE for part in parts),
        total=len(parts),
        unknown=unknown,
        completed_on=_latest(p.done_on if p.status is Status.DONE else None for p in parts),
        part=part.id if part is not None and status is not Status.DONE else None,
    )


def _as_part(child: GoalNumbers) -> Fraction | None:
    """Return how much of a child is done (0..1); None where that is unknown, and of a direction."""
    if child.deciding_measure is None:
        return None
    if child.status is Status.DONE:
        return Fraction(1)
    return Fraction(0) if child.deciding_measure.measure is Measure.STEP else child.progress


def _most_behind_first(child: GoalNumbers) -> tuple[int, int, str]:
    slip = child.deciding_measure.slip_days if child.deciding_measure is not None else None
    return -(child.late_days or 0), -(slip or 0), child.id


def _latest(days: Iterable[date | None]) -> date | None:
    """Return the latest of some days; None where one of them is not known, or there are none."""
    latest = None
    for day in days:
        if day is None:
            return None
        latest = day if latest is None else max(latest, day)
    return latest


def _deciding(measures: Sequence[MeasureProgress]) -> MeasureProgress | None:
    """Return the measure with the worst known status; with none known, the first.

    A goal is done only when all its measures are: where the worst known one is done and another is
    not known, the first of those decides.
    """
    status = worst_known(measure.status for measure in measures)
    return next((measure for measure in measures if measure.status is status), None)


def _at_rest(measure: MeasureProgress, status: Status) -> MeasureProgress:
    """Return a measure under a written status: it keeps its share and has no pace."""
    return measure._replace(
        status=status,
        expected=None,
        spi=None,
        forecast=None,
        slip_days=None,
        late_days=None,
        stale_days=None,
        part=None,
    )
