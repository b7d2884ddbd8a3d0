"""Skills: what one can do, how well, and what shows it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator

from planfolio.model.kinds.fields import (
    FactDay,
    Fields,
    Flag,
    LevelText,
    Many,
    Short,
    Table,
    Text,
    Url,
    drop_empty,
)
from planfolio.model.kinds.kind import Kind, Section
from planfolio.model.values.field_reader import choice


class EvidenceKind(StrEnum):
    """What shows that one has a skill."""

    WORK = "work"
    PROJECT = "project"
    PORTFOLIO = "portfolio"
    COURSE = "course"
    CERTIFICATE = "certificate"
    FEEDBACK = "feedback"


class Evidence(Table):
    """One thing that shows a skill; `planned` evidence does not exist yet."""

    title: Text
    kind: Annotated[EvidenceKind, choice(EvidenceKind, about="kind of evidence")] | None = None
    date: FactDay | None = None
    url: Url | None = None
    level: LevelText | None = None
    planned: Flag = False


class LevelEntry(Table):
    """A level on a day, and who rated it."""

    date: FactDay
    level: LevelText
    by: Text | None = None


class Expectation(Table):
    """What a level of a skill looks like, and the day on which that was met."""

    text: Text
    met: FactDay | None = None


class SkillFields(Fields):
    """The fields of a skill; without a level it is unrated."""

    category: Text | None = None
    level: LevelText | None = None
    scale: Text | None = None
    assessed: FactDay | None = None
    expects: Annotated[
        dict[LevelText, Many[Annotated[Expectation, Short("text")]]], BeforeValidator(drop_empty)
    ] = {}  # noqa: RUF012
    evidence: Many[Annotated[Evidence, Short("title")]] = ()
    history: Many[LevelEntry] = ()
    uri: Url | None = None


SKILL = Kind(
    name="skill",
    plural="skills",
    folder="skills",
    fields=SkillFields,
    section=Section.ASSESS,
    template="skill.html",
    index="skills/",
    shorthand_field="level",
    starter="""\
level:               # 0 to 5, or on the scale of your plan; empty is unrated
category:
assessed:            # the day on which you rated it: {today}
expects:             # what a level looks like to others: {{3: My scripts run without me}}
evidence: []         # [{{title: Moved the shop to Postgres, kind: work, date: {today}}}]
""",
    questions=(
        "What have you done with it that somebody else can look at?",
        "Who would say the same about your level?",
        "When did you last use it?",
    ),
)
