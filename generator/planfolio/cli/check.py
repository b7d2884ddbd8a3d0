"""`planfolio check`."""

from __future__ import annotations

import os
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planfolio.cli.console import place_in_repository
from planfolio.cli.ending import FINDINGS
from planfolio.cli.options import as_of_option, console_options, site_option
from planfolio.report.formats import Format, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from planfolio.cli.console import Console
    from planfolio.model.diagnostics import Diagnostic
    from planfolio.pipeline import CheckResult, Reuse, Today


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
    help="How findings are printed; github and sarif are for code hosts.",
)
@click.option(
    "--watch",
    "watches",
    is_flag=True,
    help="Check again whenever a file of the plan is saved, until Ctrl-C.",
)
@as_of_option
@site_option
@console_options
def command(
    *,
    paths: tuple[Path, ...],
    strict: bool,
    form: str,
    watches: bool,
    today: Today,
    root: Path,
    console: Console,
) -> None:
    """Tell what is vague, unmeasured, impossible, unlinked or overdue in the plan.

    With PATHS the whole plan is read, and what concerns those files and folders is told. Exits with
    1 if a finding fails: an error, or with --strict a warning. `planfolio explain CODE` tells why
    a rule exists. With --watch it goes on, and ends with 0.

    In the format github findings become annotations of a GitHub workflow, and where
    GITHUB_STEP_SUMMARY names a file, a table of all of them is added to it.
    """
    from planfolio.pipeline import Reuse, stops

    if watches and Format(form).for_hosts:
        raise click.BadParameter(
            f"{form} tells of one run, and --watch has no end; full, concise and json go with it.",
            param_hint="'--output-format'",
        )
    wanted = _wanted(paths, root=root)

    def tell(today: Today, reuse: Reuse) -> list[Diagnostic]:
        return _tell(console, root=root, wanted=wanted, form=Format(form), today=today, reuse=reuse)

    if watches:
        _watch(tell, root=root, today=today, console=console)
    elif stops(tell(today, Reuse()), strict=strict):
        raise click.exceptions.Exit(FINDINGS)


def _tell(
    console: Console,
    *,
    root: Path,
    wanted: frozenset[Path],
    form: Format,
    today: Today,
    reuse: Reuse,
) -> list[Diagnostic]:
    """Check, show what was found in the files that are wanted, and return it."""
    from planfolio.pipeline import check

    started = time.monotonic()
    checked = check(root, today=today, reuse=reuse)
    _detail(console, checked, root=root, seconds=time.monotonic() - started)
    found = [d for d in checked.diagnostics if _concerns(d, wanted, root=root)]
    console.findings(found, root=root, form=form)
    summary_file = os.environ.get("GITHUB_STEP_SUMMARY")
    if form is Format.GITHUB and summary_file:
        _summarise(found, Path(summary_file), root=root, as_of=checked.as_of)
    elsewhere = [d for d in checked.diagnostics if d not in found]
    rest = f" Elsewhere in the plan: {counted(elsewhere)}." if elsewhere else ""
    gap = "\n" if found and not form.is_document else ""
    console.note(f"{gap}As of {checked.as_of}: {counted(found)}.{rest}")
    return found


def _summarise(found: Sequence[Diagnostic], file: Path, *, root: Path, as_of: date) -> None:
    """Add the findings to the summary of a step, as far as GitHub still shows it."""
    from planfolio.report.github import MOST_OF_A_SUMMARY, summary

    with file.open("ab") as stream:
        text = summary(
            found,
            title=f"The plan as of {as_of}: {counted(found)}",
            place=place_in_repository(root),
            room=MOST_OF_A_SUMMARY - stream.tell(),
            blobs=_blobs(),
        )
        stream.write(text.encode())


def _blobs() -> str:
    """Return the address below which GitHub shows the files of the commit that is checked."""
    names = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA")
    server, repository, commit = (os.environ.get(name) for name in names)
    known = server and repository and commit
    return f"{server}/{repository}/blob/{commit}/" if known else ""


def _watch(
    tell: Callable[[Today, Reuse], object], *, root: Path, today: Today, console: Console
) -> None:
    """Tell at once, and again after each change, until Ctrl-C; files are read when they change."""
    import threading
    from dataclasses import replace
    from datetime import UTC, datetime

    from planfolio.pipeline import Reuse
    from planfolio.resolve import Memory
    from planfolio.serve.memory import Documents
    from planfolio.serve.watch import watch

    documents = Documents()
    reuse = Reuse(
        read=documents.read,
        resolving=Memory(),
    )
    try:
        # First the watcher: what is saved during the first check is seen.
        changes = watch(root, poll=False, stop=threading.Event())
        tell(today, reuse)
        console.note("Watching the plan. Ctrl-C ends.")
        for changed in changes:
            documents.begin(changed)
            console.note("")
            tell(replace(today, now=datetime.now(UTC)), reuse)
    except KeyboardInterrupt:
        console.note("\nStopped.")


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


def _detail(console: Console, checked: CheckResult, *, root: Path, seconds: float) -> None:
    records = checked.plan.records.values()
    kinds = Counter(record.kind for record in records if not record.implied)
    counts = (f"{n} {kind.name if n == 1 else kind.plural}" for kind, n in kinds.items())
    read = ", ".join(counts) or "no records"
    console.detail(f"Read {read} from {root} and checked them in {seconds:.2f} s.")
