"""A: whether a step fits the hours, the money and the order of the plan."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from graphlib import TopologicalSorter
from itertools import accumulate
from typing import Any, NamedTuple

from planfolio.analyse.skills import raised_to
from planfolio.analyse.status import OVER, Status
from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import count, hours, in_quotes, number
from planfolio.model.kinds.resource import ResourceKind
from planfolio.model.kinds.role import NeedKind
from planfolio.model.plan import Goal, Record
from planfolio.model.references import Key
from planfolio.model.settings import WEEK_HOURS
from planfolio.rules.context import RuleContext, excepts
from planfolio.rules.links import Point, waiting_graph
from planfolio.rules.rule import DUE, Findings, day_as_typed, finding_at, rule, shared_finding

STEEP_LEVELS = 2
STEEP_DAYS = 90
_PAID_RESOURCES = {ResourceKind.CONFERENCE, ResourceKind.COURSE, ResourceKind.TRAINING}
_PAID_NEEDS = {NeedKind.CERTIFICATION, NeedKind.EDUCATION, NeedKind.TRAINING}


@rule("A102", of_whole_plan=True)
def too_many_hours(context: RuleContext) -> Findings:
    """The plan needs more hours than it has.

    planfolio works through the plan at your hours a week, always on what is due first. No other
    order makes the latest step less late, so a late step proves that the plan does not fit. Time
    off does not count, nor do steps without an effort.

    Bad:  due: 2026-08-26
          effort: 50h   # on 1 July, with 6 h a week
    Good: due: 2026-08-26
          effort: 40h
    """
    capacity = context.analysis.capacity
    late = [
        window
        for window in capacity.late
        if window.last >= context.as_of and not _excepts_hours(window.step, context)
    ]
    if not late:
        return
    first, *others = late
    message = (
        f"by {first.last} the plan needs {hours(first.needed_hours)} "
        f"and has {hours(first.available_hours)}: "
        f"{_ends_late(first.step, context)}"
    )
    if others:
        several = len(others) > 1
        message += f"; {len(others)} other steps end late too" if several else "; another one too"
    hint = "move the due day, or drop a step"
    needed = capacity.needed_hours_per_week
    if needed is not None and needed <= WEEK_HOURS:
        hint = f"{number(needed)} h a week would fit; or {hint}"
    found = finding_at(context.plan.records[first.step], *DUE, message=message, hint=hint)
    yield found._replace(
        subjects=tuple(window.step for window in others),
        message_for_one="by the schedule this ends after its due day",
    )


@rule("A103", Severity.INFO)
def no_effort(context: RuleContext) -> Findings:
    """Goals do not say how many hours they take.

    site.toml says how many hours a week you have, so planfolio can compute whether the plan fits. A
    rough number that you correct later is enough.

    Bad:  due: 2026-Q3
    Good: due: 2026-Q3
          effort: 60h
    """
    if context.plan.settings.plan.hours_per_week is not None:
        goals = (goal for goal in context.goals_with_end("A") if effort_missing(goal, context))
        yield from shared_finding(
            context.without_errors(goals),
            one="this goal does not say how many hours it takes",
            many="{n} active goals do not say how many hours they take",
            hint="add a rough `effort: 40h` to the goal, or one to each of its milestones",
        )


@rule("A104", of_whole_plan=True)
def steep(context: RuleContext) -> Findings:
    """A skill is planned to rise by two levels in under 90 days.

    A level of any scale is months of practice. Goals motivate as long as they are within one's
    ability (Locke and Latham, 1990). The rise counts from where the steps before will have brought
    the skill. Or the current level is set too low.

    Bad:  when: 2026-01..2026-02
          raises: {kubernetes: 4}   # the skill is at 1
    Good: when: 2026-01..2026-02
          raises: {kubernetes: 2}
    """
    climbs = list(_climbs(context))
    if not climbs:
        return
    skills = {climb.skill for climb in climbs}
    by_order, by_day = _raised_by_order(context, skills), _raised_by_day(context)
    for climb in climbs:
        rises = by_day.get(climb.skill, ())
        earlier = bisect_left(rises, (climb.start,))
        before = max(
            climb.current,
            rises[earlier - 1][1] if earlier else climb.current,
            by_order.get(climb.step.key, {}).get(climb.skill, climb.current),
        )
        if climb.level - before >= STEEP_LEVELS:
            title = in_quotes(context.plan.skills[climb.skill].title)
            yield finding_at(
                climb.step,
                ("raises", climb.skill),
                message=f"{title} is to rise from level {number(before)} to {number(climb.level)} "
                f"in {count(climb.days, 'day')}",
                hint="aim at the next level first, or plan more time",
            )


@rule("A105", Severity.INFO)
def no_cost(context: RuleContext) -> Findings:
    """A cost is missing where one is likely.

    Exams, courses and certificates cost money, and a budget is only useful when it is complete. The
    rule applies where another step has a cost. The public sees no costs.

    Bad:  need: certification
    Good: need: certification
          cost: 395 USD
    """
    if any(_has_cost(context.plan.records[key]) for key in context.analysis.steps):
        steps = (*context.active("A"), *context.other_steps("A"))
        paid_for = (step for step in steps if _is_paid_for(step, context))
        yield from shared_finding(
            context.without_errors(step for step in paid_for if not _is_priced(step, context)),
            one="this is likely to cost money and has no cost",
            many="{n} steps are likely to cost money and have no cost",
            hint="add `cost: 395 USD`, or `cost: 0 USD` for what is free",
        )


@rule("A106")
def waits_too_long(context: RuleContext) -> Findings:
    """A step waits for something that is due after the step starts.

    `after` says that a step cannot start before another is done. When that one is due later than
    this one starts, one of the two dates cannot hold. A date that is a whole month agrees with each
    day of it.

    Bad:  start: 2026-03-01
          after: [cka]   # due 2026-04-30
    Good: start: 2026-05-01
          after: [cka]   # due 2026-04-30
    """
    for step in context.open_steps("A"):
        # A step needs what it waits for before its start, else before its due day.
        if step.start is not None and "start" not in step.inherited:
            limit, verb = step.start, "starts"
        elif step.due is not None and "due" not in step.inherited and not step.due.approximate:
            limit, verb = step.due, "is itself due"
        else:
            continue
        for index, reference in enumerate(getattr(step.fields, "after", ())):
            other = context.plan.records.get(Key.parse(reference))
            if other is None or other.due is None or other.due.approximate:
                continue
            # Each is as exact as it was written: what lies within the other may come before it.
            if other.due.first > limit.last and _is_waited_for(other, context):
                due = day_as_typed(other.due, other.due.last)
                free = max(other.due.last, context.as_of)
                yield finding_at(
                    step,
                    ("after", index),
                    message=f"waits for {in_quotes(other.title)}, due {due}, "
                    f"but {verb} {limit.text}",
                    hint=f"start after {free}, or move the due day of what it waits for",
                )


def effort_missing(goal: Goal, context: RuleContext) -> bool:
    """Return whether neither a goal nor all its open milestones say how many hours they take."""
    milestones = context.plan.milestones_of.get(goal.id, ())
    left = [m for m in milestones if context.analysis.steps[m.key].is_open]
    return goal.fields.effort is None and (not left or any(m.fields.effort is None for m in left))


def _has_cost(step: Record[Any]) -> bool:
    return getattr(step.fields, "cost", None) is not None


def _is_paid_for(step: Record[Any], context: RuleContext) -> bool:
    """Return whether a step is a course or the like, or a goal with an exam or training."""
    if step.key.kind != "goal":
        return getattr(step.fields, "kind", None) in _PAID_RESOURCES
    parts = (step, *context.plan.milestones_of.get(step.id, ()))
    return step.id not in context.plan.children_of and any(
        context.is_exam(part) or not _PAID_NEEDS.isdisjoint(context.needs_of(part))
        for part in parts
    )


def _is_priced(step: Record[Any], context: RuleContext) -> bool:
    """Return whether a step has a cost, or its goal, what belongs to that, or its parent."""
    plan = context.plan
    goal = step if step.key.kind == "goal" else plan.goal_of(step)
    if goal is None:
        return _has_cost(step)
    edges = (edge for edge in plan.edges_to.get(goal.key, ()) if edge.loc == ("goal",))
    family: list[Record[Any]] = [step, goal, *plan.milestones_of.get(goal.id, ())]
    if (parent := plan.goals.get(goal.fields.parent or "")) is not None:
        family.append(parent)
    return any(map(_has_cost, (*family, *(plan.records[edge.source] for edge in edges))))


def _is_waited_for(other: Record[Any], context: RuleContext) -> bool:
    step = context.analysis.steps.get(other.key)
    return step is not None and step.status not in OVER | {Status.DROPPED, Status.DRAFT}


def _excepts_hours(key: Key, context: RuleContext) -> bool:
    step = context.plan.records[key]
    goal = context.plan.goal_of(step) if key.kind == "milestone" else context.plan.goals[key.id]
    return excepts(goal, "A")


def _ends_late(key: Key, context: RuleContext) -> str:
    """Return by how many days a step is late; one without an effort waits for others that are."""
    title = in_quotes(context.plan.records[key].title)
    projection = context.analysis.capacity.projections.get(key)
    if projection is None or not projection.late_days:
        return f"{title} ends late"
    return f"{title} ends {count(projection.late_days, 'day')} late"


class _Climb(NamedTuple):
    """A step of few days that raises a skill two levels or more above the current one."""

    step: Record[Any]
    skill: str
    start: date
    days: int
    current: Fraction
    level: Fraction


def _climbs(context: RuleContext) -> Iterator[_Climb]:
    for step in context.open_steps("A"):
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
            yield _Climb(step, skill, start.first, days, current, level.number)


def _raised_by_day(context: RuleContext) -> Mapping[str, Sequence[tuple[date, Fraction]]]:
    """Return by skill the due days of the steps that raise it, and the highest level by then."""
    raised: dict[str, list[tuple[date, Fraction]]] = {}
    for key in context.analysis.steps:
        step = context.plan.records[key]
        goal = context.plan.goal_of(step)
        due = step.due or (goal.due if goal is not None else None)
        if due is None:
            continue
        for skill, level in _raises(step, context):
            raised.setdefault(skill, []).append((due.last, level))
    return {
        skill: [*accumulate(sorted(each), lambda last, new: (new[0], max(last[1], new[1])))]
        for skill, each in raised.items()
    }


def _raised_by_order(
    context: RuleContext, skills: Collection[str]
) -> Mapping[Key, Mapping[str, Fraction]]:
    """Return by step the levels to which all that it waits for raises some skills.

    The time grows with the plan times the number of those skills.
    """
    graph = waiting_graph(context.plan)
    found: dict[Point, dict[str, Fraction]] = {}
    for point in TopologicalSorter(graph).static_order():
        key, side = point
        raised = [raise_ for other in graph[point] for raise_ in found[other].items()]
        if side == "end":
            own = _raises(context.plan.records[key], context)
            raised += [(skill, level) for skill, level in own if skill in skills]
        highest: dict[str, Fraction] = {}
        for skill, level in raised:
            highest[skill] = max(level, highest.get(skill, level))
        found[point] = highest
    return {key: levels for (key, side), levels in found.items() if side == "begin"}


def _raises(step: Record[Any], context: RuleContext) -> Iterator[tuple[str, Fraction]]:
    """Yield the skills that a step raises, and how far: without a level as far as a role asks."""
    numbers = context.analysis.steps.get(step.key)
    if numbers is None or numbers.status in {Status.DROPPED, Status.DRAFT}:
        return
    goal = context.plan.goal_of(step) or step
    role = context.plan.roles.get(getattr(goal.fields, "role", None) or "")
    for skill, level in getattr(step.fields, "raises", {}).items():
        required = context.analysis.skills[skill].required
        raised = raised_to(skill, level, role=role, required=required)
        if raised is not None:
            yield skill, raised
