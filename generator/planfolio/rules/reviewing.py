"""P: whether the plan is reviewed, and whether reviews decide something."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from planfolio.analyse.hindsight import goals_known_on
from planfolio.analyse.status import Status
from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import cadence, count, in_quotes, listing
from planfolio.model.kinds.review import ReviewKind
from planfolio.rules.rule import MOST_LISTED, Finding, Rule, at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.model.plan import Goal, Review
    from planfolio.rules.context import RuleContext

REVIEW_SLACK = Fraction(3, 2)
NEAR_A_REVIEW = timedelta(days=7)
_LIST_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s", re.MULTILINE)
_IN_TROUBLE = frozenset({Status.AT_RISK, Status.OFF_TRACK, Status.LATE})


@Rule(
    "P101",
    bad='review_every = "month"   # in site.toml, and the newest review is of January',
    good="date: 2026-04-01\nkind: check-in   # a file in content/reviews/",
    of_whole_plan=True,
)
def no_review(context: RuleContext) -> Iterator[Finding]:
    """The last review is older than the plan allows.

    People who monitor their progress, and write it down, reach more goals (Harkin et al., 2016).
    The rule applies after 1.5 times `review_every`, once an active goal is that old.
    """
    every = context.plan.settings.plan.review_every
    if every is None:
        return
    allowed = timedelta(days=float(Fraction(every.days) / every.times * REVIEW_SLACK))
    starts = [goal.start.first for goal in context.active() if goal.start is not None]
    if not starts or context.as_of - min(starts) <= allowed:
        return
    reviews = _by_day(context)
    hint = "write one with `planfolio new review`; half an hour is enough"
    planned = f"reviews are planned {cadence(every)}"
    if not reviews:
        settings = context.plan.settings_source
        yield Finding(
            path=settings.path,
            span=settings.span(("plan", "review_every")),
            message=f"there is no review with a date yet, but {planned}",
            hint=hint,
        )
        return
    review, on = reviews[-1]
    age = context.as_of - on
    if age > allowed:
        yield at(
            review,
            ("date",),
            message=f"the newest review is {count(age.days, 'day')} old, but {planned}",
            hint=hint,
        )


@Rule(
    "P104",
    Severity.INFO,
    bad="date: 2026-04-01\nmetrics: {cka-labs: 4}   # off track on that day",
    good="date: 2026-04-01\nmetrics: {cka-labs: 4}\ndecisions: [Two labs each Saturday]",
)
def no_decision(context: RuleContext) -> Iterator[Finding]:
    """A review decides nothing about a goal that was at risk, off track or late.

    A review that only records a bad number changes nothing. Decide on more time, less scope,
    another way, or to drop the goal, in a line of `decisions` or `next`. The rule goes by what was
    known on the day of the review. A deadline moved within a week of it is a decision too.
    """
    reviews = [r for r in _by_day(context) if r[0].fields.kind is not ReviewKind.FEEDBACK]
    decided = [index for index, (review, _) in enumerate(reviews) if _decides(review)]
    undecided = reviews[decided[-1] + 1 :] if decided else reviews
    newest = {goal: review for review, _ in undecided for _, goal in _goals_in(review)}
    open_goals = {goal.id: goal for goal in context.active()}
    for review, day in undecided:
        asked = [
            (field, open_goals[goal])
            for field, goal in _goals_in(review)
            if newest[goal] is review
            and goal in open_goals
            and not _is_replanned(open_goals[goal], day, context)
        ]
        known = goals_known_on(
            day,
            [goal for _, goal in asked],
            plan=context.plan,
            undated=review.fields.metrics.keys(),
        )
        troubled = [(field, goal) for field, goal in asked if known[goal.id].status in _IN_TROUBLE]
        if troubled:
            field, first = troubled[0]
            titles = list(dict.fromkeys(in_quotes(goal.title) for _, goal in troubled))
            statuses = dict.fromkeys(known[goal.id].status for _, goal in troubled)
            words = listing([status.replace("-", " ") for status in statuses])
            yield at(
                review,
                (field, first.id),
                key=True,
                message=f"{listing(titles, most=MOST_LISTED)} "
                f"{'was' if len(titles) == 1 else 'were'} {words} on that day, and the review "
                "has no `decisions` and no `next`",
                hint="add `decisions: [what will change]` or `next: [the first step]`, here or in "
                "a new review",
            )


def _by_day(context: RuleContext) -> list[tuple[Review, date]]:
    """Return the reviews up to as_of with their days, oldest first."""
    days = [
        (review, min(when.last, context.as_of))
        for review in context.plan.reviews.values()
        if (when := review.fields.date) is not None and when.first <= context.as_of
    ]
    return sorted(days, key=lambda one: (one[1], one[0].id))


def _goals_in(review: Review) -> Iterator[tuple[str, str]]:
    """Yield the goals that a review speaks of, with the field that it does so in."""
    for goal in review.fields.metrics:
        yield "metrics", goal
    for goal in review.fields.confidence:
        if goal not in review.fields.metrics:
            yield "confidence", goal


def _decides(review: Review) -> bool:
    """Return whether a review has decisions or next steps; a heading or list of its body may be."""
    fields, body = review.fields, review.body
    return bool(fields.decisions or fields.next or body.headings or _LIST_ITEM.search(body.text))


def _is_replanned(goal: Goal, day: date, context: RuleContext) -> bool:
    """Return whether a day of a goal was moved, or the goal paused, within a week of a review."""
    days = [replan.date for replan in goal.fields.replans]
    for milestone in context.plan.milestones_of.get(goal.id, ()):
        days += [replan.date for replan in milestone.fields.replans]
    days += [pause.from_ for pause in goal.fields.paused]
    return any(when.first - NEAR_A_REVIEW <= day <= when.last + NEAR_A_REVIEW for when in days)
