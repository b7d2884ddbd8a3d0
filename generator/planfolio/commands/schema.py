"""`planfolio schema`."""

from __future__ import annotations

import json
from typing import Any

import click

from planfolio.commands.console import Console, console_options


@click.command("schema")
@click.argument("kind", required=False)
@console_options
def command(*, kind: str | None, console: Console) -> None:
    """Print the JSON Schema of a KIND's front matter, of `site` or of the export `plan`.

    Without KIND, of all of them, by name.
    """
    schemas = _schemas()
    if kind is None:
        console.result(json.dumps(schemas, ensure_ascii=False, indent=2))
        return
    if kind not in schemas:
        listed = ", ".join(schemas)
        raise click.BadParameter(f"there is no kind {kind!r}; there are {listed}", param_hint="KIND")
    console.result(json.dumps(schemas[kind], ensure_ascii=False, indent=2))


def _schemas() -> dict[str, dict[str, Any]]:
    from planfolio.kinds import KINDS
    from planfolio.site import Site
    from planfolio.stage5_layout.export import plan_schema

    schemas: dict[str, dict[str, Any]] = {
        kind.name: kind.fields.model_json_schema(by_alias=True) for kind in KINDS
    }
    schemas["site"] = Site.model_json_schema(by_alias=True)
    schemas["plan"] = plan_schema()
    return schemas
