"""The fields that records of all kinds have, and the tables that several kinds have in common."""

from planfolio.model import fields
from planfolio.model.diagnostics import Problem
from planfolio.model.table import Table


class Replan(Table):
    """A moved deadline, and why."""

    date: fields.PastDay
    from_: fields.Day | None = None
    to: fields.Day | None = None
    reason: fields.Text | None = None

    @property
    def days_added(self) -> int | None:
        """The days from the old deadline to the new one, below 0 where it was brought forward."""
        if self.from_ is None or self.to is None:
            return None
        return (self.to.last - self.from_.last).days


class Pause(Table):
    """Days on which a goal rests, both ends included; without `to` it goes on."""

    from_: fields.Day
    to: fields.Day | None = None
    reason: fields.Text | None = None

    def _check(self) -> None:
        if self.to is not None and self.to.last < self.from_.first:
            raise Problem("the pause ends before it begins", "swap the two dates")


class Drop(Table):
    """The day on which a step was given up, and why."""

    date: fields.PastDay
    reason: fields.Text | None = None


class Fields(Table):
    """The fields that every kind has. A key that starts with `x_` is the owner's own."""

    id: fields.Text | None = None
    title: fields.Text
    visibility: fields.OwnVisibility = None
    tags: fields.Texts = ()
    aliases: fields.Texts = ()
