"""The kinds of record, in the order in which a site shows them.

To add a kind, write a module with its fields and its `Kind`, and name it here.
"""

from planfolio.model.kinds.achievement import ACHIEVEMENT
from planfolio.model.kinds.goal import GOAL
from planfolio.model.kinds.kind import Kind
from planfolio.model.kinds.milestone import MILESTONE
from planfolio.model.kinds.opportunity import OPPORTUNITY
from planfolio.model.kinds.person import PERSON
from planfolio.model.kinds.profile import PROFILE
from planfolio.model.kinds.resource import RESOURCE
from planfolio.model.kinds.review import REVIEW
from planfolio.model.kinds.role import ROLE
from planfolio.model.kinds.skill import SKILL

KINDS: tuple[Kind, ...] = (
    PROFILE,
    SKILL,
    ROLE,
    OPPORTUNITY,
    GOAL,
    MILESTONE,
    RESOURCE,
    PERSON,
    REVIEW,
    ACHIEVEMENT,
)
