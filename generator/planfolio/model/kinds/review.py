"""Reviews: looking back with a mentor, and deciding what comes next."""

from typing import Annotated

from planfolio.model import fields
from planfolio.model.kinds.kind import EventSource, Fields, Kind, Section
from planfolio.model.table import Table
from planfolio.model.values.field_reader import Choice
from planfolio.model.visibility import Visibility


class ReviewKind(Choice, about="kind of review"):
    """What sort of look back it was."""

    CHECK_IN = "check-in"
    QUARTERLY = "quarterly"
    ANNUAL = "annual"
    FEEDBACK = "feedback"


class Feedback(Table):
    """Feedback of somebody."""

    from_: fields.Text | None = None
    text: fields.Text


class ReviewFields(Fields):
    """The fields of a review; its metrics and levels are values of goals and skills on its day."""

    date: fields.PastDay | None = None
    kind: ReviewKind = ReviewKind.CHECK_IN
    with_: fields.Many[fields.PersonRef] = ()
    metrics: fields.Entries[fields.GoalRef, fields.Number] = {}  # noqa: RUF012
    levels: fields.Entries[fields.SkillRef, fields.LevelText] = {}  # noqa: RUF012
    confidence: fields.Entries[fields.GoalRef, fields.Confidence] = {}  # noqa: RUF012
    wins: fields.Texts = ()
    problems: fields.Texts = ()
    decisions: fields.Texts = ()
    next: fields.Texts = ()
    feedback: fields.Many[Annotated[Feedback, fields.shorthand("text")]] = ()
    next_review: fields.Day | None = None


REVIEW = Kind(
    name="review",
    fields=ReviewFields,
    section=Section.PROGRESS,
    visibility=Visibility.MENTOR,
    reference_words={
        "metrics": "Measured in",
        "levels": "Rated in",
        "confidence": "Confidence given in",
        "with": "Took part in",
    },
    events=(EventSource(field="date", feed=True),),
    order_by="date",
    summary_fields=("wins",),
    field_visibility={"confidence": Visibility.MENTOR},
    dated_title="Review of {today}",
    starter="""\
date: {today}
with: []
metrics:             # goal: its number today; {measured}
levels:              # skill: its level today; {skills}
wins: []
problems: []
decisions: []
next: {left_open}
""",
    questions=(
        "What moved since the last time, in numbers?",
        "Which goal is at risk, and what is decided about it?",
        "What will you have done by the next review?",
    ),
)
