"""S: whether the title of a goal names a result."""

from datetime import timedelta

from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import in_quotes
from planfolio.rules.context import RuleContext
from planfolio.rules.rule import Findings, finding_at, rule

LONGEST_TITLE = 80
DAYS_TO_DECIDE = 30


@rule("S101")
def vague_title(context: RuleContext) -> Findings:
    """The title is vague, and the goal has no measure of its own.

    Nobody can tell whether “Improve my writing” is reached, and specific goals achieve more (Locke
    and Latham, 1990). A title with an amount is specific. So is a goal with a measure of its own;
    its parts do not say what it means. A direction may be vague.

    Bad:  title: Improve my writing
    Good: title: Publish four articles on the team's blog
    """
    for goal in context.active("S"):
        words = context.vague_titles.get(goal.key)
        if words is not None:
            title, words = in_quotes(goal.title), in_quotes(words)
            yield finding_at(
                goal,
                message=f"the title {title} is vague: {words} has no end",
                hint="name the result, or add `done_when: …` or a `metric`",
                severity=context.phrases.severity,
            )


@rule("S102", Severity.INFO)
def long_title(context: RuleContext) -> Findings:
    """The title has more than 80 characters.

    Titles are shown in lists, tables, calendars and feeds. A long one often holds the reason and
    the measure too, which have fields of their own.

    Bad:  title: Give three talks at local meetups on all that we learnt when moving to Kubernetes
    Good: title: Give three talks about our move to Kubernetes
          why: To learn to speak in public
    """
    for step in context.open_steps("S"):
        if len(step.title) > LONGEST_TITLE and step.key not in context.vague_titles:
            yield finding_at(
                step,
                message=f"the title has {len(step.title)} characters, more than {LONGEST_TITLE}",
                hint="move the reason to `why` and the measure to `done_when`",
            )


@rule("S103")
def two_results(context: RuleContext) -> Findings:
    """The title names two results, and nothing says which of them counts.

    “Senior engineer or team lead” is two goals, and nobody can judge which of them a step serves.
    An open choice is fine when the plan says when you make it (`decide_by`), or when either will do
    (`done_when`).

    Bad:  title: Become a team lead or a staff engineer
    Good: title: Become a team lead or a staff engineer
          decide_by: 2026-12-15
    """
    soon = context.as_of + timedelta(days=DAYS_TO_DECIDE)
    for goal in context.active("S"):
        is_open = goal.fields.decide_by is None and goal.fields.done_when is None
        word = context.phrases.alternative(goal.title) if is_open else None
        if word is not None:
            yield finding_at(
                goal,
                message=f"{in_quotes(goal.title)} names two results, joined by {in_quotes(word)}",
                hint=f"choose one, make two goals, or say when you decide: `decide_by: {soon}`",
            )


@rule("S105", Severity.INFO)
def activity(context: RuleContext) -> Findings:
    """The title names an activity instead of a result.

    An activity has no end; a result is either there or not. A goal is the object or aim of an
    action (Locke and Latham, 2002): name what the activity is for.

    Bad:  title: Study for the networking exam
    Good: title: Pass the networking exam
    """
    for goal in context.goals_with_end("S"):
        words = context.phrases.activity(goal.title)
        if words is None or context.is_measured(goal) or goal.key in context.vague_titles:
            continue
        yield finding_at(
            goal,
            message=f"{in_quotes(words)} is an activity, not a result",
            hint="name what it leads to, or add `done_when: …`",
        )
