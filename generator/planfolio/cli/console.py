"""What is printed where: results on stdout, notes and progress on stderr."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TextIO

import click

from planfolio.cli.exit_codes import FINDINGS
from planfolio.report.formats import Format, report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from planfolio.model.diagnostics import Diagnostic
    from planfolio.pipeline import CheckResult, Today
    from planfolio.report.text import ShowPath

_TONES: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "info": {"fg": "cyan"},
    "quiet": {"dim": True},
    "help": {"fg": "green"},
    "strong": {"bold": True},
}


class Stream(NamedTuple):
    """stdout or stderr, and whether it is coloured."""

    err: bool
    color: bool

    @property
    def columns(self) -> int | None:
        """The width of the terminal, or None where the stream is no terminal."""
        stream = sys.stderr if self.err else sys.stdout
        return shutil.get_terminal_size().columns if _is_terminal(stream) else None

    def paint(self, text: str, tone: str) -> str:
        """Return text in a tone, or unchanged where the stream has no colour."""
        return click.style(text, **_TONES[tone]) if self.color and tone in _TONES else text

    def write(self, text: str, *, end: str = "\n") -> None:
        """Write printable text."""
        click.echo(text + end, nl=False, err=self.err, color=self.color)


class Console:
    """Prints results to `out`, and notes to `err` unless it is quiet.

    `color` is always, never, or auto: each stream that is a terminal is coloured.
    """

    def __init__(self, *, color: str, quiet: bool, verbose: bool) -> None:
        self.out = Stream(err=False, color=_wants_color(color, sys.stdout))
        self.err = Stream(err=True, color=_wants_color(color, sys.stderr))
        self.quiet, self.verbose = quiet, verbose

    def result(self, text: str, *, end: str = "\n") -> None:
        """Print a result."""
        self.out.write(text, end=end)

    def table(self, table: Callable[..., str], *args: Any) -> None:
        """Print what a report makes of its arguments, in the colours and the width of stdout."""
        self.result(table(*args, paint=self.out.paint, columns=self.out.columns), end="")

    def note(self, text: str) -> None:
        """Print a note, unless quiet."""
        if not self.quiet:
            self.err.write(text)

    def detail(self, text: str) -> None:
        """Print a detail, only if verbose."""
        if self.verbose:
            self.err.write(self.err.paint(text, "quiet"))


class Session(Console):
    """A run of a command on a plan: the folder of site.toml, the day, and where it prints."""

    def __init__(self, *, root: Path, today: Today, **options: Any) -> None:
        super().__init__(**options)
        self.root, self.today = root, today

    def check(self) -> CheckResult:
        """Check the plan."""
        from planfolio.pipeline import check

        return check(self.root, today=self.today)

    def shown(self, path: Path | str) -> str:
        """Return a path of the plan, or an absolute one, as the reader can open it.

        It is relative if it is below the current folder, or if that is inside the plan.
        """
        path, here = self.root / path, Path.cwd()
        near = path.is_relative_to(here) or here.is_relative_to(self.root)
        return Path(os.path.relpath(path, here)).as_posix() if near else str(path)

    def path_in_repository(self) -> ShowPath:
        """Return a function from paths in the plan to paths in its repository."""
        from planfolio.repository import prefix_in_repository

        workspace = os.environ.get("GITHUB_WORKSPACE")
        prefix = prefix_in_repository(self.root, workspace=Path(workspace) if workspace else None)
        return lambda path: f"{prefix}{path}"

    def findings(
        self, found: Sequence[Diagnostic], *, form: Format = Format.FULL, err: bool = False
    ) -> None:
        """Print diagnostics to stdout, or with `err` to stderr."""
        from planfolio.read.files import lines_of

        stream = self.err if err else self.out
        text = report(
            found,
            form=form,
            lines=partial(lines_of, root=self.root),
            paint=stream.paint,
            show_path=self.path_in_repository() if form.for_hosts else self.shown,
        )
        stream.write(text, end="")

    def stop(self, found: Sequence[Diagnostic], sentence: str) -> NoReturn:
        """Print to stderr what stops a command, and a sentence about it, and exit with 1."""
        self.findings(found, err=True)
        self.note(f"\n{sentence}")
        raise click.exceptions.Exit(FINDINGS)


@contextlib.contextmanager
def stages(console: Console) -> Iterator[Callable[[str], None]]:
    """Show the stage of a run in a line of the terminal, which is erased at the end.

    Call what is yielded with the name of each stage as it begins. With -v the duration of each is
    printed instead.
    """
    live = _is_terminal(sys.stderr) and not console.quiet and not console.verbose
    name, started = "", time.monotonic()

    def show(text: str) -> None:
        if live:
            with contextlib.suppress(OSError, ValueError):  # the terminal was closed
                sys.stderr.write(f"\r\x1b[K{text}")
                sys.stderr.flush()

    def begin(stage: str) -> None:
        nonlocal name, started
        now = time.monotonic()
        if name:
            console.detail(f"{now - started:8.2f} s  {name}")
        name, started = stage, now
        show(f"  {name} … ")

    try:
        yield begin
        begin("")
    finally:
        show("")


def _is_terminal(stream: TextIO | None) -> bool:
    """Tell whether a stream is a terminal that shows more than plain text.

    A stream that was closed when the program started is None.
    """
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def _wants_color(choice: str, stream: TextIO | None) -> bool:
    """Follow --color, then NO_COLOR (no-color.org), then FORCE_COLOR (force-color.org)."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or _is_terminal(stream)
