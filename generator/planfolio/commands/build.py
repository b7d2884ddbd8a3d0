"""`planfolio build`."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planfolio.commands.console import Console, as_of_option, console_options, site_option
from planfolio.kinds.kind import Visibility

if TYPE_CHECKING:
    from planfolio.pipeline import Made, Today
    from planfolio.stage7_write import Written

_PATIENCE = 0.5
"""Seconds after which a build tells a terminal what it is doing."""


@click.command("build")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    envvar="PLANFOLIO_OUTPUT",
    help="The folder to write (default: public/ beside site.toml).",
)
@click.option(
    "--audience",
    type=click.Choice([v.word for v in Visibility]),
    default=Visibility.PUBLIC.word,
    envvar="PLANFOLIO_AUDIENCE",
    help="Who the site is for.",
)
@click.option(
    "--base-url", envvar="PLANFOLIO_BASE_URL", help="Where the site will be (default: site.toml's)."
)
@click.option("--strict", is_flag=True, envvar="PLANFOLIO_STRICT", help="Let warnings stop it too.")
@as_of_option
@site_option
@console_options
def command(
    *,
    output: Path | None,
    audience: str,
    base_url: str | None,
    strict: bool,
    today: Today,
    root: Path,
    console: Console,
) -> None:
    """Build the site. Errors in the plan leave the last output as it was."""
    from planfolio.pipeline import make
    from planfolio.report.formats import Format, counted
    from planfolio.stage7_write import refuse_dangerous, write

    started = time.monotonic()
    target = root / "public" if output is None else output.absolute()
    refuse_dangerous(target, protected=_protected(root))

    def progress(stage: str) -> None:
        if console.color and time.monotonic() - started > _PATIENCE:
            console.note(f"  {stage} …")

    made = make(
        root,
        today=today,
        audience=Visibility[audience.upper()],
        base_url=_base(base_url),
        strict=strict,
        progress=progress,
    )
    if made.files is None:
        console.findings(made.checked.diagnostics, root=root, form=Format.FULL, err=True)
        console.note(f"\n{counted(made.checked.diagnostics).capitalize()}: nothing was built.")
        raise click.exceptions.Exit(1)
    progress("writing")
    written = write(made.files, target, protected=_protected(root))
    _tell(console, made, written, target, audience, time.monotonic() - started)


def _tell(
    console: Console, made: Made, written: Written, target: Path, audience: str, seconds: float
) -> None:
    from planfolio.report.formats import counted

    changes = f"{written.added} new, {written.changed} changed, {written.removed} removed"
    pages = f"{made.pages} page{'s' * (made.pages != 1)}"
    shown = target.relative_to(Path.cwd()) if target.is_relative_to(Path.cwd()) else target
    console.note(
        f"Built {pages} for {audience} eyes into {shown}/ in {seconds:.2f} s: {changes}."
        if audience != "private"
        else f"Built {pages} for the owner into {shown}/ in {seconds:.2f} s: {changes}."
    )
    found = made.checked.diagnostics
    if found:
        console.note(f"As of {made.checked.as_of}: {counted(found)}. Read them with planfolio check.")
    else:
        console.note(f"As of {made.checked.as_of}: nothing to report.")


def _base(url: str | None) -> str | None:
    if url is None:
        return None
    if not url.startswith(("http://", "https://")):
        raise click.BadParameter(f"{url!r} does not start with https://", param_hint="--base-url")
    return url if url.endswith("/") else url + "/"


def _protected(root: Path) -> list[Path]:
    from planfolio.pipeline import CONTENT

    return [root, root / CONTENT, root / "themes"]
