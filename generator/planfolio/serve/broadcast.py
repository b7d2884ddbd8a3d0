"""What is shown now, to whom, and the stream by which open pages hear of the next outcome."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from planfolio.model.diagnostics import Severity
from planfolio.model.visibility import Visibility
from planfolio.read.files import lines_of
from planfolio.report.formats import plain
from planfolio.report.text import line_at, shortened
from planfolio.spelling import visible, visible_lines

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Sequence

    from planfolio.model.source_tree import Span
    from planfolio.serve.builder import Outcome

HEARTBEAT = 15.0
"""Seconds of silence after which a page is told that the server is there: a connection that is
gone is noticed only when something is written to it, and by a page only when nothing comes."""

SHOWN_ELSEWHERE = (
    "The findings are in the terminal alone: they are about the whole plan, and this preview shows "
    "what others may see of it."
)
"""What readers who may not see the whole plan get to know of an attempt that failed."""

MOST_FINDINGS = 200
"""How many findings are handed to a page; the counts are of all."""

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2, Severity.OFF: 3}

_HERE = b"event: here\ndata: \n\n"
_RETRY = b"retry: 500\n\n"


class Broadcast:
    """The outcome that is shown, which any thread may replace, and the pages that wait for it.

    A page gets the latest outcome and no queue of older ones, however slowly it reads. With
    `follow` it hears the page of the record that was just saved.
    """

    def __init__(self, *, follow: bool = False) -> None:
        self._follow = follow
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
        self._shown = _for_readers(outcome)
        self._wake()

    def close(self) -> None:
        """End all streams, also those that begin later."""
        self._closed = True
        self._wake()

    def __len__(self) -> int:
        """Return how many streams are open."""
        return len(self._waiting)

    async def stream(
        self, open_pages: Callable[[Outcome], dict[str, str]]
    ) -> AsyncGenerator[bytes, None]:
        """Yield the present outcome as a server-sent event, and each later one, until the close.

        With one that went well come the `open_pages` of its site.
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
                    pages = open_pages(outcome) if sent is not None and outcome.ok else {}
                    yield _event(outcome, pages, follow=self._follow and sent is not None)
                    sent = outcome
                    continue
                try:
                    await asyncio.wait_for(changed.wait(), HEARTBEAT)
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


def address(page: str, *, base: str) -> str:
    """Return the path that a browser asks for, of a page below the base."""
    return quote(base + page, safe="/~")


def _event(outcome: Outcome, pages: dict[str, str], *, follow: bool) -> bytes:
    page = outcome.saved if follow and outcome.ok else None
    data = {
        "number": outcome.number,
        "build": outcome.build,
        "errors": outcome.errors,
        "warnings": outcome.warnings,
        "follow": None if page is None else address(page, base=outcome.base),
        "pages": pages,
    }
    return b"event: outcome\ndata: " + json.dumps(data).encode() + b"\n\n"


def _for_readers(outcome: Outcome) -> Outcome:
    """Return an outcome without what names or counts the hidden, but for the owner."""
    if outcome.audience is Visibility.PRIVATE:
        return outcome
    return replace(outcome, diagnostics=(), failure="" if outcome.ok else SHOWN_ELSEWHERE)


def state_of(outcome: Outcome) -> dict[str, object]:
    """Return an outcome as what JSON can hold, for the overlay.

    Each finding has the fields of `check --output-format json`, and as `source` the line that it
    is about, cut in three, or null where there is no such line.
    """
    counts = Counter(d.severity for d in outcome.diagnostics)
    worst_first = sorted(outcome.diagnostics, key=lambda d: _RANK[d.severity])
    shown = worst_first[:MOST_FINDINGS]
    lines = {path: lines_of(path, root=outcome.root) for path in {d.path for d in shown}}
    return {
        "number": outcome.number,
        "build": outcome.build,
        "ok": outcome.ok,
        "audience": outcome.audience.word,
        "as_of": None if outcome.as_of is None else outcome.as_of.isoformat(),
        "failure": visible_lines(outcome.failure),
        "errors": outcome.errors,
        "warnings": outcome.warnings,
        "notes": counts[Severity.INFO],
        "left_out": len(worst_first) - len(shown),
        "diagnostics": [
            plain(d)
            | {"message": visible(d.message), "hint": visible(d.hint)}
            | {"source": _source(d.span, lines[d.path])}
            for d in shown
        ],
    }


def _source(span: Span, lines: Sequence[str]) -> dict[str, str] | None:
    marked_line = line_at(span, lines)
    if marked_line is None:
        return None
    line, start, end = marked_line
    before, after = line[:start], line[end:].rstrip()
    return {
        "before": visible(before if len(before) <= 60 else "…" + before[-60:]),
        "marked": visible(shortened(line[start:end], most=200)),
        "after": visible(shortened(after, most=200)),
    }
