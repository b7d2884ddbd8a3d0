"""What a kind of record is, and the fields that all kinds or several of them have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from planfolio.model import fields
from planfolio.model.diagnostics import Problem
from planfolio.model.table import Table
from planfolio.model.visibility import Visibility


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


class Section(StrEnum):
    """The five sections of a plan and of its site."""

    ASSESS = "assess"
    AIM = "aim"
    GAPS = "gaps"
    PLAN = "plan"
    PROGRESS = "progress"


class EventSource(NamedTuple):
    """Something that happens to records of a kind on a day that one of their fields gives.

    `field` holds the day, or the window; `table.field` stands for that field of each entry of a
    table. A field that the portfolio computes, such as `done_on`, may be named too. `name` tells
    the events of one record apart and is empty where the record itself is the event. `label` is the
    word before its title ("Reached"). `feed` and `calendar` say where it is announced,
    `achievement` that home lists it among what was reached.
    """

    field: str
    name: str = ""
    label: str = ""
    feed: bool = False
    calendar: bool = False
    achievement: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Kind:
    """A kind of record: its name, where it lives, its fields, its words and its page.

    `plural` is `name` with an s unless it is given. `folder`, else the plural, gives both the
    folder of the plan and the first part of the URL. A `singleton` kind is the one file `NAME.md`,
    and its page is `index`. `template`, else `NAME.html`, is a file name of the theme. `index`,
    else the page of the section, lists the kind. `shorthand_field` is the field that a bare value
    stands for in a list file: `python: 3` is `python: {level: 3}`. `starter` is the front matter of
    a new record, below its title; in it `{skills}` and the like stand for the ids that exist,
    `{today}`, `{quarter}` and `{year}` for days, `{measured}` for the goals with a metric, and
    `{left_open}` for what the last review left open. A new record without a title gets
    `dated_title`, where the kind has one, and the day as its id. `questions` are what to answer
    when writing one. `field_visibility` are the fields, as written, that fewer people see than the
    record, unless site.toml says otherwise.

    `reference_words` say what a field of this kind means for the record that it names, the
    strongest first: a goal that raises a skill is listed there under "Raised by". `events` are what
    happens to its records on a day. `order_by` is the field by whose date they are listed, the
    newest first. `evidence_fields` are the fields, as written, that name the skills which a record
    shows on its day. `summary_fields` hold a text that stands for the record where it has no body.
    With `open_names` a reference may give the title of a record, or a name that no record has, as
    for people whom the plan does not know: it stays text.
    """

    name: str
    plural: str = ""
    folder: str = ""
    fields: type[Fields]
    section: Section
    template: str = ""
    visibility: Visibility = Visibility.PUBLIC
    singleton: bool = False
    index: str = ""
    shorthand_field: str = "title"
    starter: str = ""
    dated_title: str = ""
    questions: tuple[str, ...] = ()
    field_visibility: Mapping[str, Visibility] = field(default_factory=dict)
    reference_words: Mapping[str, str] = field(default_factory=dict)
    events: tuple[EventSource, ...] = ()
    order_by: str = ""
    evidence_fields: tuple[str, ...] = ()
    summary_fields: tuple[str, ...] = ()
    open_names: bool = False

    def __post_init__(self) -> None:
        """Fill in the names that follow from others."""
        usual = {"plural": f"{self.name}s", "template": f"{self.name}.html"}
        usual |= {"folder": self.plural or usual["plural"], "index": f"{self.section}/"}
        for attribute, value in usual.items():
            object.__setattr__(self, attribute, getattr(self, attribute) or value)
