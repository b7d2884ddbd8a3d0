"""M: whether a goal shows how far it is, and that it is reached; metrics.py has its metric."""

from datetime import date
from fractions import Fraction

from planfolio.analyse.days import counts_from
from planfolio.analyse.goals import GoalNumbers
from planfolio.analyse.measures import Measure, MeasureProgress
from planfolio.analyse.status import Status
from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import count, number
from planfolio.model.kinds.goal import GoalStatus, Metric
from planfolio.model.plan import Goal
from planfolio.rules.context import RuleContext, excepts
from planfolio.rules.rule import TITLE, Findings, finding_at, rule

LONG_DAYS = 100
COMPLETE_DAYS = 30
_DAYS_A_MONTH = Fraction(30436875, 1000000)


@rule("M101")
def no_measure(context: RuleContext) -> Findings:
    """Nothing shows how far a long goal is.

    Without an indicator of progress (Doran, 1981) you find out at the end. A metric, milestones, a
    task list, done_when, a cadence, a raised skill or a child is enough. What happens on one day
    needs none: pass an exam, give a talk, publish a book, start a blog.

    Bad:  when: 2026
    Good: when: 2026
          done_when: Three case studies are online
    """
    for goal in context.goals_with_end("M"):
        if context.is_measured(goal) or goal.fields.raises or goal.key in context.vague_titles:
            continue
        if context.is_exam(goal) or context.phrases.one_shot(goal.title) is not None:
            continue
        days = _length(goal, context)
        if days is not None and days <= LONG_DAYS:
            continue
        message = "this goal has no measure and no end"
        if days is not None:
            verb = "is due in" if goal.start is None and goal.due is not None else "takes"
            message = f"this goal {verb} {count(days, 'day')}, and nothing shows how far it is"
        hint = "add `metric: 0/5 talks`, `done_when: …`, milestones, or a task list"
        yield finding_at(goal, message=message, hint=hint)


@rule("M107", Severity.ERROR)
def done_and_measure(context: RuleContext) -> Findings:
    """A goal is written done but incomplete, or complete for a month but active.

    The written status and the measure contradict each other. A goal that is done with numbers
    missing is an error, since every total is wrong; a metric that reached its target once is
    complete. An active goal that is complete by all measures for 30 days is a warning.

    Bad:  status: done
          metric: 7/12 talks
    Good: status: done
          metric: 12/12 talks
    """
    for goal in context.plan.goals.values():
        numbers = context.numbers(goal)
        if numbers.status is not Status.DONE or excepts(goal, "M"):
            continue
        by_status = goal.fields.status is GoalStatus.DONE
        if by_status or counts_from(goal.fields.done, as_of=context.as_of) is not None:
            incomplete = _incomplete(goal, numbers)
            if incomplete is not None:
                yield finding_at(
                    goal,
                    ("status",) if by_status else ("done",),
                    message=f"written done, but {_how_far(goal, numbers, incomplete)}",
                    hint="update the measure, write that the goal is not done, or write "
                    "`smart: {except: [M], reason: …}` if it is done all the same",
                )
        elif (since := long_complete_since(goal, context)) is not None:
            days = count((context.as_of - since).days, "day")
            yield finding_at(
                goal,
                ("status",),
                TITLE,
                message=f"complete since {since}, {days}, but still active",
                hint=f"write `done: {since}`",
                severity=Severity.WARNING,
            )


def _length(goal: Goal, context: RuleContext) -> int | None:
    """Return the days from a goal's start, or from as_of, to its due day, else of its horizon."""
    if goal.due is not None:
        start = goal.start.first if goal.start is not None else context.as_of
        return (goal.due.last - start).days
    horizon = goal.fields.horizon
    return round(horizon.months * _DAYS_A_MONTH) + horizon.days if horizon is not None else None


def _incomplete(goal: Goal, numbers: GoalNumbers) -> MeasureProgress | None:
    """Return a measure that is known to be incomplete; a habit may have its gaps."""
    metric = goal.fields.metric
    was_at_target = metric is not None and any(
        _is_at(metric.target, value.value, of=metric) for value in numbers.measurements
    )
    complete = {Measure.CADENCE, *([Measure.METRIC] if was_at_target else ())}
    for measure in numbers.measures:
        if measure.progress not in {None, 1} and measure.measure not in complete:
            return measure
    return None


def end_of(metric: Metric) -> Fraction:
    """Return the value at which a metric is complete: the stretch, else the target."""
    return metric.target if metric.stretch is None else metric.stretch


def _is_at(end: Fraction, value: Fraction, *, of: Metric) -> bool:
    """Return whether a value of a metric, which may fall, is at an end or beyond."""
    return (value - end) * (of.target - of.baseline) >= 0


def long_complete_since(goal: Goal, context: RuleContext) -> date | None:
    """Return the day since which all measures are complete, None for less than 30 days.

    On the way to a stretch nothing is complete.
    """
    metric, numbers = goal.fields.metric, context.numbers(goal)
    value = numbers.current.value if numbers.current is not None else None
    if metric and value is not None and not _is_at(end_of(metric), value, of=metric):
        return None
    days = [measure.completed_on for measure in numbers.measures]
    if not days or None in days:
        return None
    since = max(day for day in days if day is not None)
    return since if (context.as_of - since).days >= COMPLETE_DAYS else None


def _how_far(goal: Goal, numbers: GoalNumbers, measure: MeasureProgress) -> str:
    """Return how far a goal is by a measure with a known progress."""
    metric, current = goal.fields.metric, numbers.current
    if measure.total is None:
        assert metric is not None  # noqa: S101 - all other measures count
        assert current is not None  # noqa: S101 - or there is no progress
        value, target = (number(n, decimals=2) for n in (current.value, metric.target))
        return f"the metric is at {value} of {target}{f' {metric.unit}' if metric.unit else ''}"
    one, many = {
        Measure.MILESTONES: ("milestone", "milestones"),
        Measure.CHECKLIST: ("task", "tasks"),
    }.get(measure.measure, ("goal below it", "goals below it"))
    return f"only {measure.done} of {count(measure.total, one, many)} done"
