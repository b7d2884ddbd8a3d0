"""How a field of a pydantic model reads its value from the text that was written."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError, core_schema

from planfolio.values.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader may know beside the text: the settings of site.toml that values depend on.

    `hours_per_week` gives `2w` of effort a meaning.
    """

    hours_per_week: Fraction | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """Annotate a type with the function that reads it, as `Annotated[Effort, Written(...)]`.

    `read` takes the text; with `context` also the `Reading`, by that keyword. An `Unreadable`
    becomes a pydantic error of type `planfolio` whose context carries code, name and hint.
    `schema` is the JSON Schema of the text.
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
        return dict(self.schema)

    def _validate(self, value: object, info: core_schema.ValidationInfo) -> object:
        if not isinstance(value, str):
            found = _SHAPES.get(type(value), "something else")
            raise _error(Unreadable(f"expected {self.expects}, found {found}"))
        try:
            if self.context:
                return self.read(value, info.context or Reading())
            return self.read(value)
        except Unreadable as fault:
            raise _error(fault) from None


_SHAPES = {list: "a list", tuple: "a list", dict: "a table of keys", type(None): "nothing"}


def _error(fault: Unreadable) -> PydanticCustomError:
    return PydanticCustomError(
        "planfolio",
        "{message}",
        {"message": fault.message, "hint": fault.hint, "name": fault.name, "code": fault.code},
    )
