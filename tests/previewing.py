"""`planfolio serve` in a process of its own: a plan to edit while it runs, and its output."""

import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

LONG = 30
"""Seconds that something may take on a machine that is busy with other things."""


@dataclass
class Preview:
    """A preview, its address and its plan; `stderr_lines` are the lines of its stderr so far."""

    root: Path
    url: str
    process: subprocess.Popen[str]
    stderr_lines: list[str] = field(default_factory=list)

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

    def ask(self, path: str = "", **headers: str) -> tuple[int, str]:
        """Return the status and the text of a page."""
        request = urllib.request.Request(self.url + path, headers=headers)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=LONG) as answer:  # noqa: S310
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def shows(self, text: str, path: str = "goals/cka/") -> None:
        """Wait until the server has a text on a page, whether or not a tab shows it."""
        wait_until(lambda: text in self.ask(path)[1])

    def says(self, text: str) -> None:
        """Wait until stderr has a text."""
        wait_until(lambda: text in self.stderr)

    def listen(self) -> None:
        """Read stderr until its end, if it is piped here."""
        for line in self.process.stderr or ():
            self.stderr_lines.append(line)

    @property
    def stderr(self) -> str:
        """All of stderr so far."""
        return "".join(self.stderr_lines)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.url.split(":")[2].partition("/")[0])

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        """Press Ctrl-C or send another signal, and return the exit code; the port is free then."""
        self.process.send_signal(number)
        return self.process.wait(LONG)


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for what another process does; fails if it does not."""
    until = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


@contextmanager
def previewing(
    root: Path, *options: str, port: int = 0, stderr: int | IO[bytes] = subprocess.PIPE
) -> Iterator[Preview]:
    """Serve a plan, and wait for its first build, good or bad; end the server at the end."""
    command = [sys.executable, "-m", "planfolio", "serve", "--site", str(root)]
    with subprocess.Popen(
        [*command, "--port", str(port), *options], stdout=subprocess.PIPE, stderr=stderr, text=True
    ) as process:
        preview = Preview(root, "", process)
        reader = threading.Thread(target=preview.listen)
        reader.start()
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found is not None, preview.stderr
            preview.url = found[0]
            # Whatever path the site lives under: what is not there has an answer too.
            wait_until(lambda: "first build is running" not in preview.ask()[1])
            yield preview
        finally:
            process.kill()
            reader.join()
