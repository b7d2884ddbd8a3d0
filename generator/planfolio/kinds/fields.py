"""What the fields of all kinds are made of.

A field is declared once, with its type; from the type follow how it is read, where it may refer
to, its JSON Schema and what an error says.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from planfolio.kinds.kind import Visibility
from planfolio.values.cadence import Cadence, read_cadence
from planfolio.values.choice import choice
from planfolio.values.dates import Offset, PlanDate, Window, read_date, read_offset_or_date, read_window
from planfolio.values.effort import Effort, read_effort
from planfolio.values.horizon import Horizon, read_horizon
from planfolio.values.level import Level, read_level
from planfolio.values.money import Money, read_money
from planfolio.values.number import read_flag, read_number, read_scale_of_ten, read_weight
from planfolio.values.text import read_text, read_url
from planfolio.values.written import Written

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks text that names records: of the first kind that has the id, among these kinds.

    Where the registry has none of the kinds, the text is only text. `need` refers to a need of a
    role. `own` ids are tried first in the record's own kind.
    """

    kinds: tuple[str, ...]

    def __init__(self, *kinds: str) -> None:
        object.__setattr__(self, "kinds", kinds)


def listed(value: object) -> object:
    """Read a single value as a list of one, and a list as the tuple that a frozen record holds."""
    if isinstance(value, list):
        return tuple(value)
    return (value,) if isinstance(value, str | dict) else value


def keyed(value: object) -> object:
    """Read `[a, b]` or `a` as `{a: nothing}`."""
    if isinstance(value, str):
        return {value: None}
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return dict.fromkeys(value)
    return value


def short(key: str) -> Callable[[object], object]:
    """Read a bare value as the table that has it under `key`, and nothing as an empty table."""

    def expand(value: object) -> object:
        if value is None:
            return {}
        return {key: value} if isinstance(value, str) else value

    return expand


Text: TypeAlias = Annotated[str, Written(read_text, {"type": "string"}, "text")]
Many: TypeAlias = Annotated[tuple[T, ...], BeforeValidator(listed)]
Texts: TypeAlias = Many[Text]
Url: TypeAlias = Annotated[str, Written(read_url, {"type": "string"}, "an address")]
Number: TypeAlias = Annotated[Fraction, Written(read_number, {"type": "number"}, "a number")]
Weight: TypeAlias = Annotated[Fraction, Written(read_weight, {"type": "number"}, "a weight")]
Confidence: TypeAlias = Annotated[
    Fraction, Written(read_scale_of_ten, {"type": "number", "minimum": 1, "maximum": 10}, "a number from 1 to 10")
]
Flag: TypeAlias = Annotated[bool, Written(read_flag, {"type": "boolean"}, "true or false")]
Day: TypeAlias = Annotated[PlanDate, Written(read_date, {"type": "string"}, "a date")]
DayOrOffset: TypeAlias = Annotated[
    PlanDate | Offset, Written(read_offset_or_date, {"type": "string"}, "a date")
]
When: TypeAlias = Annotated[Window, Written(read_window, {"type": "string"}, "a date or two")]
HorizonText: TypeAlias = Annotated[Horizon, Written(read_horizon, {"type": "string"}, "a horizon")]
EffortText: TypeAlias = Annotated[
    Effort, Written(read_effort, {"type": ["string", "number"]}, "an effort", context=True)
]
MoneyText: TypeAlias = Annotated[Money, Written(read_money, {"type": "string"}, "money")]
CadenceText: TypeAlias = Annotated[
    Cadence, BeforeValidator(lambda v: _cadence_text(v)), Written(read_cadence, {"type": "string"}, "a cadence")
]
LevelText: TypeAlias = Annotated[Level, Written(read_level, {"type": ["string", "number"]}, "a level")]
VisibilityText: TypeAlias = Annotated[Visibility, choice(Visibility, words={v.word: v for v in Visibility}, about="visibility", code="V103")]

RoleRef: TypeAlias = Annotated[Text, Refers("role")]
GoalRef: TypeAlias = Annotated[Text, Refers("goal")]
SkillRef: TypeAlias = Annotated[Text, Refers("skill")]
StepRef: TypeAlias = Annotated[Text, Refers("goal", "milestone")]
NeedRef: TypeAlias = Annotated[Text, Refers("need")]
PersonRef: TypeAlias = Annotated[Text, Refers("person")]

Raises: TypeAlias = Annotated[dict[SkillRef, LevelText | None], BeforeValidator(keyed)]
"""Skills that a step raises, each to a level, or (None) as far as the role asks."""


class Table(BaseModel):
    """A table of keys inside a record; unknown keys are errors."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, arbitrary_types_allowed=True, allow_inf_nan=False
    )

    @model_validator(mode="before")
    @classmethod
    def _without_absent(cls, data: object) -> object:
        """An empty value is an absent one, so that a default can stand in for it."""
        if isinstance(data, dict) and None in data.values():
            return {key: value for key, value in data.items() if value is not None}
        return data


class Fields(Table):
    """The fields that every kind has. A key that starts with `x_` is the owner's own."""

    id: Text | None = None
    title: Text
    visibility: VisibilityText | None = None
    tags: Texts = ()
    aliases: Texts = ()


def _cadence_text(value: object) -> object:
    """Fold `{every: week, times: 3}` into the one text form that the reader knows."""
    if isinstance(value, dict) and set(value) <= {"every", "times"} and "every" in value:
        return f"{value.get('times', '1')}/{value['every']}"
    return value
