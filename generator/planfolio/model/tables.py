"""Tables of fields: those of records, of their parts and of site.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from planfolio.model import fields
from planfolio.model.diagnostics import Problem
from planfolio.model.values.field_reader import as_pydantic_error

NEVER_EMPTY = frozenset({"visibility"})
"""Keys that must not be left empty: the author may have meant to hide something."""


class Table(BaseModel):
    """A table of keys inside a record; unknown keys are errors."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        defer_build=True,
        frozen=True,
        arbitrary_types_allowed=True,
        allow_inf_nan=False,
        json_schema_extra=lambda schema: _as_written(schema),
    )

    @model_validator(mode="before")
    @classmethod
    def _without_absent(cls, data: object) -> object:
        """An empty value is an absent one, so that a default can stand in for it."""
        if isinstance(data, dict) and None in data.values():
            return {k: value for k, value in data.items() if value is not None or k in NEVER_EMPTY}
        return data

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """Say at once that there is no such field, which is often asked of records of any kind.

            Pydantic would first look for private and extra fields, which no table has.
            """
            raise AttributeError(name)


class Replan(Table):
    """A moved deadline, and why."""

    date: fields.FactDay
    from_: fields.Day | None = Field(default=None, alias="from")
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

    from_: fields.Day = Field(alias="from")
    to: fields.Day | None = None
    reason: fields.Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to is not None and self.to.last < self.from_.first:
            problem = Problem("the pause ends before it begins", "swap the two dates")
            raise as_pydantic_error(problem)
        return self


class Drop(Table):
    """The day on which a step was given up, and why."""

    date: fields.FactDay
    reason: fields.Text | None = None


class Fields(Table):
    """The fields that every kind has. A key that starts with `x_` is the owner's own."""

    id: fields.Text | None = None
    title: fields.Text
    visibility: fields.OwnVisibility = None
    tags: fields.Texts = ()
    aliases: fields.Texts = ()


def _as_written(schema: dict[str, Any]) -> None:
    """Let a JSON Schema know what holds for each table: empty values, and keys of one's own."""
    required = schema.get("required", ())
    for name, field in schema.get("properties", {}).items():
        if name in (*required, *NEVER_EMPTY) or {"type": "null"} in field.get("anyOf", ()):
            continue
        about = {key: field.pop(key) for key in ("default", "title") if key in field}
        schema["properties"][name] = {"anyOf": [field, {"type": "null"}], **about}
    schema["patternProperties"] = {"^x_": {}}
