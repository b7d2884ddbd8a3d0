"""Next actions: the open steps that can be worked on now, the earliest due first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from planfolio.analyse.results import Status
from planfolio.model.kinds.goal import GoalKind
from planfolio.portfolio.badges import visibility_badge
from planfolio.portfolio.components import Card, Fact
from planfolio.portfolio.facts import key_of
from planfolio.portfolio.formats import hours, plan_date
from planfolio.portfolio.steps import goal_of, is_done, step_badge, waits_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.portfolio.scope import Scope
    from planfolio.portfolio.steps import StepRecord


def next_actions(scope: Scope) -> tuple[StepRecord, ...]:
    """Return the steps to work on now, by due day, then by key; steps without a day come last.

    They are the milestones not yet reached of open goals, open goals without such milestones, and
    milestones that belong to no goal. Left out is what begins later or waits for something that is
    not finished, a parent, whose parts are the steps, and a direction, which has no next step.
    """
    return tuple(sorted(_startable(scope), key=_order))


def open_steps(scope: Scope) -> Iterator[StepRecord]:
    """Yield all steps that are not finished, whether or not they can begin."""
    plan, analysis = scope.plan, scope.analysis
    for goal in plan.goals.values():
        if not analysis.goals[goal.id].open:
            continue
        left = [
            milestone
            for milestone in plan.milestones_of.get(goal.id, ())
            if analysis.milestones[milestone.id].status is not Status.DONE
        ]
        yield from left
        parent = goal.id in plan.children_of
        if not left and not parent and goal.fields.kind is not GoalKind.DIRECTION:
            yield goal
    for milestone in plan.milestones.values():
        alone = milestone.fields.goal is None
        if alone and analysis.milestones[milestone.id].status is not Status.DONE:
            yield milestone


def action_card(step: StepRecord, scope: Scope) -> Card:
    """Return a step as a card: when it is due, whose step it is, how much work it asks."""
    goal = goal_of(step, scope=scope)
    effort = hours(step.fields.effort.hours) if step.fields.effort else ""
    return Card(
        scope.title(step),
        kicker=plan_date(step.due) if step.due else "No date yet",
        badge=step_badge(step.key, scope=scope),
        visibility=visibility_badge(step.visibility),
        text=" · ".join(words for words in (effort, step.fields.done_when) if words),
        facts=(Fact("Goal", (scope.link(goal),)),) if goal else (),
    )


def roadmap_card(step: StepRecord, scope: Scope) -> Card:
    """Return a step as a card on the roadmap, where many stand together."""
    goal = goal_of(step, scope=scope)
    return replace(action_card(step, scope), text=goal.title if goal else "", facts=())


def _startable(scope: Scope) -> Iterator[StepRecord]:
    for step in open_steps(scope):
        goal = goal_of(step, scope=scope)
        waiting = (*waits_for(step, scope=scope), *(waits_for(goal, scope=scope) if goal else ()))
        begun = all(_has_begun(item, as_of=scope.as_of) for item in (step, goal) if item)
        if begun and all(is_done(key, scope=scope) for key in waiting):
            yield step


def _has_begun(step: StepRecord, *, as_of: date) -> bool:
    """Return whether a step's start has come.

    One that follows from what the step waits for does not count: that may be finished early.
    """
    source = step.inherited.get("start")
    afters = {key_of(after, kinds=("goal", "milestone")) for after in step.fields.after}
    return step.start is None or source in afters or step.start.first <= as_of


def _order(step: StepRecord) -> tuple[date, str, str]:
    return (step.due.last if step.due else date.max, *step.key)
