"""The profile: who the plan is about."""

from __future__ import annotations

from typing import Annotated

from planfolio.model.kinds.fields import (
    Day,
    FactDay,
    Fields,
    GoalRef,
    Many,
    Short,
    Table,
    Text,
    Texts,
    Url,
)
from planfolio.model.kinds.kind import EventSource, Kind, Section
from planfolio.model.visibility import Visibility


class Experience(Table):
    """A job or another role held."""

    title: Text
    organisation: Text | None = None
    start: Day | None = None
    end: Day | None = None
    highlights: Texts = ()


class Education(Table):
    """A course of studies."""

    title: Text
    organisation: Text | None = None
    start: Day | None = None
    end: Day | None = None


class Certificate(Table):
    """A certificate held, the day it expires, and the goal that renews it."""

    title: Text
    issuer: Text | None = None
    date: FactDay | None = None
    expires: Day | None = None
    url: Url | None = None
    renewal: GoalRef | None = None


class ProfileFields(Fields):
    """The fields of `profile.md`."""

    name: Text | None = None
    headline: Text | None = None
    experience: Many[Annotated[Experience, Short("title")]] = ()
    education: Many[Annotated[Education, Short("title")]] = ()
    certificates: Many[Annotated[Certificate, Short("title")]] = ()
    strengths: Texts = ()
    struggles: Texts = ()
    motivations: Texts = ()
    values: Texts = ()
    interests: Texts = ()
    assessed: FactDay | None = None


PROFILE = Kind(
    name="profile",
    plural="profiles",
    folder="me",
    fields=ProfileFields,
    section=Section.ASSESS,
    template="profile.html",
    index="me/",
    singleton=True,
    events=(
        EventSource(field="certificates.expires", name="expires", label="Expires", calendar=True),
    ),
    reference_words={"certificates": "Renews"},
    summary_fields=("headline",),
    field_visibility={"struggles": Visibility.MENTOR},
    starter="""\
headline:            # what you do now, and what you would rather do
strengths: []
struggles: []
motivations: []
""",
    questions=(
        "What do people come to you for?",
        "What do you put off, and why?",
        "What would you do even unpaid?",
    ),
)
