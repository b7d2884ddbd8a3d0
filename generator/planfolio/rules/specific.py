"""S: does the title say what will be there in the end?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.model.diagnostics import Severity
from planfolio.model.kinds.goal import SmartLetter
from planfolio.rules.context import TITLE, RuleContext
from planfolio.rules.finding import Finding, at
from planfolio.rules.rule import MEASURE, reading, rule
from planfolio.rules.wording import called

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_TITLE = 80


@rule(
    "S101",
    "vague-title",
    Severity.WARNING,
    summary="the title is vague, and nothing else measures the goal",
    why=(
        "Doran (1981) asked that an objective target a specific area for improvement. Locke and "
        "Latham (1990) found across some 400 studies that specific goals achieve more than “do "
        "your best”. A title such as “Improve my writing” can neither be reached nor missed. The "
        "rule knows phrases and not words, and it is silent as soon as the title carries an "
        "amount or the goal has a metric, milestones, a task list, done_when or a cadence."
    ),
    bad="title: Improve my writing",
    good="title: Publish four articles on the team's blog\nmetric: 0/4 articles",
    reads=MEASURE,
)
def vague_title(context: RuleContext) -> Iterator[Finding]:
    """Find goals that nothing but a vague title describes."""
    for goal in context.active(SmartLetter.S):
        words = context.vague_titles.get(goal.id)
        if words is not None:
            yield at(
                goal,
                TITLE,
                message=f"the title {called(goal.title)} is vague: {called(words)} has no end",
                hint="say what will be there in the end, or add `done_when: …` or a `metric`",
                severity=context.phrases.severity,
            )


@rule(
    "S102",
    "long-title",
    Severity.INFO,
    summary=f"the title has more than {LONGEST_TITLE} characters",
    why=(
        "Titles stand in lists, tables, calendars and feeds, and are what one remembers. A long "
        "one often holds the goal, its reason and its measure at once; those have fields."
    ),
    bad=(
        "title: Give four talks at local meetups about what we learnt when we moved our services "
        "to Kubernetes"
    ),
    good="title: Give four talks about our move to Kubernetes\nwhy: To learn to speak in public",
)
def long_title(context: RuleContext) -> Iterator[Finding]:
    """Find titles of goals and milestones that are too long to be read in a list."""
    for step in context.open_steps(SmartLetter.S):
        if len(step.title) > LONGEST_TITLE and step.id not in context.vague_titles:
            yield at(
                step,
                TITLE,
                message=f"the title has {len(step.title)} characters, more than {LONGEST_TITLE}",
                hint="move the reason to `why` and the measure to `done_when`",
            )


@rule(
    "S103",
    "two-results",
    Severity.WARNING,
    summary="the title holds two results and no day on which to choose",
    why=(
        "“Senior engineer or team lead” is two goals. They ask for different skills, and no step "
        "can be judged while it is open which of them it serves. An open choice is fine as long as "
        "it says when it will be made: that is `decide_by`."
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
                message=f"{called(goal.title)} is two results, joined by {called(word)}",
                hint="choose one, make two goals, or say when you decide: `decide_by: 2026-12-15`",
            )


@rule(
    "S105",
    "activity",
    Severity.INFO,
    summary="the title names an activity instead of a result",
    why=(
        "An activity can go on for ever and be done badly or well. A result is there or is not. "
        "Locke and Latham (2002) call a goal the object or aim of an action: name what the "
        "activity is for."
    ),
    bad="title: Study for the networking exam",
    good="title: Pass the networking exam",
    reads=MEASURE | reading(goal="kind"),
)
def activity(context: RuleContext) -> Iterator[Finding]:
    """Find goals without a measure whose titles say what is done and not what comes of it."""
    for goal in context.bound(SmartLetter.S):
        words = context.phrases.activity(goal.title)
        if (
            words is not None
            and not context.is_measured(goal)
            and goal.id not in context.vague_titles
        ):
            yield at(
                goal,
                TITLE,
                message=f"{called(words)} is an activity, not a result",
                hint="say what it leads to, or add `done_when: …`",
            )


RULES = (vague_title, long_title, two_results, activity)
