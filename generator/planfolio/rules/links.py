"""L: whether everything that is named exists, and everything that exists is named.

L103 is in cycles.py.
"""

from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import count, in_quotes, listing
from planfolio.model.kinds.role import RoleStatus
from planfolio.rules.context import RuleContext
from planfolio.rules.rule import MOST_LISTED, Findings, finding_at, rule, shared_finding


@rule("L101", Severity.ERROR, unsuppressible=True)
def unknown_reference(_: RuleContext) -> Findings:
    """A field names a record that does not exist.

    Usually the id is mistyped, or a file was renamed; `aliases` keeps an old id working. planfolio
    does not guess: a gap without one of its steps would be wrong.

    Bad:  after: [cka-lab]   # the goal is called cka-labs
    Good: after: [cka-labs]
    """
    return ()


@rule("L102", Severity.ERROR)
def broken_link(_: RuleContext) -> Findings:
    """A link of a body leads to no record, file or heading.

    The link would lead readers of the site to a missing page. Links between files are relative, as
    on a git host, so that they can be checked.

    Bad:  See [the exam](../goal/cka.md).
    Good: See [the exam](../goals/cka.md).
    """
    return ()


@rule("L104", Severity.INFO, of_whole_plan=True)
def unlinked(context: RuleContext) -> Findings:
    """Nothing in the plan refers to this record.

    A target role that no goal serves, or a skill that nothing requires or raises, may be fine, or a
    forgotten link. Other records need no link.

    Bad:  title: Planner   # a role that no goal names, and whose skills no goal raises
    Good: role: planner   # in a goal
    """
    plan = context.plan
    if not plan.goals:
        return
    served = {goal.fields.role for goal in plan.goals.values()}
    raised = {
        skill
        for key in context.analysis.steps
        for skill in getattr(plan.records[key].fields, "raises", ())
    }
    for role in context.target_roles:
        if role.id in served or role.key in plan.edges_to:
            continue
        if not raised.isdisjoint(role.fields.requires):
            continue
        yield finding_at(
            role,
            message=f"no goal serves {in_quotes(role.title)}, and nothing links to it",
            hint=f"add `role: {role.id}` to a goal, or `status: considering` here",
        )
    if context.target_roles:
        words = "required by no role, raised by no step and linked by no record"
        yield from shared_finding(
            [s for s in plan.skills.values() if s.key not in plan.edges_to],
            one=f"this skill is {words}",
            many=f"{{n}} skills are {words}",
            hint="add them to what a role `requires`, link to them, or ignore this note",
        )


@rule("L105", Severity.INFO, of_whole_plan=True)
def implied_skill(context: RuleContext) -> Findings:
    """A role requires a skill that has no record.

    The skill counts as unrated, so the readiness for the role is an interval. A line with your
    level makes it a number.

    Bad:  requires: {kubernetes: 3}   # and no skill kubernetes
    Good: items: {kubernetes: 1}   # in content/skills.md
    """
    for role in context.plan.roles.values():
        if role.fields.status is RoleStatus.DROPPED:
            continue
        implied = [skill for skill in role.fields.requires if context.plan.skills[skill].implied]
        if implied:
            verb = "has" if len(implied) == 1 else "have"
            yield finding_at(
                role,
                ("requires", implied[0]),
                key=True,
                message=f"{count(len(implied), 'skill')} {verb} no record: "
                f"{listing(implied, most=MOST_LISTED)}",
                hint=f"add your level to content/skills.md: `items: {{{implied[0]}: 1}}`",
            )
