"""The options that commands share, each a decorator that hands the command what it stands for."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from planfolio.cli.console import ColorChoice, console_of
from planfolio.cli.ending import Run
from planfolio.exceptions import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from planfolio.pipeline import Today

C = TypeVar("C", bound="Callable[..., Any]")


def console_options(function: C) -> C:
    """Add --color, -q and -v, and hand the command a `console`."""

    @click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        envvar="PLANFOLIO_COLOR",
        show_envvar=True,
        help="Colour what is printed; auto: on terminals, NO_COLOR and FORCE_COLOR are heard.",
    )
    @click.option(
        "-q",
        "--quiet",
        is_flag=True,
        envvar="PLANFOLIO_QUIET",
        show_envvar=True,
        help="Print results only.",
    )
    @click.option(
        "-v",
        "--verbose",
        is_flag=True,
        envvar="PLANFOLIO_VERBOSE",
        show_envvar=True,
        help="Tell what is done and how long it takes.",
    )
    @wraps(function)
    def with_console(
        *args: Any, color: ColorChoice, quiet: bool, verbose: bool, **options: Any
    ) -> Any:
        run = click.get_current_context().find_object(Run)
        if run is not None and verbose:
            run.debug = True
        console = console_of(color, quiet=quiet, verbose=verbose)
        return function(*args, console=console, **options)

    return cast("C", with_console)


def site_option(function: C) -> C:
    """Add --site, and hand the command the `root` that holds site.toml, absolute."""

    @click.option(
        "--site",
        metavar="DIR",
        type=click.Path(path_type=Path),
        envvar="PLANFOLIO_SITE",
        show_envvar=True,
        help="The folder of the plan (default: the nearest site.toml upward).",
    )
    @wraps(function)
    def with_root(*args: Any, site: Path | None, **options: Any) -> Any:
        return function(*args, root=_root(site), **options)

    return cast("C", with_root)


def as_of_option(function: C) -> C:
    """Add --as-of, and hand the command `today`."""

    @click.option(
        "--as-of",
        metavar="DATE",
        envvar="PLANFOLIO_AS_OF",
        show_envvar=True,
        help="The day that the numbers are for (default: site.toml's as_of, else today).",
    )
    @wraps(function)
    def with_today(*args: Any, as_of: str | None, **options: Any) -> Any:
        return function(*args, today=_today(as_of), **options)

    return cast("C", with_today)


def format_option(function: C) -> C:
    """Add --format for a command that shows numbers, and hand it the `form`."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json"]),
        default="table",
        show_default=True,
        envvar="PLANFOLIO_FORMAT",
        show_envvar=True,
        help="A table to read, or the same part of plan.json.",
    )(function)


def _today(as_of: str | None) -> Today:
    from planfolio.pipeline import Today

    return Today(now=datetime.now(UTC), as_of=None if as_of is None else _day(as_of).first)


def _day(text: str) -> Any:
    from planfolio.model.diagnostics import Problem
    from planfolio.model.values.dates import Precision, read_date

    try:
        read = read_date(text)
    except Problem as fault:
        hint = f"; {fault.hint}" if fault.hint else ""
        raise click.BadParameter(f"{fault.message}{hint}.", param_hint="'--as-of'") from None
    if read.precision is not Precision.DAY:
        raise click.BadParameter(
            f"{text!r} is more than a day; write one like {read.last}.", param_hint="'--as-of'"
        )
    return read


def _root(site: Path | None) -> Path:
    from planfolio.read import find_site

    if site is None:
        root = find_site(Path.cwd())
        if root is None:
            raise UsageError(
                "there is no site.toml here or in a folder above",
                hint="planfolio init makes a plan; --site names the folder of one",
            )
        return root
    folder = site.parent if site.name == "site.toml" else site
    if not (folder / "site.toml").is_file():
        raise UsageError(
            f"there is no site.toml in {folder}",
            hint=f"planfolio init {shlex.quote(str(folder))} makes a plan there",
        )
    return folder.resolve()
