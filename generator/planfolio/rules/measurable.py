"""M: whether a goal shows how far it is, and that it is reached."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from planfolio.analyse.days import counts_from
from planfolio.analyse.goals import GoalNumbers
from planfolio.analyse.measures import Measure, MeasureProgress
from planfolio.analyse.status import INACTIVE, Status
from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import count, number, percent
from planfolio.model.kinds.goal import GoalKind, GoalStatus, Metric
from planfolio.model.plan import Goal
from planfolio.rules.context import RuleContext, excepts
from planfolio.rules.rule import TITLE, Findings, finding_at, rule, shared_finding

LONG_DAYS = 100
COMPLETE_DAYS = 30
DISAGREEMENT = Fraction(10, 100)

# The patterns are strings, since few plans need them: `re` compiles one on its first use.
_PERCENT = r"(?i)%|per ?cent|pct|prozent|por ?cento|por ciento|百分比"
_PROGRESS = (
    r"(?i)\b(?:progress|done|complet\w*|finished|goal|fortschritt|progreso|progresso|avance|avanço)\b"
    r"|进度|完成"
)
# A title with one of these names what the percentage is of.
_SHARE = (
    r"(?i)%|per ?cent|prozent|por ?cento|率|比例"
    r"|\b(?:accuracy|attendance|compliance|coverage|occupancy|rate|ratio|score|share"
    r"|\w*(?:quote|anteil|abdeckung)|auslastung|tasa|cobertura|porcentaje|asistencia"
    r"|taxa|porcentagem|percentual|presença)\b"
)


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


@rule("M102", Severity.ERROR)
def target_is_baseline(context: RuleContext) -> Findings:
    """The target of a metric is its baseline.

    Progress is the distance from the baseline as a share of the distance to the target. Where that
    is zero, there is no share to compute.

    Bad:  metric: {unit: kg, baseline: 74, target: 74}
    Good: metric: {unit: kg, baseline: 82, target: 74}
    """
    for goal in context.plan.goals.values():
        metric = goal.fields.metric
        if metric is not None and metric.target == metric.baseline and not excepts(goal, "M"):
            yield finding_at(
                goal,
                ("metric", "target"),
                message=f"target and baseline are both {_value(metric.target)}",
                hint="write the number at the start as `baseline`, or another `target`",
            )


@rule("M103")
def value_outside(context: RuleContext) -> Findings:
    """The current value is behind the baseline, or beyond the target.

    A value behind the baseline is a typing error, or bad news that no bar can show. Beyond the
    target (a note only) the goal is reached: write it down as done, or set a stretch.

    Bad:  metric: {unit: talks, baseline: 3, target: 12, current: 2}
    Good: metric: {unit: talks, baseline: 2, target: 12, current: 2}
    """
    for goal, metric in _with_metric(context.plan.goals.values()):
        current = context.numbers(goal).current
        over = goal.fields.status is GoalStatus.DONE or goal.fields.done is not None
        if current is None or over or context.numbers(goal).status in INACTIVE:
            continue
        way = metric.target - metric.baseline
        if way == 0 or excepts(goal, "M"):
            continue
        share = (current.value - metric.baseline) / way
        if share < 0:
            limit = f"behind the baseline {_value(metric.baseline)}"
            hint = "correct the value, or write the number at the start as `baseline`"
        elif share > max(Fraction(1), (end_of(metric) - metric.baseline) / way):
            if long_complete_since(goal, context) is not None:
                continue  # that it is over is what M107 says
            limit = f"beyond the target {_value(metric.target)}"
            hint = "write `status: done`, or a `stretch` in the metric"
        else:
            continue
        yield finding_at(
            context.plan.records[current.source],
            current.loc,
            message=f"the value {_value(current.value)} is {limit}",
            hint=hint,
            about=goal,
            severity=Severity.INFO if share > 1 else None,
        )


@rule("M104")
def no_unit(context: RuleContext) -> Findings:
    """A metric has neither a unit nor a name.

    “5 of 12” means nothing to a mentor, nor to yourself in a year. The site shows the unit beside
    each number.

    Bad:  metric: 5/12
    Good: metric: 5/12 talks
    """
    for goal, metric in _with_metric(context.active("M")):
        if metric.unit is None and metric.name is None:
            yield finding_at(
                goal,
                ("metric",),
                key=True,
                message=f"the metric does not say what its {_value(metric.target)} are",
                hint="add a unit: `metric: 5/12 talks`, or `unit: talks` in the metric",
            )


@rule("M105", Severity.INFO)
def percent_of_itself(context: RuleContext) -> Findings:
    """The metric is a percentage of the goal itself.

    “60 % done” is a feeling that nobody can check. Count what gets done, or write milestones;
    planfolio computes the percentage. Test coverage, for one, is a fine percentage.

    Bad:  metric: 60/100 %
    Good: metric: 6/10 chapters
    """
    for goal, metric in _with_metric(context.active("M")):
        if _is_own_percentage(metric, of=goal.title):
            yield finding_at(
                goal,
                ("metric",),
                key=True,
                message="the metric is a percentage of the goal itself",
                hint="count what gets done: `metric: 6/10 chapters`, or write milestones",
            )


@rule("M106")
def measures_disagree(context: RuleContext) -> Findings:
    """The task list and the percentage differ by ten points or more.

    Both say how much of the goal is done, and one of them is out of date. Only you know which; the
    site goes by the one that looks worse.

    Bad:  metric: 80/100 %
          ---
          - [x] Outline
          - [ ] Draft
    Good: ---
          - [x] Outline
          - [ ] Draft
    """
    for goal, metric in _with_metric(context.active("M")):
        current, leaves = context.numbers(goal).current, goal.body.leaves
        if current is None or not leaves or not _is_own_percentage(metric, of=goal.title):
            continue
        ticked = sum(task.done for task in leaves)
        share = Fraction(ticked, len(leaves))
        if abs(share - current.value / 100) < DISAGREEMENT:
            continue
        yield finding_at(
            context.plan.records[current.source],
            current.loc,
            message=f"the metric says {_value(current.value)}%, but {ticked} of "
            f"{count(len(leaves), 'task')} are ticked: {percent(share)}",
            hint="tick what is done, or remove the metric: the task list measures the goal",
            about=goal,
        )


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


@rule("M108", Severity.INFO, of_whole_plan=True)
def no_current_value(context: RuleContext) -> Findings:
    """A metric has no measurement yet.

    The status of a goal with a metric and no measurement is unknown. One number with its date is
    enough to start, and 0 is a number. `planfolio log` writes it down.

    Bad:  metric: {unit: talks, target: 12}
    Good: metric: {unit: talks, target: 12, current: 0, as_of: 2026-01-05}
    """
    started = [
        goal
        for goal, _ in _with_metric(context.active("M"))
        if goal.fields.kind is not GoalKind.DIRECTION
        and context.numbers(goal).current is None
        and (goal.start is None or goal.start.first <= context.as_of)
    ]
    return shared_finding(
        started,
        ("metric",),
        one="this metric has no measurement yet",
        many="{n} metrics have no measurement yet",
        hint="write `current: 0` and the day as `as_of` in the metric",
        key=True,
    )


def _length(goal: Goal, context: RuleContext) -> int | None:
    """Return the days from a goal's start, or from as_of, to its due day, else of its horizon."""
    if goal.due is not None:
        start = goal.start.first if goal.start is not None else context.as_of
        return (goal.due.last - start).days
    return goal.fields.horizon.length if goal.fields.horizon is not None else None


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


def _with_metric(goals: Iterable[Goal]) -> Iterator[tuple[Goal, Metric]]:
    for goal in goals:
        if goal.fields.metric is not None:
            yield goal, goal.fields.metric


def _is_own_percentage(metric: Metric, *, of: str) -> bool:
    """Return whether a metric says how complete its goal is, whose title is `of`."""
    if metric.unit is None or re.fullmatch(_PERCENT, metric.unit) is None:
        return False
    if metric.target != 100 or metric.baseline != 0:
        return False
    if metric.name is not None:
        return re.search(_PROGRESS, metric.name) is not None
    return re.search(_SHARE, of) is None


def _value(value: Fraction) -> str:
    return number(value, decimals=2)
