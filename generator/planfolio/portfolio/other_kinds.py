"""The profile, achievements, people and opportunities as pages show them."""

from datetime import date
from enum import StrEnum

from planfolio.analyse.history import PersonNumbers
from planfolio.model.kinds.achievement import AchievementFields
from planfolio.model.kinds.opportunity import OpportunityFields
from planfolio.model.kinds.person import PersonFields
from planfolio.model.kinds.profile import ProfileFields
from planfolio.model.references import Key
from planfolio.model.values.dates import PlanDate
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.linked_record import LinkedRecord
from planfolio.portfolio.record import PortfolioRecord
from planfolio.portfolio.review import PortfolioReview
from planfolio.portfolio.role import PortfolioRole
from planfolio.portfolio.steps import PortfolioMilestone


class PortfolioProfile(LinkedRecord, kind="profile"):
    """The profile: who the plan is about."""

    _written: ProfileFields


class PortfolioAchievement(LinkedRecord, kind="achievement"):
    """Something that was done and can be shown."""

    _written: AchievementFields

    @property
    def year(self) -> int | None:
        """The year in which it was done."""
        when = self._written.date
        return when.first.year if when is not None else None

    @property
    def skills(self) -> tuple[PortfolioRecord, ...]:
        """The skills that it shows."""
        skills = self._written.skills
        return self._portfolio.records_with(Key("skill", id_) for id_ in skills)

    @property
    def goal(self) -> PortfolioGoal | None:
        """The goal that it belongs to."""
        return self._portfolio.typed_record(PortfolioGoal, self._written.goal)

    @property
    def milestone(self) -> PortfolioMilestone | None:
        """The milestone that it belongs to."""
        return self._portfolio.typed_record(PortfolioMilestone, self._written.milestone)


class PortfolioPerson(LinkedRecord, kind="person"):
    """A mentor, sponsor, manager, peer or coach."""

    numbers: PersonNumbers
    _written: PersonFields

    @property
    def _list_order(self) -> tuple[date]:
        return (self.next_meeting or date.max,)

    @property
    def meetings(self) -> tuple[PortfolioReview, ...]:
        """The reviews with this person up to now, the newest first."""
        keys = (Key("review", id_) for id_ in self.numbers.meetings)
        return self._portfolio.typed_records(PortfolioReview, keys)

    @property
    def overdue_days(self) -> int | None:
        """The days since the next meeting was due, if that has passed."""
        due, as_of = self.next_meeting, self._portfolio.as_of
        return (as_of - due).days if due is not None and due < as_of else None

    @property
    def guided_goals(self) -> tuple[PortfolioGoal, ...]:
        """The goals that name this person as their mentor, those that need attention first."""
        edges = self._portfolio.plan.edges_to.get(self.key, ())
        named = (edge.source for edge in edges if edge.loc == ("mentor",))
        goals = self._portfolio.typed_records(PortfolioGoal, named)
        return tuple(sorted(goals, key=lambda goal: goal._list_order))

    @property
    def _related(self) -> frozenset[Key]:
        shown = (*self.meetings, *self.guided_goals)
        return super()._related | {record.key for record in shown}


class DecisionState(StrEnum):
    """How far the decision about an opportunity is."""

    DECIDED = "decided"
    OVERDUE = "overdue"
    WINDOW_OPEN = "window-open"
    TO_DECIDE = "to-decide"


class PortfolioOpportunity(LinkedRecord, kind="opportunity"):
    """What may open one day: a job, a project, a change."""

    _written: OpportunityFields

    @property
    def _list_order(self) -> tuple[date]:
        return (self.start.first if self.start else date.max,)

    @property
    def to_decide_by(self) -> PlanDate | None:
        """The day by which it is decided, as long as it is not."""
        return self._written.decide_by if self._written.decision is None else None

    @property
    def state(self) -> DecisionState:
        """Whether it is decided, and if not, whether its day or window has passed, or is open."""
        as_of, by, window = self._portfolio.as_of, self.to_decide_by, self._written.when
        if self._written.decision is not None:
            return DecisionState.DECIDED
        if (by and by.last < as_of) or (window and window.due.last < as_of):
            return DecisionState.OVERDUE
        is_open = window is not None and window.start.first <= as_of
        return DecisionState.WINDOW_OPEN if is_open else DecisionState.TO_DECIDE

    @property
    def role(self) -> PortfolioRole | None:
        """The role that it would lead to."""
        return self._portfolio.typed_record(PortfolioRole, self._written.role)
