"""Hundreds of edits while many read: `python -m tests.benchmarks.soak`.

A preview runs in a process of its own while a plan is edited in every way, good and bad, and many
read its pages. Each answer must be a whole page of one build, no stream may end, at the end the
site must be the one of a full build byte for byte, and the memory of the server may not have grown
since the first round of edits. Prints what was seen; exits with 1 if any of it does not hold.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.soak_edits import Edits
from tests.benchmarks.soak_readers import CLIENT, LONG, Ledger, Reader, started

from planfolio.model.visibility import Visibility
from planfolio.pipeline import Today, build

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How hard it is: rounds of all kinds of edits after one that warms up, seconds between two
    edits, files of a checkout, readers, and seconds between two pages of each."""

    rounds: int
    pause: float
    burst: int
    readers: int
    reading: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was seen. `memory` is the resident one of the server in bytes, after each round."""

    edits: Counter[str]
    answers: Mapping[int, int]
    attempts: int
    builds: int
    seconds: float
    memory: Sequence[int]
    faults: Sequence[str]

    @property
    def growth(self) -> float:
        """How much more memory there is at the end than after the first round, as a ratio."""
        return self.memory[-1] / self.memory[0] - 1

    def lines(self) -> list[str]:
        """Return what was seen, for a person."""
        kinds = ", ".join(f"{count} x {edit}" for edit, count in sorted(self.edits.items()))
        told = ", ".join(f"{count:,} x {status}" for status, count in sorted(self.answers.items()))
        memory = ", ".join(f"{held / 1024 / 1024:.1f}" for held in self.memory)
        return [
            f"{self.edits.total()} edits in {self.seconds:.0f} s: {kinds}",
            f"{self.attempts} attempts to build, answers of {self.builds} builds: {told}",
            f"MB of memory after each round: {memory} ({self.growth:+.1%})",
            *(f"FAULT: {fault[:400]}" for fault in self.faults[:20]),
            f"{len(self.faults)} faults",
        ]


def soak(root: Path, load: Load) -> Report:
    """Edit and read a plan that is written into an empty folder, and tell what was seen."""
    edits = Edits(root, random.Random(7), burst=load.burst)  # noqa: S311 - the same each time
    edits.write_plan()
    command = [sys.executable, "-m", "planfolio", "serve", "--site", str(root), "--port", "0"]
    begun = time.monotonic()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            assert server.stdout is not None
            port = re.search(r":(\d+)/", server.stdout.readline())
            assert port is not None
            _wait_for_the_first_build(int(port[1]))
            ledger = Ledger()
            readers = started(int(port[1]), ledger, count=load.readers, pause=load.reading)
            done: Counter[str] = Counter()
            memory = []
            for _ in range(1 + load.rounds):
                for edit in edits.round():
                    done[edit] += 1
                    time.sleep(load.pause)
                memory.append(_resident(server.pid))
            for reader in readers:
                reader.rest()
            faults = [*ledger.faults, *_unlike_a_full_build(root, readers)]
            state = _state(readers[0])
        finally:
            server.kill()
    for reader in readers:
        reader.end()
    return Report(
        edits=done,
        answers=ledger.answers,
        attempts=state["number"],
        builds=len(ledger.builds),
        seconds=time.monotonic() - begun,
        memory=memory,
        faults=faults,
    )


def _wait_for_the_first_build(port: int) -> None:
    until = time.monotonic() + LONG
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=LONG):
                return
        except urllib.error.HTTPError as error:
            error.close()
        assert time.monotonic() < until, "the first build does not end"
        time.sleep(0.05)


def _unlike_a_full_build(root: Path, readers: Sequence[Reader]) -> list[str]:
    """Return in which way the site is not that of a build of its sources, if it does not become so
    in time, and which streams did not tell of it."""
    files = build(root, today=Today(now=datetime.now(UTC)), audience=Visibility.PRIVATE).files
    assert files is not None
    reader = readers[0]
    until = time.monotonic() + LONG
    while True:
        served = {path: reader.ask(path.removesuffix("index.html")) for path in files}
        unlike = [
            f"/{path} is not that of a full build"
            for path, (status, body) in served.items()
            if status != 200 or CLIENT.sub(b"", body) != files[path]
        ]
        if not unlike or time.monotonic() > until:
            break
        time.sleep(0.2)
    shown = _state(reader)["build"]
    deaf = sum(not each.heard(shown) for each in readers)
    return [*unlike, *([f"{deaf} streams did not tell of the last build"] if deaf else [])]


def _state(reader: Reader) -> Any:
    return json.loads(reader.ask("_planfolio/state.json")[1])


def _resident(pid: int) -> int:
    """Return the bytes of memory that a process holds."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        found = re.search(r"VmRSS:\s*(\d+) kB", status.read_text())
        assert found is not None, "the server has ended"
        return int(found[1]) * 1024
    told = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, check=True)
    return int(told.stdout) * 1024


def main() -> None:
    """Soak, print, and judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=12, help="of all kinds, after the first")
    parser.add_argument("--pause", type=float, default=0.37, help="seconds between two edits")
    parser.add_argument("--burst", type=int, default=500, help="files of a checkout")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--reading", type=float, default=0.2, help="seconds between two pages")
    parser.add_argument("--growth", type=float, default=0.1, help="of memory that is let pass")
    options = vars(parser.parse_args())
    most = options.pop("growth")
    with tempfile.TemporaryDirectory() as scratch:
        report = soak(Path(scratch), Load(**options))
    print("\n".join(report.lines()))
    if report.faults or report.growth > most:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
