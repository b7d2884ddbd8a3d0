"""Tests of exit codes, and of the message at the end of a run."""

import os
import signal
import subprocess
import sys

import click
import pytest
from tests.cli.conftest import MakePlan, Program, Start

from planfolio.cli.exit_codes import run_to_exit_code
from planfolio.exceptions import EnvironmentFailure, UsageError


def code_of(error: BaseException | None) -> int:
    """Return the exit code of a run that an exception ends, or that ends well."""

    def program() -> None:
        if error is not None:
            raise error

    return run_to_exit_code(program)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (None, 0),
        (click.exceptions.Exit(1), 1),
        (click.UsageError("no"), 2),
        (click.ClickException("no"), 1),
        (UsageError("no"), 2),
        (EnvironmentFailure("no"), 3),
        (PermissionError(13, "Permission denied", "x"), 3),
        (ImportError("no module named yaml", name="yaml"), 3),
        (ImportError("cannot import name 'x'", name="planfolio.model.plan"), 70),
        (ValueError("oops"), 70),
        (RecursionError(), 70),
        (click.Abort(), 130),
        (KeyboardInterrupt(), 130),
    ],
)
def test_each_end_has_its_code(
    error: BaseException | None, code: int, capfd: pytest.CaptureFixture[str]
) -> None:
    """Findings, usage errors, environment errors, bugs and interrupts differ in their code."""
    assert code_of(error) == code
    assert "Traceback" not in capfd.readouterr().err


def test_an_error_names_its_file_or_the_next_step(capfd: pytest.CaptureFixture[str]) -> None:
    """The sentence of an error is one line, its hint another; one of the system has its file."""
    code_of(UsageError("there is no site.toml", hint="run planfolio init"))
    code_of(PermissionError(13, "Permission denied", "content/a.svg"))
    assert capfd.readouterr().err == (
        "Error: there is no site.toml\n  help: run planfolio init\n"
        "Error: content/a.svg: Permission denied\n"
    )


def test_a_bug_of_ours_asks_for_a_report(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception that nobody foresaw is one line with what it was, and one with what to do; with
    PLANFOLIO_DEBUG the traceback comes before."""
    code_of(ZeroDivisionError("division by zero"))
    error, hint = capfd.readouterr().err.splitlines()
    assert error.startswith("Error: planfolio itself failed: ZeroDivisionError: division by zero")
    assert hint.startswith("  help: this is a bug, please report it with what `PLANFOLIO_DEBUG=1 ")
    monkeypatch.setenv("PLANFOLIO_DEBUG", "1")
    code_of(ZeroDivisionError("division by zero"))
    err = capfd.readouterr().err
    assert err.startswith("Traceback (most recent call last):\n")
    assert err.splitlines()[-2:] == [error, hint]


def test_what_a_message_holds_steers_no_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    """A file name or an argument with escapes is escaped in every kind of error."""
    for error in (
        UsageError("\x1b[2J", hint="\u202e"),
        click.UsageError("\x9b2J"),
        OSError("\x07"),
    ):
        code_of(error)
    assert capfd.readouterr().err.replace("\n", "").isprintable()


@pytest.mark.parametrize("args", [("--version",), ("--help",), ("explain",), ("schema",)])
def test_a_full_disk_is_an_environment_error(program: Program, args: tuple[str, ...]) -> None:
    """Where stdout takes nothing, the program says so and exits with 3."""
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = program(*args, stdout=full.fileno())
    assert done.returncode == 3
    assert done.stderr == "Error: the output cannot be written: No space left on device\n"


def test_a_reader_that_leaves_ends_the_run_quietly(program: Program) -> None:
    """Into a pipe that nobody reads, nothing is said, and the code is that of a broken pipe."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = program("explain", stdout=writer)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_do_not_change_the_end(plan: MakePlan, closed: str) -> None:
    """Started with stdout, stderr or both closed, as by a daemon, the program does its work."""
    root = plan({})
    command = [sys.executable, "-m", "planfolio", "new", "goal", "A", "--site", str(root)]
    done = subprocess.run(
        ["sh", "-c", f'"$@" {closed}', "sh", *command], check=False, capture_output=True
    )
    assert done.returncode == 0
    assert (root / "content/goals/a.md").is_file()


def test_a_terminal_without_the_letters_gets_them_spelt(program: Program, plan: MakePlan) -> None:
    """Where stdout is no UTF-8, letters that it lacks are escaped instead of ending the run."""
    root = plan({"content/goals/a.md": "---\ntitle: 東京\n---\n"})
    done = program("status", "--site", root, PYTHONIOENCODING="latin-1")
    assert done.returncode == 0
    assert r"\u6771\u4eac" in done.stdout


def test_an_interrupt_ends_with_130_and_no_traceback(plan: MakePlan, start: Start) -> None:
    """Ctrl-C in the middle of a build ends it with one word, and leaves no output."""
    goals = {f"content/goals/g{n}.md": f"---\ntitle: Goal {n}\n---\n" for n in range(800)}
    root = plan(goals)
    process = start("build", "--site", root, "-v")
    assert process.stderr is not None
    assert process.stderr.readline().startswith("The plan is ")
    assert "reading" in process.stderr.readline()  # all is imported by now
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert out == ""
    assert err.rstrip().endswith("Interrupted.")
    assert not (root / "public").exists()
