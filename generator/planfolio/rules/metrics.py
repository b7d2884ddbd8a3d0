"""M: whether the metric of a goal shows how far the goal is."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.analyse.status import INACTIVE
from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import count, number, percent
from planfolio.model.kinds.goal import GoalKind, GoalStatus, SmartLetter
from planfolio.rules.context import RuleContext, excepts
from planfolio.rules.measurable import long_complete_since
from planfolio.rules.rule import Finding, Rule, at, for_all, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.model.kinds.goal import Metric
    from planfolio.model.plan import Goal
    from planfolio.rules.context import Statement

DISAGREEMENT = Fraction(10, 100)

_PERCENT = re.compile(r"%|per ?cent|pct|prozent|por ?cento|por ciento|百分比", re.IGNORECASE)
_PROGRESS = re.compile(
    r"\b(?:progress|done|complet\w*|finished|goal|fortschritt|progreso|progresso|avance|avanço)\b|进度|完成",
    re.IGNORECASE,
)

# A title with one of these names what the percentage is of.
_SHARE = re.compile(
    r"%|per ?cent|prozent|por ?cento|\b(?:accuracy|attendance|compliance|coverage|occupancy|rate"
    r"|ratio|score|share|\w*(?:quote|anteil|abdeckung)|auslastung|tasa|cobertura|porcentaje|asistencia"
    r"|taxa|porcentagem|percentual|presença)\b|率|比例",
    re.IGNORECASE,
)


@Rule(
    "M102",
    Severity.ERROR,
    bad="metric: {unit: kg, baseline: 74, target: 74}",
    good="metric: {unit: kg, baseline: 82, target: 74}",
    reads=reading(goal="metric"),
)
def target_is_baseline(context: RuleContext) -> Iterator[Finding]:
    """The target of a metric is its baseline.

    Progress is the distance from the baseline as a share of the distance to the target. Where that
    is zero, there is no share to compute.
    """
    for goal in context.plan.goals.values():
        metric = goal.fields.metric
        if metric is None or metric.target != metric.baseline or excepts(goal, SmartLetter.M):
            continue
        yield at(
            goal,
            ("metric", "target"),
            message=f"target and baseline are both {_value(metric.target)}",
            hint="write the number at the start as `baseline`, or another `target`",
        )


@Rule(
    "M103",
    bad="metric: {unit: talks, baseline: 3, target: 12, current: 2}",
    good="metric: {unit: talks, baseline: 2, target: 12, current: 2}",
    reads=reading(goal="metric", review="metrics date"),
)
def value_outside(context: RuleContext) -> Iterator[Finding]:
    """The current value is behind the baseline, or beyond the target.

    A value behind the baseline is a typing error, or bad news that no bar can show. Beyond the
    target (a note only) the goal is reached: write it down as done, or set a stretch.
    """
    for goal in context.plan.goals.values():
        metric, current = goal.fields.metric, context.numbers(goal).current
        if metric is None or current is None or metric.target == metric.baseline:
            continue
        over = goal.fields.status is GoalStatus.DONE or goal.fields.done is not None
        if over or context.numbers(goal).status in INACTIVE or excepts(goal, SmartLetter.M):
            continue
        way = metric.target - metric.baseline
        share = (current.value - metric.baseline) / way
        most = (metric.stretch - metric.baseline) / way if metric.stretch is not None else 1
        if 0 <= share <= max(most, 1):
            continue
        if share > 1 and long_complete_since(goal, context) is not None:
            continue  # that it is over is what M107 says
        place = _current_statement(goal, context)
        if share < 0:
            limit = f"behind the baseline {_value(metric.baseline)}"
            hint = "correct the value, or write the number at the start as `baseline`"
        else:
            limit = f"beyond the target {_value(metric.target)}"
            hint = "write `status: done`, or a `stretch` in the metric"
        yield at(
            place.record,
            place.loc,
            message=f"the value {_value(current.value)} is {limit}",
            hint=hint,
            about=goal,
            severity=Severity.INFO if share > 1 else None,
        )


@Rule(
    "M104",
    bad="metric: 5/12",
    good="metric: 5/12 talks",
    reads=reading(goal="metric"),
)
def no_unit(context: RuleContext) -> Iterator[Finding]:
    """A metric has neither a unit nor a name.

    “5 of 12” means nothing to a mentor, nor to yourself in a year. The unit stands beside each
    number on the site.
    """
    for goal in context.active(SmartLetter.M):
        metric = goal.fields.metric
        if metric is not None and metric.unit is None and metric.name is None:
            yield at(
                goal,
                ("metric",),
                key=True,
                message=f"the metric does not say what its {_value(metric.target)} are",
                hint="add a unit: `metric: 5/12 talks`, or `unit: talks` in the metric",
            )


@Rule(
    "M105",
    Severity.INFO,
    bad="metric: 60/100 %",
    good="metric: 6/10 chapters",
    reads=reading(goal="metric"),
)
def percent_of_itself(context: RuleContext) -> Iterator[Finding]:
    """The metric is a percentage of the goal itself.

    “60 % done” is a feeling that nobody can check. Count what gets done, or write milestones;
    planfolio computes the percentage. Test coverage, for one, is a fine percentage.
    """
    for goal in context.active(SmartLetter.M):
        metric = goal.fields.metric
        if metric is not None and _is_own_percentage(metric, of=goal.title):
            yield at(
                goal,
                ("metric",),
                key=True,
                message="the metric is a percentage of the goal itself",
                hint="count what gets done: `metric: 6/10 chapters`, or write milestones",
            )


@Rule(
    "M106",
    bad="metric: 80/100 %\n---\n- [x] Outline\n- [ ] Draft\n- [ ] Review",
    good="title: Write the handbook\n---\n- [x] Outline\n- [ ] Draft\n- [ ] Review",
    reads=reading(goal="metric", review="metrics date"),
)
def measures_disagree(context: RuleContext) -> Iterator[Finding]:
    """The task list and the percentage differ by ten points or more.

    Both say how much of the goal is done, and one of them is out of date. Only you know which; the
    site goes by the one that looks worse.
    """
    for goal in context.active(SmartLetter.M):
        metric, current = goal.fields.metric, context.numbers(goal).current
        leaves = goal.body.leaves
        if metric is None or current is None or not leaves:
            continue
        if not _is_own_percentage(metric, of=goal.title):
            continue
        ticked = sum(task.done for task in leaves)
        share = Fraction(ticked, len(leaves))
        if abs(share - current.value / 100) < DISAGREEMENT:
            continue
        place = _current_statement(goal, context)
        yield at(
            place.record,
            place.loc,
            message=(
                f"the metric says {_value(current.value)}%, but {ticked} of "
                f"{count(len(leaves), 'task')} are ticked: {percent(share)}"
            ),
            hint="tick what is done, or remove the metric: the task list measures the goal",
            about=goal,
        )


@Rule(
    "M108",
    Severity.INFO,
    bad="metric: {unit: talks, target: 12}",
    good="metric: {unit: talks, target: 12, current: 0, as_of: 2026-01-05}",
    reads=reading(goal="metric start when", review="metrics date"),
    of_whole_plan=True,
)
def no_current_value(context: RuleContext) -> Iterator[Finding]:
    """A metric has no measurement yet.

    The status of a goal with a metric and no measurement is unknown. One number with its date is
    enough to start, and 0 is a number. `planfolio log` writes it down.
    """
    started = [
        goal
        for goal in context.active(SmartLetter.M)
        if goal.fields.metric is not None
        and goal.fields.kind is not GoalKind.DIRECTION
        and context.numbers(goal).current is None
        and (goal.start is None or goal.start.first <= context.as_of)
    ]
    yield from for_all(
        started,
        ("metric",),
        one="this metric has no measurement yet",
        many="{n} metrics have no measurement yet",
        hint="write `current: 0` and the day as `as_of` in the metric",
        key=True,
    )


def _value(value: Fraction) -> str:
    return number(value, decimals=2)


def _is_own_percentage(metric: Metric, *, of: str) -> bool:
    """Return whether a metric says how complete its goal is, whose title is `of`."""
    if metric.unit is None or _PERCENT.fullmatch(metric.unit) is None:
        return False
    if metric.target != 100 or metric.baseline != 0:
        return False
    if metric.name is not None:
        return _PROGRESS.search(metric.name) is not None
    return _SHARE.search(of) is None


def _current_statement(goal: Goal, context: RuleContext) -> Statement:
    """Return where the current value of a goal is written, for a goal that has one."""
    current = context.numbers(goal).current
    assert current is not None  # noqa: S101 - the callers have looked
    return next(
        statement
        for statement in context.metric_statements(goal)
        if statement.record.key == current.source
        and statement.value == current.value
        and (statement.on.first if statement.on is not None else None) == current.on
    )
