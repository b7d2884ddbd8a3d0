"""`planfolio new`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from planfolio.commands.console import Console, as_of_option, console_options, site_option
from planfolio.exceptions import Hindrance
from planfolio.kinds import KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from planfolio.kinds import Kind
    from planfolio.pipeline import Today


@click.command("new")
@click.argument("kind", type=click.Choice([kind.name for kind in KINDS]))
@click.argument("title")
@click.option("--edit", is_flag=True, help="Open the new file in your editor.")
@as_of_option
@site_option
@console_options
def command(
    *, kind: str, title: str, edit: bool, today: Today, root: Path, console: Console
) -> None:
    """Write a new record with the few keys that matter, and the questions it should answer."""
    from planfolio.pipeline import check
    from planfolio.report.formats import Format
    from planfolio.scaffold import new_record

    of_kind = next(k for k in KINDS if k.name == kind)
    before = check(root, today=today)
    path, text = new_record(of_kind, title, plan=before.plan, today=before.as_of)
    _create(root / path, text)
    console.result(path)
    after = check(root, today=today)
    about_title = [d for d in after.diagnostics if d.path == path and d.code.startswith("S")]
    if about_title:
        console.note("")
        console.findings(about_title, root=root, form=Format.FULL, err=True)
    _ask(of_kind, console)
    if edit:
        click.edit(filename=str(root / path))


def _create(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        raise Hindrance(f"{file} cannot be written: {error.strerror}") from None


def _ask(kind: Kind, console: Console) -> None:
    if kind.questions:
        console.note("\nTo answer in it:")
        for question in kind.questions:
            console.note(f"  - {question}")
