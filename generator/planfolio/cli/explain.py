"""`planfolio explain`."""

from __future__ import annotations

import difflib
from itertools import groupby
from typing import TYPE_CHECKING

import click

from planfolio.cli.options import console_options
from planfolio.report.explanation import LETTERS, explanation

if TYPE_CHECKING:
    from planfolio.cli.console import Console, Stream
    from planfolio.rules.rule import Rule


@click.command("explain")
@click.argument("code", required=False)
@console_options
def command(*, code: str | None, console: Console) -> None:
    """Explain why a rule exists, with a bad and a good example; list all rules without CODE.

    CODE is a code like S101 or a name like vague-title.
    """
    from planfolio.rules.registry import RULES

    if code is None:
        console.result(_listed(list(RULES.values()), console.out))
        return
    by_name = {rule.name: rule for rule in RULES.values()}
    found = RULES.get(code.strip().upper()) or by_name.get(code.strip().lower())
    if found is None:
        near = difflib.get_close_matches(code.strip().upper(), RULES, n=2)
        near += difflib.get_close_matches(code.strip().lower(), by_name, n=1)
        hint = (
            f"Did you mean {' or '.join(near)}?" if near else "planfolio explain lists all rules."
        )
        raise click.BadParameter(f"there is no rule {code!r}. {hint}", param_hint="'CODE'")
    out = console.out
    console.result(explanation(found, paint=out.paint, columns=out.columns))


def _listed(rules: list[Rule], out: Stream) -> str:
    order = list(LETTERS)
    rules.sort(key=lambda rule: (order.index(rule.letter), rule.code))
    longest = max(len(rule.name) for rule in rules)
    parts = []
    for letter, group in groupby(rules, key=lambda rule: rule.letter):
        lines = [out.paint(LETTERS[letter], "strong")]
        for rule in group:
            severity = out.paint(f"{rule.severity.value:7}", rule.severity.value)
            lines.append(f"  {rule.code}  {severity}  {rule.name:{longest}}  {rule.summary}")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)
