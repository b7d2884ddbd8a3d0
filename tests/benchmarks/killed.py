"""Builds that are killed while somebody reads: `python -m tests.benchmarks.killed [KILLS]`.

Kills `planfolio build` 200 times, by turns at any moment of it and while it writes, with a reader
looping over the output. Prints what was seen, and ends with 1 if a site was torn or a source
changed.
"""

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.builds import Plans, environment, tree
from tests.benchmarks.onlooker import Onlooker

_WRITING = 0.06
"""Seconds within which a build that has begun to write is killed."""


@dataclass(slots=True)
class Report:
    """What came of the kills. `torn`, `changed` and `left` are to be 0."""

    kills: int = 0
    in_time: int = 0
    while_writing: int = 0
    new_sites: int = 0
    leftovers: int = 0
    looks: int = 0
    versions: int = 0
    torn: int = 0
    changed: int = 0
    left: int = 0

    @property
    def sound(self) -> bool:
        """Whether nothing happened that must not."""
        return not (self.torn or self.changed or self.left)


def kill_builds(folder: Path, *, kills: int) -> Report:
    """Kill so many builds of two plans into one output below a folder, and tell what came of it."""
    plans = Plans.made(folder)
    started = time.monotonic()
    sites = plans.sites()
    lasts = (time.monotonic() - started) / 2
    plans.place_first()
    beside = {path.name for path in folder.iterdir()}
    moments = random.Random(7)  # noqa: S311 - to be had again, not to be secret
    report = Report(kills=kills)
    version = plans.versions()
    with Onlooker(plans.output, version=version, sound=_always(sites)) as reader:
        for number in range(kills):
            before, sources = version(tree(plans.output)), plans.sources()
            name = "two" if before == "one" else "one"
            writing = _killed(plans, name, moments=moments, lasts=lasts, late=number % 2 == 1)
            found = tree(plans.output)
            report.in_time += writing is not None
            report.while_writing += writing is True
            report.new_sites += writing is not None and version(found) == name
            report.leftovers += {path.name for path in folder.iterdir()} != beside
            report.torn += version(found) is None
            report.changed += plans.sources() != sources
    report.torn += len(reader.faults)
    report.looks, report.versions = reader.looks, len(reader.versions)
    last = "two" if version(tree(plans.output)) == "one" else "one"
    plans.run(last)
    report.torn += version(tree(plans.output)) != last
    report.left = len({path.name for path in folder.iterdir()} - beside)
    return report


def _killed(
    plans: Plans, name: str, *, moments: random.Random, lasts: float, late: bool
) -> bool | None:
    """Kill a build at a random moment, a `late` one when it has begun to write.

    Returns whether it had begun to; None if it was done before.
    """
    before = _staging(plans)  # what the last one left is no sign of this one
    child = subprocess.Popen(
        plans.command(name),
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if late:
        while child.poll() is None and not _staging(plans) - before:
            time.sleep(0.0005)
        time.sleep(moments.uniform(0, _WRITING))
    else:
        time.sleep(moments.uniform(0, lasts))
    child.send_signal(signal.SIGKILL)
    return bool(_staging(plans) - before) if child.wait() == -signal.SIGKILL else None


def _staging(plans: Plans) -> set[int]:
    """Return the inode of the folder in which a build makes its site, while there is one."""
    with suppress(FileNotFoundError):
        return {(plans.folder / ".public.planfolio-new").stat().st_ino}
    return set()


def _always(sites: Mapping[str, Mapping[str, bytes]]) -> dict[str, Callable[[bytes], bool]]:
    """Return for some files whether they are as a version has them."""
    pages = ("index.html", "goals/goal-1/index.html")
    known = {path: {site[path] for site in sites.values()} for path in pages}
    return {path: known[path].__contains__ for path in known}


def main() -> int:
    """Kill and print."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        report = kill_builds(Path(folder), kills=kills)
    print(
        f"{report.kills} builds killed, {report.in_time} of them before their end, "
        f"{report.while_writing} while they wrote; {report.new_sites} had just put the new site in "
        f"place, {report.leftovers} left something beside it.\n"
        f"{report.looks:,} looks at the output meanwhile, {report.versions} versions seen: "
        f"{report.torn} torn sites, {report.changed} times a source was changed, "
        f"{report.left} leftovers after the next build."
    )
    return 0 if report.sound else 1


if __name__ == "__main__":
    sys.exit(main())
