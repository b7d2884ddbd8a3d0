"""`planfolio schema`."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from planfolio.cli.options import console_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from planfolio.cli.console import Console

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@click.command("schema")
@click.argument("kind", required=False)
@console_options
def command(*, kind: str | None, console: Console) -> None:
    """Print a JSON Schema, for editors and other programs.

    KIND is a kind of record (its front matter), `site` (site.toml) or `plan` (the export
    plan.json). Without KIND all schemas are printed, by name.
    """
    schemas = _schemas()
    if kind is None:
        shown = {name: schema() for name, schema in schemas.items()}
        console.result(json.dumps(shown, indent=2))
        return
    if kind not in schemas:
        raise click.BadParameter(
            f"there is no schema {kind!r}; there are {', '.join(schemas)}.", param_hint="'KIND'"
        )
    console.result(json.dumps({"$schema": _DIALECT, **schemas[kind]()}, indent=2))


def _schemas() -> dict[str, Callable[[], dict[str, Any]]]:
    from planfolio.model.kinds import KINDS
    from planfolio.model.settings import Settings
    from planfolio.portfolio.export import plan_schema

    kinds = {kind.name: partial(kind.fields.model_json_schema, by_alias=True) for kind in KINDS}
    return {
        **kinds,
        "site": partial(Settings.model_json_schema, by_alias=True),
        "plan": plan_schema,
    }
