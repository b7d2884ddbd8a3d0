"""P: is the plan lived with? Reviews, evidence, certificates, levels kept up to date."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from planfolio.analyse.days import reached
from planfolio.analyse.results import Status
from planfolio.model.diagnostics import Severity
from planfolio.model.kinds.review import ReviewKind
from planfolio.model.values.dates import Offset
from planfolio.rules.context import TITLE, RuleContext
from planfolio.rules.finding import Finding, at, one_for_many
from planfolio.rules.rule import rule
from planfolio.rules.wording import called, count, dated, listing, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.model.plan import Record, Review
    from planfolio.model.values.level import Level

REVIEW_SLACK = Fraction(3, 2)
EVIDENCE_MONTHS = 24
EXPIRY = timedelta(days=90)
_IN_TROUBLE = frozenset({Status.AT_RISK, Status.OFF_TRACK, Status.LATE})


@rule(
    "P101",
    "no-review",
    Severity.WARNING,
    summary="the last review is longer ago than the plan says it should be",
    why=(
        "Watching one's progress makes reaching a goal more likely, and more so when it is written "
        "down (Harkin et al., 2016). site.toml says how often you want to look back; the rule "
        "speaks after one and a half times that, once some active goal is that old."
    ),
    bad='review_every = "month"   # in site.toml, and the newest review is of January',
    good="date: 2026-04-01\nkind: check-in   # a file in content/reviews/",
)
def no_review(context: RuleContext) -> Iterator[Finding]:
    """Find that reviews have fallen behind: at the newest one, or in site.toml without any."""
    every = context.plan.settings.plan.review_every
    if every is None:
        return
    patience = timedelta(days=float(Fraction(every.days) / every.times * REVIEW_SLACK))
    starts = [goal.start.first for goal in context.active() if goal.start is not None]
    if not starts or context.as_of - min(starts) <= patience:
        return
    newest = _newest_review(context)
    rhythm = f"{'one' if every.times == 1 else every.times} a {every.every.value}"
    hint = f"write content/reviews/{context.as_of:%Y-%m}.md; half an hour is enough"
    if newest is None:
        message = f"there is no review yet, and the plan asks for {rhythm}"
        settings = context.plan.settings_source
        place = settings.span(("plan", "review_every"))
        yield Finding(path=settings.path, span=place, message=message, hint=hint)
        return
    review, on = newest
    days = (context.as_of - on).days
    if timedelta(days=days) > patience:
        yield at(
            review,
            ("date",),
            message=f"the newest review is {days} days old, and the plan asks for {rhythm}",
            hint=hint,
        )


@rule(
    "P102",
    "no-evidence",
    Severity.INFO,
    summary="a high level has no evidence, or none of the last two years",
    why=(
        "What one rates oneself and what others see agree only loosely (Zell and Krizan, 2014). "
        "In the upper half of a scale somebody will ask: a project, a talk, a certificate, a "
        "colleague's words with their date. Skills fade, so evidence over two years old is marked."
    ),
    bad="title: Python\nlevel: 4",
    good="title: Python\nlevel: 4\nevidence: [{title: Wrote the billing service, date: 2026-02}]",
)
def no_evidence(context: RuleContext) -> Iterator[Finding]:
    """Find high levels that nothing recent shows: one finding a plan."""
    oldest = Offset("", months=-EVIDENCE_MONTHS, days=0).from_day(context.as_of)
    places = []
    for skill in context.plan.skills.values():
        numbers = context.analysis.skills[skill.id]
        if skill.implied or numbers.level is None or numbers.level * 2 <= numbers.top:
            continue
        if numbers.newest_evidence is None and any(
            evidence.date is None and not evidence.planned for evidence in skill.fields.evidence
        ):
            continue
        if numbers.newest_evidence is None or numbers.newest_evidence < oldest:
            places.append((skill, (("level",), TITLE)))
    what = "1 skill is" if len(places) == 1 else "{n} skills are"
    finding = one_for_many(
        places,
        message=f"{what} in the upper half of the scale without evidence of the last two years",
        hint="add `evidence: [{title: …, date: 2026-03}]`",
    )
    if finding is not None:
        yield finding


@rule(
    "P104",
    "no-decision",
    Severity.INFO,
    summary="the newest review looks at a goal in trouble and decides nothing",
    why=(
        "A review that notes a red number and moves on changes nothing. More time, less scope, "
        "another way, or letting go: one line under `decisions` turns looking back into steering."
    ),
    bad="date: 2026-04-01\nmetrics: {cka-labs: 4}   # off track",
    good="date: 2026-04-01\nmetrics: {cka-labs: 4}\ndecisions: [Two labs each Saturday]",
)
def no_decision(context: RuleContext) -> Iterator[Finding]:
    """Find that the newest review names goals at risk and has no decision."""
    newest = _newest_review(context, but=ReviewKind.FEEDBACK)
    if newest is None or newest[0].fields.decisions:
        return
    review = newest[0]
    named = [
        (field, goal)
        for field in ("metrics", "confidence")
        for goal in getattr(review.fields, field)
    ]
    active = {goal.id: goal for goal in context.active()}
    troubled = [
        (field, active[goal])
        for field, goal in named
        if goal in active and context.numbers(active[goal]).status in _IN_TROUBLE
    ]
    if troubled:
        titles = list(dict.fromkeys(called(goal.title) for _, goal in troubled))
        field, first = troubled[0]
        verb = "is" if len(titles) == 1 else "are"
        yield at(
            review,
            (field, first.id),
            key=True,
            message=f"{listing(titles)} {verb} in trouble, and the review decides nothing",
            hint="add `decisions: [what will change]`",
        )


@rule(
    "P105",
    "expires",
    Severity.WARNING,
    summary="a certificate expires within 90 days",
    why=(
        "Renewing takes a booking, a fee and some study, and a lapsed certificate often means the "
        "whole exam again. Three months are enough to do it calmly."
    ),
    bad="certificates: [{title: CKA, expires: 2026-07-01}]   # and it is May",
    good="certificates: [{title: CKA, expires: 2029-07-01}]",
)
def expires(context: RuleContext) -> Iterator[Finding]:
    """Find certificates that run out soon and that no later one of the same title replaces."""
    profile = context.plan.profile
    if profile is None:
        return
    certificates = profile.fields.certificates
    last: dict[str, date] = {}
    for one in certificates:
        if one.expires is not None:
            last[one.title] = max(one.expires.last, last.get(one.title, date.min))
    for index, one in enumerate(certificates):
        if one.expires is None or one.expires.last < last[one.title]:
            continue
        left = one.expires.last - context.as_of
        if timedelta(0) <= left <= EXPIRY:
            yield at(
                profile,
                ("certificates", index, "expires"),
                message=f"{called(one.title)} expires {dated(one.expires, one.expires.last)}, "
                f"in {count(left.days, 'day')}",
                hint="plan its renewal as a goal, or take it out if you let it lapse",
            )


@rule(
    "P106",
    "level-behind",
    Severity.WARNING,
    summary="a step that raised a skill is done, but the skill's level is lower",
    why=(
        "The step said that it would raise the skill to a level, and it is done; the level was not "
        "touched since. Either you can do more than the plan knows, or the step taught less than "
        "you hoped. Both are worth writing down."
    ),
    bad="done: 2026-03-10\nraises: {kubernetes: 3}   # the skill still says 2",
    good="title: Kubernetes\nlevel: 3\nassessed: 2026-03-12",
)
def level_behind(context: RuleContext) -> Iterator[Finding]:
    """Find skills below what a finished step named as their level: one finding a skill."""
    highest: dict[str, tuple[Level, Record[Any]]] = {}
    for step, done_on in _done_steps(context):
        for skill, level in step.fields.raises.items():
            if level is None or not _behind(skill, level, done_on, context):
                continue
            if skill not in highest or level.number > highest[skill][0].number:
                highest[skill] = (level, step)
    for skill, (level, step) in highest.items():
        current = context.analysis.skills[skill].level
        assert current is not None  # noqa: S101 - an unrated skill is behind nothing
        yield at(
            step,
            ("raises", skill),
            message=(
                f"done, and it was to raise {called(context.plan.skills[skill].title)} to "
                f"{number(level.number)}, but the skill is at {number(current)}"
            ),
            hint=f"rate the skill anew: `level: {level.text}` and `assessed: {context.as_of}`",
        )


def _newest_review(
    context: RuleContext, *, but: ReviewKind | None = None
) -> tuple[Review, date] | None:
    days = [
        (review, on)
        for review in context.plan.reviews.values()
        if review.fields.kind is not but
        and (on := reached(review.fields.date, as_of=context.as_of)) is not None
    ]
    return max(days, key=lambda one: (one[1], one[0].id), default=None)


def _done_steps(context: RuleContext) -> Iterator[tuple[Record[Any], date | None]]:
    for goal in context.plan.goals.values():
        numbers = context.numbers(goal)
        if numbers.status is Status.DONE:
            yield goal, numbers.done_on
    for milestone in context.plan.milestones.values():
        on = context.analysis.milestones[milestone.id].done_on
        if on is not None:
            yield milestone, on


def _behind(skill: str, level: Level, done_on: date | None, context: RuleContext) -> bool:
    """Tell whether a skill is below a level, and was not rated since the step was done."""
    numbers = context.analysis.skills.get(skill)
    if numbers is None or numbers.level is None or numbers.current is None:
        return False
    rated = numbers.current.on
    rated_since = rated is not None and (done_on is None or rated >= done_on)
    return numbers.level < level.number and not rated_since


RULES = (no_review, no_evidence, no_decision, expires, level_behind)
