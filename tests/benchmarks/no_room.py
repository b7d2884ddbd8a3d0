"""A disk that takes nothing: `python -m tests.benchmarks.no_room`.

Runs `planfolio build` where a file may not grow, on a disk that is too small, and into an output
that is mounted read-only; the disks are seen by the build alone, and are left out where the system
lets us mount none. Prints what each said, and ends with 1 if one did not end with 3, one line and
the old site in place.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.builds import Ended, Plans, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

_BIG = 6_000_000
"""Bytes of a file of the second plan: more than each place has room for."""

_LIMITED = 'ulimit -f 4096 && exec "$@"'
"""Files of at most 2 MB."""

_SMALL = (
    'mount -t tmpfs -o size=5m none "$0" && cp -a "$0.old/." "$0/" && "$@"; code=$?; '
    'mkdir "$0.now" && cp -a "$0/." "$0.now/"; exit $code'
)
"""A disk with the old site on it, of which a copy is kept when the build has ended."""

_CLOSED = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'


@dataclass(frozen=True, slots=True)
class Hindered:
    """How a build ended that could not write; `kept` tells whether the old site is as it was."""

    place: str
    ended: Ended
    kept: bool

    @property
    def sound(self) -> bool:
        """Whether it was the machine's fault, said in a line, and nothing has changed."""
        return self.ended.code == 3 and self.kept and len(self.ended.said.splitlines()) == 1


def hinder_builds(folder: Path) -> Iterator[Hindered]:
    """Build one plan below a folder, then a bigger one where there is no room for it."""
    plans = Plans.made(folder)
    goals = folder / "two/content/goals"
    (goals / "big.bin").write_bytes(bytes(_BIG))
    (goals / "only-two.md").write_text("---\ntitle: Only in two\n---\n[It](big.bin).\n", "utf-8")
    plans.run("one")
    old = tree(plans.output)
    ended = plans.run("two", "sh", "-c", _LIMITED, "sh")
    yield Hindered("where no file may be larger than 2 MB", ended, _kept(folder, plans.output, old))
    mounting = _mounting()
    if not mounting:
        return
    ended = plans.run("two", *mounting, "sh", "-c", _CLOSED, str(plans.output))
    yield Hindered("into a read-only output", ended, _kept(folder, plans.output, old))
    disk = folder / "disk"
    disk.mkdir()
    shutil.copytree(plans.output, folder / "disk.old/public")
    output = disk / "public"
    ended = plans.run("two", *mounting, "sh", "-c", _SMALL, str(disk), output=output)
    now = folder / "disk.now"
    yield Hindered("on a disk of 5 MB", ended, _kept(now, now / "public", old))


def _kept(folder: Path, output: Path, old: dict[str, bytes]) -> bool:
    """Tell whether the old site is there, and nothing beside it."""
    return tree(output) == old and not any(folder.glob(".public*"))


def _mounting() -> list[str]:
    """Return the start of a command that may mount what it alone sees; empty where none may."""
    for rights in ([], ["--map-root-user"]):
        command = ["unshare", "--mount", *rights]
        if shutil.which("unshare") is None:
            break
        with tempfile.TemporaryDirectory() as folder:
            probe = [*command, "mount", "-t", "tmpfs", "none", folder]
            if subprocess.run(probe, capture_output=True, check=False).returncode == 0:
                return command
    return []


def main() -> int:
    """Build and print."""
    sound = True
    with tempfile.TemporaryDirectory() as folder:
        for build in hinder_builds(Path(folder)):
            sound = sound and build.sound
            kept = "the old site stands" if build.kept else "THE OLD SITE IS GONE"
            print(f"A build {build.place}: exit {build.ended.code}, {kept}.\n  {build.ended.said}")
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
