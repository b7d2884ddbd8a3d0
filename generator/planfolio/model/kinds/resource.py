"""Resources: the courses, books and conferences from which one learns."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from planfolio.model.kinds.fields import (
    Day,
    Drop,
    EffortText,
    FactDay,
    Fields,
    GoalRef,
    Many,
    MoneyText,
    NeedRef,
    Raises,
    Short,
    Text,
    Url,
    When,
)
from planfolio.model.kinds.kind import EventSource, Kind, Section
from planfolio.model.values.field_reader import choice
from planfolio.model.visibility import Visibility


class ResourceKind(StrEnum):
    """What sort of resource it is."""

    COURSE = "course"
    BOOK = "book"
    VIDEO = "video"
    ARTICLE = "article"
    CONFERENCE = "conference"
    TRAINING = "training"
    TOOL = "tool"
    COMMUNITY = "community"


class ResourceStatus(StrEnum):
    """How far one is with it."""

    PLANNED = "planned"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"


_STATUS_WORDS = {
    "planned": "todo, to do, not started, wishlist, want to read, backlog",
    "doing": "active, in progress, reading, started, ongoing, booked, enrolled",
    "done": "completed, complete, finished, read, passed, attended, watched",
    "dropped": "cancelled, canceled, abandoned",
}


class ResourceFields(Fields):
    """The fields of a resource; `when` is when it takes place, or when one means to do it."""

    kind: Annotated[ResourceKind, choice(ResourceKind, about="kind of resource")] | None = None
    status: Annotated[
        ResourceStatus, choice(ResourceStatus, about="status of a resource", synonyms=_STATUS_WORDS)
    ] = ResourceStatus.PLANNED
    done: FactDay | None = None
    url: Url | None = None
    author: Text | None = None
    raises: Raises = {}  # noqa: RUF012
    goal: GoalRef | None = None
    answers: Many[NeedRef] = ()
    effort: EffortText | None = None
    cost: MoneyText | None = None
    when: When | None = None
    decide_by: Day | None = None
    dropped: Annotated[Drop, Short("date")] | None = None


RESOURCE = Kind(
    name="resource",
    plural="resources",
    folder="resources",
    fields=ResourceFields,
    section=Section.PLAN,
    template="resource.html",
    index="plan/",
    reference_words={"raises": "Raised by", "goal": "Courses and books", "answers": "Answered by"},
    events=(
        EventSource(field="done_on", name="done", label="Finished", feed=True, achievement=True),
        EventSource(field="takes_place", name="when", calendar=True),
        EventSource(field="register_by", name="register", label="Register for", calendar=True),
    ),
    field_visibility={"cost": Visibility.MENTOR},
    starter="""\
kind: course         # or book, video, article, conference, training, tool, community
url:
raises: []           # skills; as far as the role asks, or {{skill: level}}: {skills}
goal:                # {goals}
effort:              # 20h
cost:                # 150 EUR
when:                # {quarter}, or a day
decide_by:           # the last day to register
status: planned      # then doing, and done: {today}
""",
    questions=(
        "What will you be able to do afterwards that you cannot do now?",
        "Is there a way to learn the same by doing it?",
        "What does it cost, in hours and money, and until when can you register?",
    ),
)
