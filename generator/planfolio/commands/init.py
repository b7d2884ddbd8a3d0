"""`planfolio init`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from planfolio.commands.console import Console, console_options


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path, file_okay=False))
@click.option("--example", is_flag=True, help="Copy the full example plan instead of the small one.")
@console_options
def command(*, folder: Path, example: bool, console: Console) -> None:
    """Start a plan in DIR: a small commented one to make your own. Nothing is overwritten."""
    from planfolio.bundled import content, example_site
    from planfolio.scaffold import example_files, fill, starter_files

    today = datetime.now(UTC).date()
    files = example_files(content(), example_site()) if example else starter_files(today)
    filled = fill(folder, files)
    for path in filled.kept:
        console.note(f"kept     {path}")
    if len(filled.written) > 8 and not console.verbose:
        console.note(f"wrote    {len(filled.written)} files")
    else:
        for path in filled.written:
            console.note(f"wrote    {path}")
    there = "" if folder.resolve() == Path.cwd() else f" --site {folder}"
    console.note(f"\nNext: planfolio check{there}, then planfolio build{there}")
