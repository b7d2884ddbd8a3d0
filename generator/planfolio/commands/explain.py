"""`planfolio explain`."""

from __future__ import annotations

import difflib
import textwrap
from itertools import groupby
from typing import TYPE_CHECKING

import click

from planfolio.commands.options import console_options

if TYPE_CHECKING:
    from planfolio.commands.console import Console, Stream
    from planfolio.rules import Rule

_LETTERS = {
    "S": "Specific",
    "M": "Measurable",
    "A": "Achievable",
    "R": "Relevant",
    "T": "Timely",
    "P": "Practice",
    "V": "Visibility",
    "L": "Links",
    "F": "Form",
}
_WIDEST = 88
"""Columns of running text; longer lines are hard to read."""


@click.command("explain")
@click.argument("code", required=False)
@console_options
def command(*, code: str | None, console: Console) -> None:
    """Tell why a rule exists, with a bad and a good example; without CODE list all rules.

    CODE is a code like S101 or a name like vague-title.
    """
    from planfolio.rules import RULES

    if code is None:
        console.result(_listed(list(RULES.values()), console.out))
        return
    by_name = {rule.name: rule for rule in RULES.values()}
    found = RULES.get(code.strip().upper()) or by_name.get(code.strip().lower())
    if found is None:
        near = difflib.get_close_matches(code.strip().upper(), RULES, n=2)
        near += difflib.get_close_matches(code.strip().lower(), by_name, n=1)
        hint = f"Did you mean {' or '.join(near)}?" if near else "planfolio explain lists all."
        raise click.BadParameter(f"there is no rule {code!r}. {hint}", param_hint="'CODE'")
    console.result(_explained(found, console.out))


def _listed(rules: list[Rule], out: Stream) -> str:
    order = list(_LETTERS)
    rules.sort(key=lambda rule: (order.index(rule.letter), rule.code))
    longest = max(len(rule.name) for rule in rules)
    parts = []
    for letter, group in groupby(rules, key=lambda rule: rule.letter):
        lines = [out.paint(_LETTERS[letter], "strong")]
        for rule in group:
            severity = out.paint(f"{rule.severity.value:7}", rule.severity.value)
            lines.append(f"  {rule.code}  {severity}  {rule.name:{longest}}  {rule.summary}")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _explained(rule: Rule, out: Stream) -> str:
    wide = min(_WIDEST, out.columns or _WIDEST)
    severity = out.paint(rule.severity.value, rule.severity.value)
    parts = [
        f"{out.paint(f'{rule.code} {rule.name}', 'strong')} ({severity})",
        _wrapped(f"{rule.summary[:1].upper()}{rule.summary[1:]}.", wide),
        _wrapped(rule.why, wide),
    ]
    for title, example in (("Bad:", rule.bad), ("Good:", rule.good)):
        if example:
            shown = textwrap.indent(example.strip("\n"), "    ")
            parts.append(f"{out.paint(title, 'strong')}\n{shown}")
    if not rule.firm:
        parts.append(_wrapped(_setting(rule), wide))
    return "\n\n".join(parts)


def _setting(rule: Rule) -> str:
    """Return how site.toml changes whether the rule speaks."""
    if rule.severity.value == "off":
        wake = f'severity = {{ {rule.code} = "warning" }}'
        return f"It is off. Under [check] in site.toml, {wake} wakes it."
    return f'Under [check] in site.toml, ignore = ["{rule.code}"] silences it.'


def _wrapped(text: str, wide: int) -> str:
    """Wrap text between words alone, so that a path or a key stays in one piece."""
    paragraphs = text.strip().split("\n\n")
    return "\n\n".join(
        textwrap.fill(" ".join(p.split()), wide, break_long_words=False, break_on_hyphens=False)
        for p in paragraphs
    )
