"""The owner's view of a plan, for the commands that show its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from planfolio.cli.ending import FINDINGS
from planfolio.report import Format

if TYPE_CHECKING:
    from pathlib import Path

    from planfolio.analyse.results import Analysis
    from planfolio.cli.console import Console
    from planfolio.model.plan import Plan
    from planfolio.pipeline import CheckResult, Today
    from planfolio.portfolio.export import PlanExport


def owned(root: Path, *, today: Today, console: Console) -> tuple[CheckResult, Plan, Analysis]:
    """Return a plan that has no errors, with its numbers; else print the errors and exit with 1."""
    from planfolio.pipeline import check

    checked = check(root, today=today)
    if checked.analysis is None or checked.errors:
        console.findings(checked.errors, root=root, form=Format.FULL, err=True)
        console.note("\nWith errors in the plan there are no numbers.")
        raise click.exceptions.Exit(FINDINGS)
    console.detail(f"The plan is {root}, as of {checked.as_of}.")
    return checked, checked.plan, checked.analysis


def owners_export(checked: CheckResult, analysis: Analysis) -> PlanExport:
    """Return what plan.json of a build for the owner holds."""
    from planfolio.model.visibility import Visibility
    from planfolio.portfolio.export import plan_export
    from planfolio.portfolio.scope import scope_of

    findings = checked.diagnostics
    return plan_export(scope_of(checked.plan, analysis, findings, audience=Visibility.PRIVATE))
