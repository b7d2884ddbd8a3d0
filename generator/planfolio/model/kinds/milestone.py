"""Milestones: the steps of a goal, in files of their own or in the goal's front matter."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from planfolio.model.kinds.fields import (
    DayOrOffset,
    Drop,
    EffortText,
    FactDay,
    Fields,
    GoalRef,
    Many,
    MoneyText,
    NeedRef,
    Raises,
    Replan,
    Short,
    StepRef,
    Text,
    Url,
    Weight,
    When,
)
from planfolio.model.kinds.kind import EventSource, Kind, Section
from planfolio.model.kinds.role import NeedKind
from planfolio.model.values.field_reader import choice
from planfolio.model.visibility import Visibility


class Mode(StrEnum):
    """How a step teaches: by doing, with others, or by instruction."""

    EXPERIENCE = "experience"
    SOCIAL = "social"
    FORMAL = "formal"


class MilestoneFields(Fields):
    """The fields of a milestone; a milestone with a `done` date is reached."""

    goal: GoalRef | None = None
    start: DayOrOffset | None = None
    due: DayOrOffset | None = None
    when: When | None = None
    done: FactDay | None = None
    done_when: Text | None = None
    effort: EffortText | None = None
    weight: Weight | None = None
    after: Many[StepRef] = ()
    raises: Raises = {}  # noqa: RUF012
    answers: Many[NeedRef] = ()
    need: Annotated[NeedKind, choice(NeedKind, about="need")] | None = None
    mode: Annotated[Mode, choice(Mode, about="mode")] | None = None
    cost: MoneyText | None = None
    proof: Url | None = None
    celebrate: Text | None = None
    replans: Many[Replan] = ()
    dropped: Annotated[Drop, Short("date")] | None = None


MILESTONE = Kind(
    name="milestone",
    plural="milestones",
    folder="milestones",
    fields=MilestoneFields,
    section=Section.PLAN,
    template="milestone.html",
    index="plan/",
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
