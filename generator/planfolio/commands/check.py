"""`planfolio check`."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planfolio.commands.ending import FINDINGS
from planfolio.commands.options import as_of_option, console_options, site_option
from planfolio.report.formats import Format, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.commands.console import Console
    from planfolio.diagnostics import Diagnostic
    from planfolio.pipeline import Checked, Today


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--strict",
    is_flag=True,
    envvar="PLANFOLIO_STRICT",
    show_envvar=True,
    help="Let warnings fail too.",
)
@click.option(
    "--output-format",
    "form",
    type=click.Choice([form.value for form in Format]),
    default=Format.FULL.value,
    show_default=True,
    envvar="PLANFOLIO_OUTPUT_FORMAT",
    show_envvar=True,
    help="How findings are printed.",
)
@as_of_option
@site_option
@console_options
def command(
    *,
    paths: tuple[Path, ...],
    strict: bool,
    form: str,
    today: Today,
    root: Path,
    console: Console,
) -> None:
    """Tell what is vague, unmeasured, impossible, unlinked or overdue in the plan.

    With PATHS the whole plan is read, and what concerns those files and folders is told. Exits with
    1 if a finding fails: an error, or with --strict a warning. `planfolio explain CODE` tells why
    a rule exists.
    """
    from planfolio.pipeline import check, stops

    wanted = _wanted(paths, root=root)
    started = time.monotonic()
    checked = check(root, today=today)
    _detail(console, checked, root=root, seconds=time.monotonic() - started)
    found = [d for d in checked.diagnostics if _concerns(d, wanted, root=root)]
    console.findings(found, root=root, form=Format(form))
    elsewhere = [d for d in checked.diagnostics if d not in found]
    rest = f" Elsewhere in the plan: {counted(elsewhere)}." if elsewhere else ""
    gap = "\n" if found and form != Format.JSON else ""
    console.note(f"{gap}As of {checked.as_of}: {counted(found)}.{rest}")
    if stops(found, strict=strict):
        raise click.exceptions.Exit(FINDINGS)


def _wanted(paths: Sequence[Path], *, root: Path) -> frozenset[Path]:
    """Return paths as absolute ones, links in their folders followed; of a link also its end."""
    wanted: set[Path] = set()
    for path in paths:
        ways = {Path(path.parent.resolve(), path.name), path.resolve()}
        inside = {way for way in ways if way.is_relative_to(root)}
        if not inside:
            raise click.BadParameter(f"{path} is not in the plan at {root}.", param_hint="'PATHS'")
        wanted |= inside
    return frozenset(wanted)


def _concerns(diagnostic: Diagnostic, wanted: frozenset[Path], *, root: Path) -> bool:
    file = root / diagnostic.path
    return not wanted or file in wanted or not wanted.isdisjoint(file.parents)


def _detail(console: Console, checked: Checked, *, root: Path, seconds: float) -> None:
    records = checked.plan.records.values()
    kinds = Counter(record.kind.plural for record in records if not record.implied)
    read = ", ".join(f"{count} {plural}" for plural, count in kinds.items()) or "no records"
    console.detail(f"Read {read} from {root} and checked them in {seconds:.2f} s.")
