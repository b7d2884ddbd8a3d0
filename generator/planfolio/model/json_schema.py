"""The JSON Schemas of tables, by which editors check a plan while it is typed."""

import types
from copy import deepcopy
from enum import Enum
from fractions import Fraction
from inspect import cleandoc
from typing import Annotated, Any, Union, get_args, get_origin

from planfolio.model.fields import MANY, NormalisedBy
from planfolio.model.table import Table, field_annotations, is_required, written_names
from planfolio.model.validation import NEVER_EMPTY
from planfolio.model.values.field_reader import Choice, FieldReader

_NULL = {"type": "null"}


def json_schema(table: type[Table]) -> dict[str, Any]:
    """Return the schema of all that may be written for a table, short forms included."""
    definitions: dict[str, Any] = {}
    schema = _table(table, definitions)
    return {"$defs": definitions, **schema} if definitions else schema


def _table(table: type[Table], definitions: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a table: an empty value is an absent one, and `x_` keys are free."""
    properties: dict[str, Any] = {}
    required: list[str] = []
    hints = field_annotations(table)
    for key, name in written_names(table).items():
        schema = _schema(hints[name], definitions)
        if is_required(table, name):
            required.append(key)
        elif key not in NEVER_EMPTY:
            others = schema.get("anyOf", [schema])
            schema = {"anyOf": others if _NULL in others else [*others, _NULL]}
            schema |= _default(getattr(table, name))
        properties[key] = schema
    return {
        "type": "object",
        "description": cleandoc(table.__doc__ or ""),
        "properties": properties,
        "patternProperties": {"^x_": {}},
        "additionalProperties": False,
        **({"required": required} if required else {}),
    }


def _schema(annotation: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _marked(args[0], args[1:], definitions)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema(one, definitions) for one in args]}
    if origin is tuple:
        return {"type": "array", "items": _schema(args[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(args[1], definitions)}
    if annotation is types.NoneType:
        return _NULL
    if issubclass(annotation, Choice):
        return deepcopy(dict(annotation.reader.schema))
    if annotation.__name__ not in definitions:
        definitions[annotation.__name__] = {}  # a table may hold its own like
        definitions[annotation.__name__] = _table(annotation, definitions)
    return {"$ref": f"#/$defs/{annotation.__name__}"}


def _marked(inner: Any, marks: tuple[Any, ...], definitions: dict[str, Any]) -> dict[str, Any]:
    for mark in reversed(marks):
        if isinstance(mark, FieldReader):
            return deepcopy(dict(mark.schema))
        if isinstance(mark, NormalisedBy) and mark.types is not None:
            return _schema(mark.types, definitions)
    schema = _schema(inner, definitions)
    for mark in marks:
        if mark is MANY:
            schema = {"anyOf": [schema, schema["items"]]}
        elif isinstance(mark, NormalisedBy) and mark.schema is not None:
            schema = {"anyOf": [schema, dict(mark.schema)]}
    return schema


def _default(value: Any) -> dict[str, Any]:
    """Return the default of a key for people to see, where there is one to write."""
    match value:
        case Enum():
            return {"default": value.value}
        case Fraction():
            return {"default": int(value) if value.denominator == 1 else float(value)}
        case bool() | str() if value != "":
            return {"default": value}
    return {}
