"""How a run ends: with an exit code, and a line to the person at the terminal.

Each command begins here, so what only a failure needs is imported when something fails.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

import click

from planfolio.exceptions import EnvironmentFailure, PlanfolioError

if TYPE_CHECKING:
    from collections.abc import Callable

FINDINGS = 1
ENVIRONMENT = 3
BUG = 70
"""EX_SOFTWARE of sysexits.h: the fault is in planfolio."""
INTERRUPTED = 130
READER_GONE = 141
"""128 and SIGPIPE: what a shell shows for any program whose reader left, as in `| head`."""


class Run:
    """What the end of a run has to know of its beginning: whether to show where it failed."""

    def __init__(self, *, debug: bool = False) -> None:
        self.debug = debug


def ended(program: Callable[[], object], *, run: Run) -> int:
    """Run a program to its end, tell what stopped it, and return the exit code of the process.

    0: well. 1: the plan has findings that fail. 2: misuse or configuration. 3: the machine. 70: a
    bug of ours. 130: interrupted. 141: nobody reads our output any more.
    """
    _speak_to_any_terminal(sys.stdout)
    try:
        result = program()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        _tell("Interrupted.")
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return READER_GONE
    except SystemExit as stop:
        # Click turns a broken pipe into this, even where it is told to leave the end to us.
        if stop.code != 1:
            raise
        return READER_GONE
    except Exception as error:
        if run.debug:
            import traceback

            _tell(traceback.format_exc().rstrip())
        return _failed(error)
    return result if isinstance(result, int) else 0


def _failed(error: Exception) -> int:
    match error:
        case click.ClickException():
            buffer = io.StringIO()
            error.show(buffer)
            _tell(buffer.getvalue().rstrip())
            return error.exit_code
        case PlanfolioError():
            _tell(f"Error: {error}", error.hint)
            return error.exit_code
        case OSError() | ImportError() if not _is_our_import(error):
            told = _as_hindrance(error)
            _tell(f"Error: {told}", told.hint)
            return told.exit_code
        case _:
            import shlex
            import traceback

            said = "".join(traceback.format_exception_only(error)).strip() + _place(error)
            again = shlex.join(["planfolio", *sys.argv[1:]])
            _tell(
                f"Error: planfolio itself failed: {said}",
                f"this is a bug, please report it with what `PLANFOLIO_DEBUG=1 {again}` prints",
            )
            return BUG


def _as_hindrance(error: OSError | ImportError) -> EnvironmentFailure:
    if isinstance(error, ImportError):
        return EnvironmentFailure(
            f"planfolio is not installed whole: {error}", hint="install it again"
        )
    reason = error.strerror or str(error) or type(error).__name__
    if error.filename is None:
        _drop_output()
        return EnvironmentFailure(f"the output cannot be written: {reason}")
    return EnvironmentFailure(f"{os.fsdecode(error.filename)}: {reason}")


def _place(error: Exception) -> str:
    """Return where the fault showed, which is the first thing that whoever mends it asks."""
    import traceback
    from pathlib import Path

    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "planfolio" in Path(frame.filename).parts]
    return f" ({Path(own[-1].filename).name}, line {own[-1].lineno})" if own else ""


def _is_our_import(error: Exception) -> bool:
    """Tell a name that we misspelt from a package that is missing."""
    name = error.name if isinstance(error, ImportError) else None
    return (name or "").partition(".")[0] == "planfolio"


def _tell(text: str, hint: str = "") -> None:
    """Write to stderr, if there is anybody to read it; no character of it steers the terminal."""
    from planfolio.report.printable import printable

    said = "\n".join(printable(line) for line in text.split("\n"))
    with contextlib.suppress(OSError, ValueError):
        click.echo(said + (f"\n  help: {printable(hint)}" if hint else ""), err=True)


def _speak_to_any_terminal(stream: TextIO) -> None:
    """Spell what the encoding of a terminal does not have, instead of failing over it."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")


def _drop_output() -> None:
    """Send what is left in the buffers nowhere, so that the interpreter does not trip over it."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
