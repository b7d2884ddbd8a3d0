"""Skills: what one can do, how well, and what shows it."""

from typing import Annotated

from planfolio.model import fields
from planfolio.model.kinds.kind import Fields, Kind, Section
from planfolio.model.table import Table
from planfolio.model.values.field_reader import Choice


class EvidenceKind(Choice, about="kind of evidence"):
    """What shows that one has a skill."""

    WORK = "work"
    PROJECT = "project"
    PORTFOLIO = "portfolio"
    COURSE = "course"
    CERTIFICATE = "certificate"
    FEEDBACK = "feedback"


class Evidence(Table):
    """One thing that shows a skill; `planned` evidence does not exist yet."""

    title: fields.Text
    kind: EvidenceKind | None = None
    date: fields.PastDay | None = None
    url: fields.Url | None = None
    level: fields.LevelText | None = None
    planned: fields.Flag = False


class LevelEntry(Table):
    """A level on a day, and who rated it."""

    date: fields.PastDay
    level: fields.LevelText
    by: fields.Text | None = None


class Expectation(Table):
    """What a level of a skill looks like, and the day on which that was met."""

    text: fields.Text
    met: fields.PastDay | None = None


class SkillFields(Fields):
    """The fields of a skill; without a level it is unrated."""

    category: fields.Text | None = None
    level: fields.LevelText | None = None
    scale: fields.Text | None = None
    assessed: fields.PastDay | None = None
    expects: fields.Entries[
        fields.LevelText, fields.Many[Annotated[Expectation, fields.shorthand("text")]]
    ] = {}  # noqa: RUF012
    evidence: fields.Many[Annotated[Evidence, fields.shorthand("title")]] = ()
    history: fields.Many[LevelEntry] = ()
    uri: fields.Url | None = None


SKILL = Kind(
    name="skill",
    fields=SkillFields,
    section=Section.ASSESS,
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
