"""The profile: who the plan is about."""

from typing import Annotated

from planfolio.model import fields
from planfolio.model.kinds.kind import EventSource, Fields, Kind, Section
from planfolio.model.table import Table
from planfolio.model.visibility import Visibility


class Experience(Table):
    """A job or another role held."""

    title: fields.Text
    organisation: fields.Text | None = None
    start: fields.Day | None = None
    end: fields.Day | None = None
    highlights: fields.Texts = ()


class Education(Table):
    """A course of studies."""

    title: fields.Text
    organisation: fields.Text | None = None
    start: fields.Day | None = None
    end: fields.Day | None = None


class Certificate(Table):
    """A certificate held, the day it expires, and the goal that renews it."""

    title: fields.Text
    issuer: fields.Text | None = None
    date: fields.PastDay | None = None
    expires: fields.Day | None = None
    url: fields.Url | None = None
    renewal: fields.GoalRef | None = None


class ProfileFields(Fields):
    """The fields of `profile.md`."""

    name: fields.Text | None = None
    headline: fields.Text | None = None
    experience: fields.Many[Annotated[Experience, fields.shorthand("title")]] = ()
    education: fields.Many[Annotated[Education, fields.shorthand("title")]] = ()
    certificates: fields.Many[Annotated[Certificate, fields.shorthand("title")]] = ()
    strengths: fields.Texts = ()
    struggles: fields.Texts = ()
    motivations: fields.Texts = ()
    values: fields.Texts = ()
    interests: fields.Texts = ()
    assessed: fields.PastDay | None = None


PROFILE = Kind(
    name="profile",
    folder="me",
    fields=ProfileFields,
    section=Section.ASSESS,
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
