"""What lies behind: what happened and was reached, what moved, rested or was given up."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from planfolio.portfolio.achievement import PortfolioAchievement
from planfolio.portfolio.meeting import questions, since_last_review
from planfolio.portfolio.outlook import PortfolioOutlook
from planfolio.portfolio.sections import (
    Interruption,
    MovedDeadline,
    NextReview,
    RecordGroup,
    interruptions,
    moved_deadlines,
    next_review,
)
from planfolio.portfolio.steps import PortfolioStep

if TYPE_CHECKING:
    from planfolio.portfolio.events import PortfolioEvent
    from planfolio.portfolio.goal import PortfolioGoal
    from planfolio.portfolio.meeting import Question, SinceReview
    from planfolio.portfolio.record import PortfolioRecord


class PortfolioHistory(PortfolioOutlook):
    """The records of the plan, what lies ahead, and what has happened up to now."""

    @cached_property
    def events(self) -> tuple[PortfolioEvent, ...]:
        """What happened up to now and is announced, the newest first."""
        found = (event for record in self.records.values() for event in record.events)
        return tuple(sorted((event for event in found if event.happened), key=_newest_first))

    @cached_property
    def reached(self) -> tuple[PortfolioEvent, ...]:
        """What was reached: goals done, milestones, achievements and the like, the newest first."""
        return tuple(event for event in self.events if event.source.achievement)

    @cached_property
    def steps_reached(self) -> tuple[PortfolioRecord[Any], ...]:
        """The goals, milestones and other steps that were finished on a known day, newest first."""
        return tuple(e.record for e in self.reached if isinstance(e.record, PortfolioStep))

    @cached_property
    def achievements(self) -> tuple[PortfolioAchievement, ...]:
        """The achievements up to now, the newest first."""
        found = (r for r in self.of("achievement") if isinstance(r, PortfolioAchievement))
        return tuple(a for a in found if a.date is None or a.date.first <= self.as_of)

    @cached_property
    def achievements_by_year(self) -> tuple[RecordGroup, ...]:
        """The achievements by year, the newest first; those without a date last."""
        groups: dict[str, list[PortfolioAchievement]] = {}
        for achievement in self.achievements:
            groups.setdefault(str(achievement.year or ""), []).append(achievement)
        return tuple(RecordGroup(year, tuple(found)) for year, found in groups.items())

    @cached_property
    def achievements_by_skill(self) -> tuple[tuple[PortfolioRecord[Any], RecordGroup], ...]:
        """The skills that achievements show, by title, each with its achievements."""
        found: dict[str, list[PortfolioAchievement]] = {}
        for achievement in self.achievements:
            for skill in achievement.skills:
                found.setdefault(skill.id, []).append(achievement)
        groups = ((self.skills[id_], RecordGroup(id_, tuple(own))) for id_, own in found.items())
        return tuple(sorted(groups, key=lambda g: (g[0].title.casefold(), g[0].id)))

    @cached_property
    def parents(self) -> tuple[PortfolioGoal, ...]:
        """The goals that have parts and are not at rest, those that need attention first."""
        return tuple(goal for goal in self.goals if goal.children and not goal.at_rest)

    @cached_property
    def interruptions(self) -> tuple[Interruption, ...]:
        """The pauses that have begun, and the steps that were dropped, the newest first."""
        return interruptions(self)

    @cached_property
    def moved_deadlines(self) -> tuple[MovedDeadline, ...]:
        """The deadlines that were moved, the newest first."""
        return moved_deadlines(self)

    @cached_property
    def next_review(self) -> NextReview | None:
        """When the next review is; None where neither a review nor site.toml says so."""
        return next_review(self)

    @cached_property
    def since_last_review(self) -> SinceReview:
        """What has changed since the last review, or in the last 30 days without one."""
        return since_last_review(self)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What the findings ask of the goals and the target roles; of goals at rest nothing."""
        return questions(self)


def _newest_first(event: PortfolioEvent) -> tuple[int, str, str]:
    return -event.day.toordinal(), event.record.url, event.fragment
