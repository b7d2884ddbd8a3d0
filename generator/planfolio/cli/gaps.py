"""`planfolio gaps`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from planfolio.cli.options import as_of_option, console_options, format_option, site_option
from planfolio.cli.owner import owned, owners_export

if TYPE_CHECKING:
    from pathlib import Path

    from planfolio.cli.console import Console
    from planfolio.pipeline import Today


@click.command("gaps")
@format_option
@as_of_option
@site_option
@console_options
def command(*, form: str, today: Today, root: Path, console: Console) -> None:
    """Tell what target roles ask and what there is: the gaps in the order to close them.

    The owner's view: everything counts, whoever may see it. Errors in the plan exit with 1.
    """
    from planfolio.report.overviews import gaps_tables

    checked, plan, analysis = owned(root, today=today, console=console)
    if form == "json":
        export = owners_export(checked, analysis)
        part = {key: export[key] for key in ("as_of", "roles", "skills")}
        console.result(json.dumps(part, indent=2))
    else:
        text = gaps_tables(plan, analysis, paint=console.out.paint, columns=console.out.columns)
        console.result(text, end="")
