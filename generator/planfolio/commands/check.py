"""`planfolio check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from planfolio.commands.console import Console, as_of_option, console_options, site_option
from planfolio.report.formats import Format, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.diagnostics import Diagnostic
    from planfolio.pipeline import Today


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--strict", is_flag=True, envvar="PLANFOLIO_STRICT", help="Let warnings fail too.")
@click.option(
    "--output-format",
    "form",
    type=click.Choice(Format),
    default=Format.FULL,
    envvar="PLANFOLIO_OUTPUT_FORMAT",
    help="How findings are printed.",
)
@as_of_option
@site_option
@console_options
def command(
    *,
    paths: tuple[Path, ...],
    strict: bool,
    form: Format,
    today: Today,
    root: Path,
    console: Console,
) -> None:
    """Tell what is vague, unmeasured, impossible, unlinked or overdue in the plan.

    With PATHS the whole plan is read, and what concerns those files is told. Exits with 1 if a
    finding fails: an error, or with --strict a warning.
    """
    from planfolio.pipeline import check, stops

    checked = check(root, today=today)
    found = _within(checked.diagnostics, paths, root)
    console.findings(found, root=root, form=form)
    console.note(f"{'' if not found else chr(10)}As of {checked.as_of}: {counted(found)}.")
    if stops(found, strict=strict):
        raise click.exceptions.Exit(1)


def _within(
    diagnostics: Sequence[Diagnostic], paths: Sequence[Path], root: Path
) -> Sequence[Diagnostic]:
    if not paths:
        return diagnostics
    wanted = []
    for path in paths:
        full = Path(path.parent.resolve(), path.name)
        if not full.is_relative_to(root):
            raise click.BadParameter(f"{path} is not in the plan at {root}", param_hint="PATHS")
        wanted.append(full)
    return [d for d in diagnostics if any((root / d.path).is_relative_to(w) for w in wanted)]
