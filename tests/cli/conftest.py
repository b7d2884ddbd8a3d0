"""The program as people run it: in this process, in one of its own, and on a terminal."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest
from click.testing import CliRunner

from planfolio.cli import cli
from planfolio.cli.exit_codes import BUG, run_to_exit_code

PROGRAM = [sys.executable, "-m", "planfolio"]

Run: TypeAlias = "Callable[..., Ran]"
Program: TypeAlias = "Callable[..., subprocess.CompletedProcess[str]]"
OnTerminal: TypeAlias = "Callable[..., Seen]"
Start: TypeAlias = "Callable[..., subprocess.Popen[str]]"
MakePlan: TypeAlias = "Callable[[dict[str, str]], Path]"


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run in this process ended, and what it printed."""

    exit_code: int
    stdout: str
    stderr: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What a run on a terminal showed there, what went elsewhere, and how it ended."""

    terminal: str
    elsewhere: str
    code: int


def clean_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment without what would speak to the program, and `extra`."""
    spoken = (
        *("PLANFOLIO_", "GITHUB_", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "VISUAL", "EDITOR"),
        "COV_",
    )
    kept = {key: value for key, value in os.environ.items() if not key.startswith(spoken)}
    return {**kept, "TERM": "xterm-256color", **extra}


@pytest.fixture(autouse=True)
def _silent_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a folder without a plan, in an environment that does not speak to the program."""
    monkeypatch.chdir(tmp_path)
    for key in set(os.environ) - set(clean_environment({})):
        monkeypatch.delenv(key)


@pytest.fixture
def run() -> Run:
    """Run the command line in this process to its exit code; no run may end as a bug."""

    def invoke(*args: str | Path, **environment: str) -> Ran:
        typed = [str(arg) for arg in args]
        with CliRunner().isolation(env=environment) as (out, err, _):
            code = run_to_exit_code(
                lambda: cli.main(typed, prog_name="planfolio", standalone_mode=False)
            )
            sys.stdout.flush()
            stdout, stderr = out.getvalue().decode(), err.getvalue().decode()
        assert code != BUG, stderr
        return Ran(code, stdout, stderr)

    return invoke


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Run the program in a process of its own, from a folder without a plan."""

    def start(
        *args: str | Path, cwd: Path | None = None, stdout: int | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*PROGRAM, *map(str, args)],
            check=False,
            cwd=cwd or tmp_path,
            env=clean_environment(environment),
            stdout=subprocess.PIPE if stdout is None else stdout,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            timeout=60,
        )

    return start


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start the program with its output in pipes; what still runs at the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def begin(*args: str | Path) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*PROGRAM, *map(str, args)],
            cwd=tmp_path,
            env=clean_environment({}),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def on_terminal(tmp_path: Path) -> Iterator[OnTerminal]:
    """Run the program with stdout, stderr or both at a terminal, the rest in a pipe.

    `until` is a text of the terminal at which the run is sent an interrupt.
    """
    opened: list[int] = []

    def start(
        *args: str | Path, streams: str = "both", until: str | None = None, **environment: str
    ) -> Seen:
        master, slave = pty.openpty()
        opened.append(master)
        process = subprocess.Popen(
            [*PROGRAM, *map(str, args)],
            cwd=tmp_path,
            env=clean_environment(environment),
            stdin=slave,
            stdout=slave if streams in {"both", "stdout"} else subprocess.PIPE,
            stderr=slave if streams in {"both", "stderr"} else subprocess.PIPE,
        )
        os.close(slave)
        shown = b""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if select.select([master], [], [], 0.05)[0]:
                try:
                    shown += os.read(master, 65536)
                except OSError:  # the other end of the terminal has been closed
                    break
                if until is not None and until.encode() in shown:
                    process.send_signal(signal.SIGINT)
                    until = None
        out, err = process.communicate(timeout=60)
        return Seen(shown.decode(), ((out or b"") + (err or b"")).decode(), process.returncode)

    yield start
    for descriptor in opened:
        os.close(descriptor)
