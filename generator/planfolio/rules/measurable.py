"""M: can one see how far it is, and that it is reached?"""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.analyse.days import reached
from planfolio.analyse.results import Measure, Status
from planfolio.model.diagnostics import Severity
from planfolio.model.kinds.goal import GoalStatus, SmartLetter
from planfolio.rules.context import TITLE, RuleContext, excepts
from planfolio.rules.finding import Finding, at
from planfolio.rules.rule import DATES, MEASURE, reading, rule
from planfolio.rules.wording import count, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.model.plan import Goal

LONG_DAYS = 100
COMPLETE_DAYS = 30
DAYS_A_MONTH = Fraction(30436875, 1000000)


@rule(
    "M101",
    "no-measure",
    Severity.WARNING,
    summary="a long goal has nothing that shows how far it is",
    why=(
        "Doran (1981): quantify, or at least suggest an indicator of progress. Over some weeks one "
        "can keep a goal in one's head; over months one cannot, and finds out at the end. A "
        "metric, milestones, a task list in the body, done_when, a cadence, a skill that the goal "
        "raises or a goal below it is enough. An exam needs none: one passes it or not."
    ),
    bad="title: A portfolio of my own\nwhen: 2026",
    good="title: A portfolio of my own\nwhen: 2026\ndone_when: Three case studies are online",
    reads=MEASURE | DATES | reading(goal="raises answers need kind", role="needs requires"),
)
def no_measure(context: RuleContext) -> Iterator[Finding]:
    """Find goals of over 100 days, or without an end, that nothing measures."""
    for goal in context.bound(SmartLetter.M):
        if context.is_measured(goal) or goal.fields.raises or goal.id in context.vague_titles:
            continue
        days = _length(goal, context)
        if (days is None or days > LONG_DAYS) and not context.is_exam(goal):
            yield at(
                goal,
                TITLE,
                message=f"this goal takes {number(days)} days, and nothing shows how far it is"
                if days is not None
                else "this goal has no measure and no end",
                hint="add `metric: 0/5 talks`, `done_when: …`, milestones, or a task list",
            )


@rule(
    "M107",
    "done-and-measure",
    Severity.ERROR,
    summary="written done but measured incomplete, or complete for a month but active",
    why=(
        "The written status and the measure tell two stories, and the site can show only one. Done "
        "with numbers missing is an error, since every total built on it would be wrong; complete "
        "for 30 days but still active is a warning, since a success goes unnoticed."
    ),
    bad="status: done\nmetric: 7/12 talks",
    good="status: done\nmetric: 12/12 talks",
    reads=MEASURE
    | reading(
        goal="status done log weight effort",
        milestone="done weight effort",
        review="metrics date",
    ),
)
def done_and_measure(context: RuleContext) -> Iterator[Finding]:
    """Find goals whose written status and measure contradict each other."""
    for goal in context.plan.goals.values():
        numbers = context.numbers(goal)
        if numbers.status is not Status.DONE or excepts(goal, SmartLetter.M):
            continue
        written = goal.fields.status is GoalStatus.DONE
        said = written or reached(goal.fields.done, as_of=context.as_of) is not None
        share = numbers.leading.progress
        if said:
            if share is not None and share < 1 and numbers.leading.measure is not Measure.CADENCE:
                yield at(
                    goal,
                    ("status",) if written else ("done",),
                    message=f"written done, but {_measured(goal, context)}",
                    hint="bring the measure up to date, or write another `status`",
                )
        elif numbers.done_on is not None:
            days = (context.as_of - numbers.done_on).days
            if days >= COMPLETE_DAYS:
                yield at(
                    goal,
                    ("status",),
                    TITLE,
                    message=f"complete since {numbers.done_on}, {days} days, but still active",
                    hint=f"write `done: {numbers.done_on}`",
                    severity=Severity.WARNING,
                )


def _length(goal: Goal, context: RuleContext) -> Fraction | None:
    """Return the days from a goal's start, or from as_of, to its due day or horizon."""
    if goal.due is not None:
        start = goal.start.first if goal.start is not None else context.as_of
        return Fraction((goal.due.last - start) / timedelta(days=1))
    horizon = goal.fields.horizon
    if horizon is not None:
        return Fraction(round(horizon.months * DAYS_A_MONTH) + horizon.days)
    return None


def _measured(goal: Goal, context: RuleContext) -> str:
    """Say how far a goal is by the measure that leads, for one that has a progress."""
    numbers = context.numbers(goal)
    metric, current, tally = goal.fields.metric, numbers.current, numbers.tally
    if tally is None:
        assert metric is not None  # noqa: S101 - all other measures have a tally
        assert current is not None  # noqa: S101 - or there is no progress
        unit = f" {metric.unit}" if metric.unit else ""
        return f"the metric stands at {number(current.value)} of {number(metric.target)}{unit}"
    one, many = {
        Measure.MILESTONES: ("milestone", "milestones"),
        Measure.CHECKLIST: ("task", "tasks"),
    }.get(numbers.leading.measure, ("goal below it", "goals below it"))
    return f"only {tally.done} of {count(tally.total, one, many)} done"


RULES = (
    no_measure,
    done_and_measure,
)
