"""The format of plan.json: what it holds of resources, people, opportunities and reviews.

Each field is read from the attribute of its name, of the record as templates know it. Days that are
known to a month or a quarter are their first day where something began or happened, and their last
where it ends or is due.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AliasPath, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from planfolio.analyse.status import Status
from planfolio.model.kinds.opportunity import Likelihood, OpportunityKind
from planfolio.model.kinds.person import Relation
from planfolio.model.kinds.resource import ResourceKind
from planfolio.model.kinds.review import ReviewKind
from planfolio.urls import relative

PLAN_JSON_URL = "plan.json"


def _its(name: str) -> BeforeValidator:
    """Return what takes an attribute of a value instead of the value, if there is one."""
    return BeforeValidator(lambda value: getattr(value, name, None))


Id = Annotated[str, _its("id")]
MaybeId = Annotated[str | None, _its("id")]
Reference = Annotated[str, _its("reference")]
Typed = Annotated[str | None, _its("text")]
ItemText = Annotated[str, _its("text")]
FirstDay = Annotated[date | None, _its("first")]
LastDay = Annotated[date | None, _its("last")]
Amount = Annotated[float, _its("amount")]
Hours = Annotated[float | None, _its("hours")]
LevelNumber = Annotated[float | None, _its("number")]
LevelValue = Annotated[float | None, _its("value")]


def read_from(*path: str) -> Any:
    """Return a field that is read from an attribute of an attribute."""
    return Field(validation_alias=AliasPath(*path))


class Export(BaseModel):
    """A part of plan.json that is read from the attributes of a value."""

    model_config = ConfigDict(
        from_attributes=True, defer_build=True, json_schema_serialization_defaults_required=True
    )


class _Source:
    """A value by its attributes, and itself as `whole`, for what is read from several of them."""

    def __init__(self, whole: Any) -> None:
        self.whole = whole

    def __getattr__(self, name: str) -> Any:
        return getattr(self.whole, name)


class WholeExport(Export):
    """A part that reads some of its fields from several attributes of its value."""

    @model_validator(mode="before")
    @classmethod
    def _from_source(cls, value: Any) -> Any:
        return _Source(value)


class RecordExport(Export):
    """A record of any kind; `url` is that of its page."""

    id: str
    title: str
    url: Annotated[str, BeforeValidator(lambda url: relative(url, page=PLAN_JSON_URL))]


class IntervalExport(Export):
    """A share that is known to lie between two."""

    low: float
    high: float


class MoneyExport(Export):
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
    goal: MaybeId
    start: FirstDay
    due: LastDay
    done: date | None = Field(validation_alias="done_on")
    late_days: int | None
    decide_by: LastDay
    effort: Hours
    cost: MoneyExport | None
    raises: dict[str, LevelNumber] = Field(
        validation_alias=AliasPath("_record", "fields", "raises")
    )
    answers: list[str]


class PersonExport(RecordExport):
    """A person; `meetings` are the ids of the reviews with them up to now, the newest first.

    `meets` is the cadence as it is written, `next_meeting` the last one and that time.
    """

    relation: Relation | None
    topics: list[str]
    contact: str | None
    meets: Typed
    meetings: list[Id]
    last_met: date | None
    next_meeting: date | None


class OpportunityExport(RecordExport):
    """An opportunity; its window is from `start` to `due`."""

    kind: OpportunityKind | None
    link: str | None
    start: FirstDay
    due: LastDay
    role: MaybeId
    likelihood: Likelihood | None
    decide_by: LastDay
    decision: str | None


class AchievementExport(RecordExport):
    """An achievement, with the skills, the goal and the milestone by their ids."""

    link: str | None
    date: FirstDay
    skills: list[Id]
    impact: str | None
    goal: MaybeId
    milestone: MaybeId


class KnownGoalExport(Export):
    """The status, the progress (0 to 1) and the value of a goal as of a day."""

    id: Id = Field(validation_alias="goal")
    status: Status
    progress: float | None
    value: float | None


class KnownRoleExport(Export):
    """The readiness for a role as of a day."""

    id: Id = Field(validation_alias="role")
    readiness: IntervalExport | None


class KnownSkillExport(Export):
    """The level of a skill as of a day; null is unrated."""

    id: Id = Field(validation_alias="skill")
    level: LevelValue


class KnownExport(Export):
    """What was known on the day of a review, of the goals, target roles and required skills."""

    goals: list[KnownGoalExport]
    roles: list[KnownRoleExport]
    skills: list[KnownSkillExport]


class ReviewExport(RecordExport):
    """A review; `with` has ids of people, or names of those whom the plan does not know.

    `metrics` and `confidence` are by goal, `levels` by skill. Of `next_open` nothing is ticked or
    cancelled. `known` is null for a review without a day, or to come.
    """

    date: FirstDay
    kind: ReviewKind
    with_: list[str] = Field(serialization_alias="with")
    metrics: dict[str, float]
    levels: dict[str, LevelNumber]
    confidence: dict[str, float]
    wins: list[str]
    problems: list[str]
    decisions: list[str]
    next: list[ItemText] = Field(validation_alias="next_items")
    next_open: list[ItemText]
    next_review: LastDay
    known: KnownExport | None
