"""T: whether a goal has an end, whether its dates fit together, and what has passed."""

from datetime import timedelta
from typing import Any

from planfolio.analyse.days import counts_from
from planfolio.analyse.measures import Measure
from planfolio.analyse.status import Status
from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import count, in_quotes
from planfolio.model.plan import Goal, Milestone, Record
from planfolio.model.values.dates import PlanDate, quarter_after
from planfolio.rules.context import RuleContext, is_habit
from planfolio.rules.rule import (
    DUE,
    START,
    TITLE,
    Finding,
    Findings,
    day_as_typed,
    finding_at,
    rule,
)

A_MONTH = timedelta(days=31)
HALF_A_YEAR = timedelta(days=182)
OFTEN_MOVED = 2


@rule("T101")
def no_end(context: RuleContext) -> Findings:
    """An active goal has neither a due day nor a horizon.

    Specify when the result can be achieved (Doran, 1981): a goal without an end can always wait. A
    rough end is enough: a quarter, or a horizon.

    Bad:  title: Publish my map of step-free transfers
    Good: title: Publish my map of step-free transfers
          due: 2026-Q3
    """
    for goal in context.goals_with_end("T"):
        if goal.due is None and goal.fields.due is None and goal.fields.horizon is None:
            start = goal.start.first if goal.start is not None else context.as_of
            quarter = quarter_after(max(start, context.as_of))
            yield finding_at(
                goal,
                message="this goal has neither a due day nor a horizon",
                hint=f"add `due: {quarter}`, or a rough `horizon: 1y`",
            )


@rule("T102", Severity.ERROR)
def start_after_due(context: RuleContext) -> Findings:
    """The start is after the due day.

    One of the two dates is wrong, and with it every number that is computed from them. So this
    stops a build.

    Bad:  start: 2026-09-01
          due: 2026-06-30
    Good: start: 2026-06-01
          due: 2026-09-30
    """
    for step in context.plan.records.values():
        # An inherited start is the end of another step; A106 reports that it does not fit.
        if (
            step.start is None
            or step.due is None
            or "start" in step.inherited
            or step.due.approximate
        ):
            continue
        latest = step.due.last
        if step.start.first <= latest:
            continue
        start, due = day_as_typed(step.start, step.start.first), day_as_typed(step.due, latest)
        yield finding_at(
            step,
            *(START if "due" in step.inherited else DUE),
            message=f"starts {start}, after the due day {due}",
            hint=f"move the start to {latest} or before, or write a later due day",
        )


@rule("T103")
def overdue(context: RuleContext) -> Findings:
    """A step is still open after its due day.

    A due day that has passed tells nobody what to do. Finish the step, drop it, or move it and say
    why: `planfolio done`, `drop` and `move` write that down.

    Bad:  due: 2026-03-31   # and it is May
    Good: due: 2026-09-30
          replans: [{date: 2026-03-31, to: 2026-09-30, reason: New job}]
    """
    # A late goal stands for its milestones, and a parent for the children that inherit its due day.
    late = {
        goal.id: goal
        for goal in context.active("T")
        if _has_passed(goal.due, context) and not is_habit(goal)
    }
    for goal in late.values():
        if "due" not in goal.inherited:
            yield _overdue(goal, context)
    for step in (*context.open_milestones("T"), *context.other_steps("T")):
        if _has_passed(step.due, context) and getattr(step.fields, "goal", None) not in late:
            yield _overdue(step, context)


@rule("T104")
def outside_goal(context: RuleContext) -> Findings:
    """A milestone is due before its goal starts or after its goal is due.

    A milestone is reached within the goal's dates. To compute what should be done by now, planfolio
    moves it to the nearest day of the goal, which is probably not what you meant.

    Bad:  due: 2026-06-30
          milestones: {Book the exam: 2026-07-15}
    Good: due: 2026-06-30
          milestones: {Book the exam: 2026-05-15}
    """
    for milestone in context.open_milestones("T"):
        goal, due = context.plan.goal_of(milestone), milestone.due
        if goal is None or due is None:
            continue
        start = goal.start if "start" not in goal.inherited else None
        if goal.due is not None and not goal.due.approximate and due.first > goal.due.last:
            end = day_as_typed(goal.due, goal.due.last)
            limit = f"after its goal {in_quotes(goal.title)}, {end}"
        elif start is not None and due.last < start.first:
            begin = day_as_typed(start, start.first)
            limit = f"before its goal {in_quotes(goal.title)} starts, {begin}"
        else:
            continue
        yield finding_at(
            milestone,
            *DUE,
            message=f"due {day_as_typed(due, due.last)}, {limit}",
            hint="move the due day of the milestone, or the dates of the goal",
        )


@rule("T105")
def horizon_and_due(context: RuleContext) -> Findings:
    """The horizon and the due day of a goal differ by over a month.

    Horizon and due day both say how far ahead a goal lies. The site sorts the goal by its horizon
    and computes with its due day.

    Bad:  when: 2026-01..2026-12
          horizon: 6m
    Good: when: 2026-01..2026-12
          horizon: 1y
    """
    for goal in context.active("T"):
        horizon, start, due = goal.fields.horizon, goal.start, goal.due
        if horizon is None or start is None or due is None or due.approximate:
            continue
        if not goal.inherited.keys().isdisjoint({"start", "due"}):
            continue
        end = horizon.from_day(start.first)
        apart = max(due.first - end, end - due.last)
        if apart > A_MONTH:
            begin = day_as_typed(start, start.first)
            yield finding_at(
                goal,
                ("horizon",),
                message=f"the horizon {horizon.text} from {begin} ends on {end}, "
                f"{count(apart.days, 'day')} from the due day {day_as_typed(due, due.last)}",
                hint="remove the horizon, or write the one that fits the due day",
            )


@rule("T106", Severity.INFO)
def moved_again(context: RuleContext) -> Findings:
    """A deadline was moved twice or more.

    A deadline that moves again and again shows that the goal is larger than it looked, or matters
    less. Decide which, instead of setting a third date.

    Bad:  replans: [{date: 2026-03-01, to: 2026-06}, {date: 2026-06-01, to: 2026-09}]
    Good: paused: [{from: 2026-06-01, reason: No time before the move}]
    """
    steps: list[Goal | Milestone] = [*context.active("T"), *context.open_milestones("T")]
    for step in steps:
        moved = [
            (index, on)
            for index, replan in enumerate(step.fields.replans)
            if (on := counts_from(replan.date, as_of=context.as_of)) is not None
            and (replan.days_added or 0) >= 0  # an earlier day is no delay
        ]
        if len(moved) >= OFTEN_MOVED:
            last, on = max(moved, key=lambda one: one[1])
            pause = f"pause it (`paused: {context.as_of}`) or " if step.key.kind == "goal" else ""
            yield finding_at(
                step,
                ("replans", last),
                message=f"the deadline was moved {count(len(moved), 'time')}, last on {on}",
                hint=f"make it smaller, or {pause}drop it (`dropped: {context.as_of}`)",
            )


@rule("T107", Severity.INFO)
def no_step(context: RuleContext) -> Findings:
    """A goal of half a year or more has no milestone and no task.

    Near goals motivate more than far ones (Bandura and Schunk, 1981). A few milestones or a task
    list say what to do this week.

    Bad:  when: 2026
    Good: when: 2026
          milestones: {Outline: 2026-03, First half: 2026-07}
    """
    for goal in context.goals_with_end("T"):
        start, due = goal.start, goal.due
        # Where the due day has passed, T103 says what is to be done.
        if start is None or due is None or "start" in goal.inherited or due.last <= context.as_of:
            continue
        if goal.fields.metric is not None or context.has_parts(goal):
            continue
        length = due.last - start.first
        if length >= HALF_A_YEAR:
            halfway = due.last - (due.last - max(start.first, context.as_of)) // 2
            days = count(length.days, "day")
            yield finding_at(
                goal,
                message=f"{days} from start to due without a milestone or task",
                hint=f"add `milestones: {{First step: {halfway}}}`, or a task list in the body",
            )


@rule("T108")
def window_passed(context: RuleContext) -> Findings:
    """The window of an opportunity passed without a decision.

    An opportunity that passes in silence was decided by nobody. Write what came of it, even if it
    never opened: in a year you will want to know why.

    Bad:  when: 2026-Q1   # and it is May
    Good: when: 2026-Q1
          decision: Not with the baby
    """
    for opportunity in context.plan.opportunities.values():
        when = opportunity.fields.when
        if when is None or opportunity.fields.decision is not None:
            continue
        if _has_passed(when.due, context):
            yield finding_at(
                opportunity,
                ("when",),
                message=f"its window ended {_ago(when.due, context)}, and no decision is written",
                hint="write what came of it, as `decision: It did not open`, or move the window",
            )


@rule("T109")
def decide_by_passed(context: RuleContext) -> Findings:
    """The day to decide or to register passed, and nothing says what came of it.

    `decide_by` is the last day on which you still have the choice. Afterwards it is made, by you or
    by the calendar.

    Bad:  decide_by: 2026-03-31   # of a course, and it is May
          status: planned
    Good: decide_by: 2026-03-31
          status: doing
    """
    # What is over itself, T103 and T108 speak of.
    opportunities = (o for o in context.plan.opportunities.values() if o.fields.decision is None)
    undecided: list[Record[Any]] = [
        record
        for record in (*context.active("T"), *opportunities)
        if not _has_passed(record.due, context)
    ]
    for resource in context.plan.resources.values():
        step = context.analysis.steps[resource.key]
        if step.is_open and step.status is Status.PLANNED:
            undecided.append(resource)
    for record in undecided:
        by = record.fields.decide_by
        if _has_passed(by, context):
            yield finding_at(
                record,
                ("decide_by",),
                message=f"to be decided by {_ago(by, context)}, and nothing says what came of it",
                hint="write what did (`decision`, `status` or `dropped`) or the next day, or take "
                "`decide_by` out",
            )


def _has_passed(day: PlanDate | None, context: RuleContext) -> bool:
    return day is not None and day.last < context.as_of


def _ago(day: PlanDate, context: RuleContext) -> str:
    return f"{day_as_typed(day, day.last)}, {count((context.as_of - day.last).days, 'day')} ago"


def _overdue(step: Record[Any], context: RuleContext) -> Finding:
    assert step.due is not None  # noqa: S101 - only called for what is due
    goal = context.plan.goals.get(step.id) if step.key.kind == "goal" else None
    deciding = context.numbers(goal).deciding_measure if goal is not None else None
    # What is measured is done by its measure, and `done` would contradict it.
    measured = deciding is not None and deciding.measure is not Measure.STEP
    way_out = "drop it: `dropped: {}`" if measured else "write `done: {}` if it is done"
    replans = " and write why in `replans`" if hasattr(step.fields, "replans") else ""
    return finding_at(
        step,
        *((("horizon",), TITLE) if step.due.approximate else DUE),
        message=f"due {'about ' * step.due.approximate}{_ago(step.due, context)}, and still open",
        hint=f"move the due day{replans}, or {way_out.format(context.as_of)}",
    )
