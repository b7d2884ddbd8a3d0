"""Numbers for the commands that show them, and the end of a run whose plan has errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import click

from planfolio.cli.exit_codes import FINDINGS
from planfolio.report.formats import Format

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from planfolio.analyse.results import Analysis
    from planfolio.cli.console import Console
    from planfolio.model.diagnostics import Diagnostic
    from planfolio.model.plan import Plan
    from planfolio.pipeline import CheckResult, Today
    from planfolio.portfolio.export import PlanExport


def load_or_exit(
    root: Path, *, today: Today, console: Console
) -> tuple[CheckResult, Plan, Analysis]:
    """Return a plan without errors and its numbers; print errors and exit with 1 otherwise."""
    from planfolio.pipeline import check

    checked = check(root, today=today)
    if checked.analysis is None or checked.errors:
        exit_with_findings(
            checked.errors,
            "With errors in the plan there are no numbers.",
            root=root,
            console=console,
        )
    console.detail(f"The plan is {root}, as of {checked.as_of}.")
    return checked, checked.plan, checked.analysis


def owners_export(checked: CheckResult, analysis: Analysis) -> PlanExport:
    """Return what plan.json of a build for the owner holds."""
    from planfolio.model.visibility import Visibility
    from planfolio.portfolio.export import plan_export
    from planfolio.portfolio.scope import scope_of

    findings = checked.diagnostics
    return plan_export(scope_of(checked.plan, analysis, findings, audience=Visibility.PRIVATE))


def exit_with_findings(
    found: Sequence[Diagnostic], sentence: str, *, root: Path, console: Console
) -> NoReturn:
    """Print to stderr what stopped a command, and a sentence about it, and exit with 1."""
    console.findings(found, root=root, form=Format.FULL, err=True)
    console.note(f"\n{sentence}")
    raise click.exceptions.Exit(FINDINGS)
