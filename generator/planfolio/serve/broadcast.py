"""What is shown now, and the stream of events by which open pages hear of the next outcome."""

from __future__ import annotations

import asyncio
import json
import threading
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote

from planfolio.serve.outcome import for_readers

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from planfolio.serve.outcome import Outcome

HEARTBEAT = 15.0
"""Seconds of silence after which a page is told that the server is there: a connection that is
gone is noticed only when something is written to it, and by a page only when nothing comes."""

_HERE = b"event: here\ndata: \n\n"
_RETRY = b"retry: 500\n\n"


class Broadcast:
    """The outcome that is shown, which any thread may replace, and the pages that wait for it.

    A page gets the latest outcome and no queue of older ones, however slowly it reads.
    """

    def __init__(self) -> None:
        self._shown: Outcome | None = None
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._lock = threading.Lock()
        self._closed = False

    @property
    def shown(self) -> Outcome | None:
        """The last outcome, or None while the first is being made."""
        return self._shown

    def publish(self, outcome: Outcome) -> None:
        """Show an outcome from now on, cut to what its readers may see, and wake all streams."""
        self._shown = for_readers(outcome)
        self._wake()

    def close(self) -> None:
        """End all streams, also those that begin later."""
        self._closed = True
        self._wake()

    def __len__(self) -> int:
        """Return how many streams are open."""
        return len(self._waiting)

    async def stream(
        self, *, follow: bool, heartbeat: float = HEARTBEAT
    ) -> AsyncGenerator[bytes, None]:
        """Yield the present outcome as a server-sent event, and each later one as it comes.

        With `follow` an event names the page of the record that was saved. `heartbeat` is the
        seconds of silence until a sign of life. Ends when the broadcast is closed.
        """
        yield _RETRY
        changed = asyncio.Event()
        waiting = asyncio.get_running_loop(), changed
        with self._lock:
            self._waiting.add(waiting)
        sent: Outcome | None = None
        try:
            while not self._closed:
                outcome = self._shown
                if outcome is not None and outcome is not sent:
                    # Before the first event nobody knows which outcome the page shows.
                    yield _event(outcome, follow=follow and sent is not None)
                    sent = outcome
                    continue
                try:
                    await asyncio.wait_for(changed.wait(), heartbeat)
                    changed.clear()
                except TimeoutError:
                    yield _HERE
        finally:
            with self._lock:
                self._waiting.discard(waiting)

    def _wake(self) -> None:
        with self._lock, suppress(RuntimeError):  # a loop that is closed has nobody waiting
            for loop, changed in self._waiting:
                loop.call_soon_threadsafe(changed.set)


def _event(outcome: Outcome, *, follow: bool) -> bytes:
    page = outcome.saved if follow and outcome.ok else None
    data = {
        "number": outcome.number,
        "build": outcome.build,
        "errors": outcome.errors,
        "warnings": outcome.warnings,
        "follow": None if page is None else quote(outcome.base + page, safe="/~"),
    }
    return b"event: outcome\ndata: " + json.dumps(data).encode() + b"\n\n"
