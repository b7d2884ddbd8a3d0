"""Milestones: the steps of a goal, in files of their own or in the goal's front matter."""

from typing import Annotated

from planfolio.model import fields
from planfolio.model.kinds.kind import Drop, EventSource, Fields, Kind, Replan, Section
from planfolio.model.kinds.role import NeedKind
from planfolio.model.values.field_reader import Choice
from planfolio.model.visibility import Visibility


class Mode(Choice, about="mode"):
    """How a step teaches: by doing, with others, or by instruction."""

    EXPERIENCE = "experience"
    SOCIAL = "social"
    FORMAL = "formal"


class MilestoneFields(Fields):
    """The fields of a milestone; a milestone with a `done` date is reached."""

    goal: fields.GoalRef | None = None
    start: fields.DayOrOffset | None = None
    due: fields.DayOrOffset | None = None
    when: fields.When | None = None
    done: fields.PastDay | None = None
    done_when: fields.Text | None = None
    effort: fields.EffortText | None = None
    weight: fields.Weight | None = None
    after: fields.Many[fields.StepRef] = ()
    raises: fields.Raises = {}  # noqa: RUF012
    answers: fields.Many[fields.NeedRef] = ()
    need: NeedKind | None = None
    mode: Mode | None = None
    cost: fields.MoneyText | None = None
    proof: fields.Url | None = None
    celebrate: fields.Text | None = None
    replans: fields.Many[Replan] = ()
    dropped: Annotated[Drop, fields.shorthand("date")] | None = None


MILESTONE = Kind(
    name="milestone",
    fields=MilestoneFields,
    section=Section.PLAN,
    shorthand_field="due",
    reference_words={
        "raises": "Raised by",
        "goal": "Milestones",
        "after": "Waiting for this",
        "answers": "Answered by",
    },
    events=(
        EventSource(field="done_on", name="reached", label="Reached", feed=True, achievement=True),
        EventSource(field="due", name="due", calendar=True),
    ),
    summary_fields=("done_when",),
    field_visibility={"cost": Visibility.MENTOR},
    starter="""\
goal:                # {goals}
due:                 # {quarter}, or a day
done_when:           # what anybody could see then
effort:              # 8h
celebrate:           # how you will mark the day
""",
    questions=("Which goal does it belong to?", "What can you show when it is reached?"),
)
