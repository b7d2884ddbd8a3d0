"""The records of the plan as its pages list them."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from planfolio.analyse.status import Status
from planfolio.model.kinds.role import RoleStatus
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.linked_record import LinkedRecord, PortfolioEvent
from planfolio.portfolio.other_kinds import (
    PortfolioAchievement,
    PortfolioOpportunity,
    PortfolioPerson,
)
from planfolio.portfolio.record import PlanView, PortfolioRecord
from planfolio.portfolio.review import PortfolioProfile, PortfolioReview, past_reviews
from planfolio.portfolio.role import PortfolioNeed, PortfolioRole
from planfolio.portfolio.skill import PortfolioSkill
from planfolio.portfolio.steps import PortfolioMilestone, PortfolioResource, PortfolioStep

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planfolio.model.references import Key

_CLASSES: Mapping[str, type[PortfolioRecord]] = {
    class_.kind_name: class_
    for class_ in (
        PortfolioProfile,
        PortfolioSkill,
        PortfolioRole,
        PortfolioGoal,
        PortfolioMilestone,
        PortfolioReview,
        PortfolioResource,
        PortfolioPerson,
        PortfolioOpportunity,
        PortfolioAchievement,
    )
}
"""What a kind has beyond the fields of its records; any other has those, and numbers as a step."""


class PortfolioRecords(PlanView):
    """All records that one audience may see, in their lists."""

    def _class_of(self, key: Key) -> type[PortfolioRecord]:
        any_kind = PortfolioStep if key in self.analysis.steps else LinkedRecord
        return _CLASSES.get(key.kind, any_kind)

    def goal(self, id_: str | None) -> PortfolioGoal | None:
        """Return a goal by its id."""
        return self.get(PortfolioGoal, id_)

    def role(self, id_: str | None) -> PortfolioRole | None:
        """Return a role by its id."""
        return self.get(PortfolioRole, id_)

    @cached_property
    def profile(self) -> PortfolioProfile | None:
        """The profile, if there is one."""
        return next(iter(self.all(PortfolioProfile)), None)

    @cached_property
    def skills(self) -> Mapping[str, PortfolioSkill]:
        """The skills by id, those that only a role requires included."""
        return {skill.id: skill for skill in self.all(PortfolioSkill)}

    @cached_property
    def milestones(self) -> Mapping[str, PortfolioMilestone]:
        """The milestones by id."""
        return {milestone.id: milestone for milestone in self.all(PortfolioMilestone)}

    @cached_property
    def goals(self) -> tuple[PortfolioGoal, ...]:
        """The goals: those that need attention first, then by due day."""
        return self.listed(PortfolioGoal)

    @cached_property
    def goals_needing_attention(self) -> tuple[PortfolioGoal, ...]:
        """The goals that are late, off track or at risk, the worst first."""
        return tuple(goal for goal in self.goals if goal.needs_attention)

    @cached_property
    def goals_at_rest(self) -> tuple[PortfolioGoal, ...]:
        """The goals that are done, ended, paused, dropped or drafts."""
        return tuple(goal for goal in self.goals if goal.at_rest)

    @cached_property
    def active_goals(self) -> tuple[PortfolioGoal, ...]:
        """The goals that are not at rest, those that need attention first."""
        return tuple(goal for goal in self.goals if not goal.at_rest)

    @cached_property
    def far_goals(self) -> tuple[PortfolioGoal, ...]:
        """The goals with a horizon that are not finished, the nearest first."""
        finished = (Status.DONE, Status.ENDED, Status.DROPPED)
        far = (g for g in self.goals if g.horizon is not None and g.status not in finished)
        return tuple(sorted(far, key=lambda goal: (goal._due_day, goal.id)))

    @cached_property
    def directions(self) -> tuple[PortfolioGoal, ...]:
        """The directions without a horizon."""
        return tuple(goal for goal in self.all(PortfolioGoal) if goal.is_endless)

    @cached_property
    def rated_skills(self) -> int:
        """How many skills have a level."""
        return sum(1 for skill in self.skills.values() if skill.level is not None)

    @cached_property
    def strongest_skills(self) -> tuple[PortfolioSkill, ...]:
        """The skills that have a level, the highest on its scale first, by title among equals."""
        rated = (skill for skill in self.skills.values() if skill.level is not None)
        return tuple(sorted(rated, key=_highest_first))

    @cached_property
    def skills_without_evidence(self) -> tuple[PortfolioSkill, ...]:
        """The skills whose level nothing shows, the highest level first."""
        found = (skill for skill in self.skills.values() if skill.lacks_evidence)
        return tuple(sorted(found, key=_highest_first))

    @cached_property
    def skills_with_evidence(self) -> int:
        """How many skills have evidence."""
        return sum(1 for skill in self.skills.values() if skill.newest_evidence is not None)

    @cached_property
    def target_roles(self) -> tuple[PortfolioRole, ...]:
        """The roles that are aimed at: the plan's own first, then by due day."""

        own = self.settings.plan.role
        roles = (r for r in self.all(PortfolioRole) if r.status is RoleStatus.TARGET)
        return tuple(sorted(roles, key=lambda role: (role.id != own, role._due_day, role.id)))

    @cached_property
    def other_roles(self) -> tuple[PortfolioRole, ...]:
        """The roles that are considered or dropped."""
        return tuple(r for r in self.all(PortfolioRole) if r.status is not RoleStatus.TARGET)

    @cached_property
    def needs(self) -> tuple[PortfolioNeed, ...]:
        """The needs of the target roles by type, those without a type last."""
        needs = [need for role in self.target_roles for need in role.needs]
        return tuple(sorted(needs, key=lambda need: (need.need is None, str(need.need or ""))))

    @cached_property
    def needs_without_plan(self) -> tuple[PortfolioNeed, ...]:
        """The needs of the target roles that are neither met nor answered by a step."""
        return tuple(need for role in self.target_roles for need in role.needs_without_plan)

    @cached_property
    def resources(self) -> tuple[PortfolioResource, ...]:
        """The courses, books, conferences and the like: the open ones first, then by day."""
        return self.listed(PortfolioResource)

    @cached_property
    def people(self) -> tuple[PortfolioPerson, ...]:
        """The people, those whom one meets next first."""
        return self.listed(PortfolioPerson)

    @cached_property
    def opportunities(self) -> tuple[PortfolioOpportunity, ...]:
        """The opportunities by their windows, the nearest first."""
        return self.listed(PortfolioOpportunity)

    @cached_property
    def reviews(self) -> tuple[PortfolioReview, ...]:
        """The reviews, the newest first."""
        return tuple(r for r in self.of("review") if isinstance(r, PortfolioReview))

    past_reviews = cached_property(past_reviews)

    @cached_property
    def achievements(self) -> tuple[PortfolioAchievement, ...]:
        """The achievements up to now, the newest first."""
        found = (r for r in self.of("achievement") if isinstance(r, PortfolioAchievement))
        return tuple(a for a in found if a.date is None or a.date.first <= self.as_of)

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
    def steps_reached(self) -> tuple[PortfolioRecord, ...]:
        """The goals, milestones and other steps that were finished on a known day, newest first."""
        return tuple(e.record for e in self.reached if isinstance(e.record, PortfolioStep))

    @cached_property
    def feed_events(self) -> tuple[PortfolioEvent, ...]:
        """What the feed announces, the newest first."""
        return tuple(event for event in self.events if event.source.feed)


def _highest_first(skill: PortfolioSkill) -> tuple[Fraction, str, str]:
    level = skill.level
    share = level.value / level.top if level is not None and level.top else Fraction(0)
    return -share, skill.title.casefold(), skill.id


def _newest_first(event: PortfolioEvent) -> tuple[int, str, str]:
    return -event.day.toordinal(), event.record.url, event.fragment
