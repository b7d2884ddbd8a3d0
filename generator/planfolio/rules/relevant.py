"""R: whether a goal serves a role, and whether the plan covers what roles require."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from planfolio.analyse.gaps import Coverage
from planfolio.analyse.status import Status
from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import count, in_quotes, listing, number_as_typed
from planfolio.model.kinds.goal import GoalKind, SmartLetter
from planfolio.rules.rule import MOST_LISTED, Finding, Rule, at, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.analyse.gaps import RequirementNumbers
    from planfolio.model.plan import Goal, Milestone
    from planfolio.model.values.dates import Horizon
    from planfolio.rules.context import RuleContext

_ANY_DAY = date(2001, 1, 1)


@Rule(
    "R101",
    bad="title: Rewrite my dotfiles\ndue: 2026-06-30",
    good="title: Rewrite my dotfiles\ndue: 2026-06-30\nraises: {linux: 3}",
    of_whole_plan=True,
    reads=reading(
        goal="role parent horizon raises answers after kind cadence milestones",
        milestone="raises answers after",
        role="requires status",
    ),
)
def leads_nowhere(context: RuleContext) -> Iterator[Finding]:
    """A goal serves no role, no other goal and no horizon.

    A goal without a role, a parent, a horizon or a skill that a role requires takes time from those
    that lead to one, unless another waits for it. It may be worth it: then write what it is for.
    """
    if not context.target_roles:
        return
    for goal in context.with_end(SmartLetter.R):
        if not leads_somewhere(goal, context):
            yield at(
                goal,
                message=f"{in_quotes(goal.title)} serves no role, no other goal and no horizon",
                hint="add the `role` that it serves, a `parent`, or the skill that it `raises`",
            )


def leads_somewhere(goal: Goal, context: RuleContext) -> bool:
    """Return whether a goal serves a role, another goal (which may wait for it) or a horizon."""
    if goal.fields.role or goal.fields.parent or goal.fields.horizon:
        return True
    if any(edge.loc[0] == "after" for edge in context.plan.links_to.get(goal.key, ())):
        return True
    steps: tuple[Goal | Milestone, ...] = (goal, *context.plan.milestones_of.get(goal.id, ()))
    required = context.required_skills
    return any(s.fields.answers or not required.isdisjoint(s.fields.raises) for s in steps)


@Rule(
    "R102",
    Severity.OFF,
    bad="title: Pass the CKA exam",
    good="title: Pass the CKA exam\nwhy: Our next platform runs on Kubernetes",
    reads=reading(goal="why"),
)
def no_why(context: RuleContext) -> Iterator[Finding]:
    """A goal does not say why.

    People keep working on goals that fit their own interests and values (Sheldon and Elliot, 1999).
    A sentence is enough. The rule is off until site.toml turns it on.
    """
    for goal in context.active(SmartLetter.R):
        if goal.fields.why is None:
            yield at(
                goal,
                message=f"{in_quotes(goal.title)} does not say why",
                hint="add `why: …`, a sentence is enough",
            )


@Rule(
    "R103",
    Severity.OFF,
    bad="title: Lead one project\nhorizon: 1y",
    good="title: Lead one project\nhorizon: 1y\nparent: head-of-platform   # horizon: 5y",
    reads=reading(goal="horizon parent kind"),
)
def no_longer_horizon(context: RuleContext) -> Iterator[Finding]:
    """A goal has no goal of a longer horizon above it.

    Goals work together when each leads to one of a longer horizon. The rule is off until site.toml
    turns it on: not everybody plans that far.
    """
    longest = max(
        (_days(goal.fields.horizon) for goal in context.active() if goal.fields.horizon), default=0
    )
    for goal in context.active(SmartLetter.R):
        horizon = goal.fields.horizon
        if horizon is None or goal.fields.kind is GoalKind.DIRECTION or _days(horizon) >= longest:
            continue
        if not _has_longer_parent(goal, horizon, context):
            yield at(
                goal,
                ("horizon",),
                message=f"no goal of a longer horizon than {horizon.text} is above this one",
                hint="name as `parent` the goal that this one leads to",
            )


@Rule(
    "R104",
    bad="requires: {kubernetes: 3}   # the skill is at 1, no goal raises it",
    good="title: Pass the CKA exam\nraises: {kubernetes: 3}",
    of_whole_plan=True,
)
def open_gap(context: RuleContext) -> Iterator[Finding]:
    """A role has gaps without a plan.

    Readiness grows only where a step raises a skill that the role requires. No open step raises
    these, so the gaps remain when all of the plan is done.
    """
    if not context.plan.goals:
        return
    for role in context.target_roles:
        gaps = [
            gap
            for gap in context.analysis.roles[role.id].gaps
            if gap.covered is Coverage.NO and gap.gap
        ]
        if gaps:
            first = gaps[0]
            named = listing([_gap(gap, context) for gap in gaps], most=MOST_LISTED)
            found = at(
                role,
                ("requires", first.skill),
                key=True,
                message=f"no step closes {count(len(gaps), 'gap')}: {named}",
                hint=_way_to_close(first, context),
            )
            yield replace(
                found,
                subjects=tuple(context.plan.skills[gap.skill].key for gap in gaps),
                message_for_one=f"no step closes the gap for {in_quotes(role.title)}",
            )


def _gap(gap: RequirementNumbers, context: RuleContext) -> str:
    skill = context.plan.skills[gap.skill]
    scale = context.plan.scale_of(skill)
    current = scale.short(gap.current) if gap.current is not None else "unrated"
    paused = "".join(f", {goal} is paused" for goal in _paused(gap.skill, context)[:1])
    return f"{skill.title} ({current} of {scale.short(gap.required)}{paused})"


def _way_to_close(gap: RequirementNumbers, context: RuleContext) -> str:
    for goal in _paused(gap.skill, context):
        return f"resume it with `planfolio resume {goal}`, or let another goal raise {gap.skill}"
    scale = context.plan.scale_of(context.plan.skills[gap.skill])
    named = scale.level_named(scale.short(gap.required))
    required = number_as_typed(gap.required)
    if named is not None and named.value == gap.required:
        required = named.name
    return f"add `raises: {{{gap.skill}: {required}}}` to a goal"


def _paused(skill: str, context: RuleContext) -> list[str]:
    """Return the ids of the paused goals that raise a skill, or a milestone of which does."""
    plan = context.plan
    raising = {goal.id for goal in plan.goals.values() if skill in goal.fields.raises}
    raising |= {m.fields.goal or "" for m in plan.milestones.values() if skill in m.fields.raises}
    return [
        goal.id
        for goal in plan.goals.values()
        if goal.id in raising and context.numbers(goal).status is Status.PAUSED
    ]


def _has_longer_parent(goal: Goal, horizon: Horizon, context: RuleContext) -> bool:
    """Return whether the parent has a longer horizon, or none to compare with."""
    parent = context.plan.goals.get(goal.fields.parent or "")
    if parent is None:
        return False
    above = parent.fields.horizon
    return above is None or _days(above) > _days(horizon)


def _days(horizon: Horizon) -> int:
    return (horizon.from_day(_ANY_DAY) - _ANY_DAY).days
