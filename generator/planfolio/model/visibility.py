"""The audiences of a plan: a record, a field and a block of a body have one of them."""

from enum import IntEnum
from functools import cached_property


class Visibility(IntEnum):
    """Who may see a thing, from the widest audience to the owner alone."""

    PUBLIC = 0
    MENTOR = 1
    PRIVATE = 2

    @cached_property
    def word(self) -> str:
        """The name as written in a plan."""
        return self.name.lower()
