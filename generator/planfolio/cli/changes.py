"""The commands that change a record: `log`, `tick`, `done`, `move`, `pause`, `resume`, `drop`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planfolio.cli.options import plan_options
from planfolio.exceptions import UsageError
from planfolio.message_text import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from planfolio.cli.console import Session
    from planfolio.edit.changes import Change
    from planfolio.edit.file_edit import FileEdit
    from planfolio.model.plan import Record
    from planfolio.pipeline import CheckResult

_STEPS = ("goal", "milestone")

_DAY = click.option(
    "--date", "day", metavar="DATE", help="The day (default: site.toml's as_of, else today)."
)
_WHY = click.option("--why", metavar="TEXT", required=True, help="The reason.")


@click.command("log", context_settings={"ignore_unknown_options": True})  # a VALUE below 0
@click.argument("goal")
@click.argument("value", required=False)
@_DAY
@click.option("--note", metavar="TEXT", help="What to remember about the value.")
@plan_options
def log_command(*, goal: str, value: str | None, note: str | None, **typed: Any) -> None:
    """Write down a value of a goal's metric, or a session of its habit.

    With VALUE it is a value of the metric, without it a session. A value that has a day is never
    overwritten.
    """
    from planfolio.edit.progress import log_session, log_value

    def changes(record: Record[Any], checked: CheckResult, on: date) -> Sequence[Change]:
        if value is None:
            return log_session(record, on=on, note=note)
        day_typed = typed["day"] is not None
        return log_value(record, value, plan=checked.plan, on=on, day_typed=day_typed, note=note)

    _change(goal, ("goal",), changes, **typed)


@click.command("tick")
@click.argument("goal")
@click.argument("item")
@click.option("--undo", is_flag=True, help="Take the mark away.")
@plan_options
def tick_command(*, goal: str, item: str, undo: bool, session: Session) -> None:
    """Tick an item of the checklist of a goal or a milestone.

    ITEM is its text as the page shows it, or its number.
    """
    from planfolio.edit.progress import tick_item

    def edit(record: Record[Any], _: CheckResult, before: bytes) -> FileEdit:
        return tick_item(record, item, undo=undo, before=before)

    _edit(goal, _STEPS, edit, session=session)


@click.command("done")
@click.argument("record")
@_DAY
@click.option("--anyway", is_flag=True, help="Even if a measure is incomplete.")
@click.option("--why", metavar="TEXT", help="Why it is done all the same; with --anyway.")
@plan_options
def done_command(*, record: str, anyway: bool, why: str | None, **typed: Any) -> None:
    """Write that a goal, a milestone or a resource is done.

    With --anyway a goal excepts M of SMART where a measure is incomplete, so that the plan does not
    contradict itself.
    """
    from planfolio.edit.states import finish

    if why is not None and not anyway:
        raise UsageError("--why says why something incomplete is done", hint="add --anyway")

    def changes(found: Record[Any], checked: CheckResult, on: date) -> Sequence[Change]:
        day_typed = typed["day"] is not None
        return finish(
            found, analysis=checked.analysis, on=on, day_typed=day_typed, anyway=anyway, why=why
        )

    _change(record, _kinds_that_end(), changes, **typed)


@click.command("move")
@click.argument("record")
@click.argument("due")
@_WHY
@_DAY
@plan_options
def move_command(*, record: str, due: str, why: str, **typed: Any) -> None:
    """Move the due date of a goal or a milestone, and write down why.

    DUE is a date such as 2027-03-15 or 2027-Q1, or +6m from the start.
    """
    from planfolio.edit.states import move

    _change(record, _STEPS, lambda found, _, on: move(found, due, on=on, why=why), **typed)


@click.command("pause")
@click.argument("goal")
@click.option("--until", metavar="DATE", help="The last day of the pause, if it is known.")
@click.option("--why", metavar="TEXT", help="The reason.")
@_DAY
@plan_options
def pause_command(*, goal: str, until: str | None, why: str | None, **typed: Any) -> None:
    """Let a goal rest: the days of a pause do not count."""
    from planfolio.edit.states import pause

    def changes(found: Record[Any], _: CheckResult, on: date) -> Sequence[Change]:
        return pause(found, on=on, until=until, why=why)

    _change(goal, ("goal",), changes, may_come=True, **typed)


@click.command("resume")
@click.argument("goal")
@_DAY
@plan_options
def resume_command(*, goal: str, **typed: Any) -> None:
    """Take a goal up again: its pause ends with the day before."""
    from planfolio.edit.states import resume

    _change(goal, ("goal",), lambda found, _, on: resume(found, on=on), may_come=True, **typed)


@click.command("drop")
@click.argument("record")
@_WHY
@_DAY
@plan_options
def drop_command(*, record: str, why: str, **typed: Any) -> None:
    """Give a goal, a milestone or a resource up, and write down why."""
    from planfolio.edit.states import drop

    kinds = _kinds_that_end()
    _change(record, kinds, lambda found, _, on: drop(found, on=on, why=why), **typed)


def _kinds_that_end() -> tuple[str, ...]:
    """Return the kinds whose records can be done and dropped."""
    from planfolio.model.kinds import KINDS
    from planfolio.model.table import written_names

    return tuple(k.name for k in KINDS if {"done", "dropped"} <= written_names(k.fields).keys())


def _change(
    name: str,
    kinds: Sequence[str],
    changes: Callable[[Record[Any], CheckResult, date], Sequence[Change]],
    *,
    day: str | None,
    session: Session,
    may_come: bool = False,
) -> None:
    """Make changes of the fields of the record that a name means.

    The day is that of something that happened, unless it `may_come` in the future.
    """
    from planfolio.edit.arguments import read_day
    from planfolio.edit.file_edit import edit_record

    on = read_day(day) if day is not None else None

    def edit(record: Record[Any], checked: CheckResult, before: bytes) -> FileEdit:
        if not may_come and on is not None and on > checked.as_of:
            message = f"{on} is after {checked.as_of}, and does not count before its day"
            raise UsageError(message, hint="name the day on which it happened")
        made = changes(record, checked, on or checked.as_of)
        return edit_record(record, made, plan=checked.plan, before=before)

    _edit(name, kinds, edit, session=session)


def _edit(
    name: str,
    kinds: Sequence[str],
    edit: Callable[[Record[Any], CheckResult, bytes], FileEdit],
    *,
    session: Session,
) -> None:
    """Change the file of the record that a name means, and print its new lines and its status."""
    from planfolio.change import ChangeRefusedError, change_record
    from planfolio.cli.overviews import owners_portfolio
    from planfolio.model.formatting import count
    from planfolio.report.overviews import step_status_table

    try:
        done = change_record(name, edit, kinds=kinds, root=session.root, today=session.today)
    except ChangeRefusedError as refused:
        session.stop(refused.errors, refused.message)
    shown = session.shown(done.edit.path)
    for number, text in done.edit.lines:
        session.result(f"{shown}:{number}: {visible(text.strip())}")
    if done.edit.deleted:
        session.result(f"{shown}: {count(done.edit.deleted, 'line')} deleted")
    if done.check.analysis is not None:
        portfolio = owners_portfolio(done.check, done.check.analysis)
        session.table(step_status_table, done.record.key, portfolio)
