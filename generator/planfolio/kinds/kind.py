"""What a kind of record is."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planfolio.kinds.fields import Fields


class Step(StrEnum):
    """The five steps of a plan, which are the five sections of its site."""

    ASSESS = "assess"
    AIM = "aim"
    GAPS = "gaps"
    PLAN = "plan"
    PROGRESS = "progress"


class Visibility(IntEnum):
    """Who may see a thing, from the widest audience to the owner alone."""

    PUBLIC = 0
    MENTOR = 1
    PRIVATE = 2

    @property
    def word(self) -> str:
        """The name as written in a plan."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of record: its name, where it lives, its fields and its page.

    `folder` gives both the folder of the plan and the first part of the URL. A `single` kind is
    the one file `NAME.md`, and its page is `index`. `template` is a file name of the theme.
    `index` is the page that lists the kind. `bare` is the field that a bare value stands for in a
    list file: `python: 3` is `python: {level: 3}`. `starter` is the front matter that a new record
    begins with, below its title; in it `{skills}` and the like stand for the ids that exist.
    `questions` are what to answer when writing one. `narrower` are the fields, as written, that
    fewer people see than the record, unless site.toml says otherwise.
    """

    name: str
    plural: str
    folder: str
    fields: type[Fields]
    step: Step
    template: str
    visibility: Visibility = Visibility.PUBLIC
    single: bool = False
    index: str
    bare: str = "title"
    starter: str = ""
    questions: tuple[str, ...] = ()
    narrower: Mapping[str, Visibility] = field(default_factory=dict, hash=False)
