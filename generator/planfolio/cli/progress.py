"""The stage of a long run, in a line of the terminal that disappears at the end."""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, TextIO

from planfolio.cli.console import is_terminal

if TYPE_CHECKING:
    from types import TracebackType

    from planfolio.cli.console import Console

PATIENCE = 0.5
"""Seconds of a run before its stage is shown."""

_TICK = 0.25
_ERASE = "\r\x1b[K"


class Progress:
    """Shows the stage of a run on a terminal; with -v prints how long each stage took.

    Use it in a `with`, and call `stage` at the start of each stage. Where stderr is no terminal, no
    stage is shown.
    """

    def __init__(self, console: Console, *, stream: TextIO | None = None) -> None:
        self._console = console
        self._stream = stream or sys.stderr
        self._live = is_terminal(self._stream) and not console.quiet and not console.verbose
        self._name = ""
        self._started = self._stage_started = time.monotonic()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._show, daemon=True)

    def __enter__(self) -> Progress:
        if self._live:
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        if self._live:
            self._thread.join()
        if kind is None:
            self._close_stage()

    @property
    def seconds(self) -> float:
        """The duration of the run so far."""
        return time.monotonic() - self._started

    def stage(self, name: str) -> None:
        """Begin a stage: `rendering the pages`."""
        self._close_stage()
        self._name = name
        self._stage_started = time.monotonic()

    def _close_stage(self) -> None:
        if self._name:
            took = time.monotonic() - self._stage_started
            self._console.detail(f"{took:8.2f} s  {self._name}")
        self._name = ""

    def _show(self) -> None:
        if self._over.wait(PATIENCE):
            return
        try:
            while True:
                self._stream.write(f"{_ERASE}  {self._name} … {self.seconds:.0f} s")
                self._stream.flush()
                if self._over.wait(_TICK):
                    break
            self._stream.write(_ERASE)
            self._stream.flush()
        except (OSError, ValueError):
            return  # the terminal was closed; the run goes on
