"""P: whether the plan is kept up to date: reviews, evidence, certificates and levels."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from planfolio.analyse.days import reached
from planfolio.analyse.results import Status
from planfolio.model.diagnostics import Severity
from planfolio.model.formatting import cadence, count, in_quotes, listing, number
from planfolio.model.kinds.review import ReviewKind
from planfolio.model.values.dates import Offset
from planfolio.rules.rule import MOST_LISTED, Finding, Rule, at, dated, for_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.model.plan import Record, Review
    from planfolio.model.scales import Level
    from planfolio.rules.context import RuleContext

REVIEW_SLACK = Fraction(3, 2)
EVIDENCE_MONTHS = 24
EXPIRY = timedelta(days=90)
_IN_TROUBLE = frozenset({Status.AT_RISK, Status.OFF_TRACK, Status.LATE})


@Rule(
    "P101",
    "no-review",
    summary="the last review is older than the plan allows",
    why=(
        "People who monitor their progress, and write it down, reach more goals (Harkin et al., "
        "2016). The rule applies after 1.5 times `review_every`, once an active goal is that old."
    ),
    bad='review_every = "month"   # in site.toml, and the newest review is of January',
    good="date: 2026-04-01\nkind: check-in   # a file in content/reviews/",
)
def no_review(context: RuleContext) -> Iterator[Finding]:
    """Find that reviews are missing: at the newest one, or in site.toml without any."""
    every = context.plan.settings.plan.review_every
    if every is None:
        return
    allowed = timedelta(days=float(Fraction(every.days) / every.times * REVIEW_SLACK))
    starts = [goal.start.first for goal in context.active() if goal.start is not None]
    if not starts or context.as_of - min(starts) <= allowed:
        return
    newest = _newest_review(context)
    hint = f"write content/reviews/{context.as_of:%Y-%m}.md; half an hour is enough"
    planned = f"reviews are planned {cadence(every)}"
    if newest is None:
        settings = context.plan.settings_source
        yield Finding(
            path=settings.path,
            span=settings.span(("plan", "review_every")),
            message=f"there is no review yet, but {planned}",
            hint=hint,
        )
        return
    review, on = newest
    age = context.as_of - on
    if age > allowed:
        yield at(
            review,
            ("date",),
            message=f"the newest review is {count(age.days, 'day')} old, but {planned}",
            hint=hint,
        )


@Rule(
    "P102",
    "no-evidence",
    Severity.INFO,
    summary="a high level has no evidence, or none of the last two years",
    why=(
        "Self-ratings and the ratings of others agree only loosely (Zell and Krizan, 2014). A "
        "level in the upper half needs a project, a talk or a certificate, not over two years old."
    ),
    bad="title: Python\nlevel: 4",
    good="title: Python\nlevel: 4\nevidence: [{title: Wrote the billing service, date: 2026-02}]",
)
def no_evidence(context: RuleContext) -> Iterator[Finding]:
    """Find high levels without recent evidence: one finding a plan."""
    oldest = Offset("", months=-EVIDENCE_MONTHS, days=0).from_day(context.as_of)
    unproven = []
    for skill in context.plan.skills.values():
        numbers = context.analysis.skills[skill.id]
        if skill.implied or numbers.level is None or numbers.level * 2 <= numbers.top:
            continue
        newest = numbers.newest_evidence
        undated = any(e.date is None and not e.planned for e in skill.fields.evidence)
        if newest < oldest if newest is not None else not undated:
            unproven.append(skill)
    words = "in the upper half of the scale without evidence of the last two years"
    yield from for_all(
        unproven,
        ("level",),
        one=f"this skill is {words}",
        many=f"{{n}} skills are {words}",
        hint="add `evidence: [{title: …, date: 2026-03}]`",
    )


@Rule(
    "P104",
    "no-decision",
    Severity.INFO,
    summary="the newest review has no decision about a goal at risk, off track or late",
    why=(
        "A review that only records a bad number changes nothing. Decide on more time, less scope, "
        "another way, or to drop the goal, in one line under `decisions`."
    ),
    bad="date: 2026-04-01\nmetrics: {cka-labs: 4}   # off track",
    good="date: 2026-04-01\nmetrics: {cka-labs: 4}\ndecisions: [Two labs each Saturday]",
)
def no_decision(context: RuleContext) -> Iterator[Finding]:
    """Find that the newest review names goals in trouble and has no decision."""
    newest = _newest_review(context, but=ReviewKind.FEEDBACK)
    if newest is None or newest[0].fields.decisions:
        return
    review = newest[0]
    active = {goal.id: goal for goal in context.active()}
    troubled = [
        (field, active[goal])
        for field in ("metrics", "confidence")
        for goal in getattr(review.fields, field)
        if goal in active and context.numbers(active[goal]).status in _IN_TROUBLE
    ]
    if troubled:
        field, first = troubled[0]
        titles = list(dict.fromkeys(in_quotes(goal.title) for _, goal in troubled))
        statuses = dict.fromkeys(context.numbers(goal).status for _, goal in troubled)
        words = listing([status.replace("-", " ") for status in statuses])
        yield at(
            review,
            (field, first.id),
            key=True,
            message=f"{listing(titles, most=MOST_LISTED)} "
            f"{'is' if len(titles) == 1 else 'are'} {words}, and the review has no decision",
            hint="add `decisions: [what will change]`",
        )


@Rule(
    "P105",
    "expires",
    summary="a certificate expires within 90 days",
    why=(
        "A renewal takes a booking, a fee and some study, and after the last day it often takes "
        "the whole exam again. Three months are enough to prepare it."
    ),
    bad="certificates: [{title: CKA, expires: 2026-07-01}]   # and it is May",
    good="certificates: [{title: CKA, expires: 2029-07-01}]",
)
def expires(context: RuleContext) -> Iterator[Finding]:
    """Find certificates that expire soon and have no later one of the same title."""
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
                message=f"{in_quotes(one.title)} expires {dated(one.expires, one.expires.last)}, "
                f"in {count(left.days, 'day')}",
                hint="plan its renewal as a goal, or remove it if you let it expire",
            )


@Rule(
    "P106",
    "level-behind",
    summary="a step that raised a skill is done, but the skill's level is lower",
    why=(
        "The step is done, and the skill was not rated since. Either you can do more than the plan "
        "says, or the step taught less than planned."
    ),
    bad="done: 2026-03-10\nraises: {kubernetes: 3}   # the skill still has level 2",
    good="title: Kubernetes\nlevel: 3\nassessed: 2026-03-12",
)
def level_behind(context: RuleContext) -> Iterator[Finding]:
    """Find skills below the level that a finished step names: one finding a skill."""
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
        yield at(
            step,
            ("raises", skill),
            message=(
                f"done, but {in_quotes(context.plan.skills[skill].title)}, which it raises to "
                f"level {number(level.number)}, still has level {number(current)}"
            ),
            hint=f"rate the skill again: `level: {level.text}` and `assessed: {context.as_of}`",
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


def _is_behind(skill: str, level: Level, done_on: date | None, context: RuleContext) -> bool:
    """Return whether a skill is below a level, and was not rated since the step was done."""
    numbers = context.analysis.skills.get(skill)
    if numbers is None or numbers.level is None or numbers.current is None:
        return False
    rated = numbers.current.on
    rated_since = rated is not None and (done_on is None or rated >= done_on)
    return numbers.level < level.number and not rated_since
