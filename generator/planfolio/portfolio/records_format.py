"""The format of plan.json: what it holds of resources, people, opportunities and reviews.

Days that are known to a month or a quarter are their first day where something began or happened,
and their last where it ends or is due.
"""

from __future__ import annotations

from typing_extensions import TypedDict

from planfolio.analyse.results import Status  # noqa: TC001
from planfolio.model.kinds.opportunity import Likelihood, OpportunityKind  # noqa: TC001
from planfolio.model.kinds.person import Relation  # noqa: TC001
from planfolio.model.kinds.resource import ResourceKind  # noqa: TC001
from planfolio.model.kinds.review import ReviewKind  # noqa: TC001


class RecordExport(TypedDict):
    """A record of any kind; `url` is that of its page."""

    id: str
    title: str
    url: str


class IntervalExport(TypedDict):
    """A share that is known to lie between two."""

    low: float
    high: float


class MoneyExport(TypedDict):
    """An amount of money."""

    amount: float
    currency: str


class ResourceExport(RecordExport):
    """A course, a book or the like; `effort` is in hours.

    `raises` has the level to which it raises each skill, null for as far as the role asks.
    `answers` are needs, as `ROLE/NEED`. `late_days` are those since its time ended, where it is
    still open.
    """

    kind: ResourceKind | None
    link: str | None
    author: str | None
    status: Status
    goal: str | None
    start: str | None
    due: str | None
    done: str | None
    late_days: int | None
    decide_by: str | None
    effort: float | None
    cost: MoneyExport | None
    raises: dict[str, float | None]
    answers: list[str]


class PersonExport(RecordExport):
    """A person; `meetings` are the ids of the reviews with them up to now, the newest first.

    `meets` is the cadence as it is written, `next_meeting` the last one and that time.
    """

    relation: Relation | None
    topics: list[str]
    contact: str | None
    meets: str | None
    meetings: list[str]
    last_met: str | None
    next_meeting: str | None


class OpportunityExport(RecordExport):
    """An opportunity; its window is from `start` to `due`."""

    kind: OpportunityKind | None
    link: str | None
    start: str | None
    due: str | None
    role: str | None
    likelihood: Likelihood | None
    decide_by: str | None
    decision: str | None


class AchievementExport(RecordExport):
    """An achievement, with the skills, the goal and the milestone by their ids."""

    link: str | None
    date: str | None
    skills: list[str]
    impact: str | None
    goal: str | None
    milestone: str | None


class KnownGoalExport(TypedDict):
    """The status, the progress (0 to 1) and the value of a goal as of a day."""

    id: str
    status: Status
    progress: float | None
    value: float | None


class KnownRoleExport(TypedDict):
    """The readiness for a role as of a day."""

    id: str
    readiness: IntervalExport | None


class KnownSkillExport(TypedDict):
    """The level of a skill as of a day; null is unrated."""

    id: str
    level: float | None


class KnownExport(TypedDict):
    """What was known on the day of a review, of the goals, target roles and required skills."""

    goals: list[KnownGoalExport]
    roles: list[KnownRoleExport]
    skills: list[KnownSkillExport]


_With = TypedDict("_With", {"with": list[str]})


class ReviewExport(_With, RecordExport):
    """A review; `with` has ids of people, or names of those whom the plan does not know.

    `metrics` and `confidence` are by goal, `levels` by skill. Of `next_open` nothing is ticked or
    cancelled. `known` is null for a review without a day, or to come.
    """

    date: str | None
    kind: ReviewKind
    metrics: dict[str, float]
    levels: dict[str, float]
    confidence: dict[str, float]
    wins: list[str]
    problems: list[str]
    decisions: list[str]
    next: list[str]
    next_open: list[str]
    next_review: str | None
    known: KnownExport | None
