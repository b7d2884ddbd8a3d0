"""`planfolio status`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from planfolio.cli.numbers import load_or_exit
from planfolio.cli.options import format_option, plan_options

if TYPE_CHECKING:
    from pathlib import Path

    from planfolio.cli.console import Console
    from planfolio.pipeline import Today


@click.command("status")
@format_option
@plan_options
def command(*, form: str, today: Today, root: Path, console: Console) -> None:
    """Show the status of each goal, with the numbers of the site.

    Private records count too: this is the owner's view. Errors in the plan exit with 1.
    """
    from planfolio.portfolio.export import plan_export
    from planfolio.report.overviews import status_table

    portfolio = load_or_exit(root, today=today, console=console)
    if form == "json":
        export = plan_export(portfolio)
        part = {key: export[key] for key in ("as_of", "goals", "milestones")}
        console.result(json.dumps(part, indent=2))
    else:
        text = status_table(portfolio, paint=console.out.paint, columns=console.out.columns)
        console.result(text, end="")
