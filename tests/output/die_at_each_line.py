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

from planfolio.output import write
from planfolio.output.exchange import Exchange, exchange_entries
from planfolio.output.manifest import read_manifest
from planfolio.output.sitepath import MANIFEST

PACKAGE = str(Path(sys.modules["planfolio.output"].__file__ or "").parent)
OLD = {"index.html": b"old", "same.css": b"css", "gone/index.html": b"gone", "moved": b"a file"}
NEW = {"index.html": b"new", "same.css": b"css", "come/index.html": b"come", "moved/x": b"below"}
FOREIGN = {"CNAME": b"example.org", ".git/refs/main": b"c0ffee", "gone/kept.txt": b"kept"}


def main(output: Path, way: str, stride: int) -> dict[str, int]:
    """Let builds die, later and later, and count how."""
    exchange: Exchange = (lambda _one, _two: False) if way == "in place" else exchange_entries
    exchange_entries(output.parent, output.parent)  # its import is not what is to be tested
    report = {"deaths": 0, "new": 0, "leftovers": 0}
    lines = 1
    while True:
        foreign = {} if way == "first" else FOREIGN
        prepare(output, exchange=exchange, foreign=foreign)
        lived = build_and_die(output, exchange=exchange, lines=lines)
        found = read(output)
        new = {**NEW, **foreign}
        if lived:
            assert found == new
            return report
        report["deaths"] += 1
        report["new"] += found == new
        report["leftovers"] += any(output.parent.glob(".public.staging-*"))
        if way == "in place":
            check_every_file(found, foreign=foreign)
        else:
            old = {} if way == "first" else {**OLD, **foreign}
            assert found in (old, new), f"torn at line {lines}: {found}"
            assert not found or set((read_manifest(output) or NoManifest).files) == set(
                OLD if found == old else NEW
            )
        write({"index.html": b"next", "last": b"x"}, output, protected=[], exchange=exchange)
        assert read(output) == {"index.html": b"next", "last": b"x", **foreign}, lines
        assert list(output.parent.iterdir()) == [output], lines
        lines += stride


class NoManifest:
    """Stands for a manifest that is missing: no set of files is equal to its own."""

    files = ("there is no manifest",)


def prepare(output: Path, *, exchange: Exchange, foreign: dict[str, bytes]) -> None:
    """Start from the old site with the files of others, or from nothing."""
    if output.exists():
        shutil.rmtree(output)
    if foreign:
        write(OLD, output, protected=[], exchange=exchange)
        for path, data in foreign.items():
            (output / path).parent.mkdir(parents=True, exist_ok=True)
            (output / path).write_bytes(data)


def build_and_die(output: Path, *, exchange: Exchange, lines: int) -> bool:
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
        write(NEW, output, protected=[], exchange=exchange)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if os.WIFEXITED(status):
        assert os.WEXITSTATUS(status) == 0
        return True
    assert os.WTERMSIG(status) == signal.SIGKILL
    return False


def check_every_file(found: dict[str, bytes], *, foreign: dict[str, bytes]) -> None:
    """File by file: each is the old or the new one, those of others and of both sites are there."""
    for path, data in found.items():
        assert data in (OLD.get(path), NEW.get(path), foreign.get(path)), path
    assert set(foreign) <= set(found)
    assert set(OLD) & set(NEW) <= set(found)


def read(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder but the manifest."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))))  # noqa: T201
