"""The JSON Schema of plan.json: plan.schema.json, and the lists of kinds that it does not know."""

import json
from collections.abc import Iterable
from importlib import resources
from typing import Any

from planfolio.model.kinds import KINDS
from planfolio.model.kinds.kind import Kind


def plan_schema(kinds: Iterable[Kind] = KINDS) -> dict[str, Any]:
    """Return the JSON Schema of plan.json, which lists the records of these kinds."""
    text = resources.files(__package__).joinpath("plan.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    for kind in kinds:
        if kind.plural not in schema["properties"] and not kind.singleton:
            schema["properties"][kind.plural] = {
                "description": f"The {kind.plural}.",
                "type": "array",
                "items": {"$ref": "#/$defs/record"},
            }
            schema["required"].append(kind.plural)
    return schema
