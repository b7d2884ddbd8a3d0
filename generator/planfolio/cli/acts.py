"""The commands that change a record: `log`, `tick`, `done`, `move`, `pause`, `resume`, `drop`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from planfolio.cli.console import shown_path
from planfolio.cli.options import plan_options
from planfolio.exceptions import UsageError
from planfolio.spelling import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from planfolio.cli.console import Console
    from planfolio.edit.apply import FileEdit
    from planfolio.edit.changes import Change
    from planfolio.model.plan import Record
    from planfolio.pipeline import CheckResult, Today

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
def log_command(
    *, goal: str, value: str | None, day: str | None, note: str | None, **plan: Any
) -> None:
    """Write down a value of a goal's metric, or a session of its habit.

    With VALUE it is a value of the metric, without it a session. A value that has a day is never
    overwritten.
    """
    from planfolio.edit.log import log_session, log_value

    def changes(record: Record[Any], checked: CheckResult, on: date) -> Sequence[Change]:
        if value is not None:
            return log_value(
                record, value, plan=checked.plan, on=on, day_typed=day is not None, note=note
            )
        if note is not None:
            raise UsageError("a session has no note", hint="write a VALUE too, or no --note")
        return log_session(record, on=on)

    _change(goal, changes, kinds=("goal",), day=day, is_fact=True, **plan)


@click.command("tick")
@click.argument("goal")
@click.argument("item")
@click.option("--undo", is_flag=True, help="Take the mark away.")
@plan_options
def tick_command(*, goal: str, item: str, undo: bool, **plan: Any) -> None:
    """Tick an item of the checklist of a goal or a milestone.

    ITEM is its text as the page shows it, or its number.
    """
    from planfolio.edit.tasks import tick_item

    def edit(record: Record[Any], _: CheckResult, before: bytes) -> FileEdit:
        return tick_item(record, item, undo=undo, before=before)

    _edit(goal, edit, kinds=_STEPS, **plan)


@click.command("done")
@click.argument("record")
@_DAY
@click.option("--anyway", is_flag=True, help="Even if a measure is incomplete.")
@click.option("--why", metavar="TEXT", help="Why it is done all the same; with --anyway.")
@plan_options
def done_command(
    *, record: str, day: str | None, anyway: bool, why: str | None, **plan: Any
) -> None:
    """Write that a goal, a milestone or a resource is done.

    With --anyway a goal excepts M of SMART where a measure is incomplete, so that the plan does not
    contradict itself.
    """
    from planfolio.edit.states import except_measure, finish, unfinished

    if why is not None and not anyway:
        raise UsageError("--why says why something incomplete is done", hint="add --anyway")

    def changes(found: Record[Any], checked: CheckResult, on: date) -> Sequence[Change]:
        made = finish(found, on=on, day_typed=day is not None)
        left = unfinished(found, checked.analysis) if checked.analysis is not None else []
        if left and not anyway:
            message = f"`{found.id}` is incomplete: {'; '.join(left)}"
            raise UsageError(message, hint="add --anyway if it is done all the same")
        excepted: list[Change] = []
        if left and checked.analysis is not None and found.key.kind == "goal":
            excepted = except_measure(found, checked.analysis, why=why)
        if why is not None and not excepted:
            message = f"`{found.id}` has no place for a reason: nothing is in the way of `done`"
            raise UsageError(message, hint="leave --why out")
        return [*excepted, *made]

    _change(record, changes, kinds=_kinds_that_end(), day=day, is_fact=True, **plan)


@click.command("move")
@click.argument("record")
@click.argument("due")
@_WHY
@_DAY
@plan_options
def move_command(*, record: str, due: str, why: str, day: str | None, **plan: Any) -> None:
    """Move the due date of a goal or a milestone, and write down why.

    DUE is a date such as 2027-03-15 or 2027-Q1, or +6m from the start.
    """
    from planfolio.edit.states import move

    def changes(found: Record[Any], _: CheckResult, on: date) -> Sequence[Change]:
        return move(found, due, on=on, why=why)

    _change(record, changes, kinds=_STEPS, day=day, is_fact=True, **plan)


@click.command("pause")
@click.argument("goal")
@click.option("--until", metavar="DATE", help="The last day of the pause, if it is known.")
@click.option("--why", metavar="TEXT", help="The reason.")
@_DAY
@plan_options
def pause_command(
    *, goal: str, until: str | None, why: str | None, day: str | None, **plan: Any
) -> None:
    """Let a goal rest: the days of a pause do not count."""
    from planfolio.edit.states import pause

    def changes(found: Record[Any], _: CheckResult, on: date) -> Sequence[Change]:
        return pause(found, on=on, until=until, why=why)

    _change(goal, changes, kinds=("goal",), day=day, **plan)


@click.command("resume")
@click.argument("goal")
@_DAY
@plan_options
def resume_command(*, goal: str, day: str | None, **plan: Any) -> None:
    """Take a goal up again: its pause ends with the day before."""
    from planfolio.edit.states import resume

    def changes(found: Record[Any], _: CheckResult, on: date) -> Sequence[Change]:
        return resume(found, on=on)

    _change(goal, changes, kinds=("goal",), day=day, **plan)


@click.command("drop")
@click.argument("record")
@_WHY
@_DAY
@plan_options
def drop_command(*, record: str, why: str, day: str | None, **plan: Any) -> None:
    """Give a goal, a milestone or a resource up, and write down why."""
    from planfolio.edit.states import drop

    def changes(found: Record[Any], _: CheckResult, on: date) -> Sequence[Change]:
        return drop(found, on=on, why=why)

    _change(record, changes, kinds=_kinds_that_end(), day=day, is_fact=True, **plan)


def _kinds_that_end() -> tuple[str, ...]:
    """Return the kinds whose records can be done and dropped."""
    from planfolio.model.kinds import KINDS

    return tuple(k.name for k in KINDS if {"done", "dropped"} <= k.fields.model_fields.keys())


def _change(
    name: str,
    changes: Callable[[Record[Any], CheckResult, date], Sequence[Change]],
    *,
    day: str | None,
    is_fact: bool = False,
    **plan: Any,
) -> None:
    """Make changes of the fields of the record that a name means.

    `is_fact` tells that the day is one on which something happened, so that it cannot be to come.
    """
    from planfolio.edit.apply import edit_record
    from planfolio.edit.typed import read_day

    on = read_day(day) if day is not None else None

    def edit(record: Record[Any], checked: CheckResult, before: bytes) -> FileEdit:
        if is_fact and on is not None and on > checked.as_of:
            message = f"{on} is after {checked.as_of}, and does not count before its day"
            raise UsageError(message, hint="name the day on which it happened")
        made = changes(record, checked, on or checked.as_of)
        return edit_record(record, made, plan=checked.plan, before=before)

    _edit(name, edit, **plan)


def _edit(
    name: str,
    edit: Callable[[Record[Any], CheckResult, bytes], FileEdit],
    *,
    kinds: Sequence[str],
    today: Today,
    root: Path,
    console: Console,
) -> None:
    """Change the file of the record that a name means, and print its new lines and its status."""
    from planfolio.act import ActRefusedError, act
    from planfolio.model.formatting import count

    try:
        done = act(name, edit, kinds=kinds, root=root, today=today)
    except ActRefusedError as refused:
        console.stop(refused.errors, refused.message, root=root)
    shown = shown_path(root / done.edit.path, root=root)
    for number, text in done.edit.lines:
        console.result(f"{shown}:{number}: {visible(text.strip())}")
    if done.edit.deleted:
        console.result(f"{shown}: {count(done.edit.deleted, 'line')} deleted")
    _show_status(done.record, done.check, console=console)


def _show_status(record: Record[Any], checked: CheckResult, *, console: Console) -> None:
    """Print how the goal stands, or the goal of the milestone."""
    from planfolio.model.visibility import Visibility
    from planfolio.portfolio.portfolio import Portfolio
    from planfolio.report.overviews import status_of

    if checked.analysis is None:
        return
    portfolio = Portfolio(
        checked.plan, checked.analysis, checked.diagnostics, audience=Visibility.PRIVATE
    )
    out = console.out
    console.result(status_of(record.key, portfolio, paint=out.paint, columns=out.columns), end="")
