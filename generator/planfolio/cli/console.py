"""What is printed where: results on stdout, notes and progress on stderr."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TextIO

import click

from planfolio.cli.exit_codes import FINDINGS
from planfolio.report.formats import Format, report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planfolio.model.diagnostics import Diagnostic
    from planfolio.report.text import Place

_TONES: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "info": {"fg": "cyan"},
    "quiet": {"dim": True},
    "help": {"fg": "green"},
    "strong": {"bold": True},
}

_ERASE = "\r\x1b[K"


@dataclass(frozen=True, slots=True)
class Stream:
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


@dataclass(frozen=True, slots=True)
class Console:
    """Prints results to `out`, and notes to `err` unless it is quiet."""

    out: Stream
    err: Stream
    quiet: bool
    verbose: bool

    def result(self, text: str, *, end: str = "\n") -> None:
        """Print a result."""
        self.out.write(text, end=end)

    def note(self, text: str) -> None:
        """Print a note, unless quiet."""
        if not self.quiet:
            self.err.write(text)

    def detail(self, text: str) -> None:
        """Print a detail, only if verbose."""
        if self.verbose:
            self.err.write(self.err.paint(text, "quiet"))

    def findings(
        self,
        diagnostics: Sequence[Diagnostic],
        *,
        root: Path,
        form: Format = Format.FULL,
        err: bool = False,
    ) -> None:
        """Print diagnostics to stdout, or with `err` to stderr."""
        from planfolio.read.files import lines_of

        def place(path: str) -> str:
            return shown_path(root / path, root=root)

        stream = self.err if err else self.out
        text = report(
            diagnostics,
            form=form,
            lines=partial(lines_of, root=root),
            paint=stream.paint,
            place=place_in_repository(root) if form.for_hosts else place,
        )
        stream.write(text, end="")

    def stop(self, found: Sequence[Diagnostic], sentence: str, *, root: Path) -> NoReturn:
        """Print to stderr what stops a command, and a sentence about it, and exit with 1."""
        self.findings(found, root=root, err=True)
        self.note(f"\n{sentence}")
        raise click.exceptions.Exit(FINDINGS)


class Progress:
    """Shows the current stage of a run in a line of the terminal, which is erased at the end.

    With -v the duration of each stage is printed instead. Use it in a `with`, and call `stage` at
    the start of each stage.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = _is_terminal(sys.stderr) and not console.quiet and not console.verbose
        self._name = ""
        self._started = self._stage_started = time.monotonic()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error is None:
            self._end_stage()
        self._show("")

    @property
    def seconds(self) -> float:
        """The duration of the run so far."""
        return time.monotonic() - self._started

    def stage(self, name: str) -> None:
        """Begin a stage: `rendering the pages`."""
        self._end_stage()
        self._name, self._stage_started = name, time.monotonic()
        self._show(f"  {name} … ")

    def _end_stage(self) -> None:
        if self._name:
            took = time.monotonic() - self._stage_started
            self._console.detail(f"{took:8.2f} s  {self._name}")

    def _show(self, text: str) -> None:
        if self._live:
            with contextlib.suppress(OSError, ValueError):  # the terminal was closed
                sys.stderr.write(_ERASE + text)
                sys.stderr.flush()


def console_of(color: Literal["auto", "always", "never"], *, quiet: bool, verbose: bool) -> Console:
    """Return the console of this process; `auto` colours each stream that is a terminal."""
    out = Stream(err=False, color=_wants_color(color, sys.stdout))
    err = Stream(err=True, color=_wants_color(color, sys.stderr))
    return Console(out, err, quiet=quiet, verbose=verbose)


def shown_path(path: Path, *, root: Path) -> str:
    """Return an absolute path as the reader can open it.

    It is relative if it is below the current folder, or if that is inside the plan at `root`.
    """
    here = Path.cwd()
    near = path.is_relative_to(here) or here.is_relative_to(root)
    return Path(os.path.relpath(path, here)).as_posix() if near else str(path)


def place_in_repository(root: Path) -> Place:
    """Return a function from paths in the plan at `root` to paths in its repository."""
    from planfolio.repository import prefix_in_repository

    workspace = os.environ.get("GITHUB_WORKSPACE")
    prefix = prefix_in_repository(root, workspace=Path(workspace) if workspace else None)
    return lambda path: f"{prefix}{path}"


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
