"""What the fields of all kinds are made of.

A field is declared once, with its type; from the type follow how it is read, where it may refer
to, its JSON Schema and what an error says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Self, TypeAlias, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WrapValidator,
    model_validator,
)
from pydantic_core import InitErrorDetails, core_schema

from planfolio.model.diagnostics import Problem
from planfolio.model.values import schemas
from planfolio.model.values.cadence import Cadence, read_cadence
from planfolio.model.values.colour import read_colour
from planfolio.model.values.dates import (
    Horizon,
    Offset,
    PlanDate,
    Window,
    read_date,
    read_horizon,
    read_offset_or_date,
    read_window,
)
from planfolio.model.values.effort import Effort, read_effort
from planfolio.model.values.field_reader import FieldReader, as_pydantic_error, choice
from planfolio.model.values.level import Level, read_level
from planfolio.model.values.money import Money, read_money
from planfolio.model.values.number import (
    read_flag,
    read_number,
    read_percent,
    read_scale_of_ten,
    read_weight,
    read_weight_of_five,
)
from planfolio.model.values.text import read_host, read_text, read_url
from planfolio.model.visibility import Visibility

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks text that names a record of one of these kinds; `need` stands for a need of a role.

    Where no kind of that name is registered, the text is only text.
    """

    kinds: tuple[str, ...]

    def __init__(self, *kinds: str) -> None:
        object.__setattr__(self, "kinds", kinds)


@dataclass(frozen=True, slots=True)
class FactMark:
    """Marks the date of something that happened; dated after today it does not count yet."""


def as_list(value: object) -> object:
    """Read a single value as a list of one, and a list as the tuple that a frozen record holds."""
    if isinstance(value, list):
        return tuple(value)
    return (value,) if isinstance(value, str | dict) else value


def as_mapping(value: object) -> object:
    """Read `[a, b]` or `a` as `{a: nothing}`."""
    if isinstance(value, str):
        return {value: None}
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return dict.fromkeys(value)
    return value


def drop_empty(value: object) -> object:
    """Leave out the entries of a table that have no value, as in `{cka: }`."""
    if isinstance(value, dict):
        return {key: entry for key, entry in value.items() if entry is not None}
    return value


@dataclass(frozen=True, slots=True)
class Short:
    """Reads a bare value as a table with that value under `key`, and nothing as an empty table."""

    key: str

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Build the validator (pydantic's protocol)."""
        return core_schema.no_info_before_validator_function(self._expand, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema of both forms (pydantic's protocol)."""
        return {"anyOf": [handler(schema), {"type": ["string", "number", "null"]}]}

    def _expand(self, value: object) -> object:
        if value is None:
            return {}
        return {self.key: value} if isinstance(value, str) else value


class _Listed:
    """Lets a single value stand for a list of one, in what is read and in the JSON Schema."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_before_validator_function(as_list, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        many = handler(schema)
        return {"anyOf": [many, many["items"]]} if "items" in many else many


Text: TypeAlias = Annotated[str, FieldReader(read_text, schemas.TEXT, "text", "bad-text")]
Many: TypeAlias = Annotated[tuple[T, ...], _Listed()]
Texts: TypeAlias = Many[Text]
Url: TypeAlias = Annotated[str, FieldReader(read_url, schemas.ADDRESS, "an address", "bad-address")]
Host: TypeAlias = Annotated[
    str, FieldReader(read_host, schemas.HOST, "the name of a host", "bad-address")
]
Colour: TypeAlias = Annotated[
    str, FieldReader(read_colour, schemas.COLOUR, "a colour", "bad-colour")
]
Number: TypeAlias = Annotated[
    Fraction, FieldReader(read_number, schemas.NUMBER, "a number", "bad-number")
]
Weight: TypeAlias = Annotated[
    Fraction, FieldReader(read_weight, schemas.WEIGHT, "a weight", "bad-weight")
]
WeightOfFive: TypeAlias = Annotated[
    Fraction,
    FieldReader(read_weight_of_five, schemas.OF_FIVE, "a weight from 1 to 5", "bad-weight"),
]
Confidence: TypeAlias = Annotated[
    Fraction, FieldReader(read_scale_of_ten, schemas.OF_TEN, "a number from 1 to 10", "bad-number")
]
Percent: TypeAlias = Annotated[
    Fraction, FieldReader(read_percent, schemas.PERCENT, "a percentage", "bad-number")
]
Flag: TypeAlias = Annotated[bool, FieldReader(read_flag, schemas.FLAG, "true or false", "bad-flag")]
Day: TypeAlias = Annotated[PlanDate, FieldReader(read_date, schemas.DATE, "a date", "bad-date")]
FactDay: TypeAlias = Annotated[Day, FactMark()]
DayOrOffset: TypeAlias = Annotated[
    PlanDate | Offset,
    FieldReader(read_offset_or_date, schemas.DATE_OR_OFFSET, "a date", "bad-date"),
]
When: TypeAlias = Annotated[
    Window, FieldReader(read_window, schemas.WINDOW, "a date or two", "bad-date")
]
HorizonText: TypeAlias = Annotated[
    Horizon, FieldReader(read_horizon, schemas.HORIZON, "a horizon", "bad-horizon")
]
EffortText: TypeAlias = Annotated[
    Effort, FieldReader(read_effort, schemas.EFFORT, "an effort", "bad-effort", context=True)
]
MoneyText: TypeAlias = Annotated[
    Money, FieldReader(read_money, schemas.MONEY, "money", "bad-money")
]
CadenceText: TypeAlias = Annotated[
    Cadence,
    FieldReader(read_cadence, schemas.CADENCE, "a cadence", "bad-cadence"),
    WrapValidator(lambda value, read: _read_cadence(value, read)),
]
LevelText: TypeAlias = Annotated[
    Level, FieldReader(read_level, schemas.LEVEL, "a level", "bad-level")
]
_VISIBILITY_WORDS = {
    "public": "everyone, everybody, all, anyone, open, published",
    "mentor": "shared, mentors, restricted, limited, mentor only",
    "private": "me, owner, hidden, secret, only me, personal, confidential",
}
VISIBILITY = choice(
    Visibility,
    words={v.word: v for v in Visibility},
    about="visibility",
    synonyms=_VISIBILITY_WORDS,
    code="V103",
    name="bad-visibility",
)
VisibilityText: TypeAlias = Annotated[Visibility, VISIBILITY]

RoleRef: TypeAlias = Annotated[Text, Refers("role")]
GoalRef: TypeAlias = Annotated[Text, Refers("goal")]
SkillRef: TypeAlias = Annotated[Text, Refers("skill")]
MilestoneRef: TypeAlias = Annotated[Text, Refers("milestone")]
StepRef: TypeAlias = Annotated[Text, Refers("goal", "milestone")]
NeedRef: TypeAlias = Annotated[Text, Refers("need")]
PersonRef: TypeAlias = Annotated[Text, Refers("person")]

Raises: TypeAlias = Annotated[
    dict[SkillRef, LevelText | None],
    BeforeValidator(as_mapping, json_schema_input_type=Texts | dict[Text, LevelText | None]),
]
"""Skills that a step raises, each to a level, or (None) as far as the role asks."""


NEVER_EMPTY = frozenset({"visibility"})
"""Keys that must not be left empty: the author may have meant to hide something."""


class Table(BaseModel):
    """A table of keys inside a record; unknown keys are errors."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
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

    date: FactDay
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
    reason: Text | None = None

    @property
    def days_added(self) -> int | None:
        """The days from the old deadline to the new one, below 0 where it was brought forward."""
        if self.from_ is None or self.to is None:
            return None
        return (self.to.last - self.from_.last).days


class Pause(Table):
    """Days on which a goal rests, both ends included; without `to` it goes on."""

    from_: Day = Field(alias="from")
    to: Day | None = None
    reason: Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to is not None and self.to.last < self.from_.first:
            problem = Problem("the pause ends before it begins", "swap the two dates")
            raise as_pydantic_error(problem)
        return self


class Drop(Table):
    """The day on which a step was given up, and why."""

    date: FactDay
    reason: Text | None = None


class Fields(Table):
    """The fields that every kind has. A key that starts with `x_` is the owner's own."""

    id: Text | None = None
    title: Text
    visibility: Annotated[Visibility | None, VISIBILITY] = None
    tags: Texts = ()
    aliases: Texts = ()


def _as_written(schema: dict[str, Any]) -> None:
    """Let a JSON Schema know what holds for each table: empty values, and keys of one's own."""
    required = schema.get("required", ())
    for name, field in schema.get("properties", {}).items():
        if name in (*required, *NEVER_EMPTY) or {"type": "null"} in field.get("anyOf", ()):
            continue
        about = {key: field.pop(key) for key in ("default", "title") if key in field}
        schema["properties"][name] = {"anyOf": [field, {"type": "null"}], **about}
    schema["patternProperties"] = {"^x_": {}}


def _read_cadence(value: object, read: Callable[[object], Cadence]) -> Cadence:
    """Read the long form `{every: week, times: 3, share: 80%}` as well as the short one."""
    if not isinstance(value, dict):
        return read(value)
    given = {key: entry for key, entry in value.items() if entry is not None}
    texts = all(isinstance(entry, str) for entry in given.values())
    if not texts or "every" not in given or not set(given) <= {"every", "times", "share"}:
        message = "a cadence in keys has `every`, a period, and perhaps `times` and `share`"
        hint = "write {every: week, times: 3, share: 80%}, or 3/week"
        raise as_pydantic_error(Problem(message, hint, name="bad-cadence"))
    cadence = read(f"{given.get('times', '1')}/{given['every']}")
    if "share" not in given:
        return cadence
    try:
        share = read_percent(given["share"].strip().removesuffix("%"))
        if share == 0:
            raise Problem("a share of 0 % asks for nothing", "write 80%, or leave it out")
    except Problem as problem:
        problem.name = "bad-cadence"
        error = InitErrorDetails(
            type=as_pydantic_error(problem), loc=("share",), input=given["share"]
        )
        raise ValidationError.from_exception_data("cadence", [error]) from None
    return replace(cadence, share=share / 100)
