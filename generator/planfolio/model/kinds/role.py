"""Roles: what one wants to become."""

from fractions import Fraction
from typing import Annotated

from planfolio.model import fields
from planfolio.model.kinds.kind import Fields, Kind, Section
from planfolio.model.table import Table
from planfolio.model.values.field_reader import Choice
from planfolio.urls import slug


class RoleStatus(Choice, about="status of a role"):
    """Whether a role is aimed at; only target roles count in gaps and findings."""

    TARGET = "target"
    CONSIDERING = "considering"
    DROPPED = "dropped"


class NeedKind(Choice, about="need"):
    """What a role or a goal needs beside skills."""

    TRAINING = "training"
    CERTIFICATION = "certification"
    EDUCATION = "education"
    EXPERIENCE = "experience"
    TOOL = "tool"
    MENTOR = "mentor"
    NETWORK = "network"


class Requirement(Table):
    """A level that a role requires; `3-4` requires 3, and 4 is the stretch."""

    level: fields.LevelText | None = None
    stretch: fields.LevelText | None = None
    weight: fields.WeightOfFive = Fraction(3)
    must: fields.Flag = False
    why: fields.Text | None = None


class Need(Table):
    """Something else that a role requires; `met` is the day on which it was."""

    id: fields.Text | None = None
    title: fields.Text
    need: NeedKind | None = None
    why: fields.Text | None = None
    met: fields.PastDay | None = None

    @property
    def name(self) -> str:
        """What `answers` call it after the role: its id, else the slug of its title."""
        return self.id or slug(self.title)


class RoleFields(Fields):
    """The fields of a role."""

    organisation: fields.Text | None = None
    due: fields.DayOrOffset | None = None
    requires: dict[fields.SkillRef, Annotated[Requirement, fields.shorthand("level")]] = {}  # noqa: RUF012
    needs: fields.Many[Annotated[Need, fields.shorthand("title")]] = ()
    ready_at: fields.Percent = Fraction(90)
    source: fields.Url | None = None
    status: RoleStatus = RoleStatus.TARGET


ROLE = Kind(
    name="role",
    fields=RoleFields,
    section=Section.AIM,
    reference_words={"requires": "Required by"},
    starter="""\
requires:            # a line each, skill: level, or skill: {{level: 4, weight: 5, must: true}}
  # {skills}
needs: []            # what it asks beside skills: [A licence, Two years on site]
due:                 # when you want to be there: {year}, or a quarter of it: {year}-Q3
""",
    questions=(
        "Which three skills would its next holder be chosen for?",
        "Whom could you ask that does this work today?",
        "What does it ask that is no skill: a paper, a network, years?",
    ),
)
