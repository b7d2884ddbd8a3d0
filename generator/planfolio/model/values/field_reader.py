"""How a field of a pydantic model reads its value from the text that was written."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError, core_schema

from planfolio.model.diagnostics import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler


@dataclass(frozen=True, slots=True)
class ReadContext:
    """What a reader may know beside the text: the settings of site.toml that values depend on.

    `hours_per_week` gives `2w` of effort a meaning.
    """

    hours_per_week: Fraction | None = None


@dataclass(frozen=True, slots=True, eq=False)
class FieldReader:
    """Annotate a type with the function that reads it, as `Annotated[Effort, FieldReader(...)]`.

    `read` takes the text; with `context` also the `ReadContext`, by that keyword. An `Problem`
    becomes a pydantic error of type `planfolio` whose context carries code, name and hint.
    `schema` is the JSON Schema of the text. `expects` names the value where a list or a table
    stands in its place: `expected a date, found a list`.
    """

    read: Callable[..., Any]
    schema: Mapping[str, Any]
    expects: str
    context: bool = False

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Build the validator (pydantic's protocol)."""
        return core_schema.with_info_plain_validator_function(self._validate)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema of the text (pydantic's protocol)."""
        return copy.deepcopy(dict(self.schema))

    def _validate(self, value: object, info: core_schema.ValidationInfo) -> object:
        if not isinstance(value, str):
            found, hint = _SHAPES.get(type(value), ("something else", ""))
            raise as_pydantic_error(Problem(f"expected {self.expects}, found {found}", hint))
        try:
            if self.context:
                return self.read(value, reading=info.context or ReadContext())
            return self.read(value)
        except Problem as fault:
            raise as_pydantic_error(fault) from None


def as_pydantic_error(fault: Problem) -> PydanticCustomError:
    """Return the error by which pydantic collects a fault with those of the other fields.

    Pydantic passes only its own errors and ValueErrors on with their places; an `Problem`
    raised inside a validator would end the validation of the whole record.
    """
    return PydanticCustomError(
        "planfolio",
        "{message}",
        {"message": fault.message, "hint": fault.hint, "name": fault.name, "code": fault.code},
    )


_SHAPES: dict[type, tuple[str, str]] = {
    list: ("a list", "write one value, without brackets or dashes"),
    tuple: ("a list", "write one value, without brackets or dashes"),
    dict: ("a table of keys", "write one value, without keys below it"),
    type(None): ("nothing", "write a value, or take the key out"),
}
