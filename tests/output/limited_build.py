"""Build a site under a limit, as the command line would report it: exit 3 and the line.

Usage: limited_build.py OUTPUT ("no room" | "closed output" | "closed all" | "closed
parent")
"""

import os
import resource
import signal
import sys
from pathlib import Path

from planfolio.exceptions import EnvironmentFailure
from planfolio.output.stage import exchange
from planfolio.output.writer import write

NOBODY = 65534


def main(output: Path, limit: str) -> int:
    """Set the limit, write, and report."""
    files = {"index.html": b"home", "new/index.html": b"new"}
    exchange(Path("/"), Path("/"))  # everything is imported while all can be read
    if limit == "no room":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, 65_536))
        files = {f"{number}/index.html": b"x" * (20_000 * number) for number in range(9)}
    else:
        close(output, limit.removeprefix("closed "))
    try:
        write(files, output, protected=[])
    except EnvironmentFailure as error:
        sys.stderr.write(f"{error}\n")
        return 3
    return 0


def close(output: Path, what: str) -> None:
    """Take the right to write from the folders, and from ourselves what root may always do."""
    if os.geteuid() == 0:
        for path in (output.parent, output, *output.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    if what in {"output", "all"}:
        output.chmod(0o555)
    if what in {"parent", "all"}:
        output.parent.chmod(0o555)


sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
