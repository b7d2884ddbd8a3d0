"""Achievements, people and opportunities as pages show them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from planfolio.model.kinds.achievement import AchievementFields
from planfolio.model.kinds.opportunity import OpportunityFields
from planfolio.model.kinds.person import PersonFields
from planfolio.model.references import Key
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.linked_record import LinkedRecord
from planfolio.portfolio.review import PortfolioReview
from planfolio.portfolio.role import PortfolioRole

if TYPE_CHECKING:
    from planfolio.analyse.history import PersonNumbers
    from planfolio.model.values.dates import PlanDate, Window
    from planfolio.portfolio.record import PortfolioRecord


class PortfolioAchievement(LinkedRecord[AchievementFields], kind="achievement"):
    """Something that was done and can be shown."""

    __slots__ = ()

    @property
    def year(self) -> int | None:
        """The year in which it was done."""
        when = self._record.fields.date
        return when.first.year if when is not None else None

    @property
    def skills(self) -> tuple[PortfolioRecord[Any], ...]:
        """The skills that it shows."""
        skills = self._record.fields.skills
        return self._portfolio.find_all(Key("skill", id_) for id_ in skills)

    @property
    def goal(self) -> PortfolioGoal | None:
        """The goal that it belongs to."""
        return self._portfolio.get(PortfolioGoal, self._record.fields.goal)

    @property
    def milestone(self) -> PortfolioRecord[Any] | None:
        """The milestone that it belongs to."""
        id_ = self._record.fields.milestone
        return self._portfolio.find(Key("milestone", id_)) if id_ is not None else None


class PortfolioPerson(LinkedRecord[PersonFields], kind="person"):
    """A mentor, sponsor, manager, peer or coach."""

    __slots__ = ()

    @property
    def _list_order(self) -> tuple[date, str]:
        return self.next_meeting or date.max, self.id

    @property
    def _numbers(self) -> PersonNumbers:
        return self._portfolio.analysis.people[self.id]

    @property
    def meetings(self) -> tuple[PortfolioReview, ...]:
        """The reviews with this person up to now, the newest first."""
        keys = (Key("review", id_) for id_ in self._numbers.meetings)
        return self._portfolio.get_all(PortfolioReview, keys)

    @property
    def last_met(self) -> date | None:
        """The day of the last review with this person."""
        return self._numbers.last_met

    @property
    def next_meeting(self) -> date | None:
        """When the next meeting is due: the last one and the agreed time; None without both."""
        return self._numbers.next_meeting

    @property
    def overdue_days(self) -> int | None:
        """The days since the next meeting was due, if that has passed."""
        due, as_of = self.next_meeting, self._portfolio.as_of
        return (as_of - due).days if due is not None and due < as_of else None

    @property
    def guided_goals(self) -> tuple[PortfolioGoal, ...]:
        """The goals that name this person as their mentor, those that need attention first."""
        edges = self._portfolio.plan.links_to.get(self.key, ())
        named = (edge.source for edge in edges if edge.loc == ("mentor",))
        goals = self._portfolio.get_all(PortfolioGoal, named)
        return tuple(sorted(goals, key=lambda goal: goal._list_order))

    @property
    def related(self) -> frozenset[Key]:
        """The records that its page links to."""
        shown = (*self.meetings, *self.guided_goals)
        return super().related | {record.key for record in shown}


class PortfolioOpportunity(LinkedRecord[OpportunityFields], kind="opportunity"):
    """What may open one day: a job, a project, a change."""

    __slots__ = ()

    @property
    def _list_order(self) -> tuple[date, str]:
        return self.start.first if self.start else date.max, self.id

    @property
    def window(self) -> Window | None:
        """The window in which it may be taken, from its `start` to its `due`."""
        return self._record.fields.when

    @property
    def window_passed(self) -> bool:
        """Whether the window is over."""
        return self.window is not None and self.window.due.last < self._portfolio.as_of

    @property
    def window_open(self) -> bool:
        """Whether today lies in the window."""
        window, as_of = self.window, self._portfolio.as_of
        return window is not None and window.start.first <= as_of <= window.due.last

    @property
    def is_decided(self) -> bool:
        """Whether a decision is written down."""
        return self._record.fields.decision is not None

    @property
    def to_decide_by(self) -> PlanDate | None:
        """The day by which it is decided, as long as it is not."""
        return None if self.is_decided else self._record.fields.decide_by

    @property
    def decision_overdue(self) -> bool:
        """Whether the day or the window passed without a decision."""
        by, as_of = self.to_decide_by, self._portfolio.as_of
        late = by is not None and by.last < as_of
        return not self.is_decided and (late or self.window_passed)

    @property
    def role(self) -> PortfolioRole | None:
        """The role that it would lead to."""
        return self._portfolio.get(PortfolioRole, self._record.fields.role)
