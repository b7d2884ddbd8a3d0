"""Where the plan leads: the ladder of horizons, decisions, and roles beside each other."""

from __future__ import annotations

from calendar import monthrange
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from planfolio.analyse.status import Status
from planfolio.model.kinds.role import RoleStatus
from planfolio.model.plan import grouped
from planfolio.portfolio.role import PortfolioRole
from planfolio.portfolio.section_lists import due_order

if TYPE_CHECKING:
    from datetime import date

    from planfolio.model.values.dates import PlanDate
    from planfolio.portfolio.goal import PortfolioGoal
    from planfolio.portfolio.record import PortfolioRecord
    from planfolio.portfolio.records import PortfolioRecords
    from planfolio.portfolio.role import PortfolioRequirement
    from planfolio.portfolio.skill import PortfolioSkill

RUNGS = (3, 12, 36, 60, 120)
"""The rungs of the ladder, in months after the day of the numbers."""

SOON = timedelta(days=60)
"""How long before its day a decision is soon to be taken."""

_OVER = (Status.DONE, Status.ENDED, Status.DROPPED)


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

    record: PortfolioRecord[Any]
    by: PlanDate
    overdue: bool
    soon: bool


class ComparedSkill(NamedTuple):
    """A skill, and what each of the compared roles requires of it; None where one does not."""

    skill: PortfolioSkill
    requirements: tuple[PortfolioRequirement | None, ...]

    @property
    def gaps(self) -> tuple[PortfolioRequirement, ...]:
        """The requirements that are not known to be met."""
        return tuple(r for r in self.requirements if r is not None and not r.met)

    @property
    def raises_several(self) -> bool:
        """Whether closing its gap would bring one nearer to more than one role."""
        return len(self.gaps) > 1

    @property
    def gain(self) -> Fraction:
        """What closing its gaps adds to readiness, in all roles together."""
        return sum((r.gain or Fraction(0) for r in self.gaps), Fraction(0))


def ladder(portfolio: PortfolioRecords) -> tuple[Rung, ...]:
    """Return the goals that are not finished by the rung on which their due day lies.

    A part of a goal that is due no later stands on the page of that goal, unless it has a horizon
    of its own or the goal lies on another rung; directions without a horizon have no rung.
    """
    as_of = portfolio.as_of

    def is_shown(goal: PortfolioGoal, rung: tuple[int | None, bool]) -> bool:
        beside = goal.parent is not None and rung_of(goal.parent, as_of=as_of) == rung
        return not (goal.status in _OVER or goal.is_endless or (beside and goal.horizon is None))

    placed = ((rung_of(goal, as_of=as_of), goal) for goal in portfolio.goals)
    found = grouped((rung, goal) for rung, goal in placed if is_shown(goal, rung))
    rungs: list[tuple[int | None, bool]] = [(months, True) for months in RUNGS]
    return tuple(
        Rung(months, dated, tuple(sorted(found.get((months, dated), ()), key=due_order)))
        for months, dated in (*rungs, (None, True), (None, False))
        if months is not None or (months, dated) in found
    )


def open_decisions(portfolio: PortfolioRecords) -> tuple[OpenDecision, ...]:
    """Return what is still to be decided, the first day first."""
    found: list[tuple[PortfolioRecord[Any], PlanDate | None]] = [
        *((goal, goal.to_decide_by) for goal in portfolio.goals),
        *((one, one.to_decide_by) for one in portfolio.opportunities),
        *((one, one.register_by) for one in portfolio.resources),
    ]
    decisions = [
        OpenDecision(record, by, by.last < portfolio.as_of, by.last <= portfolio.as_of + SOON)
        for record, by in found
        if by is not None
    ]
    return tuple(sorted(decisions, key=lambda d: (d.by.last, d.record.key)))


def compared_roles(portfolio: PortfolioRecords) -> tuple[PortfolioRole, ...]:
    """Return the roles that are aimed at and then those considered, if they require skills."""
    roles = portfolio.all(PortfolioRole)
    considered = [role for role in roles if role.status is RoleStatus.CONSIDERING]
    return tuple(r for r in (*portfolio.target_roles, *considered) if r.required_count)


def compared_skills(portfolio: PortfolioRecords) -> tuple[ComparedSkill, ...]:
    """Return the skills that roles require: those with gaps to several first, then by gain."""
    roles = compared_roles(portfolio)
    requirements = [{r.skill.id: r for r in role.requirements} for role in roles]
    found = [
        ComparedSkill(portfolio.skills[id_], tuple(each.get(id_) for each in requirements))
        for id_ in dict.fromkeys(id_ for each in requirements for id_ in each)
    ]
    return tuple(sorted(found, key=lambda c: (-len(c.gaps), -c.gain, c.skill.title, c.skill.id)))


def rung_of(step: PortfolioRecord[Any], *, as_of: date) -> tuple[int | None, bool]:
    """Return the rung that a due day lies on, and whether there is one: None lies beyond all."""
    if step.due is None:
        return None, False
    due = step.due.last
    return next((months for months in RUNGS if due <= _months_later(as_of, months)), None), True


def _months_later(day: date, months: int) -> date:
    """Return the same day some months later, the last of its month where that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))
