"""Opportunities: what may open one day, such as a job, a project or a change."""

from planfolio.model import fields
from planfolio.model.kinds.kind import EventSource, Fields, Kind, Section
from planfolio.model.values.field_reader import Choice


class OpportunityKind(Choice, about="kind of opportunity"):
    """What sort of opportunity it is."""

    ROLE = "role"
    PROJECT = "project"
    TRAINING = "training"
    EVENT = "event"
    CHANGE = "change"


class Likelihood(Choice, about="likelihood"):
    """How likely it is to open."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class OpportunityFields(Fields):
    """The fields of an opportunity; `when` is the window in which it may be taken."""

    kind: OpportunityKind | None = None
    when: fields.When | None = None
    role: fields.RoleRef | None = None
    likelihood: Likelihood | None = None
    decide_by: fields.Day | None = None
    decision: fields.Text | None = None
    url: fields.Url | None = None


OPPORTUNITY = Kind(
    name="opportunity",
    plural="opportunities",
    fields=OpportunityFields,
    section=Section.AIM,
    reference_words={"role": "Opportunities"},
    events=(EventSource(field="to_decide_by", name="decide", label="Decide on", calendar=True),),
    summary_fields=("decision",),
    starter="""\
kind: role           # or project, training, event, change
when: {year}           # the window in which it may open: a year, or {year}-H1..H2
role:                # {roles}
likelihood: medium   # or low, high
decide_by:
decision:            # what you decided, once you have
""",
    questions=(
        "What has to happen for it to open, and how would you hear of it?",
        "What would you have to be able to do by then?",
        "By when do you decide, and what would make you say no?",
    ),
)
