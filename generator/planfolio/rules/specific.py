"""S: whether the title of a goal names a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import in_quotes
from planfolio.model.kinds.goal import SmartLetter
from planfolio.rules.rule import MEASURE, TITLE, Finding, Rule, at, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.rules.context import RuleContext

LONGEST_TITLE = 80


@Rule(
    "S101",
    "vague-title",
    summary="the title is vague, and nothing else measures the goal",
    why=(
        "Doran (1981): an objective targets a specific area for improvement. Locke and Latham "
        "(1990) found in some 400 studies that specific goals achieve more than “do your best”. "
        "Nobody can tell whether “Improve my writing” is reached. The rule looks for phrases, not "
        "for words. It does not apply to a title with an amount, or to a goal with a metric, "
        "milestones, a task list, done_when or a cadence."
    ),
    bad="title: Improve my writing",
    good="title: Publish four articles on the team's blog\nmetric: 0/4 articles",
    reads=MEASURE,
)
def vague_title(context: RuleContext) -> Iterator[Finding]:
    """Find goals with a vague title and no measure."""
    for goal in context.active(SmartLetter.S):
        words = context.vague_titles.get(goal.id)
        if words is not None:
            yield at(
                goal,
                TITLE,
                message=f"the title {in_quotes(goal.title)} is vague: {in_quotes(words)} has no "
                "end",
                hint="name the result, or add `done_when: …` or a `metric`",
                severity=context.phrases.severity,
            )


@Rule(
    "S102",
    "long-title",
    Severity.INFO,
    summary=f"the title has more than {LONGEST_TITLE} characters",
    why=(
        "Titles stand in lists, tables, calendars and feeds. A long title often contains the goal, "
        "its reason and its measure together; reason and measure have fields of their own."
    ),
    bad=(
        "title: Give four talks at local meetups about what we learnt when we moved our services "
        "to Kubernetes"
    ),
    good="title: Give four talks about our move to Kubernetes\nwhy: To learn to speak in public",
)
def long_title(context: RuleContext) -> Iterator[Finding]:
    """Find titles of steps that are too long for a list."""
    for step in context.open_steps(SmartLetter.S):
        if len(step.title) > LONGEST_TITLE and step.id not in context.vague_titles:
            yield at(
                step,
                TITLE,
                message=f"the title has {len(step.title)} characters, more than {LONGEST_TITLE}",
                hint="move the reason to `why` and the measure to `done_when`",
            )


@Rule(
    "S103",
    "two-results",
    summary="the title names two results, and there is no day to choose between them",
    why=(
        "“Senior engineer or team lead” is two goals. They require different skills, and nobody "
        "can judge which of them a step serves. An open choice is fine when the plan says when you "
        "will make it: that is `decide_by`."
    ),
    bad="title: Become a team lead or a staff engineer",
    good="title: Become a team lead or a staff engineer\ndecide_by: 2026-12-15",
    reads=reading(goal="decide_by"),
)
def two_results(context: RuleContext) -> Iterator[Finding]:
    """Find goals whose titles name alternatives, without a day of decision."""
    for goal in context.active(SmartLetter.S):
        word = context.phrases.alternative(goal.title)
        if word is not None and goal.fields.decide_by is None:
            yield at(
                goal,
                TITLE,
                message=f"{in_quotes(goal.title)} names two results, joined by {in_quotes(word)}",
                hint="choose one, make two goals, or say when you decide: `decide_by: 2026-12-15`",
            )


@Rule(
    "S105",
    "activity",
    Severity.INFO,
    summary="the title names an activity instead of a result",
    why=(
        "An activity has no end, and can be done well or badly. A result is either there or not. "
        "Locke and Latham (2002) call a goal the object or aim of an action: name what the "
        "activity is for."
    ),
    bad="title: Study for the networking exam",
    good="title: Pass the networking exam",
    reads=MEASURE | reading(goal="kind"),
)
def activity(context: RuleContext) -> Iterator[Finding]:
    """Find goals without a measure whose titles name an activity."""
    for goal in context.with_end(SmartLetter.S):
        words = context.phrases.activity(goal.title)
        if words is None or context.is_measured(goal) or goal.id in context.vague_titles:
            continue
        yield at(
            goal,
            TITLE,
            message=f"{in_quotes(words)} is an activity, not a result",
            hint="name what it leads to, or add `done_when: …`",
        )
