"""A person as pages show them: what one meets about, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.model.kinds.person import PersonFields
from planfolio.model.plan import Key
from planfolio.portfolio.record import PortfolioRecord
from planfolio.portfolio.review import PortfolioReview
from planfolio.portfolio.sections import status_order

if TYPE_CHECKING:
    from datetime import date

    from planfolio.analyse.people import PersonNumbers
    from planfolio.portfolio.goal import PortfolioGoal


class PortfolioPerson(PortfolioRecord[PersonFields]):
    """A mentor, sponsor, manager, peer or coach."""

    __slots__ = ()

    @property
    def _numbers(self) -> PersonNumbers:
        return self._portfolio.analysis.people[self.id]

    @property
    def meetings(self) -> tuple[PortfolioReview, ...]:
        """The reviews with this person up to now, the newest first."""
        found = self._portfolio.find_all(Key("review", id_) for id_ in self._numbers.meetings)
        return tuple(record for record in found if isinstance(record, PortfolioReview))

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
        named = (self._portfolio.goal(e.source.id) for e in edges if e.loc == ("mentor",))
        return tuple(sorted(filter(None, named), key=status_order))

    @property
    def related(self) -> frozenset[Key]:
        """The records that its page links to."""
        shown = (*self.meetings, *self.guided_goals)
        return super().related | {record.key for record in shown}
