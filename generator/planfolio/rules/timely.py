"""T: whether a goal has an end, and whether its dates fit together."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from planfolio.analyse.days import reached
from planfolio.analyse.measures import Measure
from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import count, in_quotes
from planfolio.model.kinds.goal import SmartLetter
from planfolio.model.values.dates import quarter_after
from planfolio.rules.context import RuleContext, excepts, is_habit
from planfolio.rules.rule import DATES, DUE, START, TITLE, Finding, Rule, at, dated, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.model.kinds.fields import Replan
    from planfolio.model.plan import Goal, Milestone, Record
    from planfolio.model.values.dates import PlanDate

A_MONTH = timedelta(days=31)
HALF_A_YEAR = timedelta(days=182)
OFTEN_MOVED = 2


@Rule(
    "T101",
    bad="title: Publish my map of step-free transfers",
    good="title: Publish my map of step-free transfers\ndue: 2026-Q3",
    reads=DATES | reading(goal="kind cadence parent"),
)
def no_end(context: RuleContext) -> Iterator[Finding]:
    """An active goal has neither a due day nor a horizon.

    Specify when the result can be achieved (Doran, 1981): a goal without an end can always wait. A
    rough end is enough: a quarter, or a horizon.
    """
    for goal in context.with_end(SmartLetter.T):
        if goal.due is None and goal.fields.due is None and goal.fields.horizon is None:
            yield at(
                goal,
                message="this goal has neither a due day nor a horizon",
                hint=f"add `due: {_later_quarter(goal, context)}`, or a rough `horizon: 1y`",
            )


@Rule(
    "T102",
    Severity.ERROR,
    bad="start: 2026-09-01\ndue: 2026-06-30",
    good="start: 2026-06-01\ndue: 2026-09-30",
    reads=DATES,
)
def start_after_due(context: RuleContext) -> Iterator[Finding]:
    """The start is after the due day.

    One of the two dates is wrong, and with it every number that is computed from them. So this
    stops a build.
    """
    for step in context.plan.records.values():
        # An inherited start is the end of another step; A106 reports that it does not fit.
        if step.start is None or step.due is None or "start" in step.inherited or step.due.about:
            continue
        goal = step if step.key.kind == "goal" else context.plan.goal_of(step)
        if step.start.first <= step.due.last or excepts(goal, SmartLetter.T):
            continue
        start, due = dated(step.start, step.start.first), dated(step.due, step.due.last)
        latest = step.due.last
        if "due" in step.inherited:
            yield at(
                step,
                *START,
                message=f"starts {start}, after the due day {due} of {step.inherited['due']}",
                hint=f"move the start to {latest} or before, or add a `due` of its own",
            )
        else:
            yield at(
                step,
                *DUE,
                message=f"due {due}, before its start {start}",
                hint=f"move the start to {latest} or before, or move the due day",
            )


@Rule(
    "T103",
    bad="due: 2026-03-31   # and it is May",
    good="due: 2026-09-30\nreplans: [{from: 2026-03-31, to: 2026-09-30, reason: New job}]",
    reads=DATES | reading(goal="milestones kind cadence", milestone="done"),
)
def overdue(context: RuleContext) -> Iterator[Finding]:
    """A step is still open after its due day.

    A due day that has passed tells nobody what to do. Finish the step, drop it, or move it and say
    why: `planfolio done`, `drop` and `move` write that down.
    """
    # A late goal stands for its milestones, and a parent for the children that inherit its due day.
    late = set()
    for goal in context.active(SmartLetter.T):
        if goal.due is not None and goal.due.last < context.as_of and not is_habit(goal):
            late.add(goal.id)
            if "due" not in goal.inherited:
                yield _overdue(goal, context)
    for milestone in context.open_milestones(SmartLetter.T):
        if milestone.due is None or milestone.due.last >= context.as_of:
            continue
        if milestone.fields.goal not in late:
            yield _overdue(milestone, context)
    for step in context.other_steps(SmartLetter.T):
        goal_of_step = context.plan.goal_of(step)
        if step.due is None or step.due.last >= context.as_of:
            continue
        if goal_of_step is None or goal_of_step.id not in late:
            yield _overdue(step, context)


@Rule(
    "T104",
    bad="due: 2026-06-30\nmilestones: {Book the exam: 2026-07-15}",
    good="due: 2026-06-30\nmilestones: {Book the exam: 2026-05-15}",
    reads=DATES | reading(milestone="done"),
)
def outside_goal(context: RuleContext) -> Iterator[Finding]:
    """A milestone is due before its goal starts or after its goal is due.

    A milestone is reached within the goal's dates. To compute what should be done by now, planfolio
    moves it to the nearest day of the goal, which is probably not what you meant.
    """
    for milestone in context.open_milestones(SmartLetter.T):
        goal, due = context.plan.goal_of(milestone), milestone.due
        if goal is None or due is None:
            continue
        start = goal.start if "start" not in goal.inherited else None
        if goal.due is not None and not goal.due.about and due.first > goal.due.last:
            limit = f"after its goal {in_quotes(goal.title)}, {dated(goal.due, goal.due.last)}"
        elif start is not None and due.last < start.first:
            limit = f"before its goal {in_quotes(goal.title)} starts, {dated(start, start.first)}"
        else:
            continue
        yield at(
            milestone,
            *DUE,
            message=f"due {dated(due, due.last)}, {limit}",
            hint="move the due day of the milestone, or the dates of the goal",
        )


@Rule(
    "T105",
    bad="start: 2026-01-01\nhorizon: 6m\ndue: 2026-12-31",
    good="start: 2026-01-01\nhorizon: 1y\ndue: 2026-12-31",
    reads=DATES,
)
def horizon_and_due(context: RuleContext) -> Iterator[Finding]:
    """The horizon and the due day of a goal differ by over a month.

    Horizon and due day both say how far ahead a goal lies. The site sorts the goal by its horizon
    and computes with its due day.
    """
    for goal in context.active(SmartLetter.T):
        horizon, start, due = goal.fields.horizon, goal.start, goal.due
        if horizon is None or start is None or due is None or due.about:
            continue
        if not goal.inherited.keys().isdisjoint({"start", "due"}):
            continue
        end = horizon.from_day(start.first)
        apart = max(due.first - end, end - due.last, timedelta(0))
        if apart > A_MONTH:
            yield at(
                goal,
                ("horizon",),
                message=(
                    f"the horizon {horizon.text} from {dated(start, start.first)} ends on {end}, "
                    f"{count(apart.days, 'day')} from the due day {dated(due, due.last)}"
                ),
                hint="remove the horizon, or write the one that fits the due day",
            )


@Rule(
    "T106",
    Severity.INFO,
    bad="replans: [{date: 2026-03-01, to: 2026-06}, {date: 2026-06-01, to: 2026-09}]",
    good="paused: [{from: 2026-06-01, reason: No time before the move}]",
    reads=reading(goal="replans", milestone="replans done"),
)
def moved_again(context: RuleContext) -> Iterator[Finding]:
    """A deadline was moved twice or more.

    A deadline that moves again and again shows that the goal is larger than it looked, or matters
    less. Decide which, instead of setting a third date.
    """
    active, milestones = context.active(SmartLetter.T), context.open_milestones(SmartLetter.T)
    steps: tuple[Goal | Milestone, ...] = (*active, *milestones)
    for step in steps:
        moved = [
            (index, on)
            for index, replan in enumerate(step.fields.replans)
            if (on := reached(replan.date, as_of=context.as_of)) is not None
            and not _is_earlier(replan)
        ]
        if len(moved) >= OFTEN_MOVED:
            last, on = max(moved, key=lambda one: one[1])
            pause = f"pause it (`paused: {context.as_of}`) or " if step.key.kind == "goal" else ""
            yield at(
                step,
                ("replans", last),
                message=f"the deadline was moved {count(len(moved), 'time')}, last on {on}",
                hint=f"make it smaller, or {pause}drop it (`dropped: {context.as_of}`)",
            )


@Rule(
    "T107",
    Severity.INFO,
    bad="start: 2026-01-01\ndue: 2026-12-31",
    good="start: 2026-01-01\ndue: 2026-12-31\nmilestones: {Outline: 2026-03, First half: 2026-07}",
    reads=DATES | reading(goal="metric milestones kind cadence parent"),
)
def no_step(context: RuleContext) -> Iterator[Finding]:
    """A goal of half a year or more has no milestone and no task.

    Near goals motivate more than far ones (Bandura and Schunk, 1981). A few milestones or a task
    list say what to do this week.
    """
    # Where the due day has passed, T103 says what is to be done.
    for goal in context.with_end(SmartLetter.T):
        start, due = goal.start, goal.due
        if start is None or due is None or "start" in goal.inherited or due.last <= context.as_of:
            continue
        if goal.fields.metric is not None or context.has_parts(goal):
            continue
        length = due.last - start.first
        if length >= HALF_A_YEAR:
            yield at(
                goal,
                message=f"{count(length.days, 'day')} from start to due without a milestone or "
                "task",
                hint=f"add `milestones: {{First step: {_halfway(start, due, context)}}}`, "
                "or a task list in the body",
            )


def _overdue(step: Record[Any], context: RuleContext) -> Finding:
    assert step.due is not None  # noqa: S101 - only called for what is due
    days = (context.as_of - step.due.last).days
    about = "about " if step.due.about else ""
    goal = context.plan.goals.get(step.id) if step.key.kind == "goal" else None
    deciding = context.numbers(goal).deciding if goal is not None else None
    # What is measured is done by its measure, and `done` would contradict it.
    measured = deciding is not None and deciding.measure is not Measure.STEP
    replans = " and write why in `replans`" if hasattr(step.fields, "replans") else ""
    way_out = (
        f"drop it: `dropped: {context.as_of}`"
        if measured
        else f"write `done: {context.as_of}` if it is done"
    )
    return at(
        step,
        *((("horizon",), TITLE) if step.due.about else DUE),
        message=(
            f"due {about}{dated(step.due, step.due.last)}, {count(days, 'day')} ago, and still open"
        ),
        hint=f"move the due day{replans}, or {way_out}",
    )


def _later_quarter(goal: Goal, context: RuleContext) -> str:
    start = goal.start.first if goal.start is not None else context.as_of
    return quarter_after(max(start, context.as_of))


def _is_earlier(replan: Replan) -> bool:
    """Return whether a deadline was moved to an earlier day."""
    moved_from, to = replan.from_, replan.to
    return moved_from is not None and to is not None and to.last < moved_from.last


def _halfway(start: PlanDate, due: PlanDate, context: RuleContext) -> date:
    """Return a day in the middle of the time that is left."""
    begin = max(start.first, context.as_of)
    return due.last - (due.last - begin) // 2
