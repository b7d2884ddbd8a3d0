"""The stages of a long run: on a terminal the current one, with -v the duration of each."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING

from planfolio.cli.console import is_terminal

if TYPE_CHECKING:
    from types import TracebackType

    from planfolio.cli.console import Console

_ERASE = "\r\x1b[K"


class Progress:
    """Shows the current stage in a line of the terminal, which is erased at the end.

    Use it in a `with`, and call `stage` at the start of each stage.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = is_terminal(sys.stderr) and not console.quiet and not console.verbose
        self._name = ""
        self._started = self._stage_started = time.monotonic()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._end_stage()
        self._show("")

    @property
    def seconds(self) -> float:
        """The duration of the run so far."""
        return time.monotonic() - self._started

    def stage(self, name: str) -> None:
        """Begin a stage: `rendering the pages`."""
        self._end_stage()
        self._name, self._stage_started = name, time.monotonic()
        self._show(f"  {name} … ")

    def _end_stage(self) -> None:
        if self._name:
            took = time.monotonic() - self._stage_started
            self._console.detail(f"{took:8.2f} s  {self._name}")

    def _show(self, text: str) -> None:
        if self._live:
            with contextlib.suppress(OSError, ValueError):  # the terminal was closed
                sys.stderr.write(_ERASE + text)
                sys.stderr.flush()
