"""An achievement as pages show it: what it changed, and which skills it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planfolio.model.kinds.achievement import AchievementFields
from planfolio.model.plan import Key
from planfolio.portfolio.record import PortfolioRecord

if TYPE_CHECKING:
    from planfolio.portfolio.goal import PortfolioGoal


class PortfolioAchievement(PortfolioRecord[AchievementFields]):
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
        return self._portfolio.find_all(Key("skill", id_) for id_ in self._record.fields.skills)

    @property
    def goal(self) -> PortfolioGoal | None:
        """The goal that it belongs to."""
        return self._portfolio.goal(self._record.fields.goal)

    @property
    def milestone(self) -> PortfolioRecord[Any] | None:
        """The milestone that it belongs to."""
        id_ = self._record.fields.milestone
        return self._portfolio.find(Key("milestone", id_)) if id_ is not None else None
