"""People: mentors, sponsors, managers, peers and coaches."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from planfolio.model.kinds.fields import CadenceText, Fields, Text, Texts
from planfolio.model.kinds.kind import EventSource, Kind, Section
from planfolio.model.values.field_reader import choice
from planfolio.model.visibility import Visibility


class Relation(StrEnum):
    """What somebody is to the owner of the plan."""

    MENTOR = "mentor"
    SPONSOR = "sponsor"
    MANAGER = "manager"
    PEER = "peer"
    COACH = "coach"


class PersonFields(Fields):
    """The fields of a person; `meets` is how often one means to meet."""

    relation: Annotated[Relation, choice(Relation, about="relation")] | None = None
    topics: Texts = ()
    meets: CadenceText | None = None
    contact: Text | None = None


PERSON = Kind(
    name="person",
    plural="people",
    folder="people",
    fields=PersonFields,
    section=Section.PLAN,
    template="person.html",
    index="plan/",
    visibility=Visibility.PRIVATE,
    called_by_title=True,
    events=(EventSource(field="next_meeting", name="meeting", label="Meet", calendar=True),),
    summary_fields=("topics",),
    starter="""\
relation: mentor     # or sponsor, manager, peer, coach
topics: []           # what you talk about
meets: month         # how often: month, 2 weeks, quarter
contact:
""",
    questions=(
        "What do you want to ask, and what can you give in return?",
        "How often do you want to meet, and who asks for the next meeting?",
    ),
)
