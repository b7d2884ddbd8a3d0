"""Steps that are neither goals nor milestones, as pages show them: courses, books and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from planfolio.analyse.results import INACTIVE, Status
from planfolio.model.kinds.fields import Fields
from planfolio.model.kinds.resource import ResourceFields
from planfolio.portfolio.record import PortfolioRecord
from planfolio.portfolio.steps import raises_of

if TYPE_CHECKING:
    from datetime import date

    from planfolio.analyse.results import StepNumbers
    from planfolio.model.values.dates import PlanDate, Window
    from planfolio.portfolio.goal import PortfolioGoal
    from planfolio.portfolio.role import PortfolioNeed
    from planfolio.portfolio.steps import PortfolioRaise

F_co = TypeVar("F_co", bound=Fields, covariant=True)


class PortfolioOtherStep(PortfolioRecord[F_co]):
    """A record of any other kind that raises skills or answers needs."""

    __slots__ = ()

    @property
    def _numbers(self) -> StepNumbers:
        return self._portfolio.analysis.steps[self.key]

    @property
    def status(self) -> Status:
        """The status: planned, started, open, late, done, dropped, or that of its goal at rest."""
        return self._numbers.status

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done, and its goal too."""
        return self._numbers.open

    @property
    def done_on(self) -> date | None:
        """The day on which it was done, if that is known."""
        return self._numbers.done_on

    @property
    def late_days(self) -> int | None:
        """The days since its due day, where it is late."""
        return self._numbers.late_days

    @property
    def goal(self) -> PortfolioGoal | None:
        """The goal that it belongs to."""
        return self._portfolio.goal(getattr(self._record.fields, "goal", None))

    @property
    def raises(self) -> tuple[PortfolioRaise, ...]:
        """The skills that it raises, and what that does for the role."""
        role = self.goal.role if self.goal else None
        return raises_of((self,), role=role, portfolio=self._portfolio)

    @property
    def answered_needs(self) -> tuple[PortfolioNeed, ...]:
        """The needs of roles that it answers."""
        return self._portfolio.needs_answered_by(self.key)


class PortfolioResource(PortfolioOtherStep[ResourceFields]):
    """A course, a book, a conference or another resource."""

    __slots__ = ()

    @property
    def takes_place(self) -> Window | None:
        """When it takes place, or is meant to be done, unless nothing is to come of it."""
        return self._record.fields.when if self.status not in INACTIVE else None

    @property
    def register_by(self) -> PlanDate | None:
        """The last day to register, as long as it is neither begun nor over."""
        waits = self.is_open and self.status is not Status.STARTED
        return self._record.fields.decide_by if waits else None

    @property
    def registration_passed(self) -> bool:
        """Whether that day has passed."""
        return self.register_by is not None and self.register_by.last < self._portfolio.as_of
