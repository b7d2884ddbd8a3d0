"""`planfolio serve` in a process of its own, and a plan to edit while it runs."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONG = 30
"""Seconds that the server may take to end."""


@dataclass
class Preview:
    """A preview, its address and its plan."""

    root: Path
    url: str
    process: subprocess.Popen[str]

    def write(self, path: str, text: str) -> None:
        """Save a file of the plan as many editors do: another beside it, put in its place."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_name(f".{file.name}.tmp")
        beside.write_text(text, "utf-8")
        beside.replace(file)

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace words that a file of the plan must have."""
        text = (self.root / path).read_text("utf-8")
        assert old in text, f"{path} does not say {old!r}"
        self.write(path, text.replace(old, new))

    def shows(self, text: str, address: str) -> None:
        """Wait until the server has a text on a page, whether or not a tab shows it."""
        until = time.monotonic() + LONG
        while True:
            with urllib.request.urlopen(self.url + address, timeout=LONG) as answer:  # noqa: S310
                if text in answer.read().decode():
                    return
            assert time.monotonic() < until, f"{address} does not come to say {text!r}"
            time.sleep(0.02)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.url.split(":")[2].partition("/")[0])

    def end(self) -> None:
        """Press Ctrl-C and wait until the port is free."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(LONG)


@contextmanager
def previewing(root: Path, *options: str, port: int = 0) -> Iterator[Preview]:
    """Serve a plan, and wait for its first build, good or bad; end the server at the end."""
    command = [sys.executable, "-m", "planfolio", "serve", "--site", str(root)]
    with subprocess.Popen(
        [*command, "--port", str(port), *options], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.search(r"http://\S+", line)
            assert found is not None, line
            _wait_for_the_first_build(found[0])
            yield Preview(root, found[0], process)
        finally:
            process.kill()


def _wait_for_the_first_build(url: str) -> None:
    until = time.monotonic() + LONG
    while True:
        try:
            # Whatever path the site lives under: what is not there has an answer too.
            with urllib.request.urlopen(url, timeout=LONG):  # noqa: S310
                return
        except urllib.error.HTTPError as error:
            with error:
                if b"first build is running" not in error.read():
                    return
        assert time.monotonic() < until
        time.sleep(0.02)
