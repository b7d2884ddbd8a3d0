"""R: whether a goal serves a role, and whether the plan covers what roles require."""

from planfolio.analyse.roles import Coverage, RequirementNumbers
from planfolio.analyse.status import Status
from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import count, in_quotes, listing, number_as_typed
from planfolio.model.kinds.goal import GoalKind
from planfolio.model.plan import Goal, Milestone
from planfolio.rules.context import RuleContext
from planfolio.rules.rule import MOST_LISTED, Findings, finding_at, rule


@rule("R101", of_whole_plan=True)
def leads_nowhere(context: RuleContext) -> Findings:
    """A goal serves no role, no other goal and no horizon.

    A goal without a role, a parent, a horizon or a skill that a role requires takes time from those
    that lead to one, unless another waits for it. It may be worth it: then write what it is for.

    Bad:  title: Rewrite my dotfiles
    Good: title: Rewrite my dotfiles
          raises: {linux: 3}
    """
    if not context.target_roles:
        return
    for goal in context.goals_with_end("R"):
        if not leads_somewhere(goal, context):
            yield finding_at(
                goal,
                message=f"{in_quotes(goal.title)} serves no role, no other goal and no horizon",
                hint="add the `role` that it serves, a `parent`, or the skill that it `raises`",
            )


def leads_somewhere(goal: Goal, context: RuleContext) -> bool:
    """Return whether a goal serves a role, another goal (which may wait for it) or a horizon."""
    if goal.fields.role or goal.fields.parent or goal.fields.horizon:
        return True
    if any(edge.loc[0] == "after" for edge in context.plan.edges_to.get(goal.key, ())):
        return True
    return any(
        step.fields.answers or not context.required_skills.isdisjoint(step.fields.raises)
        for step in _with_milestones(goal, context)
    )


@rule("R102", Severity.OFF)
def no_why(context: RuleContext) -> Findings:
    """A goal does not say why.

    People keep working on goals that fit their own interests and values (Sheldon and Elliot, 1999).
    A sentence is enough. The rule is off until site.toml turns it on.

    Bad:  title: Pass the CKA exam
    Good: title: Pass the CKA exam
          why: Our next platform runs on Kubernetes
    """
    for goal in context.active("R"):
        if goal.fields.why is None:
            yield finding_at(
                goal,
                message=f"{in_quotes(goal.title)} does not say why",
                hint="add `why: …`, a sentence is enough",
            )


@rule("R103", Severity.OFF)
def no_longer_horizon(context: RuleContext) -> Findings:
    """A goal has no goal of a longer horizon above it.

    Goals work together when each leads to one of a longer horizon. The rule is off until site.toml
    turns it on: not everybody plans that far.

    Bad:  horizon: 1y
    Good: horizon: 1y
          parent: head-of-platform   # horizon: 5y
    """
    longest = max((_days(goal) for goal in context.active()), default=0)
    for goal in context.active("R"):
        horizon, parent = goal.fields.horizon, context.plan.goals.get(goal.fields.parent or "")
        if horizon is None or goal.fields.kind is GoalKind.DIRECTION or _days(goal) >= longest:
            continue
        # A parent without a horizon gives nothing to compare with.
        if parent is None or 0 < _days(parent) <= _days(goal):
            yield finding_at(
                goal,
                ("horizon",),
                message=f"no goal of a longer horizon than {horizon.text} is above this one",
                hint="name as `parent` the goal that this one leads to",
            )


@rule("R104", of_whole_plan=True)
def open_gap(context: RuleContext) -> Findings:
    """A role has gaps without a plan.

    Readiness grows only where a step raises a skill that the role requires. No open step raises
    these, so the gaps remain when all of the plan is done.

    Bad:  requires: {kubernetes: 3}   # the skill is at 1, no goal raises it
    Good: title: Pass the CKA exam
          raises: {kubernetes: 3}
    """
    if not context.plan.goals:
        return
    for role in context.target_roles:
        gaps = [
            gap
            for gap in context.analysis.roles[role.id].gaps
            if gap.covered is Coverage.NO and gap.gap
        ]
        if not gaps:
            continue
        named = listing([_gap(gap, context) for gap in gaps], most=MOST_LISTED)
        found = finding_at(
            role,
            ("requires", gaps[0].skill),
            key=True,
            message=f"no step closes {count(len(gaps), 'gap')}: {named}",
            hint=_way_to_close(gaps[0], context),
        )
        yield found._replace(
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
    return [
        goal.id
        for goal in context.plan.goals.values()
        if context.numbers(goal).status is Status.PAUSED
        and any(skill in step.fields.raises for step in _with_milestones(goal, context))
    ]


def _with_milestones(goal: Goal, context: RuleContext) -> tuple[Goal | Milestone, ...]:
    return (goal, *context.plan.milestones_of.get(goal.id, ()))


def _days(goal: Goal) -> int:
    """Return how many days ahead the horizon of a goal lies; 0 without one."""
    return goal.fields.horizon.length if goal.fields.horizon is not None else 0
