"""Reviews and the profile as pages show them."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from planfolio.markdown.task_marks import TaskState, read_mark
from planfolio.model.kinds.profile import ProfileFields
from planfolio.model.kinds.review import ReviewFields
from planfolio.model.references import Key
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.hindsight import ReviewDay, review_day
from planfolio.portfolio.levels import SkillLevels, skill_levels
from planfolio.portfolio.linked_record import LinkedRecord
from planfolio.portfolio.record import PlanView
from planfolio.portfolio.skill import PortfolioSkill


class ReviewItem(NamedTuple):
    """Something to do that a review wrote down; `done` is None for text without a box.

    One that is `cancelled` is neither done nor to do. `later` is the newest review that writes it
    down again, and then the box is that of the later one.
    """

    text: str
    done: bool | None = None
    cancelled: bool = False
    later: "PortfolioReview | None" = None


class PortfolioReview(LinkedRecord, kind="review", fields=ReviewFields):
    """A review."""

    _written: ReviewFields

    @property
    def goal_values(self) -> tuple[tuple[PortfolioGoal, Fraction], ...]:
        """The values of metrics that it measured, each with its goal."""
        return self._goals(self._written.metrics)

    @property
    def goal_confidence(self) -> tuple[tuple[PortfolioGoal, Fraction], ...]:
        """The goals in which it states a confidence, from 1 to 10."""
        return self._goals(self._written.confidence)

    def _goals(self, values: dict[str, Fraction]) -> tuple[tuple[PortfolioGoal, Fraction], ...]:
        portfolio = self._portfolio
        found = (
            (portfolio.typed_record(PortfolioGoal, name), value) for name, value in values.items()
        )
        return tuple((goal, value) for goal, value in found if goal is not None)

    @property
    def skill_levels(self) -> tuple[tuple[PortfolioSkill, SkillLevels], ...]:
        """The skills that it rated, each with its level."""
        return tuple(
            (skill, skill_levels(skill.scale, level.number))
            for name, level in self._written.levels.items()
            if (skill := self._portfolio.typed_record(PortfolioSkill, name)) is not None
        )

    @property
    def next_items(self) -> tuple[ReviewItem, ...]:
        """What it wrote down to do next, and what came of it."""
        found = []
        newest = self._portfolio.cached(_newest_items)
        for item in _written_items(self):
            later, again = newest.get(item.text, (self, item))
            carried = later.id != self.id and not (item.done or item.cancelled)
            found.append(again._replace(later=later) if carried else item)
        return tuple(found)

    @property
    def next_open(self) -> tuple[ReviewItem, ...]:
        """Those that are neither done nor cancelled."""
        return tuple(i for i in self.next_items if not (i.done or i.cancelled))

    @cached_property
    def known(self) -> ReviewDay | None:
        """What was known on its day; None without a day, or for one that is to come."""
        return review_day(self)

    @property
    def _related(self) -> frozenset[Key]:
        """The records that its page links to."""
        return super()._related | {record.key for record in self.neighbours if record is not None}


class PortfolioProfile(LinkedRecord, kind="profile", fields=ProfileFields):
    """The profile: who the plan is about."""

    __slots__ = ()

    _written: ProfileFields


def past_reviews(portfolio: PlanView) -> tuple[PortfolioReview, ...]:
    """Return the reviews up to now, the newest first."""
    reviews = portfolio.in_list_order(PortfolioReview)
    return tuple(r for r in reviews if r.date is not None and r.date.first <= portfolio.as_of)


def _newest_items(portfolio: PlanView) -> Mapping[str, tuple[PortfolioReview, ReviewItem]]:
    """Return what reviews wrote down to do, by its text: in the newest that has it."""
    found: dict[str, tuple[PortfolioReview, ReviewItem]] = {}
    for review in past_reviews(portfolio):
        for item in _written_items(review):
            found.setdefault(item.text, (review, item))
    return found


def _written_items(review: PortfolioReview) -> list[ReviewItem]:
    """Return what a review wrote down to do next, as it was written."""
    return [_item(text) for text in review.next]


def _item(text: str) -> ReviewItem:
    state, text = read_mark(text)
    if state is None:
        return ReviewItem(text)
    return ReviewItem(text, state is TaskState.DONE, state is TaskState.CANCELLED)
