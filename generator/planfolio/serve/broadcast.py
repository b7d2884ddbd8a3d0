"""The attempt that is shown, and the stream that tells open pages of the next one."""

import asyncio
import json
import threading
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from urllib.parse import quote

from planfolio.message_text import visible, visible_lines
from planfolio.model.diagnostics import Severity
from planfolio.model.source_tree import Span
from planfolio.model.visibility import Visibility
from planfolio.read.files import lines_of
from planfolio.report.formats import as_json
from planfolio.report.text import line_at, shortened
from planfolio.serve.builder import BuildAttempt

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

_HERE = b"event: here\ndata: \n\n"
_RETRY = b"retry: 500\n\n"


class Broadcast:
    """The attempt that is shown, which any thread may replace, and the pages that wait for it.

    A page gets the latest attempt and no queue of older ones, however slowly it reads. With
    `follow` it hears the page of the record that was just saved.
    """

    def __init__(self, *, follow: bool = False) -> None:
        self._follow = follow
        self._shown: BuildAttempt | None = None
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._lock = threading.Lock()
        self._closed = False

    @property
    def shown(self) -> BuildAttempt | None:
        """The last attempt, or None while the first is being made."""
        return self._shown

    def publish(self, attempt: BuildAttempt) -> None:
        """Show an attempt from now on, cut to what its readers may see, and wake all streams."""
        self._shown = _for_readers(attempt)
        self._wake()

    def close(self) -> None:
        """End all streams, also those that begin later."""
        self._closed = True
        self._wake()

    def __len__(self) -> int:
        """Return how many streams are open."""
        return len(self._waiting)

    async def stream(
        self, open_pages: Callable[[BuildAttempt], dict[str, str]]
    ) -> AsyncGenerator[bytes, None]:
        """Yield the present attempt as a server-sent event, and each later one, until the close.

        With one that went well come the `open_pages` of its site.
        """
        yield _RETRY
        changed = asyncio.Event()
        waiting = asyncio.get_running_loop(), changed
        with self._lock:
            self._waiting.add(waiting)
        sent: BuildAttempt | None = None
        try:
            while not self._closed:
                attempt = self._shown
                if attempt is not None and attempt is not sent:
                    # Before the first event nobody knows which attempt the page shows.
                    pages = open_pages(attempt) if sent is not None and attempt.ok else {}
                    yield _event(attempt, pages, follow=self._follow and sent is not None)
                    sent = attempt
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


def _event(attempt: BuildAttempt, pages: dict[str, str], *, follow: bool) -> bytes:
    page = attempt.saved if follow and attempt.ok else None
    data = {
        "number": attempt.number,
        "build": attempt.build_id,
        "errors": attempt.errors,
        "warnings": attempt.warnings,
        "follow": None if page is None else address(page, base=attempt.base),
        "pages": pages,
    }
    return b"event: attempt\ndata: " + json.dumps(data).encode() + b"\n\n"


def _for_readers(attempt: BuildAttempt) -> BuildAttempt:
    """Return an attempt without what names or counts the hidden, but for the owner."""
    if attempt.audience is Visibility.PRIVATE:
        return attempt
    return replace(attempt, diagnostics=(), failure="" if attempt.ok else SHOWN_ELSEWHERE)


def state_of(attempt: BuildAttempt) -> dict[str, object]:
    """Return an attempt as JSON values, for the overlay.

    Each finding has the fields of `check --output-format json`, and as `source` the line that it
    is about, cut in three, or null where there is no such line.
    """
    counts = Counter(d.severity for d in attempt.diagnostics)
    worst_first = sorted(attempt.diagnostics, key=lambda d: list(Severity).index(d.severity))
    shown = worst_first[:MOST_FINDINGS]
    lines = {path: lines_of(path, root=attempt.root) for path in {d.path for d in shown}}
    return {
        "number": attempt.number,
        "build": attempt.build_id,
        "ok": attempt.ok,
        "audience": attempt.audience.word,
        "as_of": None if attempt.as_of is None else attempt.as_of.isoformat(),
        "failure": visible_lines(attempt.failure),
        "errors": attempt.errors,
        "warnings": attempt.warnings,
        "notes": counts[Severity.INFO],
        "left_out": len(worst_first) - len(shown),
        "diagnostics": [
            as_json(d)
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
