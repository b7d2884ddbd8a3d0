"""`planfolio new`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from planfolio.cli.console import shown_path
from planfolio.cli.options import plan_options
from planfolio.exceptions import EnvironmentFailure, UsageError
from planfolio.model.kinds import KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from planfolio.cli.console import Console
    from planfolio.pipeline import Today


@click.command("new")
@click.argument("kind", type=click.Choice([kind.name for kind in KINDS]))
@click.argument("title", required=False)
@click.option("--edit", is_flag=True, help="Open it in $VISUAL or $EDITOR, then check it.")
@plan_options
def new_command(
    *, kind: str, title: str | None, edit: bool, today: Today, root: Path, console: Console
) -> None:
    """Write a new record with the most important keys, and print the questions to answer in it.

    A review needs no title. It names the goals to measure, and carries over what the last review
    left open. Prints the path of the new file. Existing files are never changed.
    """
    from planfolio.init.records import another_title, list_file, new_record
    from planfolio.init.scaffold import create
    from planfolio.pipeline import check

    of_kind = next(k for k in KINDS if k.name == kind)
    before = check(root, today=today)
    path, text = new_record(
        of_kind, title, plan=before.plan, analysis=before.analysis, today=before.as_of
    )
    file = root / path
    if not create(file, text.encode()):
        raise UsageError(f"{path} exists already", hint=another_title(of_kind))
    console.result(shown_path(file, root=root))
    listed = list_file(of_kind, plan=before.plan)
    if listed:
        console.note(f"{listed} lists {of_kind.plural}: a line there is enough for a short one.")
    if of_kind.questions:
        listed = "\n".join(f"  - {question}" for question in of_kind.questions)
        console.note(f"\nQuestions to answer in it:\n{listed}")
    if edit:
        _edit(file, path)
    _show_findings(path, root=root, today=today, console=console)


def _edit(file: Path, path: str) -> None:
    try:
        click.edit(filename=str(file))
    except click.ClickException as error:
        raise EnvironmentFailure(
            f"{path} is written, but the editor failed: {error.message}",
            hint="set VISUAL or EDITOR to an editor that is installed",
        ) from None


def _show_findings(path: str, *, root: Path, today: Today, console: Console) -> None:
    """Show errors in the file and vague words in its title; `check` shows the rest."""
    from planfolio.model.diagnostics import Severity
    from planfolio.pipeline import check

    found = [
        d
        for d in check(root, today=today).diagnostics
        if d.path == path and (d.code.startswith("S") or d.severity is Severity.ERROR)
    ]
    if found:
        console.note("")
        console.findings(found, root=root, err=True)
