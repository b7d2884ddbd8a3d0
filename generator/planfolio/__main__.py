"""`planfolio` and `python -m planfolio`."""

import gc
import os
import sys

# Nearly all objects of a command live until it ends, so collecting garbage is wasted time. `serve`
# and `check --watch`, which run on, enable it again.
gc.disable()

from planfolio.cli import run_command_line  # noqa: E402


def main() -> None:
    """Run the command that was typed, and end the process.

    It ends at once: to free all objects one by one takes as long as the rules do. What is to run
    after a command, such as a profiler's report, calls `run_command_line`.
    """
    code = run_command_line()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # as where a shell closed it
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
