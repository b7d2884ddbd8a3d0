"""What the pages of sections list: the roadmap, groups of records, what moved, the next review."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from planfolio.analyse.status import Status
from planfolio.model.kinds.goal import GoalKind
from planfolio.model.plan import grouped
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.skill import PortfolioSkill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.model.values.cadence import Cadence
    from planfolio.model.values.dates import PlanDate
    from planfolio.portfolio.record import PortfolioRecord
    from planfolio.portfolio.records import PortfolioRecords
    from planfolio.portfolio.review import PortfolioReview
    from planfolio.portfolio.steps import PortfolioMilestone


class Quarter(NamedTuple):
    """The open steps that are due in a quarter of a year.

    `overdue` steps were due before the day of the numbers; without `year` they have no date.
    """

    year: int | None
    number: int | None
    overdue: bool
    steps: tuple[PortfolioGoal | PortfolioMilestone, ...]


class RecordGroup(NamedTuple):
    """Records under a name: the skills of a category, the goals of a priority, those of a kind.

    The name is empty for those that name none.
    """

    name: str
    records: tuple[Any, ...]


class MovedDeadline(NamedTuple):
    """A deadline that was moved: of which goal or milestone, and the `replan` with `date`, `from_`,
    `to`, `reason` and `days_added`."""

    step: PortfolioGoal | PortfolioMilestone
    replan: Any


class Interruption(NamedTuple):
    """A pause of a goal (`pause` with `from_`, `to`, `reason`), or that a step was dropped.

    Of a step that was dropped `pause` is None, and `step.dropped` may have `date` and `reason`.
    """

    step: PortfolioRecord[Any]
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


def due_order(step: PortfolioGoal | PortfolioMilestone) -> tuple[date, str, str]:
    """Return what steps are sorted by: the due day, then kind and id."""
    return (step.due.last if step.due else date.max, *step.key)


def roadmap(portfolio: PortfolioRecords) -> tuple[Quarter, ...]:
    """Return the open steps by the quarter in which they are due: overdue ones first."""
    groups = grouped((_quarter(s, as_of=portfolio.as_of), s) for s in open_steps(portfolio))
    return tuple(
        Quarter(
            year=year if number in range(1, 5) else None,
            number=number if number in range(1, 5) else None,
            overdue=number == 0,
            steps=tuple(sorted(groups[year, number], key=due_order)),
        )
        for year, number in sorted(groups)
    )


def open_steps(portfolio: PortfolioRecords) -> Iterator[PortfolioGoal | PortfolioMilestone]:
    """Yield all steps that are not finished, whether or not they can begin.

    They are the milestones of open goals, open goals without such milestones, and milestones that
    belong to no goal. A parent is none, as its parts are the steps, nor is a direction.
    """
    for goal in portfolio.all(PortfolioGoal):
        if not goal.is_open:
            continue
        left = [m for m in goal.milestones if m.is_open]
        yield from left
        if not left and not goal.children and goal.kind is not GoalKind.DIRECTION:
            yield goal
    for milestone in portfolio.milestones.values():
        if milestone.goal is None and milestone.is_open:
            yield milestone


def milestones_by_due(portfolio: PortfolioRecords) -> tuple[PortfolioMilestone, ...]:
    """Return the milestones, the open ones first, by due day."""
    found = portfolio.milestones.values()
    return tuple(sorted(found, key=lambda one: (not one.is_open, *due_order(one))))


def skills_by_category(portfolio: PortfolioRecords) -> tuple[RecordGroup, ...]:
    """Return the skills by category and title, those without a category last."""
    groups = grouped((s.category or "", s) for s in portfolio.listed(PortfolioSkill))
    return tuple(RecordGroup(*group) for group in groups.items())


def moved_deadlines(portfolio: PortfolioRecords) -> tuple[MovedDeadline, ...]:
    """Return the deadlines that were moved, the newest first."""
    steps: list[PortfolioGoal | PortfolioMilestone] = [
        *portfolio.all(PortfolioGoal),
        *portfolio.milestones.values(),
    ]
    moved = [MovedDeadline(step, replan) for step in steps for replan in step.replans]
    return tuple(sorted(moved, key=lambda m: (-m.replan.date.first.toordinal(), *m.step.key)))


def interruptions(portfolio: PortfolioRecords) -> tuple[Interruption, ...]:
    """Return the pauses that have begun, and the steps that were dropped, the newest first."""
    as_of = portfolio.as_of
    found: list[tuple[date, Interruption]] = []
    for goal in portfolio.all(PortfolioGoal):
        begun = [pause for pause in goal.paused if pause.from_.first <= as_of]
        found += [(pause.from_.first, Interruption(goal, pause)) for pause in begun]
        if goal.status is Status.PAUSED and not begun:
            found.append((date.min, Interruption(goal)))
    for step in portfolio.records.values():
        if getattr(step, "status", None) is Status.DROPPED:
            day = step.dropped.date.first if step.dropped is not None else date.min
            found.append((day, Interruption(step)))
    return tuple(one for _, one in sorted(found, key=lambda f: (-f[0].toordinal(), *f[1].step.key)))


def next_review(portfolio: PortfolioRecords) -> NextReview | None:
    """Return when the next review is; None where neither a review nor site.toml says so."""
    as_of, every = portfolio.as_of, portfolio.settings.plan.review_every
    last = next(iter(portfolio.past_reviews), None)
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


def _quarter(step: PortfolioGoal | PortfolioMilestone, *, as_of: date) -> tuple[int, int]:
    """Return year and quarter; quarter 0 is overdue, and the last year there is means no date."""
    if step.due is None:
        return date.max.year, 5
    last = step.due.last
    return (0, 0) if last < as_of else (last.year, (last.month + 2) // 3)
