"""A: is it within reach, with the hours, the money and the order that the plan has?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planfolio.analyse.results import Status
from planfolio.model.diagnostics import Severity
from planfolio.model.kinds.goal import SmartLetter
from planfolio.model.kinds.role import NeedKind
from planfolio.rules.context import TITLE, RuleContext
from planfolio.rules.finding import Finding, at, one_for_many
from planfolio.rules.rule import DATES, reading, rule
from planfolio.rules.wording import called, dated, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.model.plan import Goal, Milestone, Record
    from planfolio.model.values.dates import PlanDate

STEEP_LEVELS = 2
STEEP_DAYS = 90
_PAID_NEEDS = frozenset({NeedKind.CERTIFICATION, NeedKind.EDUCATION, NeedKind.TRAINING})


@rule(
    "A103",
    "no-effort",
    Severity.INFO,
    summary="goals do not say how many hours they take",
    why=(
        "site.toml says how many hours a week there are, so planfolio can tell whether the plan "
        "fits into them; but only for goals with an effort. People underestimate how long "
        "their own work takes (Buehler, Griffin and Ross, 1994); a rough number, corrected later, "
        "is far better than none."
    ),
    bad="title: Pass the CKA exam\ndue: 2026-Q3",
    good="title: Pass the CKA exam\ndue: 2026-Q3\neffort: 60h",
)
def no_effort(context: RuleContext) -> Iterator[Finding]:
    """Find goals without an effort, where the plan reckons with hours: one finding a plan."""
    if context.plan.settings.plan.hours_per_week is None:
        return
    places = [
        (goal, (TITLE,)) for goal in context.bound(SmartLetter.A) if _effort_missing(goal, context)
    ]
    one = len(places) == 1
    finding = one_for_many(
        places,
        message="1 active goal does not say how many hours it takes"
        if one
        else "{n} active goals do not say how many hours they take",
        hint="add a rough `effort: 40h` to the goal, or one to each of its milestones",
    )
    if finding is not None:
        yield finding


@rule(
    "A104",
    "steep",
    Severity.WARNING,
    summary="a skill is to rise by two levels in under 90 days",
    why=(
        "On any of the shipped scales a level is months of practice, often years. Difficult goals "
        "spur people on as long as they are within their ability (Locke and Latham, 1990); two "
        "levels in a quarter mostly are not, or the current level is set too low."
    ),
    bad="start: 2026-01-01\ndue: 2026-02-28\nraises: {kubernetes: 4}   # the skill is at 1",
    good="start: 2026-01-01\ndue: 2026-02-28\nraises: {kubernetes: 2}",
    reads=DATES
    | reading(
        goal="raises",
        milestone="raises",
        skill="level assessed history",
        review="levels date",
    ),
)
def steep(context: RuleContext) -> Iterator[Finding]:
    """Find steps that raise a skill by two levels in a short time, to a level that they name."""
    for step in context.open_steps(SmartLetter.A):
        start = step.start or _start_of_goal(step, context)
        if start is None or step.due is None:
            continue
        days = (step.due.last - start.first).days
        if not 0 <= days < STEEP_DAYS:
            continue
        for skill, level in step.fields.raises.items():
            numbers = context.analysis.skills.get(skill)
            if level is None or numbers is None or numbers.level is None:
                continue
            if level.number - numbers.level >= STEEP_LEVELS:
                yield at(
                    step,
                    ("raises", skill),
                    message=(
                        f"{called(context.plan.skills[skill].title)} is to rise from "
                        f"{number(numbers.level)} to {number(level.number)} in {days} days"
                    ),
                    hint="aim at the next level first, or give it more time",
                )


@rule(
    "A105",
    "no-cost",
    Severity.INFO,
    summary="a cost is missing where one is likely",
    why=(
        "Exams, courses and certificates cost money, and a budget with holes in it is not one. The "
        "rule speaks only when other steps of the plan have a cost; costs are not shown to the "
        "public."
    ),
    bad="title: Pass the CKA exam\nneed: certification",
    good="title: Pass the CKA exam\nneed: certification\ncost: 395 USD",
)
def no_cost(context: RuleContext) -> Iterator[Finding]:
    """Find exams, courses and studies without a cost, in a plan with costs: one finding."""
    plan = context.plan
    with_costs = any(goal.fields.cost is not None for goal in plan.goals.values()) or any(
        milestone.fields.cost is not None for milestone in plan.milestones.values()
    )
    if not with_costs:
        return
    places = [
        (goal, (TITLE,)) for goal in context.active(SmartLetter.A) if _cost_missing(goal, context)
    ]
    what = "1 goal is likely" if len(places) == 1 else "{n} goals are likely"
    finding = one_for_many(
        places,
        message=f"{what} to cost money, and no cost is given",
        hint="add `cost: 395 USD`, or `cost: 0 USD` for what is free",
    )
    if finding is not None:
        yield finding


@rule(
    "A106",
    "waits-too-long",
    Severity.WARNING,
    summary="a step waits for something that is due after the step starts",
    why=(
        "`after` says that a step cannot begin before another is done. When that other one is due "
        "later than this one starts, one of the two dates is not going to hold."
    ),
    bad="start: 2026-03-01\ndue: 2026-06-30\nafter: [cka]   # due 2026-04-30",
    good="start: 2026-05-01\ndue: 2026-06-30\nafter: [cka]   # due 2026-04-30",
    reads=DATES | reading(goal="after", milestone="after done"),
)
def waits_too_long(context: RuleContext) -> Iterator[Finding]:
    """Find steps that start, or are due, before what they wait for is."""
    for step in context.open_steps(SmartLetter.A):
        limit = _begins(step)
        if limit is None:
            continue
        day, verb = limit
        for index, reference in enumerate(step.fields.after):
            other = context.record(reference)
            if (
                other is None
                or other.due is None
                or other.due.about
                or not _waiting(other, context)
            ):
                continue
            if other.due.last > day.last:
                yield at(
                    step,
                    ("after", index),
                    message=(
                        f"waits for {called(other.title)}, due {dated(other.due, other.due.last)}, "
                        f"but {verb} {day.text}"
                    ),
                    hint=f"start after {other.due.last}, or move what it waits for forward",
                )


def _effort_missing(goal: Goal, context: RuleContext) -> bool:
    if goal.fields.effort is not None:
        return False
    milestones = context.plan.milestones_of.get(goal.id, ())
    waiting = [m for m in milestones if context.analysis.milestones[m.id].done_on is None]
    return not waiting or any(m.fields.effort is None for m in waiting)


def _cost_missing(goal: Goal, context: RuleContext) -> bool:
    milestones = context.plan.milestones_of.get(goal.id, ())
    steps: tuple[Goal | Milestone, ...] = (goal, *milestones)
    if any(step.fields.cost is not None for step in steps) or goal.id in context.plan.children_of:
        return False
    return any(
        context.is_exam(step) or not _PAID_NEEDS.isdisjoint(context.needs_of(step))
        for step in steps
    )


def _start_of_goal(step: Goal | Milestone, context: RuleContext) -> PlanDate | None:
    goal = context.plan.goals.get(getattr(step.fields, "goal", None) or "")
    return goal.start if goal is not None else None


def _begins(step: Record[Any]) -> tuple[PlanDate, str] | None:
    """Return the day that binds a step: its written start, else its own due day."""
    if step.start is not None and "start" not in step.inherited:
        return step.start, "starts"
    if step.due is not None and "due" not in step.inherited and not step.due.about:
        return step.due, "is itself due"
    return None


def _waiting(other: Record[Any], context: RuleContext) -> bool:
    """Tell whether a record is still to be done."""
    if other.key.kind == "milestone":
        return context.analysis.milestones[other.id].done_on is None
    status = context.analysis.goals[other.id].status
    return status not in {Status.DONE, Status.DROPPED, Status.DRAFT}


RULES = (no_effort, steep, no_cost, waits_too_long)
