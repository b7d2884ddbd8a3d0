"""Achievements: what was done and can be shown."""

from planfolio.model import fields
from planfolio.model.kinds.kind import EventSource, Fields, Kind, Section


class AchievementFields(Fields):
    """The fields of an achievement; it is evidence of its skills."""

    date: fields.PastDay | None = None
    skills: fields.Many[fields.SkillRef] = ()
    impact: fields.Text | None = None
    goal: fields.GoalRef | None = None
    milestone: fields.MilestoneRef | None = None
    url: fields.Url | None = None


ACHIEVEMENT = Kind(
    name="achievement",
    fields=AchievementFields,
    section=Section.PROGRESS,
    reference_words={"skills": "Shown by", "goal": "Achievements", "milestone": "Achievements"},
    events=(EventSource(field="date", label="Achieved", feed=True, achievement=True),),
    order_by="date",
    evidence_fields=("skills",),
    summary_fields=("impact",),
    starter="""\
date: {today}
skills: []           # the skills that it shows: {skills}
impact:              # what changed, in numbers: 40 minutes saved each night
goal:                # {goals}
url:
""",
    questions=(
        "What was different afterwards, in numbers?",
        "What was your own part in it?",
        "Who would say so too?",
    ),
)
