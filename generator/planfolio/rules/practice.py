"""P: whether the plan is reviewed, levels have evidence, and certificates are renewed."""

import re
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from planfolio.analyse.days import counts_from
from planfolio.analyse.hindsight import goals_known_on
from planfolio.analyse.status import Status
from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import cadence, count, in_quotes, listing, number
from planfolio.model.kinds.review import ReviewKind
from planfolio.model.plan import Goal, Milestone, Record, Review
from planfolio.model.scales import Level
from planfolio.model.values.dates import Offset
from planfolio.rules.context import RuleContext
from planfolio.rules.rule import (
    MOST_LISTED,
    Finding,
    Findings,
    day_as_typed,
    finding_at,
    rule,
    shared_finding,
)

REVIEW_SLACK = Fraction(3, 2)
NEAR_A_REVIEW = timedelta(days=7)
EVIDENCE_MONTHS = 24
EXPIRY = timedelta(days=90)
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
        yield finding_at(reviews[-1][0], ("date",), message=message, hint=hint)


@rule("P102", Severity.INFO)
def no_evidence(context: RuleContext) -> Findings:
    """A high level has no evidence, or none of the last two years.

    Self-ratings and the ratings of others agree only loosely (Zell and Krizan, 2014). A level in
    the upper half of its scale needs a project, a talk or a certificate, not over two years old.

    Bad:  level: 4
    Good: level: 4
          evidence: [{title: Wrote the billing service, date: 2026-02}]
    """
    oldest = Offset("", months=-EVIDENCE_MONTHS, days=0).from_day(context.as_of)
    unproven = []
    for skill in context.plan.skills.values():
        numbers = context.analysis.skills[skill.id]
        scale = context.plan.scale_of(skill)
        if numbers.level is None or numbers.level * 2 <= scale.bottom + scale.top:
            continue
        newest = numbers.newest_evidence
        undated = any(e.date is None and not e.planned for e in skill.fields.evidence)
        if newest < oldest if newest is not None else not undated:
            unproven.append(skill)
    words = "in the upper half of the scale without evidence of the last two years"
    return shared_finding(
        context.without_errors(unproven),
        ("level",),
        one=f"this skill is {words}",
        many=f"{{n}} skills are {words}",
        hint="add what shows it, as "
        f"`{{level: …, evidence: [{{title: …, date: {context.as_of:%Y-%m}}}]}}`",
    )


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
        goals = [
            open_goals[goal]
            for goal in _goals_in(review)
            if newest[goal] is review
            and goal in open_goals
            and not _is_replanned(open_goals[goal], day, context)
        ]
        known = goals_known_on(day, goals, plan=context.plan, undated=review.fields.metrics.keys())
        troubled = [goal for goal in goals if known[goal.id].status in _IN_TROUBLE]
        if troubled:
            titles = list(dict.fromkeys(in_quotes(goal.title) for goal in troubled))
            statuses = dict.fromkeys(known[goal.id].status for goal in troubled)
            words = listing([status.replace("-", " ") for status in statuses])
            yield finding_at(
                review,
                (_goals_in(review)[troubled[0].id], troubled[0].id),
                key=True,
                message=f"{listing(titles, most=MOST_LISTED)} "
                f"{'was' if len(titles) == 1 else 'were'} {words} on that day, and the review "
                "has no `decisions` and no `next`",
                hint="add `decisions: [what will change]` or `next: [the first step]`, here or in "
                "a new review",
            )


@rule("P105")
def expires(context: RuleContext) -> Findings:
    """A certificate expires within 90 days.

    A renewal takes a booking, a fee and some study, and after the last day it often takes the whole
    exam again. Three months are enough to prepare it. Name the goal that renews the certificate in
    `renewal`. Once that is done, write the new day in `expires`.

    Bad:  certificates: [{title: CKA, expires: 2026-07-01}]   # and it is May
    Good: certificates: [{title: CKA, expires: 2026-07-01, renewal: renew-cka}]
    """
    profile = context.plan.profile
    certificates = profile.fields.certificates if profile is not None else ()
    last: dict[str, date] = {}
    for one in certificates:
        if one.expires is not None:
            last[one.title] = max(one.expires.last, last.get(one.title, date.min))
    for index, one in enumerate(certificates):
        if profile is None or one.expires is None or one.expires.last < last[one.title]:
            continue
        left = one.expires.last - context.as_of
        renewal = context.plan.goals.get(one.renewal or "")
        if not timedelta(0) <= left <= EXPIRY or (renewal and context.numbers(renewal).is_open):
            continue
        message = (
            f"{in_quotes(one.title)} expires {day_as_typed(one.expires, one.expires.last)}, "
            f"in {count(left.days, 'day')}"
        )
        hint = "write a goal that renews it and name it here, as `renewal: its-id`"
        if renewal is not None:
            status = context.numbers(renewal).status
            message += f", and {in_quotes(renewal.title)} is {status}"
            if status is Status.DONE:
                hint = "write the new day in `expires`, or name the goal that renews it next"
            elif status is not Status.DROPPED:
                hint = f"go on with {in_quotes(renewal.title)}, or name another goal in `renewal`"
        yield finding_at(
            profile,
            ("certificates", index, "expires"),
            message=message,
            hint=f"{hint}; remove `expires` if you let it go",
        )


@rule("P106")
def level_behind(context: RuleContext) -> Findings:
    """A step that raised a skill is done, but the skill's level is lower.

    The step is done, and the skill was not rated since. Either you can do more than the plan says,
    or the step taught less than planned.

    Bad:  done: 2026-03-10
          raises: {kubernetes: 3}   # the skill still has level 2
    Good: level: 3   # of the skill
          assessed: 2026-03-12
    """
    highest: dict[str, tuple[Level, Record[Any]]] = {}
    for key, numbers in context.analysis.steps.items():
        if numbers.status is not Status.DONE:
            continue
        step = context.plan.records[key]
        for skill, level in getattr(step.fields, "raises", {}).items():
            if level is None or not _is_behind(skill, level, numbers.done_on, context):
                continue
            if skill not in highest or level.number > highest[skill][0].number:
                highest[skill] = (level, step)
    for skill, (level, step) in highest.items():
        current = context.analysis.skills[skill].level
        assert current is not None  # noqa: S101 - an unrated skill is behind nothing
        yield finding_at(
            step,
            ("raises", skill),
            message=f"done, but {in_quotes(context.plan.skills[skill].title)}, which it raises to "
            f"level {number(level.number)}, still has level {number(current)}",
            hint=f"rate the skill again: `level: {level.text}` and `assessed: {context.as_of}`",
        )


@rule("P107", Severity.INFO)
def expectation_not_met(context: RuleContext) -> Findings:
    """A skill has a level above an expectation that is not met.

    You wrote down what a level looks like, so that it means the same next year, and to others. A
    level above an expectation that is not met is a wish.

    Bad:  level: 3
          expects: {2: [Finds a slow query]}
    Good: level: 3
          expects: {2: [{text: Finds a slow query, met: 2026-02}]}
    """
    unmet, one = [], ""
    for skill in context.without_errors(context.plan.skills.values()):
        current = context.analysis.skills[skill.id].level
        missed = [
            f"{in_quotes(expectation.text)} of level {level.text}"
            for level, expectations in skill.fields.expects.items()
            for expectation in expectations
            if current is not None
            and level.number <= current
            and counts_from(expectation.met, as_of=context.as_of) is None
        ]
        if current is not None and missed:
            unmet.append(skill)
            one = f"this skill has level {number(current)}, but {missed[0]} is not met"
    if len(unmet) > 1:
        one = "an expectation of this level or below is not met"
    return shared_finding(
        unmet,
        ("expects",),
        one=one,
        many="{n} skills have a level of which an expectation is not met",
        hint=f"write when it was met, `{{text: …, met: {context.as_of}}}`, or rate the skill lower",
        key=True,
    )


@rule("P108", Severity.INFO)
def not_met(context: RuleContext) -> Findings:
    """You have not met somebody for twice the agreed time.

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
            yield finding_at(
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


def _is_behind(skill: str, level: Level, done_on: date | None, context: RuleContext) -> bool:
    """Return whether a skill is below a level, and was not rated since the step was done."""
    numbers = context.analysis.skills.get(skill)
    if numbers is None or numbers.level is None or numbers.current is None:
        return False
    rated = numbers.current.on
    rated_since = rated is not None and (done_on is None or rated >= done_on)
    return numbers.level < level.number and not rated_since
