"""`planfolio init` and `planfolio new`: a new plan, and a new record in it."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planfolio.cli.options import console_options, plan_options
from planfolio.exceptions import EnvironmentFailure, UsageError
from planfolio.message_text import visible
from planfolio.model.diagnostics import Severity
from planfolio.model.kinds import KINDS

if TYPE_CHECKING:
    from planfolio.cli.console import Console, Session
    from planfolio.init.scaffold import WrittenFiles

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
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from planfolio.bundled import content, example_site
    from planfolio.init.github_workflows import add_workflows, requirement_here
    from planfolio.init.scaffold import (
        example_files,
        machine_timezone,
        starter_files,
        write_missing,
    )

    timezone = machine_timezone()
    today = datetime.now(ZoneInfo(timezone)).date()
    starter = starter_files(today, timezone=timezone)
    files = example_files(content(), example_site()) if example else starter
    filled = write_missing(folder, files, alone=example)
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


@click.command("new")
@click.argument("kind", type=click.Choice([kind.name for kind in KINDS]))
@click.argument("title", required=False)
@click.option("--edit", is_flag=True, help="Open it in $VISUAL or $EDITOR, then check it.")
@plan_options
def new_command(*, kind: str, title: str | None, edit: bool, session: Session) -> None:
    """Write a new record with the most important keys, and print the questions to answer in it.

    A review needs no title. It names the goals to measure, and carries over what the last review
    left open. Prints the path of the new file. Existing files are never changed.
    """
    from planfolio.init.records import another_title, list_file, new_record
    from planfolio.init.scaffold import create_file

    of_kind = next(k for k in KINDS if k.name == kind)
    before = session.check()
    path, text = new_record(
        of_kind, title, plan=before.plan, analysis=before.analysis, today=before.as_of
    )
    if not create_file(session.root / path, text.encode()):
        raise UsageError(f"{path} exists already", hint=another_title(of_kind))
    session.result(session.shown(path))
    listed = list_file(of_kind, plan=before.plan)
    if listed:
        session.note(f"{listed} lists {of_kind.plural}: a line there is enough for a short one.")
    if of_kind.questions:
        questions = "\n".join(f"  - {question}" for question in of_kind.questions)
        session.note(f"\nQuestions to answer in it:\n{questions}")
    if edit:
        _edit(session.root / path, path)
    # Errors in the file, and vague words in its title; `check` shows the rest.
    own = [d for d in session.check().diagnostics if d.path == path]
    found = [d for d in own if d.code.startswith("S") or d.severity is Severity.ERROR]
    if found:
        session.note("")
        session.findings(found, err=True)


def _edit(file: Path, path: str) -> None:
    try:
        click.edit(filename=str(file))
    except click.ClickException as error:
        raise EnvironmentFailure(
            f"{path} is written, but the editor failed: {error.message}",
            hint="set VISUAL or EDITOR to an editor that is installed",
        ) from None


def _list(filled: WrittenFiles, console: Console) -> None:
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
