"""The options that commands share, as decorators that pass the values which the options mean.

`planfolio --version` imports this module, so it imports little.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click
from click.core import ParameterSource

from planfolio.cli.exit_codes import RunState
from planfolio.exceptions import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planfolio.pipeline import Today

C = TypeVar("C", bound="Callable[..., Any]")


def option(*names: str, help: str, **attributes: Any) -> Callable[[C], C]:  # noqa: A002
    """Return an option that a variable sets too: --as-of and PLANFOLIO_AS_OF."""
    variable = max(names, key=len).strip("-").upper().replace("-", "_")
    return click.option(
        *names, envvar=f"PLANFOLIO_{variable}", show_envvar=True, help=help, **attributes
    )


_SITE = option(
    "--site",
    metavar="DIR",
    type=click.Path(),
    help="The folder of the plan (default: the nearest folder upward with a site.toml).",
)
_AS_OF = option(
    "--as-of",
    metavar="DATE",
    help="The day for which numbers are computed (default: site.toml's as_of, else today).",
)
_COLOR = option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Colour the output; auto: on terminals, NO_COLOR and FORCE_COLOR are respected.",
)
_QUIET = option("-q", "--quiet", is_flag=True, help="Print results only.")
_VERBOSE = option("-v", "--verbose", is_flag=True, help="Print what is done and how long it takes.")


def common_options(function: C) -> C:
    """Add --site, --color, -q and -v to the program itself, to be typed before a command.

    The commands read their values: see `_given`.
    """

    @wraps(function)
    def without_options(**_: Any) -> Any:
        return function()

    return cast("C", _SITE(_COLOR(_QUIET(_VERBOSE(without_options)))))


def console_options(function: C) -> C:
    """Add --color, -q and -v, and pass a `console`."""

    @wraps(function)
    def with_console(*args: Any, **options: Any) -> Any:
        from planfolio.cli.console import console_of

        color, quiet, verbose = (_given(n, options.pop(n)) for n in ("color", "quiet", "verbose"))
        state = click.get_current_context().find_object(RunState)
        if state is not None and verbose:
            state.debug = True
        console = console_of(color, quiet=quiet, verbose=verbose)
        return function(*args, console=console, **options)

    return cast("C", _COLOR(_QUIET(_VERBOSE(with_console))))


def plan_options(function: C) -> C:
    """Add the options of every command that reads a plan, and pass `root`, `today` and `console`.

    `root` is the absolute folder that holds site.toml.
    """

    @wraps(function)
    def with_plan(*args: Any, site: str | None, as_of: str | None, **options: Any) -> Any:
        root = _root(_given("site", site))
        return function(*args, root=root, today=_today(as_of), **options)

    return cast("C", _AS_OF(_SITE(console_options(with_plan))))


def format_option(function: C) -> C:
    """Add --format for a command that shows numbers, and pass it as `form`."""
    return option(
        "--format",
        "form",
        type=click.Choice(["table", "json"]),
        default="table",
        show_default=True,
        help="A table, or the same part of plan.json.",
    )(function)


def site_before_command() -> str | None:
    """Return the --site that was typed before the name of the command, if any."""
    return cast("str | None", _given("site", None))


def _given(name: str, value: Any) -> Any:
    """Return the value of a common option: the one typed after the command, else before it.

    A variable of the environment or a default counts only where neither was typed.
    """
    context = click.get_current_context()
    before = context.parent
    if (
        context.get_parameter_source(name) is not ParameterSource.COMMANDLINE
        and before is not None
        and before.get_parameter_source(name) is ParameterSource.COMMANDLINE
    ):
        return before.params[name]
    return value


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
            f"{text!r} is more than one day; write a day like {read.last}.", param_hint="'--as-of'"
        )
    return read


def _root(site: str | None) -> Path:
    import shlex
    from pathlib import Path

    from planfolio.read import find_site

    if site is None:
        root = find_site(Path.cwd())
        if root is None:
            raise UsageError(
                "there is no site.toml here or in a folder above",
                hint="start a plan with `planfolio init`, or name the folder of one with --site",
            )
        return root
    folder = Path(site)
    if folder.name == "site.toml":
        folder = folder.parent
    if not (folder / "site.toml").is_file():
        raise UsageError(
            f"there is no site.toml in {folder}",
            hint=f"start a plan there with `planfolio init {shlex.quote(str(folder))}`",
        )
    return folder.resolve()
