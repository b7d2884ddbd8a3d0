"""The options that commands share, as decorators that pass the values which the options mean.

`planfolio --version` imports this module, so it imports little.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from planfolio.exceptions import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from planfolio.model.visibility import Visibility

C = TypeVar("C", bound="Callable[..., Any]")


def option(*names: str, help: str, **attributes: Any) -> Callable[[C], C]:  # noqa: A002
    """Return an option that a variable sets too: --as-of and PLANFOLIO_AS_OF."""
    variable = max(names, key=len).strip("-").upper().replace("-", "_")
    return click.option(
        *names, envvar=f"PLANFOLIO_{variable}", show_envvar=True, help=help, **attributes
    )


def audience_option(default: Visibility, help: str) -> Callable[[C], C]:  # noqa: A002
    """Return the option that chooses who a site is for."""
    words = [audience.word for audience in type(default)]
    return option(
        "--audience", type=click.Choice(words), default=default.word, show_default=True, help=help
    )


_SITE = option(
    "--site",
    metavar="DIR",
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
    """Add --site, --color, -q and -v."""
    return _SITE(_COLOR(_QUIET(_VERBOSE(function))))


def console_options(function: C) -> C:
    """Add --color, -q and -v, and pass a `console`."""

    @wraps(function)
    def with_console(*, color: str, quiet: bool, verbose: bool, **options: Any) -> Any:
        from planfolio.cli.console import Console

        return function(console=Console(color=color, quiet=quiet, verbose=verbose), **options)

    return cast("C", _COLOR(_QUIET(_VERBOSE(with_console))))


def planless_options(function: C) -> C:
    """Add the options of a command that reads no plan; --site may be typed, and is ignored."""
    return console_options(option("--site", help="", hidden=True, expose_value=False)(function))


def plan_options(function: C) -> C:
    """Add the options of every command that reads a plan, and pass a `session`."""

    @wraps(function)
    def with_session(
        *, site: str | None, as_of: str | None, color: str, quiet: bool, verbose: bool, **more: Any
    ) -> Any:
        from datetime import UTC, datetime

        from planfolio.cli.console import Session
        from planfolio.pipeline import Today

        root = _root(site)
        today = Today(now=datetime.now(UTC), as_of=None if as_of is None else _day(as_of))
        session = Session(root=root, today=today, color=color, quiet=quiet, verbose=verbose)
        return function(session=session, **more)

    return cast("C", _AS_OF(common_options(with_session)))


def _day(text: str) -> date:
    from planfolio.edit.arguments import read_day

    try:
        return read_day(text)
    except UsageError as error:
        hint = f"; {error.hint}" if error.hint else ""
        raise click.BadParameter(f"{error.message}{hint}.", param_hint="'--as-of'") from None


def _root(site: str | None) -> Path:
    """Return the absolute folder that holds site.toml."""
    import shlex
    from pathlib import Path

    from planfolio.read.site_file import find_site

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
