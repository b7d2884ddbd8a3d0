"""Tests of `planfolio check --watch`."""

import signal
import threading
from typing import IO

import pytest
from tests.cli.conftest import MakePlan, Start

GOAL = "---\ntitle: Pass the exam\ndue: 2026-02-30\n---\n"
PATIENCE = 40.0
"""Seconds after which it is ended, whatever it still is to say."""


def wait_for(words: str, stream: IO[str] | None) -> None:
    """Read lines until one has these words; fails at the end of the stream."""
    assert stream is not None
    assert any(words in line for line in stream), words


@pytest.mark.parametrize("options", [(), ("--poll",)])
def test_it_checks_again_when_a_file_is_saved(
    plan: MakePlan, start: Start, options: tuple[str, ...]
) -> None:
    """The error is reported, then that there is none, and Ctrl-C ends it with 0."""
    root = plan({"content/goals/exam.md": GOAL})
    process = start("check", "--watch", *options, "--site", root)
    end = threading.Timer(PATIENCE, process.kill)
    end.start()
    wait_for("F102", process.stdout)
    wait_for("Watching", process.stderr)
    (root / "content/goals/exam.md").write_text(GOAL.replace("02-30", "02-28"))
    wait_for("As of", process.stderr)
    (root / "content/goals/exam.md").write_text(GOAL.replace("due", "duw"))
    wait_for("F104", process.stdout)
    process.send_signal(signal.SIGINT)
    assert process.wait() == 0
    wait_for("Stopped", process.stderr)
    end.cancel()
