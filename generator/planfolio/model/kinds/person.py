"""People: mentors, sponsors, managers, peers and coaches."""

from planfolio.model import fields
from planfolio.model.kinds.kind import EventSource, Fields, Kind, Section
from planfolio.model.values.field_reader import Choice
from planfolio.model.visibility import Visibility


class Relation(Choice, about="relation"):
    """What somebody is to the owner of the plan."""

    MENTOR = "mentor"
    SPONSOR = "sponsor"
    MANAGER = "manager"
    PEER = "peer"
    COACH = "coach"


class PersonFields(Fields):
    """The fields of a person; `meets` is how often one means to meet."""

    relation: Relation | None = None
    topics: fields.Texts = ()
    meets: fields.CadenceText | None = None
    contact: fields.Text | None = None


PERSON = Kind(
    name="person",
    plural="people",
    fields=PersonFields,
    section=Section.PLAN,
    visibility=Visibility.PRIVATE,
    open_names=True,
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
