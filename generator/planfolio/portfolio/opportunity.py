"""An opportunity as pages show it: its window, and whether it is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.model.kinds.opportunity import OpportunityFields
from planfolio.portfolio.record import PortfolioRecord

if TYPE_CHECKING:
    from planfolio.model.values.dates import PlanDate, Window
    from planfolio.portfolio.role import PortfolioRole


class PortfolioOpportunity(PortfolioRecord[OpportunityFields]):
    """What may open one day: a job, a project, a change."""

    __slots__ = ()

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
        return self._portfolio.role(self._record.fields.role)
