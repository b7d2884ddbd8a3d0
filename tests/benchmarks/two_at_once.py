"""Two builds into one output at once: `python -m tests.benchmarks.two_at_once [ROUNDS]`.

Starts `planfolio build` of two plans together, 50 times, with a reader looping over the output.
Prints how they ended, and ends with 1 if what stood there was not the site of one of them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.builds import Plans, environment, tree
from tests.benchmarks.onlooker import Onlooker

if TYPE_CHECKING:
    from collections.abc import Mapping

_SAYS_SO = "another build has been writing"


@dataclass(slots=True)
class Report:
    """How the builds ended. `torn` and `failed` are to be 0."""

    rounds: int = 0
    well: int = 0
    gave_way: int = 0
    failed: int = 0
    won_by_one: int = 0
    looks: int = 0
    torn: int = 0

    @property
    def sound(self) -> bool:
        """Whether nothing happened that must not."""
        return not (self.torn or self.failed)


def build_two_at_once(folder: Path, *, rounds: int) -> Report:
    """Build two plans into one output below a folder at once, so many times."""
    plans = Plans.made(folder)
    sites = plans.sites()
    plans.place_first()
    report = Report(rounds=rounds)

    def version(found: Mapping[str, bytes]) -> str | None:
        return next((name for name, site in sites.items() if found == site), None)

    with Onlooker(plans.output, version=version, sound={"index.html": bool}) as reader:
        for number in range(rounds):
            names = ("one", "two") if number % 2 else ("two", "one")
            children = [
                subprocess.Popen(
                    plans.command(name), env=environment(), stderr=subprocess.PIPE, text=True
                )
                for name in names
            ]
            for child in children:
                said = child.communicate()[1]
                report.well += child.returncode == 0
                report.gave_way += child.returncode == 3 and _SAYS_SO in said
                report.failed += not (child.returncode == 0 or _SAYS_SO in said)
            there = version(tree(plans.output))
            report.won_by_one += there == "one"
            report.torn += there is None
    report.torn += len(reader.faults)
    report.looks = reader.looks
    return report


def main() -> int:
    """Build and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with tempfile.TemporaryDirectory() as folder:
        report = build_two_at_once(Path(folder), rounds=rounds)
    print(
        f"{report.rounds} times two builds at once: {report.well} ended well, {report.gave_way} "
        f"said that another was writing, {report.failed} failed otherwise. The first plan's site "
        f"stood there {report.won_by_one} times in the end.\n"
        f"{report.looks:,} looks at the output meanwhile: {report.torn} torn sites."
    )
    return 0 if report.sound else 1


if __name__ == "__main__":
    sys.exit(main())
