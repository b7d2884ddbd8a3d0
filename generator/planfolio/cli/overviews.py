"""`planfolio status`, `gaps` and `next`: the numbers of the site in the terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from planfolio.cli.options import option, plan_options
from planfolio.model.visibility import Visibility

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from planfolio.cli.console import Console
    from planfolio.pipeline import Today
    from planfolio.portfolio.portfolio import Portfolio

_FORMAT = option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="A table, or the same part of plan.json.",
)


@click.command("status")
@_FORMAT
@plan_options
def status_command(**options: Any) -> None:
    """Show the status of each goal, whether the hours are enough, and when you are ready.

    Private records count too: this is the owner's view. Errors in the plan exit with 1.
    """
    from planfolio.report.overviews import status_table

    _show(
        status_table,
        keys=("as_of", "goals", "milestones", "roles", "capacity", "budget"),
        **options,
    )


@click.command("gaps")
@_FORMAT
@click.option(
    "--if",
    "assumed",
    multiple=True,
    metavar="SKILL=LEVEL",
    help="What if a skill had a level, or hours=8 a week? Can be given several times.",
)
@plan_options
def gaps_command(*, assumed: tuple[str, ...], **options: Any) -> None:
    """Show what your target roles require and what is missing, highest priority first.

    With --if it shows readiness, gaps and hours before and after; no file is changed. Private
    records count too: this is the owner's view. Errors in the plan exit with 1.
    """
    from planfolio.report.overviews import gaps_tables

    if assumed:
        _show_what_if(assumed, **options)
    else:
        _show(gaps_tables, keys=("as_of", "roles", "skills"), **options)


@click.command("next")
@_FORMAT
@plan_options
def next_command(**options: Any) -> None:
    """Show what to do this week, this month and later, in the order of the schedule.

    Private records count too: this is the owner's view. Errors in the plan exit with 1.
    """
    from planfolio.report.overviews import next_table

    _show(next_table, keys=("as_of", "next_actions"), **options)


def _show(
    table: Callable[..., str],
    *,
    keys: tuple[str, ...],
    form: str,
    today: Today,
    root: Path,
    console: Console,
) -> None:
    from planfolio.portfolio.export import plan_export

    portfolio = _owners_portfolio(today=today, root=root, console=console)
    if form == "json":
        export: Mapping[str, object] = plan_export(portfolio)
        console.result(json.dumps({key: export[key] for key in keys}, indent=2))
    else:
        out = console.out
        console.result(table(portfolio, paint=out.paint, columns=out.columns), end="")


def _show_what_if(
    assumed: tuple[str, ...], *, form: str, today: Today, root: Path, console: Console
) -> None:
    from planfolio.analyse.analysis import analyse
    from planfolio.analyse.what_if import assume, read_assumptions
    from planfolio.portfolio.export import what_if_export
    from planfolio.portfolio.portfolio import Portfolio
    from planfolio.report.what_if import what_if_tables

    before = _owners_portfolio(today=today, root=root, console=console)
    assumptions = read_assumptions(assumed, plan=before.plan)
    plan = assume(before.plan, assumptions)
    after = Portfolio(plan, analyse(plan, before.as_of), (), audience=before.audience)
    if form == "json":
        console.result(json.dumps(what_if_export(before, after, assumptions), indent=2))
    else:
        out = console.out
        text = what_if_tables(before, after, paint=out.paint, columns=out.columns)
        console.result(text, end="")


def _owners_portfolio(*, today: Today, root: Path, console: Console) -> Portfolio:
    from planfolio.pipeline import check
    from planfolio.portfolio.portfolio import Portfolio

    checked = check(root, today=today)
    if checked.analysis is None or checked.errors:
        console.stop(checked.errors, "With errors in the plan there are no numbers.", root=root)
    console.detail(f"The plan is {root}, as of {checked.as_of}.")
    return Portfolio(
        checked.plan, checked.analysis, checked.diagnostics, audience=Visibility.PRIVATE
    )
