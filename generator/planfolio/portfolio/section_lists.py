"""What the pages of sections list beside records: ladder, roadmap, decisions, what has moved."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from planfolio.analyse.status import OVER, Status
from planfolio.model.kinds.goal import GoalKind
from planfolio.model.plan import grouped
from planfolio.model.values.cadence import Cadence
from planfolio.model.values.dates import Offset, PlanDate
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.other_kinds import PortfolioAchievement, PortfolioOpportunity
from planfolio.portfolio.record import PlanView, PortfolioRecord, RecordGroup
from planfolio.portfolio.review import PortfolioReview, past_reviews
from planfolio.portfolio.steps import PortfolioMilestone, PortfolioResource

RUNGS = (3, 12, 36, 60, 120)
"""The rungs of the ladder, in months after the day of the numbers."""

SOON = timedelta(days=60)
"""How long before its day a decision is soon to be taken."""

FINISHED = OVER | {Status.DROPPED}
"""The statuses in which nothing is left to do, whether it was reached or not."""


class Quarter(NamedTuple):
    """The open steps that are due in a quarter of a year.

    `overdue` steps were due before the day of the numbers; without `year` they have no date.
    """

    year: int | None
    number: int | None
    overdue: bool
    steps: tuple[PortfolioGoal | PortfolioMilestone, ...]


class MovedDeadline(NamedTuple):
    """A deadline that was moved: of which goal or milestone, and the `replan` with `date`, `from_`,
    `to`, `reason` and `days_added`."""

    step: PortfolioGoal | PortfolioMilestone
    replan: Any


class Interruption(NamedTuple):
    """A pause of a goal (`pause` with `from_`, `to`, `reason`), or that a step was dropped.

    Of a step that was dropped `pause` is None, and `step.dropped` may have `date` and `reason`.
    """

    step: PortfolioRecord
    pause: Any = None


class NextReview(NamedTuple):
    """When the next review is: the day that the last one names, or how often the plan asks.

    `last` is the last one up to now, if there was one, and `last_days` the days since.
    """

    promised: PlanDate | None
    overdue: bool
    every: Cadence | None
    last: PortfolioReview | None
    last_days: int | None


class Rung(NamedTuple):
    """Goals by how far ahead they are due.

    `months` is the rung; None holds what lies beyond the last one. `dated` is false for the rung of
    goals without a date.
    """

    months: int | None
    dated: bool
    goals: tuple[PortfolioGoal, ...]

    @property
    def years(self) -> int | None:
        """The rung in whole years; None below one year, and beyond the last one."""
        return self.months // 12 if self.months is not None and self.months >= 12 else None


class OpenDecision(NamedTuple):
    """Something to be decided by a day: a goal, an opportunity, or a course to register for.

    `soon` tells that the day is at most 60 days ahead, or has passed.
    """

    record: PortfolioRecord
    by: PlanDate
    overdue: bool
    soon: bool


def due_order(step: PortfolioGoal | PortfolioMilestone) -> date:
    """Return what steps are sorted by: the due day. Those of one day stay as they are."""
    return step._due_day


def roadmap(portfolio: PlanView) -> tuple[Quarter, ...]:
    """Return the open steps by the quarter in which they are due: overdue ones first."""
    steps = sorted(open_steps(portfolio), key=due_order)
    groups = grouped((_quarter(step, as_of=portfolio.as_of), step) for step in steps)
    return tuple(Quarter(*quarter, steps=found) for quarter, found in groups.items())


def open_steps(portfolio: PlanView) -> Iterator[PortfolioGoal | PortfolioMilestone]:
    """Yield all steps that are not finished, whether or not they can begin.

    They are the milestones of open goals, open goals without such milestones, and milestones that
    belong to no goal. Parents are left out, as their parts are the steps, and so are directions.
    """
    for goal in portfolio.in_plan_order(PortfolioGoal):
        if not goal.is_open:
            continue
        left = [m for m in goal.milestones if m.is_open]
        yield from left
        if not left and not goal.children and goal.kind is not GoalKind.DIRECTION:
            yield goal
    for milestone in portfolio.in_plan_order(PortfolioMilestone):
        if milestone.goal is None and milestone.is_open:
            yield milestone


def milestones_by_due(portfolio: PlanView) -> tuple[PortfolioMilestone, ...]:
    """Return the milestones, the open ones first, by due day."""
    found = portfolio.in_plan_order(PortfolioMilestone)
    return tuple(sorted(found, key=lambda one: (not one.is_open, due_order(one))))


def moved_deadlines(portfolio: PlanView) -> tuple[MovedDeadline, ...]:
    """Return the deadlines that were moved, the newest first."""
    steps: list[PortfolioGoal | PortfolioMilestone] = [
        *portfolio.in_plan_order(PortfolioGoal),
        *portfolio.in_plan_order(PortfolioMilestone),
    ]
    moved = [MovedDeadline(step, replan) for step in steps for replan in step.replans]
    return tuple(sorted(moved, key=lambda m: m.replan.date.first, reverse=True))


def interruptions(portfolio: PlanView) -> tuple[Interruption, ...]:
    """Return the pauses that have begun, and the steps that were dropped, the newest first."""
    as_of = portfolio.as_of
    found: list[tuple[date, Interruption]] = []
    for goal in portfolio.in_plan_order(PortfolioGoal):
        begun = [pause for pause in goal.paused if pause.from_.first <= as_of]
        found += [(pause.from_.first, Interruption(goal, pause)) for pause in begun]
        if goal.status is Status.PAUSED and not begun:
            found.append((date.min, Interruption(goal)))
    for step in portfolio.records.values():
        if getattr(step, "status", None) is Status.DROPPED:
            day = step.dropped.date.first if step.dropped is not None else date.min
            found.append((day, Interruption(step)))
    return tuple(one for _, one in sorted(found, key=lambda f: f[0], reverse=True))


def achievements(portfolio: PlanView) -> tuple[PortfolioAchievement, ...]:
    """Return the achievements up to now, the newest first."""
    found = portfolio.in_list_order(PortfolioAchievement)
    return tuple(a for a in found if a.date is None or a.date.first <= portfolio.as_of)


def achievements_by_year(portfolio: PlanView) -> tuple[RecordGroup, ...]:
    """Return the achievements by year, the newest first; those without a date last."""
    groups = grouped((str(found.year or ""), found) for found in portfolio.cached(achievements))
    return tuple(RecordGroup(*group) for group in groups.items())


def next_review(portfolio: PlanView) -> NextReview | None:
    """Return when the next review is; None where neither a review nor site.toml says so."""
    as_of, every = portfolio.as_of, portfolio.settings.plan.review_every
    last = next(iter(portfolio.cached(past_reviews)), None)
    promised = last.next_review if last else None
    if promised is None and every is None:
        return None
    return NextReview(
        promised=promised,
        overdue=promised is not None and promised.last < as_of,
        every=every,
        last=last,
        last_days=max((as_of - last.date.last).days, 0) if last else None,
    )


def far_goals(portfolio: PlanView) -> tuple[PortfolioGoal, ...]:
    """Return the goals with a horizon that are not finished, the nearest first."""
    goals = portfolio.in_list_order(PortfolioGoal)
    far = (goal for goal in goals if goal.horizon is not None and goal.status not in FINISHED)
    return tuple(sorted(far, key=due_order))


def ladder(portfolio: PlanView) -> tuple[Rung, ...]:
    """Return the goals that are not finished by the rung on which their due day lies.

    A part of a goal that is due no later is left to the page of that goal, unless it has a horizon
    of its own or the goal is on another rung; directions without a horizon have no rung.
    """
    as_of = portfolio.as_of

    def is_shown(goal: PortfolioGoal, rung: tuple[int | None, bool]) -> bool:
        if goal.status in FINISHED or goal._is_endless:
            return False
        beside = goal.parent is not None and rung_of(goal.parent, as_of=as_of) == rung
        return goal.horizon is not None or not beside

    placed = ((rung_of(goal, as_of=as_of), goal) for goal in portfolio.in_list_order(PortfolioGoal))
    found = grouped((rung, goal) for rung, goal in placed if is_shown(goal, rung))
    rungs: list[tuple[int | None, bool]] = [(months, True) for months in RUNGS]
    return tuple(
        Rung(months, dated, tuple(sorted(found.get((months, dated), ()), key=due_order)))
        for months, dated in (*rungs, (None, True), (None, False))
        if months is not None or (months, dated) in found
    )


def open_decisions(portfolio: PlanView) -> tuple[OpenDecision, ...]:
    """Return what is still to be decided, the first day first."""
    found: list[tuple[PortfolioRecord, PlanDate | None]] = [
        *((goal, goal.to_decide_by) for goal in portfolio.in_list_order(PortfolioGoal)),
        *((one, one.to_decide_by) for one in portfolio.in_list_order(PortfolioOpportunity)),
        *((one, one.register_by) for one in portfolio.in_list_order(PortfolioResource)),
    ]
    decisions = [
        OpenDecision(record, by, by.last < portfolio.as_of, by.last <= portfolio.as_of + SOON)
        for record, by in found
        if by is not None
    ]
    return tuple(sorted(decisions, key=lambda d: d.by.last))


def rung_of(step: PortfolioRecord, *, as_of: date) -> tuple[int | None, bool]:
    """Return the rung that a due day lies on, and whether there is one: None lies beyond all."""
    if step.due is None:
        return None, False
    due = step.due.last
    within = (months for months in RUNGS if due <= Offset("", months, 0).from_day(as_of))
    return next(within, None), True


def _quarter(
    step: PortfolioGoal | PortfolioMilestone, *, as_of: date
) -> tuple[int | None, int | None, bool]:
    """Return the year and the quarter in which a step is due, and whether it is overdue."""
    if step.due is None or step.due.last < as_of:
        return None, None, step.due is not None
    return step.due.last.year, (step.due.last.month + 2) // 3, False
