"""`planfolio gaps`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from planfolio.commands.console import Console, analysed, as_of_option, console_options, site_option

if TYPE_CHECKING:
    from pathlib import Path

    from planfolio.pipeline import Today


@click.command("gaps")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    envvar="PLANFOLIO_FORMAT",
    help="A table to read, or the same part of plan.json.",
)
@as_of_option
@site_option
@console_options
def command(*, form: str, today: Today, root: Path, console: Console) -> None:
    """Tell what target roles ask and what there is: the gaps in the order to close them.

    The owner's view: everything counts, whoever may see it. Errors in the plan exit with 1.
    """
    from planfolio.kinds import Visibility
    from planfolio.report.overviews import gaps_tables
    from planfolio.stage5_layout.export import plan_export
    from planfolio.stage5_layout.scope import scope_of

    plan, analysis = analysed(root, today=today, console=console)
    if form == "json":
        export = plan_export(scope_of(plan, analysis, (), audience=Visibility.PRIVATE))
        part = {"as_of": export["as_of"], "roles": export["roles"], "skills": export["skills"]}
        console.result(json.dumps(part, ensure_ascii=False, indent=2))
    else:
        console.result(gaps_tables(plan, analysis, paint=console.paint), end=False)
