"""What a kind of record is."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from planfolio.model.visibility import Visibility

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planfolio.model.kinds.fields import Fields


class Section(StrEnum):
    """The five steps of a plan, which are the five sections of its site."""

    ASSESS = "assess"
    AIM = "aim"
    GAPS = "gaps"
    PLAN = "plan"
    PROGRESS = "progress"


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
    section: Section
    template: str
    visibility: Visibility = Visibility.PUBLIC
    singleton: bool = False
    index: str
    shorthand_field: str = "title"
    starter: str = ""
    questions: tuple[str, ...] = ()
    field_visibility: Mapping[str, Visibility] = field(default_factory=dict, hash=False)
