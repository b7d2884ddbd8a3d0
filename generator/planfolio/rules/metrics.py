"""M: whether the metric of a goal shows how far the goal is."""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from planfolio.analyse.history import Measurement
from planfolio.analyse.status import INACTIVE
from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import count, number, percent
from planfolio.model.kinds.goal import GoalKind, GoalStatus, Metric
from planfolio.model.plan import Goal
from planfolio.rules.context import RuleContext, Statement, excepts
from planfolio.rules.measurable import end_of, long_complete_since
from planfolio.rules.rule import Findings, finding_at, rule, shared_finding

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
        place = _statement_of(current, goal, context)
        yield finding_at(
            place.record,
            place.loc,
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
        place = _statement_of(current, goal, context)
        yield finding_at(
            place.record,
            place.loc,
            message=f"the metric says {_value(current.value)}%, but {ticked} of "
            f"{count(len(leaves), 'task')} are ticked: {percent(share)}",
            hint="tick what is done, or remove the metric: the task list measures the goal",
            about=goal,
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


def _statement_of(current: Measurement, goal: Goal, context: RuleContext) -> Statement:
    """Return where the current value of a goal is written."""
    return next(
        statement
        for statement in context.metric_statements(goal)
        if (statement.record.key, statement.value, statement.on)
        == (current.source, current.value, current.when)
    )


def _value(value: Fraction) -> str:
    return number(value, decimals=2)
