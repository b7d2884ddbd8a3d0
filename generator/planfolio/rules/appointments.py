"""T and P: what was to be decided, registered for, or talked about by a day that has passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.analyse.status import Status
from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import cadence, count
from planfolio.model.kinds.goal import SmartLetter
from planfolio.rules.rule import DATES, Finding, Rule, at, dated, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.model.values.dates import PlanDate
    from planfolio.rules.context import RuleContext


@Rule(
    "T108",
    bad="title: The team in Vienna looks for somebody\nwhen: 2026-Q1   # and it is May",
    good="title: The team in Vienna looks for somebody\nwhen: 2026-Q1\ndecision: Not with the baby",
)
def window_passed(context: RuleContext) -> Iterator[Finding]:
    """The window of an opportunity passed without a decision.

    An opportunity that passes in silence was decided by nobody. Write what came of it, even if it
    never opened: in a year you will want to know why.
    """
    for opportunity in context.plan.opportunities.values():
        fields = opportunity.fields
        if fields.when is None or fields.decision is not None:
            continue
        if fields.when.due.last < context.as_of:
            yield at(
                opportunity,
                ("when",),
                message=f"its window ended {_ago(fields.when.due, context)}, and no decision is "
                "written",
                hint="write what came of it, as `decision: It did not open`, or move the window",
            )


@Rule(
    "T109",
    bad="title: Kubernetes course\ndecide_by: 2026-03-31   # and it is May\nstatus: planned",
    good="title: Kubernetes course\ndecide_by: 2026-03-31\nstatus: doing   # registered",
    reads=DATES | reading(goal="decide_by"),
)
def decide_by_passed(context: RuleContext) -> Iterator[Finding]:
    """The day to decide or to register passed, and nothing says what came of it.

    `decide_by` is the last day on which you still have the choice. Afterwards it is made, by you or
    by the calendar.
    """
    for goal in context.active(SmartLetter.T):
        by, due = goal.fields.decide_by, goal.due
        if by is None or (due is not None and due.last < context.as_of):
            continue
        if by.last < context.as_of:
            yield at(
                goal,
                ("decide_by",),
                message=f"to be decided by {_ago(by, context)}, and still open",
                hint="take `decide_by` out once the goal says what you decided, or write the "
                f"new day, or drop the goal: `dropped: {context.as_of}`",
            )
    for opportunity in context.plan.opportunities.values():
        by, when = opportunity.fields.decide_by, opportunity.fields.when
        over = when is not None and when.due.last < context.as_of
        if by is None or opportunity.fields.decision is not None or over:
            continue
        if by.last < context.as_of:
            yield at(
                opportunity,
                ("decide_by",),
                message=f"to be decided by {_ago(by, context)}, and no decision is written",
                hint="write the `decision`, or the new day",
            )
    for resource in context.plan.resources.values():
        by, step = resource.fields.decide_by, context.analysis.steps[resource.key]
        if by is None or step.status is not Status.PLANNED or not step.open:
            continue
        if by.last < context.as_of:
            yield at(
                resource,
                ("decide_by",),
                message=f"to register by {_ago(by, context)}, and still planned",
                hint="write `status: doing` if you have registered, `status: dropped` if not, or "
                "the next day to register",
            )


@Rule(
    "P108",
    Severity.INFO,
    bad="meets: month   # and the last review with her is of January",
    good="meets: quarter",
)
def not_met(context: RuleContext) -> Iterator[Finding]:
    """Somebody was not met for twice the agreed time.

    A mentor helps as long as one meets. Reviews that name a person in `with` are the meetings that
    planfolio knows of.
    """
    for person in context.plan.people.values():
        numbers, meets = context.analysis.people[person.id], person.fields.meets
        if meets is None or numbers.last_met is None or numbers.next_meeting is None:
            continue
        if meets.after(numbers.next_meeting) < context.as_of:
            days = (context.as_of - numbers.last_met).days
            yield at(
                person,
                ("meets",),
                message=f"the last review with this person is {count(days, 'day')} old, but you "
                f"mean to meet {cadence(meets)}",
                hint=f"ask for a meeting and write a review `with: [{person.id}]`, or change "
                "`meets`",
            )


def _ago(day: PlanDate, context: RuleContext) -> str:
    return f"{dated(day, day.last)}, {count((context.as_of - day.last).days, 'day')} ago"
