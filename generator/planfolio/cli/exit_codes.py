"""The end of a run: its exit code, and a message on stderr.

Every command imports this module, so it imports what only a failure needs when something fails.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import TYPE_CHECKING

import click

from planfolio.exceptions import EnvironmentFailure, PlanfolioError

if TYPE_CHECKING:
    from collections.abc import Callable

FINDINGS = 1
BUG = 70
"""EX_SOFTWARE of sysexits.h: an error in planfolio itself."""
INTERRUPTED = 130
BROKEN_PIPE = 141
"""128 and SIGPIPE, which a shell shows for a program whose reader left, as in `| head`."""


def run_to_exit_code(program: Callable[[], object]) -> int:
    """Run a program, print what stopped it, and return the exit code of the process.

    0: success. 1: findings. 2: usage error. 3: environment error. 70: a bug of planfolio. 130:
    interrupted. 141: nobody reads the output any more. With PLANFOLIO_DEBUG a traceback is printed
    for any error.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that lacks a character shows an escape.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        result = program()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        _print_error("Interrupted.")
        return INTERRUPTED
    except BrokenPipeError:
        _discard_output()
        return BROKEN_PIPE
    except SystemExit as stop:
        # Click turns a broken pipe into this even where it leaves the end to its caller.
        if stop.code != 1:
            raise
        return BROKEN_PIPE
    except Exception as error:
        if os.environ.get("PLANFOLIO_DEBUG"):
            import traceback

            _print_error(traceback.format_exc().rstrip())
        return _failed(error)
    return result if isinstance(result, int) else 0


def _failed(error: Exception) -> int:
    match error:
        case click.ClickException():
            buffer = io.StringIO()
            error.show(buffer)
            _print_error(buffer.getvalue().rstrip())
            return error.exit_code
        case PlanfolioError():
            _print_error(f"Error: {error}", error.hint)
            return error.exit_code
        case OSError():
            reason = error.strerror or str(error) or type(error).__name__
            if error.filename is None:
                _discard_output()
                return _failed(EnvironmentFailure(f"the output cannot be written: {reason}"))
            return _failed(EnvironmentFailure(f"{os.fsdecode(error.filename)}: {reason}"))
        case ImportError() if (error.name or "").partition(".")[0] != "planfolio":
            message = f"planfolio is not installed completely: {error}"
            return _failed(EnvironmentFailure(message, hint="install it again"))
        case _:
            import shlex
            import traceback

            what = "".join(traceback.format_exception_only(error)).strip()
            again = shlex.join(["planfolio", *sys.argv[1:]])
            _print_error(
                f"Error: planfolio itself failed: {what}",
                f"this is a bug, please report it with what `PLANFOLIO_DEBUG=1 {again}` prints",
            )
            return BUG


def _print_error(text: str, hint: str = "") -> None:
    """Write printable text to stderr, unless stderr is closed."""
    from planfolio.message_text import visible, visible_lines

    shown = visible_lines(text) + (f"\n  help: {visible(hint)}" if hint else "")
    with contextlib.suppress(OSError, ValueError):
        click.echo(shown, err=True)


def _discard_output() -> None:
    """Redirect stdout to nowhere, so that the interpreter does not fail when it flushes it."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
