"""What a meeting about the plan speaks of: what is new since the last review, and questions."""

from datetime import date, timedelta
from typing import NamedTuple

from planfolio.analyse.history import Measurement
from planfolio.analyse.status import Status
from planfolio.model.diagnostics import Severity
from planfolio.model.kinds.review import ReviewKind
from planfolio.portfolio.events import PortfolioEvent, reached
from planfolio.portfolio.findings import findings_about
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.levels import LevelRating
from planfolio.portfolio.record import PlanView, PortfolioRecord
from planfolio.portfolio.review import KnownGoal, PortfolioReview, known_goals
from planfolio.portfolio.role_lists import target_roles
from planfolio.portfolio.section_lists import MovedDeadline, moved_deadlines
from planfolio.portfolio.skill import PortfolioSkill

_PREPARES = timedelta(days=7)
"""How old a review has to be; one that is newer is written for the meeting."""

_MONTH = timedelta(days=30)
_LETTERS = frozenset("SMARTP")
"""The rules about a plan: what is wrong with its form is not for a meeting."""

_SHOWN_ELSEWHERE = ("T103", "A102")
"""The rules about late goals, which have a part of their own."""


class ChangedGoal(NamedTuple):
    """A goal whose status, progress or value has changed.

    `before` is what was known of it at the beginning, and `measurement` the newest value since
    then; None where there is none.
    """

    goal: PortfolioGoal
    before: KnownGoal | None
    measurement: Measurement | None


class NewLevel(NamedTuple):
    """A level that a skill was given, and the one before it."""

    skill: PortfolioSkill
    rating: LevelRating
    before: LevelRating | None

    @property
    def differs(self) -> bool:
        """Whether it is another level than before."""
        return self.before is not None and self.before.levels.current != self.rating.levels.current


class SinceReview(NamedTuple):
    """What has changed since the last review.

    `review` is the newest one, feedback aside, that is at least a week old: a newer one prepares
    the meeting. What is dated after `day` counts: the day of the review, else 30 days ago. All
    lists are in the order of the portfolio.
    """

    review: PortfolioReview | None
    day: date
    reached: tuple[PortfolioEvent, ...]
    changed_goals: tuple[ChangedGoal, ...]
    moved_deadlines: tuple[MovedDeadline, ...]
    new_levels: tuple[NewLevel, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing has changed."""
        return not (self.reached or self.changed_goals or self.moved_deadlines or self.new_levels)


def since_last_review(portfolio: PlanView) -> SinceReview:
    """Return what has changed since the last review, or in the last 30 days without one."""
    before = portfolio.as_of - _PREPARES
    held = (
        r
        for r in portfolio.in_list_order(PortfolioReview)
        if r.date is not None and r.date.last <= before
    )
    review = next((r for r in held if r.kind is not ReviewKind.FEEDBACK), None)
    day = review.date.last if review is not None else portfolio.as_of - _MONTH
    return SinceReview(
        review=review,
        day=day,
        reached=tuple(event for event in portfolio.cached(reached) if event.day > day),
        changed_goals=_changed_goals(portfolio, since=day),
        moved_deadlines=tuple(
            moved for moved in portfolio.cached(moved_deadlines) if moved.replan.date.first > day
        ),
        new_levels=_new_levels(portfolio, since=day),
    )


def questions(portfolio: PlanView) -> tuple[tuple[PortfolioRecord, tuple[str, ...]], ...]:
    """Return the target roles and active goals, each with its errors and warnings.

    Findings that a goal is overdue, or late by the schedule, are left out: other parts have them.
    """
    goals = (goal for goal in portfolio.in_list_order(PortfolioGoal) if not goal.at_rest)
    records = (*portfolio.cached(target_roles), *goals)
    found = ((record, _messages(record, portfolio)) for record in records)
    return tuple((record, messages) for record, messages in found if messages)


def _messages(record: PortfolioRecord, portfolio: PlanView) -> tuple[str, ...]:
    return tuple(
        finding.message
        for finding in portfolio.cached(findings_about).get(record.key, ())
        if finding.severity in (Severity.ERROR, Severity.WARNING)
        and finding.code[0] in _LETTERS
        and finding.code not in _SHOWN_ELSEWHERE
    )


def _changed_goals(portfolio: PlanView, *, since: date) -> tuple[ChangedGoal, ...]:
    known = {k.goal.id: k for k in known_goals(since, portfolio=portfolio, since=since)}
    found = []
    for goal in portfolio.in_list_order(PortfolioGoal):
        before = known.get(goal.id)
        newest = goal.current
        measurement = newest if newest and newest.on and newest.on > since else None
        if measurement is not None or (before is not None and _has_changed(goal, before)):
            found.append(ChangedGoal(goal, before, measurement))
    return tuple(found)


def _has_changed(goal: PortfolioGoal, before: KnownGoal) -> bool:
    now = goal.status, goal.progress
    return before.status is not Status.UNKNOWN and now != (before.status, before.progress)


def _new_levels(portfolio: PlanView, *, since: date) -> tuple[NewLevel, ...]:
    found = []
    for skill in portfolio.in_plan_order(PortfolioSkill):
        dated = [(rating.day, rating) for rating in skill.ratings if rating.day is not None]
        new = [rating for day, rating in dated if day > since]
        old = [rating for day, rating in dated if day <= since]
        if new:
            found.append(NewLevel(skill, new[0], old[0] if old else None))
    return tuple(sorted(found, key=lambda new: (new.skill.title.casefold(), new.skill.id)))
