"""Tests of the stages that a long run shows."""

from __future__ import annotations

import contextlib
import io
import sys

import pytest

from planfolio.cli.console import Console, Progress, Stream

PLAIN = Console(
    Stream(err=False, color=False), Stream(err=True, color=False), quiet=False, verbose=False
)
QUIET = Console(PLAIN.out, PLAIN.err, quiet=True, verbose=False)
VERBOSE = Console(PLAIN.out, PLAIN.err, quiet=False, verbose=True)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Return that it is one."""
        return True


class ClosedTerminal(Terminal):
    """A terminal that was closed."""

    def write(self, text: str) -> int:
        """Fail as the system does."""
        del text
        raise OSError(5, "Input/output error")


def shown(console: Console, stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what a run of two stages writes to stderr while it lasts."""
    monkeypatch.setattr(sys, "stderr", stream)
    with Progress(console) as progress:
        progress.stage("reading the plan")
        progress.stage("rendering the pages")
    return stream.getvalue()


def test_an_interrupt_erases_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C leaves a clean line for what is said next."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with contextlib.suppress(KeyboardInterrupt), Progress(PLAIN) as progress:
        progress.stage("reading the plan")
        raise KeyboardInterrupt
    assert stream.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize(
    ("console", "stream", "term"),
    [
        (PLAIN, io.StringIO(), "xterm"),
        (QUIET, Terminal(), "xterm"),
        (PLAIN, Terminal(), "dumb"),
        (PLAIN, ClosedTerminal(), "xterm"),
    ],
    ids=["no terminal", "quiet", "dumb terminal", "closed terminal"],
)
def test_elsewhere_nothing_is_shown(
    console: Console, stream: io.StringIO, term: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A log, -q and a terminal that cannot erase get no such line, and a closed one no error."""
    monkeypatch.setenv("TERM", term)
    assert shown(console, stream, monkeypatch) == ""
