"""A person as pages show them: what one meets about, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.model.kinds.person import PersonFields
from planfolio.portfolio.record import PortfolioRecord

if TYPE_CHECKING:
    from datetime import date

    from planfolio.analyse.people import PersonNumbers
    from planfolio.model.plan import Key
    from planfolio.portfolio.goal import PortfolioGoal
    from planfolio.portfolio.review import PortfolioReview


class PortfolioPerson(PortfolioRecord[PersonFields]):
    """A mentor, sponsor, manager, peer or coach."""

    __slots__ = ()

    @property
    def _numbers(self) -> PersonNumbers:
        return self._portfolio.analysis.people[self.id]

    @property
    def meetings(self) -> tuple[PortfolioReview, ...]:
        """The reviews with this person up to now, the newest first."""
        by_id = {review.id: review for review in self._portfolio.reviews}
        return tuple(by_id[id_] for id_ in self._numbers.meetings)

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
        return tuple(g for g in self._portfolio.goals if g._record.fields.mentor == self.id)

    @property
    def related(self) -> frozenset[Key]:
        """The records that its page links to."""
        shown = (*self.meetings, *self.guided_goals)
        return super().related | {record.key for record in shown}
