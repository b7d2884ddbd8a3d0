"""Have a build die at its first line, at its second, and so on until one lives; check each death.

Usage: die_at_each_line.py OUTPUT (exchange | "in place" | first) STRIDE. A line is one of the
package's, as the interpreter runs it. Prints a JSON object with the number of deaths, of those
that left the new site, and of those that left a staging folder. Fails at the first output that
is not whole, or that the next build does not put right.
"""

import json
import os
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType

from planfolio.output import stage
from planfolio.output.sitepath import MANIFEST, read_manifest
from planfolio.output.writer import write

PACKAGE = str(Path(sys.modules["planfolio.output"].__file__ or "").parent)
OLD = {"index.html": b"old", "same.css": b"css", "gone/index.html": b"gone", "moved": b"a file"}
NEW = {"index.html": b"new", "same.css": b"css", "come/index.html": b"come", "moved/x": b"below"}
NEXT = {"index.html": b"next", "last": b"x"}


def main(output: Path, way: str, stride: int) -> dict[str, int]:
    """Let builds die, later and later, and count how."""
    stage.exchange(output.parent, output.parent)  # its import is not what is to be tested
    if way == "in place":
        stage.exchange = lambda first, second: False  # noqa: ARG005
    report = {"deaths": 0, "new": 0, "leftovers": 0}
    lines = 1
    while True:
        if output.exists():
            shutil.rmtree(output)
        if way != "first":
            write(OLD, output, protected=[])
        lived = build_and_die(output, lines=lines)
        found = read(output)
        if lived:
            assert found == NEW
            return report
        report["deaths"] += 1
        report["new"] += found == NEW
        report["leftovers"] += any(output.parent.glob(".public.*"))
        if way == "in place":
            assert all(data in (OLD.get(path), NEW.get(path)) for path, data in found.items())
            assert OLD.keys() & NEW.keys() <= found.keys()
        else:
            old = {} if way == "first" else OLD
            assert found in (old, NEW), f"torn at line {lines}: {found}"
            assert (read_manifest(output) or frozenset()) == found.keys()
        write(NEXT, output, protected=[])
        assert read(output) == NEXT, lines
        assert list(output.parent.iterdir()) == [output], lines
        lines += stride


def build_and_die(output: Path, *, lines: int) -> bool:
    """Build the new site in a child that dies after so many lines; True when it lived."""
    child = os.fork()
    if child == 0:
        count = 0

        def trace(frame: FrameType, event: str, _argument: object) -> object:
            nonlocal count
            if not frame.f_code.co_filename.startswith(PACKAGE):
                return None
            if event == "line":
                count += 1
                if count >= lines:
                    os.kill(os.getpid(), signal.SIGKILL)
            return trace

        sys.settrace(trace)  # type: ignore[arg-type]
        write(NEW, output, protected=[])
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if os.WIFEXITED(status):
        assert os.WEXITSTATUS(status) == 0
        return True
    assert os.WTERMSIG(status) == signal.SIGKILL
    return False


def read(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder but the manifest."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))))  # noqa: T201
