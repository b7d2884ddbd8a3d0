"""T: does it say by when, and do its dates hold together?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from planfolio.analyse.days import reached
from planfolio.model.diagnostics import Severity
from planfolio.model.kinds.goal import SmartLetter
from planfolio.rules.context import DUE, START, TITLE, RuleContext, excepts
from planfolio.rules.finding import Finding, at
from planfolio.rules.rule import DATES, reading, rule
from planfolio.rules.wording import called, count, dated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.model.plan import Goal, Milestone

A_MONTH = timedelta(days=31)
HALF_A_YEAR = timedelta(days=182)
OFTEN_MOVED = 2


@rule(
    "T101",
    "no-end",
    Severity.WARNING,
    summary="an active goal has neither a due day nor a horizon",
    why=(
        "Doran (1981): specify when the result can be achieved. Without an end a goal is never "
        "late, so it is always the one that can wait. A rough one will do: a quarter, or a horizon."
    ),
    bad="title: Publish my map of step-free transfers",
    good="title: Publish my map of step-free transfers\ndue: 2026-Q3",
    reads=DATES | reading(goal="kind cadence parent"),
)
def no_end(context: RuleContext) -> Iterator[Finding]:
    """Find active goals without an end."""
    for goal in context.bound(SmartLetter.T):
        if goal.due is None and goal.fields.due is None and goal.fields.horizon is None:
            yield at(
                goal,
                TITLE,
                message="this goal has neither a due day nor a horizon",
                hint="add `due: 2026-Q3`, or a rough `horizon: 1y`",
            )


@rule(
    "T102",
    "start-after-due",
    Severity.ERROR,
    summary="the start is after the due day",
    why=(
        "One of the two is a slip of the pen. Every number that reckons with time would be wrong, "
        "so this stops a build."
    ),
    bad="start: 2026-09-01\ndue: 2026-06-30",
    good="start: 2026-06-01\ndue: 2026-09-30",
    reads=DATES,
)
def start_after_due(context: RuleContext) -> Iterator[Finding]:
    """Find goals and milestones whose written start lies after their due day."""
    steps: tuple[Goal | Milestone, ...] = (
        *context.plan.goals.values(),
        *context.plan.milestones.values(),
    )
    for step in steps:
        # An inherited start says when something else ends: that it does not fit is A106.
        if step.start is None or step.due is None or "start" in step.inherited or step.due.about:
            continue
        if step.start.first <= step.due.last or _silent(step, context):
            continue
        due = dated(step.due, step.due.last)
        if "due" in step.inherited:
            yield at(
                step,
                *START,
                message=f"the start is {dated(step.start, step.start.first)}, after the due day "
                f"{due}, which comes from {step.inherited['due']}",
                hint=f"move the start to {step.due.last} or before, or give it a `due` of its own",
            )
        else:
            yield at(
                step,
                *DUE,
                message=f"due {due}, before its start {dated(step.start, step.start.first)}",
                hint=f"move the start to {step.due.last} or before, or the due day after it",
            )


@rule(
    "T103",
    "overdue",
    Severity.WARNING,
    summary="the due day has passed, and it is still open",
    why=(
        "A date that has passed says nothing any more. Finish it, move it (and write down in "
        "`replans` from when to when and why, so that you see your own pattern), or drop it: all "
        "three are honest."
    ),
    bad="title: Pass the CKA exam\ndue: 2026-03-31   # and it is May",
    good=(
        "title: Pass the CKA exam\ndue: 2026-09-30\n"
        "replans: [{date: 2026-05-02, from: 2026-03-31, to: 2026-09-30, reason: New job}]"
    ),
    reads=DATES | reading(goal="milestones", milestone="done"),
)
def overdue(context: RuleContext) -> Iterator[Finding]:
    """Find open goals and milestones whose due day has passed.

    A goal speaks for its milestones, and a parent for the children that have their due day from it.
    """
    late = set()
    for goal in context.active(SmartLetter.T):
        if goal.due is not None and goal.due.last < context.as_of:
            late.add(goal.id)
            if "due" not in goal.inherited:
                yield _overdue(goal, context)
    for milestone in context.open_milestones(SmartLetter.T):
        if milestone.due is None or milestone.due.last >= context.as_of:
            continue
        if milestone.fields.goal not in late:
            yield _overdue(milestone, context)


@rule(
    "T104",
    "outside-goal",
    Severity.WARNING,
    summary="a milestone is due before its goal starts or after its goal is due",
    why=(
        "A milestone is a step on the way to its goal, so it is reached within the goal's time. "
        "planfolio moves it to the nearest day of the goal when it reckons what should be done by "
        "now, which is probably not what you meant."
    ),
    bad="due: 2026-06-30\nmilestones: {Book the exam: 2026-07-15}",
    good="due: 2026-06-30\nmilestones: {Book the exam: 2026-05-15}",
    reads=DATES | reading(milestone="done"),
)
def outside_goal(context: RuleContext) -> Iterator[Finding]:
    """Find open milestones whose due day lies wholly outside the time of their goal."""
    for milestone in context.open_milestones(SmartLetter.T):
        goal = context.goal_of(milestone)
        due = milestone.due
        if goal is None or due is None:
            continue
        if goal.due is not None and not goal.due.about and due.first > goal.due.last:
            limit = f"after its goal {called(goal.title)} is, {dated(goal.due, goal.due.last)}"
        elif (
            goal.start is not None and "start" not in goal.inherited and due.last < goal.start.first
        ):
            start = dated(goal.start, goal.start.first)
            limit = f"before its goal {called(goal.title)} starts, {start}"
        else:
            continue
        yield at(
            milestone,
            *DUE,
            message=f"due {dated(due, due.last)}, {limit}",
            hint="move the milestone into the time of its goal, or the goal's dates around it",
        )


@rule(
    "T105",
    "horizon-and-due",
    Severity.WARNING,
    summary="horizon and due day disagree by over a month",
    why=(
        "The horizon says how far ahead a goal lies from its start, and so does the due day. The "
        "site sorts the goal by the one and reckons with the other."
    ),
    bad="start: 2026-01-01\nhorizon: 6m\ndue: 2026-12-31",
    good="start: 2026-01-01\nhorizon: 1y\ndue: 2026-12-31",
    reads=DATES,
)
def horizon_and_due(context: RuleContext) -> Iterator[Finding]:
    """Find goals whose horizon ends more than a month from the due day that is written."""
    for goal in context.active(SmartLetter.T):
        horizon, start, due = goal.fields.horizon, goal.start, goal.due
        if horizon is None or start is None or due is None or due.about or "due" in goal.inherited:
            continue
        end = horizon.from_day(start.first)
        apart = max(due.first - end, end - due.last, timedelta(0))
        if apart > A_MONTH:
            yield at(
                goal,
                ("horizon",),
                message=(
                    f"the horizon {horizon.text} from {dated(start, start.first)} ends on {end}, "
                    f"{apart.days} days from the due day {dated(due, due.last)}"
                ),
                hint="leave out the horizon, or write the one that fits the due day",
            )


@rule(
    "T106",
    "moved-again",
    Severity.INFO,
    summary="the deadline was moved twice or more",
    why=(
        "Once is life. Twice is a pattern: the goal is larger than it looked, or matters less than "
        "it did. Both are worth a decision of their own rather than a third date."
    ),
    bad="replans: [{date: 2026-03-01, to: 2026-06}, {date: 2026-06-01, to: 2026-09}]",
    good="status: paused   # until there is time for it",
    reads=reading(goal="replans"),
)
def moved_again(context: RuleContext) -> Iterator[Finding]:
    """Find active goals whose due day was moved at least twice by now."""
    for goal in context.active(SmartLetter.T):
        moved = [
            (index, on)
            for index, replan in enumerate(goal.fields.replans)
            if (on := reached(replan.date, as_of=context.as_of)) is not None
        ]
        if len(moved) >= OFTEN_MOVED:
            last, on = max(moved, key=lambda one: one[1])
            yield at(
                goal,
                ("replans", last),
                message=f"the deadline was moved {len(moved)} times, last on {on}",
                hint="make the goal smaller, or write `status: paused` or `dropped`",
            )


@rule(
    "T107",
    "no-step",
    Severity.INFO,
    summary="half a year or more without a step on the way",
    why=(
        "Near goals set one in motion where far ones do not: people who also set proximal goals "
        "did better (Bandura and Schunk, 1981). Over half a year and more, a few milestones or a "
        "task list say what to do this week."
    ),
    bad="start: 2026-01-01\ndue: 2026-12-31\ndone_when: The handbook is printed",
    good=(
        "start: 2026-01-01\ndue: 2026-12-31\ndone_when: The handbook is printed\n"
        "milestones: {Outline: 2026-03, First half: 2026-07}"
    ),
    reads=DATES | reading(goal="metric milestones kind cadence parent"),
)
def no_step(context: RuleContext) -> Iterator[Finding]:
    """Find long goals with a start of their own and neither milestones, tasks nor a metric."""
    for goal in context.bound(SmartLetter.T):
        start, due = goal.start, goal.due
        if start is None or due is None or "start" in goal.inherited:
            continue
        if goal.fields.metric is not None or context.has_steps(goal):
            continue
        days = (due.last - start.first).days
        if timedelta(days=days) >= HALF_A_YEAR:
            yield at(
                goal,
                TITLE,
                message=f"{days} days from start to due, and no step on the way",
                hint="add `milestones: {First step: 2026-03}`, or a task list in the body",
            )


def _silent(step: Goal | Milestone, context: RuleContext) -> bool:
    goal_id = step.id if step.key.kind == "goal" else getattr(step.fields, "goal", None)
    goal = context.plan.goals.get(goal_id) if goal_id is not None else None
    return goal is not None and excepts(goal, SmartLetter.T)


def _overdue(step: Goal | Milestone, context: RuleContext) -> Finding:
    assert step.due is not None  # noqa: S101 - only called for what is due
    days = (context.as_of - step.due.last).days
    about = "about " if step.due.about else ""
    move = " and note why in `replans`" if step.key.kind == "goal" else ""
    return at(
        step,
        *((("horizon",), TITLE) if step.due.about else DUE),
        message=(
            f"due {about}{dated(step.due, step.due.last)}, {count(days, 'day')} ago, and still open"
        ),
        hint=f"write `done: {context.as_of}` when it is done, or move the due day{move}",
    )


RULES = (
    no_end,
    start_after_due,
    overdue,
    outside_goal,
    horizon_and_due,
    moved_again,
    no_step,
)
