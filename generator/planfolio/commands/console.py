"""What all commands share: the options, the colours, where text goes."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from planfolio.exceptions import Misuse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planfolio.diagnostics import Diagnostic
    from planfolio.pipeline import Today
    from planfolio.plan import Plan
    from planfolio.report import Format
    from planfolio.stage4_analyse.results import Analysis

    C = TypeVar("C", bound=Callable[..., Any])

_TONES: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "info": {"fg": "cyan"},
    "quiet": {"dim": True},
    "help": {"fg": "green"},
    "strong": {"bold": True},
}


@dataclass(frozen=True, slots=True)
class Console:
    """Prints results to stdout, and notes to stderr unless it is told to be quiet."""

    color: bool
    quiet: bool
    verbose: bool

    def paint(self, text: str, tone: str) -> str:
        """Return text in a tone, or as it is where there is no colour."""
        return click.style(text, **_TONES[tone]) if self.color and tone in _TONES else text

    def result(self, text: str, *, end: bool = True) -> None:
        """Print what was asked for."""
        click.echo(text, nl=end, color=self.color)

    def note(self, text: str) -> None:
        """Print what is good to know."""
        if not self.quiet:
            click.echo(text, err=True, color=self.color)

    def detail(self, text: str) -> None:
        """Print what only a verbose run tells."""
        if self.verbose:
            click.echo(text, err=True, color=self.color)

    def findings(
        self, diagnostics: Sequence[Diagnostic], *, root: Path, form: Format, err: bool = False
    ) -> None:
        """Print diagnostics, to stderr where they are not what was asked for."""
        from planfolio.report import report

        def lines(path: str) -> Sequence[str]:
            try:
                text = (root / path).read_text("utf-8-sig", "replace")
            except OSError:
                return ()
            return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

        text = report(diagnostics, form=form, lines=lines, paint=self.paint)
        if text:
            click.echo(text, nl=False, err=err, color=self.color)


def console_options(function: C) -> C:
    """Add --color, -q and -v, and hand the command a `console`."""

    @click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        envvar="PLANFOLIO_COLOR",
        help="Colour the output (NO_COLOR and FORCE_COLOR are heard).",
    )
    @click.option("-q", "--quiet", is_flag=True, envvar="PLANFOLIO_QUIET", help="Print results only.")
    @click.option("-v", "--verbose", is_flag=True, envvar="PLANFOLIO_VERBOSE", help="Tell more.")
    @wraps(function)
    def with_console(*args: Any, color: str, quiet: bool, verbose: bool, **options: Any) -> Any:
        console = Console(color=_wants_color(color), quiet=quiet, verbose=verbose)
        return function(*args, console=console, **options)

    return with_console  # type: ignore[return-value]


def site_option(function: C) -> C:
    """Add --site, and hand the command the `root` that holds site.toml."""

    @click.option(
        "--site",
        type=click.Path(path_type=Path),
        envvar="PLANFOLIO_SITE",
        help="The folder of the plan (default: the nearest site.toml upward).",
    )
    @wraps(function)
    def with_root(*args: Any, site: Path | None, **options: Any) -> Any:
        return function(*args, root=_find_root(site), **options)

    return with_root  # type: ignore[return-value]


def as_of_option(function: C) -> C:
    """Add --as-of, and hand the command `today`."""

    @click.option(
        "--as-of",
        metavar="DATE",
        envvar="PLANFOLIO_AS_OF",
        help="The day that the numbers are for (default: site.toml's as_of, else today).",
    )
    @wraps(function)
    def with_today(*args: Any, as_of: str | None, **options: Any) -> Any:
        return function(*args, today=_today(as_of), **options)

    return with_today  # type: ignore[return-value]


def _today(as_of: str | None) -> Today:
    from planfolio.pipeline import Today
    from planfolio.plan import Plan

    day = None
    if as_of is not None:
        try:
            day = date.fromisoformat(as_of)
        except ValueError:
            raise click.BadParameter(f"{as_of!r} is not a day like 2026-09-30", param_hint="--as-of") from None
    return Today(now=datetime.now(UTC), as_of=day)


def _wants_color(choice: str) -> bool:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _find_root(site: Path | None) -> Path:
    from planfolio.stage1_read import find_site

    if site is not None:
        folder = site.parent if site.name == "site.toml" else site
        if not (folder / "site.toml").is_file():
            raise Misuse(
                f"there is no site.toml in {folder}", hint=f"planfolio init {folder} makes a plan there"
            )
        return folder.resolve()
    root = find_site(Path.cwd())
    if root is None:
        raise Misuse(
            "there is no site.toml here or in a folder above",
            hint="planfolio init makes a plan; --site names the folder of one",
        )
    return root


def analysed(root: Path, *, today: Today, console: Console) -> tuple[Plan, Analysis]:
    """Return the owner's plan and its numbers; with errors in the plan, print them and exit with 1."""
    from planfolio.pipeline import check
    from planfolio.report.formats import Format

    checked = check(root, today=today)
    if checked.analysis is None or checked.errors:
        console.findings(checked.errors, root=root, form=Format.FULL, err=True)
        raise click.exceptions.Exit(1)
    return checked.plan, checked.analysis
