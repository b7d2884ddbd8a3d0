"""A: whether a step fits the hours, the money and the order of the plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from planfolio.analyse.status import OVER, Status
from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import count, hours, in_quotes, number
from planfolio.model.kinds.goal import SmartLetter
from planfolio.model.kinds.resource import ResourceKind
from planfolio.model.kinds.role import NeedKind
from planfolio.model.references import Key
from planfolio.model.settings import WEEK_HOURS
from planfolio.rules.context import excepts
from planfolio.rules.levels_before import RaisedByDay, raised_before
from planfolio.rules.rule import DATES, DUE, Finding, Rule, at, dated, for_all, reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from fractions import Fraction

    from planfolio.model.plan import Goal, Record
    from planfolio.model.values.dates import PlanDate
    from planfolio.rules.context import RuleContext

STEEP_LEVELS = 2
STEEP_DAYS = 90
_PAID_RESOURCES = frozenset({ResourceKind.CONFERENCE, ResourceKind.COURSE, ResourceKind.TRAINING})
_PAID_NEEDS = frozenset({NeedKind.CERTIFICATION, NeedKind.EDUCATION, NeedKind.TRAINING})


@Rule(
    "A102",
    bad="title: First mock exam\ndue: 2026-08-26\neffort: 50h   # on 1 July, with 6 h a week",
    good="title: First mock exam\ndue: 2026-08-26\neffort: 40h   # on 1 July, with 6 h a week",
    reads=DATES
    | reading(goal="effort after milestones", milestone="effort after done", plan="capacity"),
    of_whole_plan=True,
)
def too_many_hours(context: RuleContext) -> Iterator[Finding]:
    """The plan asks for more hours than there are.

    planfolio works through the plan at your hours a week, always on what is due first. No other
    order makes the latest step less late, so a late step proves that the plan does not fit. Time
    off does not count, nor do steps without an effort.
    """
    capacity = context.analysis.capacity
    late = [
        window
        for window in capacity.late
        if window.last >= context.as_of and not _is_excepted(window.step, context)
    ]
    if not late:
        return
    first, *others = late
    step = context.plan.records[first.step]
    message = (
        f"by {first.last} the plan asks {hours(first.asked)} and there are {hours(first.there)}: "
        f"{_ends_late(first.step, context)}"
    )
    if others:
        several = len(others) > 1
        message += f"; {len(others)} other steps end late too" if several else "; another one too"
    hint = "move the due day, or drop a step"
    needed = capacity.needed_hours_per_week
    if needed is not None and needed <= WEEK_HOURS:
        hint = f"{number(needed)} h a week would fit; or {hint}"
    yield replace(
        at(step, *DUE, message=message, hint=hint),
        subjects=tuple(window.step for window in others),
        message_for_one="by the schedule this ends after its due day",
    )


@Rule(
    "A103",
    Severity.INFO,
    bad="title: Pass the CKA exam\ndue: 2026-Q3",
    good="title: Pass the CKA exam\ndue: 2026-Q3\neffort: 60h",
    reads=reading(goal="effort", milestone="effort", plan="capacity"),
)
def no_effort(context: RuleContext) -> Iterator[Finding]:
    """Goals do not say how many hours they take.

    site.toml says how many hours a week you have, so planfolio can compute whether the plan fits. A
    rough number that you correct later is enough.
    """
    if context.plan.settings.plan.hours_per_week is None:
        return
    goals = context.with_end(SmartLetter.A)
    yield from for_all(
        context.sure(goal for goal in goals if effort_missing(goal, context)),
        one="this goal does not say how many hours it takes",
        many="{n} active goals do not say how many hours they take",
        hint="add a rough `effort: 40h` to the goal, or one to each of its milestones",
    )


@Rule(
    "A104",
    bad="start: 2026-01-01\ndue: 2026-02-28\nraises: {kubernetes: 4}   # the skill is at 1",
    good="start: 2026-01-01\ndue: 2026-02-28\nraises: {kubernetes: 2}",
    reads=DATES
    | reading(
        goal="raises after role status",
        milestone="raises after dropped",
        role="requires",
        skill="level assessed history",
        review="levels date",
    ),
    of_whole_plan=True,
)
def steep(context: RuleContext) -> Iterator[Finding]:
    """A skill is to rise by two levels in under 90 days.

    A level of any scale is months of practice. Goals motivate as long as they are within one's
    ability (Locke and Latham, 1990). The rise counts from where the steps before will have brought
    the skill. Or the current level is set too low.
    """
    climbs = _climbs(context)
    if not climbs:
        return
    by_day = RaisedByDay(context)
    by_order = raised_before(context, skills={climb.skill for climb in climbs})
    for climb in climbs:
        before = max(
            climb.current,
            by_day.before(climb.start, skill=climb.skill),
            by_order.get(climb.step.key, {}).get(climb.skill, climb.current),
        )
        if climb.level - before >= STEEP_LEVELS:
            yield at(
                climb.step,
                ("raises", climb.skill),
                message=(
                    f"{in_quotes(context.plan.skills[climb.skill].title)} is to rise from level "
                    f"{number(before)} to {number(climb.level)} in {count(climb.days, 'day')}"
                ),
                hint="aim at the next level first, or plan more time",
            )


@Rule(
    "A105",
    Severity.INFO,
    bad="title: Pass the CKA exam\nneed: certification",
    good="title: Pass the CKA exam\nneed: certification\ncost: 395 USD",
    reads=reading(
        goal="cost need answers",
        milestone="cost need answers",
        resource="cost goal",
        role="needs",
    ),
)
def no_cost(context: RuleContext) -> Iterator[Finding]:
    """A cost is missing where one is likely.

    Exams, courses and certificates cost money, and a budget is only useful when it is complete. The
    rule applies where another step has a cost. The public sees no costs.
    """
    # It is one finding.
    if not any(_has_cost(context.plan.records[key]) for key in context.analysis.steps):
        return
    goals = [g for g in context.active(SmartLetter.A) if _cost_missing(g, context)]
    others = [r for r in context.other_steps(SmartLetter.A) if _is_paid_for(r, context)]
    yield from for_all(
        context.sure([*goals, *others]),
        one="this is likely to cost money and has no cost",
        many="{n} steps are likely to cost money and have no cost",
        hint="add `cost: 395 USD`, or `cost: 0 USD` for what is free",
    )


@Rule(
    "A106",
    bad="start: 2026-03-01\ndue: 2026-06-30\nafter: [cka]   # due 2026-04-30",
    good="start: 2026-05-01\ndue: 2026-06-30\nafter: [cka]   # due 2026-04-30",
    reads=DATES | reading(goal="after", milestone="after done"),
)
def waits_too_long(context: RuleContext) -> Iterator[Finding]:
    """A step waits for something that is due after the step starts.

    `after` says that a step cannot start before another is done. When that one is due later than
    this one starts, one of the two dates cannot hold. A day within a month that is written agrees
    with it.
    """
    for step in context.open_steps(SmartLetter.A):
        limit = _limit(step)
        if limit is None:
            continue
        day, verb = limit
        for index, reference in enumerate(getattr(step.fields, "after", ())):
            other = context.plan.records.get(Key.parse(reference))
            if other is None or other.due is None or other.due.about:
                continue
            # Each is as exact as it was written: what lies within the other may come before it.
            if other.due.first > day.last and _is_waited_for(other, context):
                yield at(
                    step,
                    ("after", index),
                    message=(
                        f"waits for {in_quotes(other.title)}, due "
                        f"{dated(other.due, other.due.last)}, but {verb} {day.text}"
                    ),
                    hint=(
                        f"start after {max(other.due.last, context.as_of)}, or move the due day of "
                        "what it waits for"
                    ),
                )


@dataclass(frozen=True, slots=True)
class _Climb:
    """A step of few days that raises a skill two levels or more above the current one."""

    step: Record[Any]
    skill: str
    start: date
    days: int
    current: Fraction
    level: Fraction


def _climbs(context: RuleContext) -> list[_Climb]:
    found = []
    for step in context.open_steps(SmartLetter.A):
        goal = context.plan.goal_of(step)
        start = step.start or (goal.start if goal is not None else None)
        if start is None or step.due is None:
            continue
        days = (step.due.last - start.first).days
        if not 0 <= days < STEEP_DAYS:
            continue
        for skill, level in getattr(step.fields, "raises", {}).items():
            current = context.analysis.skills[skill].level
            if level is None or current is None or level.number - current < STEEP_LEVELS:
                continue
            found.append(_Climb(step, skill, start.first, days, current, level.number))
    return found


def effort_missing(goal: Goal, context: RuleContext) -> bool:
    """Return whether neither a goal nor all its open milestones say how many hours they take."""
    if goal.fields.effort is not None:
        return False
    milestones = context.plan.milestones_of.get(goal.id, ())
    left = [m for m in milestones if context.analysis.steps[m.key].open]
    return not left or any(m.fields.effort is None for m in left)


def _has_cost(step: Record[Any]) -> bool:
    return getattr(step.fields, "cost", None) is not None


def _is_paid_for(step: Record[Any], context: RuleContext) -> bool:
    """Return whether a step is a course or the like without a cost, of its own or of its goal."""
    goal = context.plan.goal_of(step)
    has_cost = _has_cost(step) or (goal is not None and _any_cost(goal, context))
    return getattr(step.fields, "kind", None) in _PAID_RESOURCES and not has_cost


def _any_cost(goal: Goal, context: RuleContext) -> bool:
    """Return whether a goal has a cost, one of its milestones, or what else belongs to it."""
    belongs = (
        context.plan.records[edge.source]
        for edge in context.plan.links_to.get(goal.key, ())
        if edge.loc == ("goal",)
    )
    return any(map(_has_cost, (goal, *context.plan.milestones_of.get(goal.id, ()), *belongs)))


def _cost_missing(goal: Goal, context: RuleContext) -> bool:
    steps = (goal, *context.plan.milestones_of.get(goal.id, ()))
    parent = context.plan.goals.get(goal.fields.parent or "")
    if goal.id in context.plan.children_of or _any_cost(goal, context):
        return False
    if parent is not None and _has_cost(parent):
        return False
    return any(
        context.is_exam(step) or not _PAID_NEEDS.isdisjoint(context.needs_of(step))
        for step in steps
    )


def _limit(step: Record[Any]) -> tuple[PlanDate, str] | None:
    """Return the date before which a step needs what it waits for: its start, else its due day."""
    if step.start is not None and "start" not in step.inherited:
        return step.start, "starts"
    if step.due is not None and "due" not in step.inherited and not step.due.about:
        return step.due, "is itself due"
    return None


def _is_waited_for(other: Record[Any], context: RuleContext) -> bool:
    step = context.analysis.steps.get(other.key)
    return step is not None and step.status not in OVER | {Status.DROPPED, Status.DRAFT}


def _is_excepted(key: Key, context: RuleContext) -> bool:
    step = context.plan.records[key]
    goal = context.plan.goal_of(step) if key.kind == "milestone" else context.plan.goals[key.id]
    return excepts(goal, SmartLetter.A)


def _ends_late(key: Key, context: RuleContext) -> str:
    """Return by how many days a step is late; one without an effort waits for others that are."""
    title = in_quotes(context.plan.records[key].title)
    projection = context.analysis.capacity.projections.get(key)
    if projection is None or not projection.late_days:
        return f"{title} ends late"
    return f"{title} ends {count(projection.late_days, 'day')} late"
