"""`planfolio status`, `gaps` and `next`: the numbers of the site in the terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from planfolio.cli.options import option, plan_options
from planfolio.model.visibility import Visibility

if TYPE_CHECKING:
    from collections.abc import Callable

    from planfolio.analyse.analysis import Analysis
    from planfolio.cli.console import Session
    from planfolio.pipeline import CheckResult
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
def status_command(*, form: str, session: Session) -> None:
    """Show the status of each goal, whether the hours are enough, and when you are ready.

    Private records count too: this is the owner's view. Errors in the plan exit with 1.
    """
    from planfolio.report.overviews import status_table

    keys = ("as_of", "goals", "milestones", "roles", "capacity", "budget")
    _show(status_table, *keys, form=form, session=session)


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
def gaps_command(*, assumed: tuple[str, ...], form: str, session: Session) -> None:
    """Show what your target roles require and what is missing, highest priority first.

    With --if it shows readiness, gaps and hours before and after; no file is changed. Private
    records count too: this is the owner's view. Errors in the plan exit with 1.
    """
    from planfolio.report.gaps import gaps_tables

    if assumed:
        _show_what_if(assumed, form=form, session=session)
    else:
        _show(gaps_tables, "as_of", "roles", "skills", form=form, session=session)


@click.command("next")
@_FORMAT
@plan_options
def next_command(*, form: str, session: Session) -> None:
    """Show what to do this week, this month and later, in the order of the schedule.

    Private records count too: this is the owner's view. Errors in the plan exit with 1.
    """
    from planfolio.report.overviews import next_table

    _show(next_table, "as_of", "next_actions", form=form, session=session)


def owners_portfolio(checked: CheckResult, analysis: Analysis) -> Portfolio:
    """Return what the owner sees of a plan and of its numbers."""
    from planfolio.portfolio.portfolio import Portfolio

    found = checked.diagnostics
    return Portfolio(checked.plan, analysis, found, audience=Visibility.PRIVATE)


def _checked_portfolio(session: Session) -> Portfolio:
    """Return the owner's portfolio of a plan without errors; else show them and exit."""
    checked = session.check()
    if checked.analysis is None or checked.errors:
        session.stop(checked.errors, "With errors in the plan there are no numbers.")
    session.detail(f"The plan is {session.root}, as of {checked.as_of}.")
    return owners_portfolio(checked, checked.analysis)


def _show(table: Callable[..., str], *keys: str, form: str, session: Session) -> None:
    """Show the table of a plan, or what plan.json has under some keys."""
    from planfolio.portfolio.export import parts_of_export

    portfolio = _checked_portfolio(session)
    if form == "json":
        session.result(json.dumps(parts_of_export(portfolio, *keys), indent=2))
    else:
        session.table(table, portfolio)


def _show_what_if(assumed: tuple[str, ...], *, form: str, session: Session) -> None:
    from planfolio.analyse.analysis import analyse
    from planfolio.analyse.what_if import assume, read_assumptions
    from planfolio.portfolio.export import what_if_export
    from planfolio.portfolio.portfolio import Portfolio
    from planfolio.report.gaps import what_if_tables

    before = _checked_portfolio(session)
    assumptions = read_assumptions(assumed, plan=before.plan)
    plan = assume(before.plan, assumptions)
    after = Portfolio(plan, analyse(plan, before.as_of), (), audience=before.audience)
    if form == "json":
        session.result(json.dumps(what_if_export(before, after, assumptions), indent=2))
    else:
        session.table(what_if_tables, before, after)
