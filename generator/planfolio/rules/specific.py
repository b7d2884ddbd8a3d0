"""S: whether the title of a goal names a result."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import in_quotes
from planfolio.model.kinds.goal import SmartLetter
from planfolio.rules.rule import MEASURE, Finding, Rule, at, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.rules.context import RuleContext

LONGEST_TITLE = 80
DAYS_TO_DECIDE = 30


@Rule(
    "S101",
    bad="title: Improve my writing",
    good="title: Publish four articles on the team's blog\nmetric: 0/4 articles",
    reads=MEASURE | reading(goal="kind"),
)
def vague_title(context: RuleContext) -> Iterator[Finding]:
    """The title is vague, and the goal has no measure of its own.

    Nobody can tell whether “Improve my writing” is reached, and specific goals achieve more (Locke
    and Latham, 1990). A title with an amount is specific. So is a goal with a measure of its own;
    its parts do not say what it means. A direction may be vague.
    """
    for goal in context.active(SmartLetter.S):
        words = context.vague_titles.get(goal.key)
        if words is not None:
            yield at(
                goal,
                message=f"the title {in_quotes(goal.title)} is vague: {in_quotes(words)} has no "
                "end",
                hint="name the result, or add `done_when: …` or a `metric`",
                severity=context.phrases.severity,
            )


@Rule(
    "S102",
    Severity.INFO,
    bad="title: Give three talks at local meetups on all that we learnt when moving to Kubernetes",
    good="title: Give three talks about our move to Kubernetes\nwhy: To learn to speak in public",
)
def long_title(context: RuleContext) -> Iterator[Finding]:
    """The title has more than 80 characters.

    Titles stand in lists, tables, calendars and feeds. A long one often holds the reason and the
    measure too, which have fields of their own.
    """
    for step in context.open_steps(SmartLetter.S):
        if len(step.title) > LONGEST_TITLE and step.key not in context.vague_titles:
            yield at(
                step,
                message=f"the title has {len(step.title)} characters, more than {LONGEST_TITLE}",
                hint="move the reason to `why` and the measure to `done_when`",
            )


@Rule(
    "S103",
    bad="title: Become a team lead or a staff engineer",
    good="title: Become a team lead or a staff engineer\ndecide_by: 2026-12-15",
    reads=reading(goal="decide_by done_when"),
)
def two_results(context: RuleContext) -> Iterator[Finding]:
    """The title names two results, and nothing says which of them counts.

    “Senior engineer or team lead” is two goals, and nobody can judge which of them a step serves.
    An open choice is fine when the plan says when you make it (`decide_by`), or when either will do
    (`done_when`).
    """
    soon = context.as_of + timedelta(days=DAYS_TO_DECIDE)
    for goal in context.active(SmartLetter.S):
        if goal.fields.decide_by is not None or goal.fields.done_when is not None:
            continue
        word = context.phrases.alternative(goal.title)
        if word is not None:
            yield at(
                goal,
                message=f"{in_quotes(goal.title)} names two results, joined by {in_quotes(word)}",
                hint=f"choose one, make two goals, or say when you decide: `decide_by: {soon}`",
            )


@Rule(
    "S105",
    Severity.INFO,
    bad="title: Study for the networking exam",
    good="title: Pass the networking exam",
    reads=MEASURE | reading(goal="kind"),
)
def activity(context: RuleContext) -> Iterator[Finding]:
    """The title names an activity instead of a result.

    An activity has no end; a result is either there or not. A goal is the object or aim of an
    action (Locke and Latham, 2002): name what the activity is for.
    """
    for goal in context.with_end(SmartLetter.S):
        words = context.phrases.activity(goal.title)
        if words is None or context.is_measured(goal) or goal.key in context.vague_titles:
            continue
        yield at(
            goal,
            message=f"{in_quotes(words)} is an activity, not a result",
            hint="name what it leads to, or add `done_when: …`",
        )
