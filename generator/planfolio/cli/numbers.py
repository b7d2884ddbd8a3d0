"""Numbers for the commands that show them, and the end of a run whose plan has errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import click

from planfolio.cli.exit_codes import FINDINGS
from planfolio.model.visibility import Visibility
from planfolio.report.formats import Format

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from planfolio.cli.console import Console
    from planfolio.model.diagnostics import Diagnostic
    from planfolio.pipeline import Today
    from planfolio.portfolio.portfolio import Portfolio


def load_or_exit(root: Path, *, today: Today, console: Console) -> Portfolio:
    """Return the owner's portfolio of a plan; print its errors, if it has some, and exit with 1."""
    from planfolio.pipeline import check
    from planfolio.portfolio.portfolio import Portfolio

    checked = check(root, today=today)
    if checked.analysis is None or checked.errors:
        exit_with_findings(
            checked.errors,
            "With errors in the plan there are no numbers.",
            root=root,
            console=console,
        )
    console.detail(f"The plan is {root}, as of {checked.as_of}.")
    findings = checked.diagnostics
    return Portfolio(checked.plan, checked.analysis, findings, audience=Visibility.PRIVATE)


def exit_with_findings(
    found: Sequence[Diagnostic], sentence: str, *, root: Path, console: Console
) -> NoReturn:
    """Print to stderr what stopped a command, and a sentence about it, and exit with 1."""
    console.findings(found, root=root, form=Format.FULL, err=True)
    console.note(f"\n{sentence}")
    raise click.exceptions.Exit(FINDINGS)
