"""Runs the preview: binds a socket first, builds in a thread, and ends quickly."""

import asyncio
import contextlib
import errno
import logging
import signal
import socket
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from planfolio.exceptions import EnvironmentFailure, UsageError
from planfolio.serve.builder import BuildAttempt, Builder

FIRST_PORT = 8000
_LONGEST_HEAD = 64 * 1024
"""Bytes of a request line with its headers; a browser sends a few kB, of cookies at the most."""


@dataclass(frozen=True, slots=True)
class BoundSocket:
    """A socket that listens on a host, and the address of it for the browser of this machine.

    `wanted` is the default port where that was taken, else None.
    """

    socket: socket.socket
    host: str
    url: str
    port: int
    wanted: int | None = None


def bind(host: str, *, port: int | None = None) -> BoundSocket:
    """Return a socket that listens on a host, so that what asks from now on is answered.

    Without a port it is 8000, or the next one that is free; 0 is any. A port that was given is not
    replaced by another, since a bookmark or a tunnel may use it. Raises UsageError for a host that
    is none of this machine's, and EnvironmentFailure for a port that is taken.
    """
    name = host.strip("[]")
    if not name:  # a socket would take it for all addresses, and all would see the plan
        raise UsageError("--host is empty", hint="name an address of this machine: 127.0.0.1")
    family = socket.AF_INET6 if ":" in name else socket.AF_INET
    first = FIRST_PORT if port is None else port
    for candidate in range(first, first + (100 if port is None else 1)):
        try:
            listening = socket.create_server(
                (name, candidate),
                family=family,
                backlog=2048,
                dualstack_ipv6=family == socket.AF_INET6 and socket.has_dualstack_ipv6(),
            )
        except (OSError, ValueError) as error:  # ValueError: this can be no name
            if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
                continue
            reason = str(getattr(error, "strerror", error)).partition(" (while ")[0]
            raise UsageError(
                f"cannot listen on port {candidate} of {host}: {reason}",
                hint="--host takes an address of this machine, --port a number from 1024 up",
            ) from error
        listening.setblocking(False)
        got = int(listening.getsockname()[1])
        moved = port is None and got != first
        return BoundSocket(listening, host, _url(name, got), got, wanted=first if moved else None)
    raise EnvironmentFailure(
        f"port {first} is taken: another program listens there",
        hint="leave out --port for the next free one, or end the other program",
    )


def preview(
    builder: Builder,
    *,
    bound: BoundSocket,
    allowed: Collection[str],
    follow: bool,
    poll: bool,
    notify: Callable[[str], None],
    report: Callable[[BuildAttempt, frozenset[Path], float], None],
) -> None:
    """Serve a plan to a bound socket, and build it after each change, until SIGINT or SIGTERM.

    `notify` gets sentences for the owner, `report` how each build went: see `keep_building`. Any
    thread calls both.
    """
    # The socket is bound before these slow imports, so that a taken port is told at once.
    from planfolio.serve.app import preview_app
    from planfolio.serve.broadcast import Broadcast
    from planfolio.serve.builder import keep_building
    from planfolio.serve.watcher import watch

    broadcast = Broadcast(follow=follow)
    stop = threading.Event()
    app = preview_app(
        broadcast, host=bound.host, allowed=allowed, editor=builder.editor, report=notify
    )

    def build() -> None:
        changes = watch(builder.root, poll=poll, stop=stop, warn=notify)
        keep_building(builder, changes=changes, publish=broadcast.publish, report=report)

    threading.Thread(target=build, daemon=True).start()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    server = PreviewServer(app, closing=broadcast.close)
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises the signal that ended it again
        server.run(sockets=[bound.socket])
    stop.set()


class PreviewServer(uvicorn.Server):
    """uvicorn, which ends the streams before it waits for connections, and waits a second at most.

    `run` answers requests until SIGINT or SIGTERM. `closing` has to end the streams.
    """

    def __init__(self, app: ASGIApp, *, closing: Callable[[], None]) -> None:
        # Loop and protocol are named, since uvicorn's defaults depend on what is installed.
        config = uvicorn.Config(
            app,
            loop="asyncio",
            http=HeadTimeoutProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level=logging.CRITICAL + 1,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=1,
            h11_max_incomplete_event_size=_LONGEST_HEAD,
        )
        super().__init__(config)
        self._closing = closing

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, which would never end by themselves, then the connections."""
        self._closing()
        await super().shutdown(sockets)


class HeadTimeoutProtocol(H11Protocol):
    """Hangs up where the head of a request is not finished: uvicorn's time limits start later."""

    head_seconds = 10.0
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        """Go on waiting, without more time, as long as the head is not complete."""
        super().data_received(data)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        super().connection_lost(exc)
        self._stop_waiting()

    def _expect_head(self) -> None:
        if self.conn.their_state is not h11.IDLE:
            self._stop_waiting()
        elif self._timer is None:
            self._timer = self.loop.call_later(self.head_seconds, self.transport.abort)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def _url(name: str, port: int) -> str:
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(name, name)  # noqa: S104
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"
