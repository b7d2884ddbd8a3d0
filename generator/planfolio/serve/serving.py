"""The server around the preview: a socket that is bound first, and an end within a second."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import signal
import socket
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import uvicorn
from uvicorn.server import HANDLED_SIGNALS

from planfolio.exceptions import EnvironmentFailure, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.types import ASGIApp

FIRST_PORT = 8000
_PORTS = 100
"""How many ports are tried, from the first."""

_BACKLOG = 2048
_LONGEST_HEAD = 64 * 1024
"""Bytes of a request line with its headers; a browser sends a few kB, of cookies at the most."""

_PATIENCE = 0.3
"""Seconds that answers under way have to finish after the end has begun."""

_FILES = 4096
"""Open files that are asked of the system: each connection is one, and macOS gives 256."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A socket that listens, and the address of it for the browser of this machine.

    `wanted` is the port that was asked for where that was taken, else None.
    """

    socket: socket.socket
    url: str
    port: int
    wanted: int | None = None


def bind(host: str, *, port: int | None = None) -> Bound:
    """Return a socket that listens on a host, so that what asks from now on is answered.

    Without a port it is 8000, or the next one that is free. A port that was asked for is that one:
    someone counts on it, a bookmark or a tunnel, and another would be found out late. 0 is any.
    Raises UsageError for a host that is none of this machine's, and
    EnvironmentFailure for a port that is taken.
    """
    family, address = _resolved(host)
    name, _, *scope = address
    first = FIRST_PORT if port is None else port
    for candidate in range(first, first + (_PORTS if port is None else 1)):
        try:
            listening = _listening(family, (name, candidate, *scope))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                continue
            if error.errno == errno.EACCES:
                raise EnvironmentFailure(
                    f"port {candidate} may not be used",
                    hint="ports below 1024 are the system's: choose a higher one with --port",
                ) from error
            raise UsageError(
                f"{host} is no address of this machine: {error.strerror}",
                hint="--host 127.0.0.1 is for this machine alone, --host 0.0.0.0 for its network",
            ) from error
        got = int(listening.getsockname()[1])
        moved = port is None and got != first
        return Bound(listening, _url(host, got), got, wanted=first if moved else None)
    if port is None:
        raise EnvironmentFailure(
            f"the ports from {first} to {first + _PORTS - 1} are all taken",
            hint="choose another with --port",
        )
    raise EnvironmentFailure(
        f"port {port} is taken: another program listens there",
        hint="leave out --port for the next free one, or end the other program",
    )


def serve(
    app: ASGIApp,
    *,
    bound: Bound,
    ready: Callable[[], None],
    closing: Callable[[], None],
    told: Callable[[str], None],
) -> None:
    """Answer requests until SIGINT or SIGTERM, then return, with the port free again.

    `ready` is called when the first request can be answered, `closing` when the end begins: it has
    to end the streams, which would never end by themselves. `told` is handed a sentence about what
    went wrong with the connections. Signals are heard in the main thread.
    """
    raise_open_files()
    server = Server(app, bound=bound, ready=ready, closing=closing, told=told)
    try:
        server.run(sockets=[bound.socket])
    finally:
        bound.socket.close()


class Server(uvicorn.Server):
    """uvicorn, with an end that waits for nobody, and signals that are the normal end."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        bound: Bound,
        ready: Callable[[], None],
        closing: Callable[[], None],
        told: Callable[[str], None],
    ) -> None:
        # Named outright, so that it is the same server whatever else is installed.
        config = uvicorn.Config(
            app,
            port=bound.port,
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            log_level=logging.CRITICAL + 1,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            backlog=_BACKLOG,
            timeout_graceful_shutdown=1,
            h11_max_incomplete_event_size=_LONGEST_HEAD,
        )
        super().__init__(config)
        self._ready = ready
        self._closing = closing
        self._told = told
        self._said = ""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Hear the signals that end a server, and do not raise them once more when it has ended."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in HANDLED_SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and say so."""
        asyncio.get_running_loop().set_exception_handler(self._tell)
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, let answers finish for a moment, and hang up on who is too slow."""
        self._closing()
        timer = asyncio.get_running_loop().call_later(_PATIENCE, self._hang_up)
        await super().shutdown(sockets)
        timer.cancel()

    def _tell(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:  # noqa: ARG002
        """Tell what the loop could not do, once: it goes on, and tries again by itself.

        A thousand connections too many are a thousand faults, and no reason for as many tracebacks.
        At the end we hang up ourselves: what comes of that is no news.
        """
        if self.should_exit:
            return
        error = context.get("exception")
        reason = context["message"] if error is None else f"{type(error).__name__}: {error}"
        if isinstance(error, OSError) and error.errno in {errno.EMFILE, errno.ENFILE}:
            reason = "too many are open; those that are new wait until others are closed"
        if reason != self._said:
            self._said = reason
            self._told(f"The connections to the browser: {reason}.")

    def _hang_up(self) -> None:
        for connection in list(self.server_state.connections):
            transport = connection.transport
            if isinstance(transport, asyncio.WriteTransport):
                transport.abort()
        for task in list(self.server_state.tasks):
            task.cancel()


def _resolved(host: str) -> tuple[socket.AddressFamily, tuple[str | int, ...]]:
    try:
        found = socket.getaddrinfo(
            host.strip("[]"), None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except (OSError, UnicodeError) as error:
        raise UsageError(
            f"there is no host {host!r}",
            hint="--host takes a name or an address of this machine, as 127.0.0.1 is",
        ) from error
    # `localhost` may be both; what is written as 127.0.0.1 in most places is that one.
    family, _, _, _, address = min(found, key=lambda info: info[0] != socket.AF_INET)
    return family, tuple(str(part) if isinstance(part, bytes) else part for part in address)


def _listening(family: socket.AddressFamily, address: tuple[str | int, ...]) -> socket.socket:
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            # There, the option below would share a port that another program listens on.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        # Two may bind one port, but only one may listen on it: here it shows.
        listening.listen(_BACKLOG)
        listening.setblocking(False)
    except OSError:
        listening.close()
        raise
    return listening


def _url(host: str, port: int) -> str:
    name = host.strip("[]")
    if name in {"0.0.0.0", ""}:  # noqa: S104
        name = "127.0.0.1"
    elif name == "::":
        name = "::1"
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


def raise_open_files() -> None:
    """Raise the number of open files as far as the system lets us without asking."""
    if os.name != "posix":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
