"""`planfolio check`."""

from __future__ import annotations

import os
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planfolio.cli.exit_codes import FINDINGS
from planfolio.cli.options import option, plan_options
from planfolio.model.formatting import count
from planfolio.report.formats import Format, counts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from planfolio.cli.console import Session
    from planfolio.model.diagnostics import Diagnostic
    from planfolio.pipeline import Reuse


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@option("--strict", is_flag=True, help="Let warnings fail too.")
@option(
    "--output-format",
    "form",
    type=click.Choice([form.value for form in Format]),
    default=Format.FULL.value,
    show_default=True,
    help="How findings are printed; github and sarif are for code hosts.",
)
@click.option(
    "--watch",
    "watches",
    is_flag=True,
    help="Check again whenever a file of the plan is saved, until Ctrl-C.",
)
@option(
    "--poll", is_flag=True, help="With --watch: look at all files, for disks that report no change."
)
@plan_options
def check_command(
    *, paths: tuple[Path, ...], strict: bool, form: str, watches: bool, poll: bool, session: Session
) -> None:
    """Show what is vague, unmeasured, impossible, unlinked or overdue in the plan.

    With PATHS the whole plan is read, and findings in those files and folders are shown. The exit
    code is 1 if there is an error, or with --strict a warning. `planfolio explain CODE` explains a
    rule. With --watch the exit code is 0.

    The format github prints annotations for a GitHub workflow. Where GITHUB_STEP_SUMMARY names a
    file, a table of the findings is added to it.
    """
    from planfolio.pipeline import Reuse, fails_check

    if watches and Format(form).for_hosts:
        raise click.BadParameter(
            f"{form} describes one run, and --watch has no end: use full, concise or json.",
            param_hint="'--output-format'",
        )
    report_once = partial(_report, wanted=_wanted(paths, root=session.root), form=Format(form))
    if watches:
        _watch(report_once, session=session, poll=poll)
    elif fails_check(report_once(session, reuse=Reuse()), strict=strict):
        raise click.exceptions.Exit(FINDINGS)


def _report(
    session: Session, *, wanted: frozenset[Path], form: Format, reuse: Reuse
) -> list[Diagnostic]:
    """Check the plan, show the findings in the wanted files, and return these."""
    from planfolio.pipeline import check

    root, started = session.root, time.monotonic()
    checked = check(root, today=session.today, reuse=reuse)
    records = count(len(checked.plan.records), "record")
    seconds = time.monotonic() - started
    session.detail(f"Read {records} from {root} and checked them in {seconds:.2f} s.")
    paths = {d.path for d in checked.diagnostics}
    shown = {p: not wanted or not wanted.isdisjoint((root / p, *(root / p).parents)) for p in paths}
    found = [d for d in checked.diagnostics if shown[d.path]]
    elsewhere = [d for d in checked.diagnostics if not shown[d.path]]
    session.findings(found, form=form)
    summary_file = os.environ.get("GITHUB_STEP_SUMMARY")
    if form is Format.GITHUB and summary_file:
        _add_to_summary(found, Path(summary_file), session=session, as_of=checked.as_of)
    rest = f" Elsewhere in the plan: {counts(elsewhere)}." if elsewhere else ""
    gap = "\n" if found and form not in {Format.JSON, Format.SARIF} else ""
    session.note(f"{gap}As of {checked.as_of}: {counts(found)}.{rest}")
    return found


def _add_to_summary(
    found: Sequence[Diagnostic], file: Path, *, session: Session, as_of: date
) -> None:
    """Add the findings to the summary of a step, with links where GitHub names the commit."""
    from planfolio.report.code_hosts import summary

    names = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA")
    server, repository, commit = (os.environ.get(name) for name in names)
    text = summary(
        found,
        title=f"The plan as of {as_of}: {counts(found)}",
        show_path=session.path_in_repository(),
        blobs=f"{server}/{repository}/blob/{commit}/" if commit else "",
    )
    with file.open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(text)


def _watch(report_once: Callable[..., object], *, session: Session, poll: bool) -> None:
    """Report at once, and again after each change, until Ctrl-C."""
    import gc
    import threading
    from datetime import UTC, datetime

    from planfolio.serve.watcher import reuse_of_documents, watch

    gc.enable()  # this command runs on
    reuse = reuse_of_documents()
    try:
        changes = watch(session.root, poll=poll, stop=threading.Event(), warn=session.note)
        next(changes)  # what is saved during the first check is seen from now on
        report_once(session, reuse=reuse)
        session.note("Watching the plan. Ctrl-C ends.")
        for changed in changes:
            if changed:
                session.note("")
                session.today = session.today._replace(now=datetime.now(UTC))
                report_once(session, reuse=reuse)
    except KeyboardInterrupt:
        session.note("\nStopped.")


def _wanted(paths: Sequence[Path], *, root: Path) -> frozenset[Path]:
    """Return the absolute paths of files and folders, and of a link both itself and its target."""
    wanted: set[Path] = set()
    for path in paths:
        ways = {Path(path.parent.resolve(), path.name), path.resolve()}
        inside = {way for way in ways if way.is_relative_to(root)}
        if not inside:
            raise click.BadParameter(f"{path} is not in the plan at {root}.", param_hint="'PATHS'")
        wanted |= inside
    return frozenset(wanted)
