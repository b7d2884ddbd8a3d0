"""The kinds of record, in the order in which a site shows them.

To add a kind, write a module with its fields and a template of its name in the theme, and name it
here.
"""

from __future__ import annotations

from planfolio.kinds.goal import GOAL
from planfolio.kinds.kind import Kind, Step, Visibility
from planfolio.kinds.milestone import MILESTONE
from planfolio.kinds.profile import PROFILE
from planfolio.kinds.review import REVIEW
from planfolio.kinds.role import ROLE
from planfolio.kinds.skill import SKILL

KINDS: tuple[Kind, ...] = (PROFILE, SKILL, ROLE, GOAL, MILESTONE, REVIEW)

__all__ = ["KINDS", "Kind", "Step", "Visibility"]
