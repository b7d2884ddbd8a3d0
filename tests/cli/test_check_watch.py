"""Tests of `planfolio check --watch`."""

from __future__ import annotations

import queue
import signal
import threading
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess
    from typing import IO

    from tests.cli.conftest import MakePlan, Start

GOAL = "---\ntitle: Pass the exam\ndue: 2026-02-30\n---\n"
PATIENCE = 20.0
"""Seconds in which a line has to come."""


class Said:
    """The lines of a stream, as they come."""

    def __init__(self, process: subprocess.Popen[str], *, err: bool) -> None:
        self._lines: queue.Queue[str] = queue.Queue()
        stream = process.stderr if err else process.stdout
        assert stream is not None
        threading.Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream: IO[str]) -> None:
        for line in stream:
            self._lines.put(line)

    def until(self, words: str) -> None:
        """Wait for a line that has these words."""
        while words not in self._lines.get(timeout=PATIENCE):
            pass


@pytest.mark.parametrize("options", [(), ("--poll",)])
def test_it_checks_again_when_a_file_is_saved(
    plan: MakePlan, start: Start, options: tuple[str, ...]
) -> None:
    """The error is reported, then that there is none, and Ctrl-C ends it with 0."""
    root = plan({"content/goals/exam.md": GOAL})
    process = start("check", "--watch", *options, "--site", root)
    found, notes = Said(process, err=False), Said(process, err=True)
    found.until("F102")
    notes.until("Watching")
    (root / "content/goals/exam.md").write_text(GOAL.replace("02-30", "02-28"))
    notes.until("As of")
    (root / "content/goals/exam.md").write_text(GOAL.replace("due", "duw"))
    found.until("F104")
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 0
    notes.until("Stopped")
