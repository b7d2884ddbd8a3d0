"""What is shown now, and the stream that tells the open pages of the next.

A listener is told the latest, never all: one that reads slowly finds one notice that sums up what
it missed, so that nothing piles up for it and nobody waits for it.
"""

from __future__ import annotations

import asyncio
import json
import re
import threading
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from planfolio.model.diagnostics import Severity
from planfolio.serve.snapshot import for_readers

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

    from planfolio.model.diagnostics import Diagnostic
    from planfolio.serve.snapshot import Outcome

HEARTBEAT = 15.0
"""Seconds of silence after which a listener is told that the server is there: a connection that is
gone is noticed only when something is written to it, and by a page only when nothing comes."""

HERE = b"event: here\ndata: \n\n"
"""What a listener is told then."""

RETRY = b"retry: 500\n\n"
"""How many milliseconds a page waits before it looks for a server that has gone."""

_HASHED = re.compile(r"\.[0-9a-f]{10}(?=\.css$)")
"""What the name of a published stylesheet has of its content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a page is told of an outcome; all paths begin with a slash and are percent-encoded.

    `style_only` promises that a page as it was at the notice before is put right by the new
    stylesheets in `stylesheet`: by the name that the theme knows one by (`assets/style.css`) and
    by its last path, each to the new one. `follow` is the page of the record that was just saved.
    """

    number: int
    build: str
    ok: bool
    errors: int
    warnings: int
    follow: str | None = None
    style_only: bool = False
    stylesheet: Mapping[str, str] | None = None

    def after(self, missed: Notice) -> Notice:
        """Return this notice for someone who was not told the one before."""
        style_only = self.style_only and missed.style_only
        new, old = self.stylesheet or {}, missed.stylesheet or {}
        return replace(
            self,
            follow=self.follow or missed.follow,
            style_only=style_only,
            stylesheet={name: new.get(path, path) for name, path in old.items()} | dict(new)
            if style_only
            else None,
        )

    def event(self) -> bytes:
        """Return the notice as an event of a stream."""
        data = {
            "number": self.number,
            "build": self.build,
            "ok": self.ok,
            "errors": self.errors,
            "warnings": self.warnings,
            "follow": self.follow,
            "style_only": self.style_only,
            "stylesheet": None if self.stylesheet is None else dict(self.stylesheet),
        }
        return b"event: outcome\ndata: " + json.dumps(data).encode() + b"\n\n"


class Broadcast:
    """The outcome that is shown, which any thread may replace, and those who listen for the next.

    The replacement is one assignment, done before anyone is told: who hears of an outcome and asks
    for a page gets one of that outcome or a later one.
    """

    def __init__(self) -> None:
        self._shown: Outcome | None = None
        self._bases: tuple[str, ...] = ()
        self._listeners: set[_Listener] = set()
        self._lock = threading.Lock()
        self._closed = False

    @property
    def shown(self) -> Outcome | None:
        """The last outcome, or None while the first is being made."""
        return self._shown

    @property
    def bases(self) -> tuple[str, ...]:
        """The paths that the site has lived under in this session, decoded, the present one first.

        An edit of `base_url` moves the site while pages of the old place are open.
        """
        return self._bases

    def publish(self, outcome: Outcome) -> None:
        """Show an outcome from now on, and tell all who listen. Any thread may call this.

        All that is ever shown comes through here, so here it is cut to what its readers may see.
        """
        outcome = for_readers(outcome)
        with self._lock:
            base = base_of(outcome)
            notice = _notice(outcome, before=self._shown)
            self._bases = (base, *(known for known in self._bases if known != base))
            self._shown = outcome
            for listener in self._listeners:
                listener.tell(notice)

    def close(self) -> None:
        """End all streams, those too that begin later."""
        with self._lock:
            self._closed = True
            for listener in self._listeners:
                listener.tell(None)

    async def notices(self, *, heartbeat: float = HEARTBEAT) -> AsyncGenerator[Notice | None, None]:
        """Yield the present outcome at once, and each later one as it comes.

        None is yielded after so many seconds without one. Ends when the broadcast is closed.
        """
        listener = _Listener(asyncio.get_running_loop())
        with self._lock:
            self._listeners.add(listener)
            if self._closed:
                listener.tell(None)
            elif self._shown is not None:
                # What the page had before is unknown: it compares the build with its own.
                listener.tell(replace(_notice(self._shown, before=None), follow=None))
        try:
            while True:
                try:
                    notice = await asyncio.wait_for(listener.next(), heartbeat)
                except TimeoutError:
                    yield None
                    continue
                if notice is None:
                    return
                yield notice
        finally:
            with self._lock:
                self._listeners.discard(listener)

    def __len__(self) -> int:
        """Return how many listen."""
        return len(self._listeners)


class _Listener:
    """One place for a notice: the latest, which sums up those that were not taken in time."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._told = asyncio.Event()
        self._notice: Notice | None = None
        self._ended = False

    def tell(self, notice: Notice | None) -> None:
        """Leave a notice, or the end as None; from any thread."""
        with suppress(RuntimeError):  # the loop is closed: nobody is there any more
            self._loop.call_soon_threadsafe(self._leave, notice)

    async def next(self) -> Notice | None:
        """Return what was left, as soon as there is something; None at the end."""
        await self._told.wait()
        if self._ended:
            return None
        notice, self._notice = self._notice, None
        self._told.clear()
        return notice

    def _leave(self, notice: Notice | None) -> None:
        if notice is None:
            self._ended = True
        else:
            self._notice = notice if self._notice is None else notice.after(self._notice)
        self._told.set()


def base_of(outcome: Outcome) -> str:
    """Return the path that the site lives under, decoded, with one slash at both ends."""
    inner = unquote(outcome.base).strip("/")
    return f"/{inner}/" if inner else "/"


def stream_of(
    broadcast: Broadcast, *, follow: bool, heartbeat: float = HEARTBEAT
) -> AsyncGenerator[bytes, None]:
    """Return the stream of server-sent events, as a page listens to it."""

    async def stream() -> AsyncGenerator[bytes, None]:
        yield RETRY
        async with aclosing(broadcast.notices(heartbeat=heartbeat)) as notices:
            async for notice in notices:
                if notice is None:
                    yield HERE
                else:
                    yield (notice if follow else replace(notice, follow=None)).event()

    return stream()


def _notice(outcome: Outcome, *, before: Outcome | None) -> Notice:
    base = quote(base_of(outcome), safe="/~")
    # After a failure the pages are older than the attempt that `style_only` compares with.
    style_only = outcome.ok and outcome.style_only and before is not None and before.ok
    saved = outcome.changed[0] if outcome.ok and outcome.changed else None
    return Notice(
        number=outcome.number,
        build=outcome.build,
        ok=outcome.ok,
        errors=_count(outcome.diagnostics, Severity.ERROR) + bool(outcome.failure),
        warnings=_count(outcome.diagnostics, Severity.WARNING),
        follow=None if saved is None else base + quote(saved, safe="/~"),
        style_only=style_only,
        stylesheet=_stylesheets(outcome, before=before, base=base)
        if style_only and before is not None
        else None,
    )


def _count(diagnostics: tuple[Diagnostic, ...], severity: Severity) -> int:
    return sum(d.severity is severity for d in diagnostics)


def _stylesheets(outcome: Outcome, *, before: Outcome, base: str) -> dict[str, str]:
    """Return the new path of each stylesheet by the name of its file without the hash, and by its
    path until now."""
    new = {_HASHED.sub("", path): path for path in outcome.files or () if path.endswith(".css")}
    old = {_HASHED.sub("", path): path for path in before.files or () if path.endswith(".css")}
    paths: dict[str, str] = {}
    for name, path in new.items():
        href = base + quote(path, safe="/~")
        paths[name] = href
        if name in old:
            paths[base + quote(old[name], safe="/~")] = href
    return paths
