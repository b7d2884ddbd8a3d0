"""Achievements: what was done and can be shown."""

from __future__ import annotations

from planfolio.model.kinds.fields import (
    FactDay,
    Fields,
    GoalRef,
    Many,
    MilestoneRef,
    SkillRef,
    Text,
    Url,
)
from planfolio.model.kinds.kind import EventSource, Kind, Section


class AchievementFields(Fields):
    """The fields of an achievement; it is evidence of its skills."""

    date: FactDay | None = None
    skills: Many[SkillRef] = ()
    impact: Text | None = None
    goal: GoalRef | None = None
    milestone: MilestoneRef | None = None
    url: Url | None = None


ACHIEVEMENT = Kind(
    name="achievement",
    plural="achievements",
    folder="achievements",
    fields=AchievementFields,
    section=Section.PROGRESS,
    template="achievement.html",
    index="progress/",
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
