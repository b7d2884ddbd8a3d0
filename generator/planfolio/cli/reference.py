"""`planfolio explain` and `planfolio schema`: what rules and files mean, without a plan."""

from __future__ import annotations

import json
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from planfolio.cli.options import planless_options
from planfolio.names import near_names
from planfolio.report.rules import LETTERS, explanation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from planfolio.cli.console import Console, Stream
    from planfolio.rules.rule import Rule

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@click.command("explain")
@click.argument("code", required=False)
@planless_options
def explain_command(*, code: str | None, console: Console) -> None:
    """Explain why a rule exists, with a bad and a good example; list all rules without CODE.

    CODE is a code like S101 or a name like vague-title.
    """
    from planfolio.rules.registry import RULES

    out = console.out
    if code is None:
        console.result(_listed(RULES.values(), out))
        return
    rules = {**{rule.name: rule for rule in RULES.values()}, **{c.lower(): RULES[c] for c in RULES}}
    typed = code.strip().lower()
    if typed not in rules:
        near = [rules[key] for key in near_names(typed, rules, count=2)]
        guess = " or ".join(f"{rule.code} ({rule.name})" for rule in dict.fromkeys(near))
        hint = f"Did you mean {guess}?" if near else "planfolio explain lists all rules."
        raise click.BadParameter(f"there is no rule {code!r}. {hint}", param_hint="'CODE'")
    console.result(explanation(rules[typed], paint=out.paint, columns=out.columns))


@click.command("schema")
@click.argument("kind", required=False)
@planless_options
def schema_command(*, kind: str | None, console: Console) -> None:
    """Print a JSON Schema, for editors and other programs.

    KIND is a kind of record (its front matter), `site` (site.toml) or `plan` (the export
    plan.json). Without KIND all schemas are printed, by name.
    """
    from planfolio.model.json_schema import json_schema
    from planfolio.model.kinds import KINDS
    from planfolio.model.settings import Settings
    from planfolio.portfolio.export import plan_schema

    schemas: dict[str, Callable[[], dict[str, Any]]] = {
        **{kind.name: partial(json_schema, kind.fields) for kind in KINDS},
        "site": partial(json_schema, Settings),
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


def _listed(rules: Iterable[Rule], out: Stream) -> str:
    order = list(LETTERS)
    ordered = sorted(rules, key=lambda rule: (order.index(rule.letter), rule.code))
    longest = max(len(rule.name) for rule in ordered)
    parts = []
    for letter, group in groupby(ordered, key=lambda rule: rule.letter):
        lines = [out.paint(LETTERS[letter], "strong")]
        for rule in group:
            severity = out.paint(f"{rule.severity.value:7}", rule.severity.value)
            lines.append(f"  {rule.code}  {severity}  {rule.name:{longest}}  {rule.summary}")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)
