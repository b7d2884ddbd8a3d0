"""`planfolio explain`."""

from __future__ import annotations

import difflib

import click

from planfolio.commands.console import Console, console_options


@click.command("explain")
@click.argument("code", required=False)
@console_options
def command(*, code: str | None, console: Console) -> None:
    """Tell why a rule exists, with a bad and a good example; without CODE list all rules."""
    from planfolio.rules import RULES

    if code is None:
        for rule in RULES.values():
            severity = console.paint(f"{rule.severity.value:8}", rule.severity.value)
            console.result(f"{rule.code}  {severity} {rule.name:28} {rule.summary}")
        return
    wanted = code.strip().upper()
    by_name = {rule.name: rule for rule in RULES.values()}
    found = RULES.get(wanted) or by_name.get(code.strip().lower())
    if found is None:
        near = difflib.get_close_matches(wanted, RULES, n=3)
        near += difflib.get_close_matches(code.strip().lower(), by_name, n=2)
        hint = f" Did you mean {' or '.join(near)}?" if near else " planfolio explain lists all."
        raise click.BadParameter(f"there is no rule {code!r}.{hint}", param_hint="CODE")
    parts = [console.paint(f"{found.code} {found.name}", "strong") + f" ({found.severity.value})"]
    parts += ["", found.summary, "", found.why]
    for title, example in (("Bad", found.bad), ("Good", found.good)):
        if example:
            parts += ["", console.paint(f"{title}:", "strong")]
            parts += [f"    {line}".rstrip() for line in example.strip("\n").splitlines()]
    console.result("\n".join(parts))
