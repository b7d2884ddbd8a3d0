"""Reviews as pages show them: what they say, what was known on their day, what came of them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from planfolio.analyse.goals import GoalNumbers
from planfolio.analyse.hindsight import goals_known_on, roles_known_on
from planfolio.analyse.measures import Measure
from planfolio.analyse.roles import Interval
from planfolio.analyse.status import WORST_FIRST, Status
from planfolio.markdown.task_marks import TaskState, read_mark
from planfolio.model.kinds.review import ReviewFields
from planfolio.model.references import Key
from planfolio.portfolio.goal import PortfolioGoal
from planfolio.portfolio.levels import SkillLevel, SkillLevels, level_on, skill_levels
from planfolio.portfolio.linked_record import LinkedRecord
from planfolio.portfolio.record import PlanView
from planfolio.portfolio.role import PortfolioRole
from planfolio.portfolio.role_lists import target_roles
from planfolio.portfolio.skill import PortfolioSkill

_PAST_OR_TO_COME = (Status.PLANNED, Status.DRAFT, Status.DROPPED, Status.ENDED, Status.DONE)
_MOST = 50
"""The most goals that are listed as worked on; nobody would read a longer list."""

_MOST_ROLES = 5

_BY_PACE = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.DONE)


class ReviewItem(NamedTuple):
    """Something to do that a review wrote down; `done` is None for text without a box.

    One that is `cancelled` is neither done nor to do. `later` is the newest review that writes it
    down again, and then the box is that of the later one.
    """

    text: str
    done: bool | None = None
    cancelled: bool = False
    later: "PortfolioReview | None" = None


class KnownGoal(NamedTuple):
    """The status, the progress (0 to 1) and the value of a goal as of a day; None is unknown."""

    goal: PortfolioGoal
    status: Status
    progress: Fraction | None
    value: Fraction | None


class KnownRole(NamedTuple):
    """The readiness for a role as of a day."""

    role: PortfolioRole
    readiness: Interval | None

    @property
    def is_known(self) -> bool:
        """Whether anything is known of it: it is not the whole range from 0 to 1."""
        return self.readiness is not None and (self.readiness.low > 0 or self.readiness.high < 1)


class KnownSkill(NamedTuple):
    """The level of a skill as of a day; None is unrated."""

    skill: PortfolioSkill
    level: SkillLevel | None


class ReviewDay(NamedTuple):
    """What was known on the day of a review.

    `goals` are those that the review names, and those that were worked on or were finished since
    the review before it, the most urgent first; where these may be more than 50, only those that
    it names. `roles` are those that are aimed at, five at most, and `skills` what they require.
    """

    day: date
    goals: tuple[KnownGoal, ...]
    roles: tuple[KnownRole, ...]
    skills: tuple[KnownSkill, ...]

    @property
    def status_counts(self) -> Mapping[Status, int]:
        """How many goals had each status, the most urgent first."""
        return Counter(goal.status for goal in self.goals)


class PortfolioReview(LinkedRecord, kind="review"):
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
        return _known_on_day_of(self)

    @property
    def _related(self) -> frozenset[Key]:
        return super()._related | {record.key for record in self.neighbours if record is not None}


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
    done, cancelled = TaskState.DONE, TaskState.CANCELLED
    return [
        ReviewItem(text, None if state is None else state is done, state is cancelled)
        for state, text in map(read_mark, review.next)
    ]


def _known_on_day_of(review: PortfolioReview) -> ReviewDay | None:
    """Return what was known on the day of a review; None without a day, or for one to come."""
    portfolio, when = review._portfolio, review.date
    if when is None or when.first > portfolio.as_of:
        return None
    day = min(when.last, portfolio.as_of)
    before, _ = review.neighbours
    roles = portfolio.cached(target_roles)[:_MOST_ROLES]
    known_roles, known_skills = roles_known_on(
        day,
        [role._record for role in roles],
        plan=portfolio.plan,
        undated=day == portfolio.as_of,
    )
    levels = (
        KnownSkill(skill, level_on(skill.scale, numbers.level))
        for id_, numbers in known_skills.items()
        if (skill := portfolio.typed_record(PortfolioSkill, id_)) is not None
    )
    return ReviewDay(
        day=day,
        goals=known_goals(
            day,
            portfolio=portfolio,
            since=before.date.last if before is not None and before.date else None,
            named=review.metrics.keys() | review.confidence.keys(),
            at_most=_MOST,
        ),
        roles=tuple(KnownRole(role, known_roles[role.id].readiness) for role in roles),
        skills=tuple(sorted(levels, key=lambda known: (known.skill.title, known.skill.id))),
    )


def known_goals(
    day: date,
    *,
    portfolio: PlanView,
    since: date | None,
    named: AbstractSet[str] = frozenset(),
    at_most: int | None = None,
) -> tuple[KnownGoal, ...]:
    """Return what was known on a day of the goals in `named` and of those that were worked on.

    Those that were finished up to the day `since` are left out, and all but those in `named` where
    more than `at_most` may have been worked on.
    """
    goals = {goal.id: goal for goal in portfolio.in_plan_order(PortfolioGoal)}
    named = named & goals.keys()
    most = at_most + 1 if at_most is not None else None
    alive = set(islice(_alive(portfolio, since=since, day=day), most))
    included = named if most is not None and len(alive) == most else named | alive
    numbers = goals_known_on(
        day,
        [goals[id_]._record for id_ in sorted(included)],
        plan=portfolio.plan,
        undated=included if day < portfolio.as_of else (),
    )
    found = []
    for id_ in included:
        own = numbers[id_]
        finished = own.done_on is not None and (since is None or own.done_on > since)
        if id_ in named or finished or own.status not in _PAST_OR_TO_COME:
            known = day == portfolio.as_of or not _by_ticks(own, numbers)
            found.append(
                KnownGoal(
                    goal=goals[id_],
                    status=own.status if known else Status.UNKNOWN,
                    progress=own.progress if known else None,
                    value=own.current.value if own.current is not None else None,
                )
            )
    return tuple(sorted(found, key=lambda k: (WORST_FIRST.index(k.status), k.goal.id)))


def _alive(portfolio: PlanView, *, since: date | None, day: date) -> Iterator[str]:
    """Yield the goals that may have been worked on between two days, by what is known now."""
    for id_, goal in portfolio.plan.goals.items():
        numbers = portfolio.analysis.goals[id_]
        over = numbers.done_on or (numbers.reason.on if numbers.status is Status.DROPPED else None)
        begun = goal.start is None or goal.start.first <= day
        if begun and (over is None or since is None or over > since):
            yield id_


def _by_ticks(numbers: GoalNumbers, all_numbers: Mapping[str, GoalNumbers]) -> bool:
    """Return whether a status follows from the ticks of a checklist, which have no date."""
    part = all_numbers.get(numbers.reason.part or "", numbers)
    deciding = part.deciding_measure
    return (
        deciding is not None
        and deciding.measure is Measure.CHECKLIST
        and part.done_on is None
        and numbers.status in _BY_PACE
    )
