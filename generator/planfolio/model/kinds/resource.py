"""Resources: the courses, books and conferences from which one learns."""

from typing import Annotated

from planfolio.model import fields
from planfolio.model.kinds.kind import Drop, EventSource, Fields, Kind, Section
from planfolio.model.values.field_reader import Choice
from planfolio.model.visibility import Visibility


class ResourceKind(Choice, about="kind of resource"):
    """What sort of resource it is."""

    COURSE = "course"
    BOOK = "book"
    VIDEO = "video"
    ARTICLE = "article"
    CONFERENCE = "conference"
    TRAINING = "training"
    TOOL = "tool"
    COMMUNITY = "community"


class ResourceStatus(
    Choice,
    about="status of a resource",
    synonyms={
        "planned": "todo, to do, not started, wishlist, want to read, backlog",
        "doing": "active, in progress, reading, started, ongoing, booked, enrolled",
        "done": "completed, complete, finished, read, passed, attended, watched",
        "dropped": "cancelled, canceled, abandoned",
    },
):
    """How far one is with it."""

    PLANNED = "planned"
    DOING = "doing"
    DONE = "done"
    DROPPED = "dropped"


class ResourceFields(Fields):
    """The fields of a resource; `when` is when it takes place, or when one means to do it."""

    kind: ResourceKind | None = None
    status: ResourceStatus = ResourceStatus.PLANNED
    done: fields.PastDay | None = None
    url: fields.Url | None = None
    author: fields.Text | None = None
    raises: fields.Raises = {}  # noqa: RUF012
    goal: fields.GoalRef | None = None
    answers: fields.Many[fields.NeedRef] = ()
    effort: fields.EffortText | None = None
    cost: fields.MoneyText | None = None
    when: fields.When | None = None
    decide_by: fields.Day | None = None
    dropped: Annotated[Drop, fields.shorthand("date")] | None = None


RESOURCE = Kind(
    name="resource",
    fields=ResourceFields,
    section=Section.PLAN,
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
raises: []           # skills, up to the level that the role requires, or {{skill: level}}: {skills}
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
