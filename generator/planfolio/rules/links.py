"""L: does everything that is named exist, and is everything that exists named?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Severity
from planfolio.model.kinds.role import RoleStatus
from planfolio.rules.context import TITLE, RuleContext
from planfolio.rules.finding import Finding, at, one_for_many
from planfolio.rules.rule import Rule, rule
from planfolio.rules.wording import called, count, listing

if TYPE_CHECKING:
    from collections.abc import Iterator

UNKNOWN_REFERENCE = Rule(
    code="L101",
    name="unknown-reference",
    severity=Severity.ERROR,
    summary="a field names a record that does not exist",
    why=(
        "Most often a slip of the pen, or a file that was renamed; `aliases` keeps an old id "
        "alive. Nothing is guessed: gaps that silently miss a step are worse than none."
    ),
    bad="after: [cka-lab]   # the goal is called cka-labs",
    good="after: [cka-labs]",
    unsuppressible=True,
)

BROKEN_LINK = Rule(
    code="L102",
    name="broken-link",
    severity=Severity.ERROR,
    summary="a link of a body leads to no record, file or heading",
    why=(
        "The reader of the site would land on nothing. Links between files are relative, as on a "
        "git host, so that they can be checked before anybody follows them."
    ),
    bad="See [the exam](../goal/cka.md).",
    good="See [the exam](../goals/cka.md).",
)

CYCLE = Rule(
    code="L103",
    name="cycle",
    severity=Severity.ERROR,
    summary="steps wait for each other, or goals are each other's parents",
    why=(
        "When a waits for b and b for a, neither can ever begin, and no order of work exists. A "
        "goal that is its own ancestor has no place in the tree. The message shows the way around."
    ),
    bad="after: [cka]   # in labs.md, while cka.md says after: [labs]",
    good="after: [labs]   # in cka.md alone",
    unsuppressible=True,
)


@rule(
    "L104",
    "unlinked",
    Severity.INFO,
    summary="nothing in the plan refers to this record",
    why=(
        "A role that no goal leads to, a milestone of no goal, a skill that no role asks for and "
        "no step raises: each may be fine, or a forgotten link. Profile, goals and reviews stand "
        "on their own."
    ),
    bad="title: Book the exam   # in content/milestones/, without a goal",
    good="title: Book the exam\ngoal: cka",
)
def unlinked(context: RuleContext) -> Iterator[Finding]:
    """Find roles and milestones that nothing refers to, and all such skills at once."""
    plan = context.plan
    if not plan.goals:
        return
    served = {goal.fields.role for goal in plan.goals.values()}
    raised = {
        skill
        for step in (*plan.goals.values(), *plan.milestones.values())
        for skill in getattr(step.fields, "raises", ())
    }
    for role in plan.roles.values():
        wanted = role.id in served or role.key in plan.links_to
        if wanted or role.fields.status is RoleStatus.DROPPED:
            continue
        if not raised.isdisjoint(role.fields.requires):
            continue
        yield at(
            role,
            TITLE,
            message=f"no goal leads to {called(role.title)}, and nothing links to it",
            hint=f"add `role: {role.id}` to a goal, or `status: dropped` here",
        )
    for milestone in plan.milestones.values():
        if milestone.fields.goal is None and milestone.key not in plan.links_to:
            yield at(
                milestone,
                TITLE,
                message=f"{called(milestone.title)} belongs to no goal, and nothing links to it",
                hint="add the `goal` that it is a step of",
            )
    if not context.target_roles:
        return
    skills = [skill for skill in plan.skills.values() if skill.key not in plan.links_to]
    what = "1 skill is" if len(skills) == 1 else "{n} skills are"
    finding = one_for_many(
        [(skill, (TITLE,)) for skill in skills],
        message=f"{what} asked for by no role, raised by no step and linked from nowhere",
        hint="add them to what a role `requires`, link to them, or let them be: it is only a note",
    )
    if finding is not None:
        yield finding


@rule(
    "L105",
    "implied-skill",
    Severity.INFO,
    summary="a role asks for a skill that has no record",
    why=(
        "The skill exists in the numbers, unrated, so the readiness for the role is an interval. A "
        "line with your level makes it a number."
    ),
    bad="requires: {kubernetes: 3}   # and no skill kubernetes",
    good="items: {kubernetes: 1}   # in content/skills.md",
)
def implied_skill(context: RuleContext) -> Iterator[Finding]:
    """Find the skills that exist only because a role asks for them: one finding a role."""
    for role in context.plan.roles.values():
        if role.fields.status is RoleStatus.DROPPED:
            continue
        implied = [skill for skill in role.fields.requires if context.plan.skills[skill].implied]
        if implied:
            one = len(implied) == 1
            yield at(
                role,
                ("requires", implied[0]),
                key=True,
                message=f"{count(len(implied), 'skill')} {'has' if one else 'have'} no record: "
                f"{listing(implied)}",
                hint=f"add your level to content/skills.md: `items: {{{implied[0]}: 1}}`",
            )


RULES = (UNKNOWN_REFERENCE, BROKEN_LINK, CYCLE, unlinked, implied_skill)
