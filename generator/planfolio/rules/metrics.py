"""M: does the metric of a goal say how far it is?"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Severity
from planfolio.model.kinds.goal import GoalStatus, SmartLetter
from planfolio.rules.context import TITLE, RuleContext, excepts
from planfolio.rules.finding import Finding, at, one_for_many
from planfolio.rules.rule import reading, rule
from planfolio.rules.wording import count, number, percent

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


@rule(
    "M102",
    "target-is-baseline",
    Severity.ERROR,
    summary="the target of a metric is where it begins",
    why=(
        "Progress is the way gone from the baseline to the target, as a share of the whole way. "
        "When both are the same number there is no way, and no number can be computed."
    ),
    bad="metric: {unit: kg, baseline: 74, target: 74}",
    good="metric: {unit: kg, baseline: 82, target: 74}",
    reads=reading(goal="metric"),
)
def target_is_baseline(context: RuleContext) -> Iterator[Finding]:
    """Find metrics whose target equals the baseline."""
    for goal in context.plan.goals.values():
        metric = goal.fields.metric
        if metric is None or metric.target != metric.baseline or excepts(goal, SmartLetter.M):
            continue
        yield at(
            goal,
            ("metric", "target"),
            message=f"the target is {number(metric.target)}, and so is the baseline",
            hint="write the number you began with as `baseline`, or another `target`",
        )


@rule(
    "M103",
    "value-outside",
    Severity.WARNING,
    summary="the current value is behind the baseline, or beyond the target",
    why=(
        "A value behind the baseline is either a slip of the pen or bad news that a bar cannot "
        "show, since progress never goes below zero. A value beyond the target (a note only) means "
        "that the goal is reached: celebrate it, or set a stretch."
    ),
    bad="metric: {unit: talks, baseline: 3, target: 12, current: 2}",
    good="metric: {unit: talks, baseline: 2, target: 12, current: 2}",
    reads=reading(goal="metric", review="metrics date"),
)
def value_outside(context: RuleContext) -> Iterator[Finding]:
    """Find current values that lie outside baseline and target."""
    for goal in context.plan.goals.values():
        metric, current = goal.fields.metric, context.numbers(goal).current
        if metric is None or current is None or metric.target == metric.baseline:
            continue
        if goal.fields.status is not GoalStatus.ACTIVE or excepts(goal, SmartLetter.M):
            continue
        way = (current.value - metric.baseline) / (metric.target - metric.baseline)
        where = _current_statement(goal, context)
        value = number(current.value)
        if way < 0:
            yield at(
                where.record,
                where.loc,
                message=f"the value {value} is behind the baseline {number(metric.baseline)}",
                hint="correct the value, or write the number you began with as `baseline`",
                about=goal,
            )
        elif way > 1 and not _within_stretch(metric, current.value):
            yield at(
                where.record,
                where.loc,
                message=f"the value {value} is beyond the target {number(metric.target)}",
                hint="write `status: done`, or a `stretch` in the metric",
                about=goal,
                severity=Severity.INFO,
            )


@rule(
    "M104",
    "no-unit",
    Severity.WARNING,
    summary="a metric says neither its unit nor its name",
    why=(
        "“5 of 12” says nothing to a mentor, nor to yourself in a year. Twelve what? The unit "
        "stands beside each number on the site."
    ),
    bad="metric: 5/12",
    good="metric: 5/12 talks",
    reads=reading(goal="metric"),
)
def no_unit(context: RuleContext) -> Iterator[Finding]:
    """Find metrics that count nobody knows what."""
    for goal in context.active(SmartLetter.M):
        metric = goal.fields.metric
        if metric is not None and metric.unit is None and metric.name is None:
            yield at(
                goal,
                ("metric",),
                key=True,
                message=f"the metric goes to {number(metric.target)}, but does not say of what",
                hint="add a unit: `metric: 5/12 talks`, or `unit: talks` in the metric",
            )


@rule(
    "M105",
    "percent-of-itself",
    Severity.INFO,
    summary="the metric is a percentage of the goal itself",
    why=(
        "“60 % done” measures a feeling: nobody can check it, and the last tenth takes as long as "
        "the rest. Count what gets done, or name the steps as milestones; planfolio makes the "
        "percentage of them. A percentage of something else, such as test coverage, is fine."
    ),
    bad="metric: 60/100 %",
    good="metric: 6/10 chapters",
    reads=reading(goal="metric"),
)
def percent_of_itself(context: RuleContext) -> Iterator[Finding]:
    """Find metrics that say no more than how complete the goal feels."""
    for goal in context.active(SmartLetter.M):
        metric = goal.fields.metric
        if metric is not None and _is_own_percentage(metric):
            yield at(
                goal,
                ("metric",),
                key=True,
                message="the metric is a percentage of the goal itself",
                hint="count what gets done: `metric: 6/10 chapters`, or make the steps milestones",
            )


@rule(
    "M106",
    "measures-disagree",
    Severity.WARNING,
    summary="the task list and the percentage disagree by ten points or more",
    why=(
        "Both say how much of the goal is done, and one of them is out of date. Which one is right "
        "only you know; the numbers on the site are read from the metric."
    ),
    bad="metric: 80/100 %\n---\n- [x] Outline\n- [ ] Draft\n- [ ] Review",
    good="title: Write the handbook\n---\n- [x] Outline\n- [ ] Draft\n- [ ] Review",
    reads=reading(goal="metric", review="metrics date"),
)
def measures_disagree(context: RuleContext) -> Iterator[Finding]:
    """Find goals whose ticks and percentage tell different stories."""
    for goal in context.active(SmartLetter.M):
        metric, current = goal.fields.metric, context.numbers(goal).current
        leaves = [task for task in goal.body.tasks if task.leaf]
        if metric is None or current is None or not leaves or not _is_own_percentage(metric):
            continue
        ticked = sum(task.done for task in leaves)
        share = Fraction(ticked, len(leaves))
        if abs(share - current.value / 100) >= DISAGREEMENT:
            where = _current_statement(goal, context)
            yield at(
                where.record,
                where.loc,
                message=(
                    f"the metric says {number(current.value)} %, but {ticked} of "
                    f"{count(len(leaves), 'task')} are ticked: {percent(share)}"
                ),
                hint="tick what is done, or take the metric out: the task list measures the goal",
                about=goal,
            )


@rule(
    "M108",
    "no-current-value",
    Severity.INFO,
    summary="metrics have no value yet",
    why=(
        "A metric without a value makes the goal's status unknown: grey, not green. One number "
        "with its date is enough to begin with, and 0 is a number."
    ),
    bad="metric: {unit: talks, target: 12}",
    good="metric: {unit: talks, target: 12, current: 0, as_of: 2026-01-05}",
)
def no_current_value(context: RuleContext) -> Iterator[Finding]:
    """Find active goals that have begun and whose metric has no value: one finding a plan."""
    places = [
        (goal, (("metric",), TITLE))
        for goal in context.active(SmartLetter.M)
        if goal.fields.metric is not None
        and context.numbers(goal).current is None
        and (goal.start is None or goal.start.first <= context.as_of)
    ]
    what = "1 metric has no value yet" if len(places) == 1 else "{n} metrics have no value yet"
    finding = one_for_many(
        places,
        message=what,
        hint="write `current: 0` and the day as `as_of` in the metric",
        key=True,
    )
    if finding is not None:
        yield finding


def _is_own_percentage(metric: Metric) -> bool:
    return (
        metric.unit is not None
        and _PERCENT.fullmatch(metric.unit) is not None
        and (metric.name is None or _PROGRESS.search(metric.name) is not None)
        and metric.target == 100
        and metric.baseline == 0
    )


def _within_stretch(metric: Metric, value: Fraction) -> bool:
    if metric.stretch is None:
        return False
    rising = metric.target > metric.baseline
    return value <= metric.stretch if rising else value >= metric.stretch


def _current_statement(goal: Goal, context: RuleContext) -> Statement:
    """Return where the current value of a goal stands; of two entries of one day, the last."""
    current = context.numbers(goal).current
    assert current is not None  # noqa: S101 - only asked of goals that have one
    said = [
        statement
        for statement in context.metric_statements(goal)
        if statement.record.key == current.source
        and statement.value == current.value
        and (statement.on.first if statement.on is not None else None) == current.on
    ]
    return said[0]


RULES = (
    target_is_baseline,
    value_outside,
    no_unit,
    percent_of_itself,
    measures_disagree,
    no_current_value,
)
