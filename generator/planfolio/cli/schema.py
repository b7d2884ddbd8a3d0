"""`planfolio schema`."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from planfolio.cli.options import planless_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from planfolio.cli.console import Console

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@click.command("schema")
@click.argument("kind", required=False)
@planless_options
def schema_command(*, kind: str | None, console: Console) -> None:
    """Print a JSON Schema, for editors and other programs.

    KIND is a kind of record (its front matter), `site` (site.toml) or `plan` (the export
    plan.json). Without KIND all schemas are printed, by name.
    """
    from planfolio.model.kinds import KINDS
    from planfolio.model.settings import Settings
    from planfolio.portfolio.plan_format import plan_schema

    schemas: dict[str, Callable[[], dict[str, Any]]] = {
        **{k.name: partial(k.fields.model_json_schema, by_alias=True) for k in KINDS},
        "site": partial(Settings.model_json_schema, by_alias=True),
        "plan": plan_schema,
    }
    if kind is None:
        shown: dict[str, object] = {name: schema() for name, schema in schemas.items()}
    elif kind in schemas:
        shown = {"$schema": _DIALECT, **schemas[kind]()}
    else:
        raise click.BadParameter(
            f"there is no schema {kind!r}; there are {', '.join(schemas)}.", param_hint="'KIND'"
        )
    console.result(json.dumps(shown, indent=2))
