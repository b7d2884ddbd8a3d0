"""Reviews: looking back with a mentor, and deciding what comes next."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from planfolio.model.kinds.fields import (
    Confidence,
    Day,
    FactDay,
    Fields,
    GoalRef,
    LevelText,
    Many,
    Number,
    PersonRef,
    Short,
    SkillRef,
    Table,
    Text,
    Texts,
    drop_empty,
)
from planfolio.model.kinds.kind import EventSource, Kind, Section
from planfolio.model.values.field_reader import choice
from planfolio.model.visibility import Visibility


class ReviewKind(StrEnum):
    """What sort of look back it was."""

    CHECK_IN = "check-in"
    QUARTERLY = "quarterly"
    ANNUAL = "annual"
    FEEDBACK = "feedback"


class Feedback(Table):
    """Feedback of somebody."""

    from_: Text | None = Field(default=None, alias="from")
    text: Text


class ReviewFields(Fields):
    """The fields of a review; its metrics and levels are values of goals and skills on its day."""

    date: FactDay | None = None
    kind: Annotated[ReviewKind, choice(ReviewKind, about="kind of review")] = ReviewKind.CHECK_IN
    with_: Many[PersonRef] = Field(default=(), alias="with")
    metrics: Annotated[dict[GoalRef, Number], BeforeValidator(drop_empty)] = {}  # noqa: RUF012
    levels: Annotated[dict[SkillRef, LevelText], BeforeValidator(drop_empty)] = {}  # noqa: RUF012
    confidence: Annotated[dict[GoalRef, Confidence], BeforeValidator(drop_empty)] = {}  # noqa: RUF012
    wins: Texts = ()
    problems: Texts = ()
    decisions: Texts = ()
    next: Texts = ()
    feedback: Many[Annotated[Feedback, Short("text")]] = ()
    next_review: Day | None = None


REVIEW = Kind(
    name="review",
    plural="reviews",
    folder="reviews",
    fields=ReviewFields,
    section=Section.PROGRESS,
    template="review.html",
    index="progress/",
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
