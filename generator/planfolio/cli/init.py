"""`planfolio init`."""

from __future__ import annotations

import shlex
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from planfolio.cli.options import console_options
from planfolio.spelling import visible

if TYPE_CHECKING:
    from planfolio.cli.console import Console
    from planfolio.init.scaffold import Filled

_MOST_NAMED = 8


@click.command("init")
@click.argument(
    "folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path, file_okay=False)
)
@click.option(
    "--example", is_flag=True, help="Copy the full example plan instead of the small one."
)
@console_options
def init_command(*, folder: Path, example: bool, console: Console) -> None:
    """Start a plan in DIR: a small commented one to make your own.

    Nothing is overwritten. A folder with a plan gets what it lacks to be built and published:
    site.toml, the lines of .gitignore, and two workflows for GitHub. The workflows are written to
    .github at the top of the repository that DIR is in.
    """
    from planfolio.bundled import content, example_site
    from planfolio.init.github_workflows import add_workflows, requirement_here
    from planfolio.init.scaffold import example_files, fill, machine_timezone, starter_files

    timezone = machine_timezone()
    today = datetime.now(ZoneInfo(timezone)).date()
    starter = starter_files(today, timezone=timezone)
    files = example_files(content(), example_site()) if example else starter
    filled = fill(folder, files, alone=example)
    _list(filled, console)
    if filled.left_out:
        console.note("content/ has a plan already, so no records were added.")
    workflows = add_workflows(folder, requirement=requirement_here())
    _list(workflows, console)
    if workflows.left_out:
        console.note(
            "The repository publishes to GitHub Pages already, so no workflow was added for it."
        )
    console.note(f"\nNext:\n{_next_steps(folder)}")


def _list(filled: Filled, console: Console) -> None:
    for verb, paths in (("kept", filled.kept), ("wrote", filled.written)):
        if len(paths) > _MOST_NAMED and not console.verbose:
            console.note(f"{verb:6} {len(paths)} files")
        else:
            for path in paths:
                console.note(f"{verb:6} {visible(path)}")


def _next_steps(folder: Path) -> str:
    steps = [
        ("planfolio check", "what is vague, missing or overdue"),
        ("planfolio serve --open", "the plan in your browser, updated as you write"),
        ('planfolio new goal "…"', "a goal of your own"),
        ("planfolio log GOAL 3", "a new value of its metric; tick, move and pause are like it"),
        ("planfolio next", "what you can do today"),
    ]
    if folder.resolve() != Path.cwd():
        steps.insert(0, (f"cd {visible(shlex.quote(str(folder)))}", ""))
    return "\n".join(f"  {step:24}{what}".rstrip() for step, what in steps)
