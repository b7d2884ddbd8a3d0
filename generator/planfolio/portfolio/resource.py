"""A course, a book or the like as pages show it: when it takes place, and its registration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.analyse.results import INACTIVE, Status
from planfolio.model.kinds.resource import ResourceFields
from planfolio.portfolio.steps import PortfolioStep

if TYPE_CHECKING:
    from planfolio.model.values.dates import PlanDate, Window


class PortfolioResource(PortfolioStep[ResourceFields]):
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
