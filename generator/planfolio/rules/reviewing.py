"""P: whether the plan is reviewed, reviews decide something, and people are met."""

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
from planfolio.rules.rule import MOST_LISTED, Finding, Findings, at, rule

if TYPE_CHECKING:
    from planfolio.model.plan import Goal, Milestone, Review
    from planfolio.rules.context import RuleContext

REVIEW_SLACK = Fraction(3, 2)
NEAR_A_REVIEW = timedelta(days=7)
_LIST_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])\s", re.MULTILINE)
_IN_TROUBLE = {Status.AT_RISK, Status.OFF_TRACK, Status.LATE}


@rule("P101", of_whole_plan=True)
def no_review(context: RuleContext) -> Findings:
    """The last review is older than the plan allows.

    People who monitor their progress, and write it down, reach more goals (Harkin et al., 2016).
    The rule applies after 1.5 times `review_every`, once an active goal is that old.

    Bad:  review_every = "month"   # in site.toml, and the newest review is of January
    Good: date: 2026-04-01   # of a file in content/reviews/
    """
    every = context.plan.settings.plan.review_every
    starts = [goal.start.first for goal in context.active() if goal.start is not None]
    if every is None or not starts:
        return
    allowed = timedelta(days=float(Fraction(every.days) / every.times * REVIEW_SLACK))
    if context.as_of - min(starts) <= allowed:
        return
    reviews = _by_day(context)
    hint = "write one with `planfolio new review`; half an hour is enough"
    if not reviews:
        settings = context.plan.settings_source
        message = f"there is no review with a date yet, but reviews are planned {cadence(every)}"
        span = settings.span(("plan", "review_every"))
        yield Finding(path=settings.path, span=span, message=message, hint=hint)
    elif (age := context.as_of - reviews[-1][1]) > allowed:
        days = count(age.days, "day")
        message = f"the newest review is {days} old, but reviews are planned {cadence(every)}"
        yield at(reviews[-1][0], ("date",), message=message, hint=hint)


@rule("P104", Severity.INFO)
def no_decision(context: RuleContext) -> Findings:
    """A review decides nothing about a goal that was at risk, off track or late.

    A review that only records a bad number changes nothing. Decide on more time, less scope,
    another way, or to drop the goal, in a line of `decisions` or `next`. The rule goes by what was
    known on the day of the review. A deadline moved within a week of it is a decision too.

    Bad:  metrics: {cka-labs: 4}   # off track on that day
    Good: metrics: {cka-labs: 4}
          decisions: [Two labs each Saturday]
    """
    undecided: list[tuple[Review, date]] = []
    for review, day in _by_day(context):
        if review.fields.kind is not ReviewKind.FEEDBACK:
            undecided = [] if _decides(review) else [*undecided, (review, day)]
    newest = {goal: review for review, _ in undecided for goal in _goals_in(review)}
    open_goals = {goal.id: goal for goal in context.active()}
    for review, day in undecided:
        asked = [
            open_goals[goal]
            for goal in _goals_in(review)
            if newest[goal] is review
            and goal in open_goals
            and not _is_replanned(open_goals[goal], day, context)
        ]
        known = goals_known_on(day, asked, plan=context.plan, undated=review.fields.metrics.keys())
        troubled = [goal for goal in asked if known[goal.id].status in _IN_TROUBLE]
        if troubled:
            titles = list(dict.fromkeys(in_quotes(goal.title) for goal in troubled))
            statuses = dict.fromkeys(known[goal.id].status for goal in troubled)
            words = listing([status.replace("-", " ") for status in statuses])
            yield at(
                review,
                (_goals_in(review)[troubled[0].id], troubled[0].id),
                key=True,
                message=f"{listing(titles, most=MOST_LISTED)} "
                f"{'was' if len(titles) == 1 else 'were'} {words} on that day, and the review "
                "has no `decisions` and no `next`",
                hint="add `decisions: [what will change]` or `next: [the first step]`, here or in "
                "a new review",
            )


@rule("P108", Severity.INFO)
def not_met(context: RuleContext) -> Findings:
    """Somebody was not met for twice the agreed time.

    A mentor helps as long as one meets. Reviews that name a person in `with` are the meetings that
    planfolio knows of.

    Bad:  meets: month   # and the last review with her is of January
    Good: meets: quarter
    """
    for person in context.plan.people.values():
        numbers, meets = context.analysis.people[person.id], person.fields.meets
        if meets is None or numbers.last_met is None or numbers.next_meeting is None:
            continue
        if meets.after(numbers.next_meeting) < context.as_of:
            days = count((context.as_of - numbers.last_met).days, "day")
            yield at(
                person,
                ("meets",),
                message=f"the last review with this person is {days} old, but you mean to meet "
                f"{cadence(meets)}",
                hint=f"ask for a meeting and write a review `with: [{person.id}]`, or change "
                "`meets`",
            )


def _by_day(context: RuleContext) -> list[tuple[Review, date]]:
    """Return the reviews up to as_of with their days, oldest first."""
    days = [
        (review, min(when.last, context.as_of))
        for review in context.plan.reviews.values()
        if (when := review.fields.date) is not None and when.first <= context.as_of
    ]
    return sorted(days, key=lambda one: (one[1], one[0].id))


def _goals_in(review: Review) -> dict[str, str]:
    """Return the goals that a review speaks of, each with the field that it does so in."""
    metrics = dict.fromkeys(review.fields.metrics, "metrics")
    return metrics | {g: "confidence" for g in review.fields.confidence if g not in metrics}


def _decides(review: Review) -> bool:
    """Return whether a review has decisions or next steps; a heading or list of its body may be."""
    fields, body = review.fields, review.body
    return bool(fields.decisions or fields.next or body.headings or _LIST_ITEM.search(body.text))


def _is_replanned(goal: Goal, day: date, context: RuleContext) -> bool:
    """Return whether a day of a goal was moved, or the goal paused, within a week of a review."""
    steps: tuple[Goal | Milestone, ...] = (goal, *context.plan.milestones_of.get(goal.id, ()))
    days = [replan.date for step in steps for replan in step.fields.replans]
    days += [pause.from_ for pause in goal.fields.paused]
    return any(when.first - NEAR_A_REVIEW <= day <= when.last + NEAR_A_REVIEW for when in days)
