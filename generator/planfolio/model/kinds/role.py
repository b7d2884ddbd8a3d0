"""Roles: what one wants to become."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from planfolio.model.kinds.fields import (
    DayOrOffset,
    FactDay,
    Fields,
    Flag,
    LevelText,
    Many,
    Percent,
    Short,
    SkillRef,
    Table,
    Text,
    Url,
    WeightOfFive,
)
from planfolio.model.kinds.kind import Kind, Section
from planfolio.model.values.field_reader import choice


class RoleStatus(StrEnum):
    """Whether a role is aimed at; only target roles count in gaps and findings."""

    TARGET = "target"
    CONSIDERING = "considering"
    DROPPED = "dropped"


class NeedKind(StrEnum):
    """What a role or a goal needs beside skills."""

    TRAINING = "training"
    CERTIFICATION = "certification"
    EDUCATION = "education"
    EXPERIENCE = "experience"
    TOOL = "tool"
    MENTOR = "mentor"
    NETWORK = "network"


class Requirement(Table):
    """A level that a role asks for; `3-4` asks for 3, and 4 is the stretch."""

    level: LevelText | None = None
    stretch: LevelText | None = None
    weight: WeightOfFive = Fraction(3)
    must: Flag = False
    why: Text | None = None


class Need(Table):
    """Something else that a role asks for; `met` is the day on which it was."""

    id: Text | None = None
    title: Text
    need: Annotated[NeedKind, choice(NeedKind, about="need")] | None = None
    why: Text | None = None
    met: FactDay | None = None


class RoleFields(Fields):
    """The fields of a role."""

    organisation: Text | None = None
    due: DayOrOffset | None = None
    requires: dict[SkillRef, Annotated[Requirement, Short("level")]] = {}  # noqa: RUF012
    needs: Many[Annotated[Need, Short("title")]] = ()
    ready_at: Percent = Fraction(90)
    source: Url | None = None
    status: Annotated[RoleStatus, choice(RoleStatus, about="status of a role")] = RoleStatus.TARGET


ROLE = Kind(
    name="role",
    plural="roles",
    folder="roles",
    fields=RoleFields,
    section=Section.AIM,
    template="role.html",
    index="aim/",
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
