"""Tests of the line that tells what a long run is doing."""

from __future__ import annotations

import io
import time

import pytest

from planfolio.cli.console import Console, Stream
from planfolio.cli.progress import PATIENCE, Progress

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


def shown(console: Console, stream: io.StringIO, *, seconds: float) -> str:
    """Return what a run of some length writes on the way."""
    with Progress(console, stream=stream) as progress:
        progress.stage("rendering the pages")
        time.sleep(seconds)
    return stream.getvalue()


def test_a_short_run_shows_nothing() -> None:
    """What is over before one wonders does not flicker."""
    assert shown(PLAIN, Terminal(), seconds=0) == ""


def test_a_long_run_shows_its_stage_and_erases_it() -> None:
    """After a moment the line stands there, and at the end it is gone."""
    text = shown(PLAIN, Terminal(), seconds=PATIENCE + 0.2)
    assert text.startswith("\r\x1b[K  rendering the pages … ")
    assert text.endswith("\r\x1b[K")


@pytest.mark.parametrize(
    ("console", "stream"), [(PLAIN, io.StringIO()), (QUIET, Terminal()), (VERBOSE, Terminal())]
)
def test_nothing_moves_without_a_terminal_or_when_told(
    console: Console, stream: io.StringIO
) -> None:
    """A log, -q and -v (which prints lines of its own) get no line that erases itself."""
    assert shown(console, stream, seconds=PATIENCE + 0.2) == ""


def test_a_dumb_terminal_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that cannot erase a line is not asked to."""
    monkeypatch.setenv("TERM", "dumb")
    assert shown(PLAIN, Terminal(), seconds=PATIENCE + 0.2) == ""


def test_a_terminal_that_goes_away_does_not_stop_the_run() -> None:
    """The run ends well although its terminal was closed."""

    class Gone(Terminal):
        def write(self, text: str) -> int:
            """Fail like a terminal that was closed."""
            del text
            raise OSError(5, "Input/output error")

    shown(PLAIN, Gone(), seconds=PATIENCE + 0.2)


def test_verbose_tells_each_stage_that_was_finished(capsys: pytest.CaptureFixture[str]) -> None:
    """Each stage is told with its seconds when the next begins, the last at the end."""
    with Progress(VERBOSE) as progress:
        progress.stage("reading")
        time.sleep(0.05)
        progress.stage("writing")
        assert capsys.readouterr().err.endswith(" s  reading\n")
    assert capsys.readouterr().err.endswith(" s  writing\n")
    assert progress.seconds >= 0.05


def test_a_stage_that_failed_is_not_told_as_done(capsys: pytest.CaptureFixture[str]) -> None:
    """When an exception ends the run, its stage has no time."""

    def fail() -> None:
        with Progress(VERBOSE) as progress:
            progress.stage("reading")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert capsys.readouterr().err == ""
