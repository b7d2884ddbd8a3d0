"""A preview server on a free port in a thread of the test, and raw requests to it."""

import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planfolio.model.diagnostics import Diagnostic, Severity
from planfolio.model.source_tree import Span
from planfolio.model.visibility import Visibility
from planfolio.serve.app import preview_app
from planfolio.serve.broadcast import Broadcast
from planfolio.serve.builder import BuildAttempt, PreviewedSite
from planfolio.serve.server import PreviewServer, bind

SITE: dict[str, bytes | Path | Callable[[], bytes]] = {
    "index.html": b"<!doctype html><head><title>Home</title></head><h1>Home</h1>",
    "goals/cka/index.html": b"<!doctype html><head><title>CKA</title></head><h1>CKA</h1>",
    "bare/index.html": b"bare",
    "404.html": b"<!doctype html><head><title>-</title><style>b{}</style></head><h1>Not here</h1>",
    "assets/style.0123456789.css": b"h1{color:red}",
    "assets/mark.0123456789.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "assets/sans.woff2": b"wOF2",
    "plan.json": b"{}",
    "plan.ics": b"BEGIN:VCALENDAR",
    "atom.xml": b"<feed/>",
    "CNAME": b"example.org",
}


@dataclass(frozen=True)
class FilesOfSite:
    """A site of given files, in the place of a rendered one."""

    files: Mapping[str, bytes | Path | Callable[[], bytes]]

    @property
    def paths(self) -> tuple[str, ...]:
        """Its files."""
        return tuple(self.files)

    @property
    def copies(self) -> Mapping[str, Path]:
        """Those that lie on the disk."""
        return {path: file for path, file in self.files.items() if isinstance(file, Path)}

    def render(self, path: str) -> bytes:
        """Return one."""
        file = self.files[path]
        assert not isinstance(file, Path)
        return file if isinstance(file, bytes) else file()


def attempt(
    number: int = 1,
    *,
    files: Mapping[str, bytes | Path | Callable[[], bytes]] | None = SITE,
    after: BuildAttempt | None = None,
    **fields: Any,
) -> BuildAttempt:
    """Return an attempt that went well, unless `fields` say otherwise."""
    made: Any = None if files is None else FilesOfSite(files)
    given = {
        "build_id": f"b{number}",
        "ok": True,
        "audience": Visibility.PRIVATE,
        "root": Path("/no"),
    }
    before = after.site if after is not None else None
    site = None if made is None else PreviewedSite(made, before=before)
    return BuildAttempt(number=number, site=site, **{**given, **fields})


def finding(message: str = "this is no date", **fields: Any) -> Diagnostic:
    """Return an error in a goal."""
    made: dict[str, Any] = {
        "code": "F102",
        "name": "bad-date",
        "severity": Severity.ERROR,
        "path": "content/goals/cka.md",
        "span": Span(2, 6, 2, 10),
    }
    return Diagnostic(message=message, **{**made, **fields})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Live:
    """A running preview."""

    server: PreviewServer
    broadcast: Broadcast
    port: int
    reported: list[str]

    def connect(self, *, timeout: float = 20) -> socket.socket:
        """Return a connection to it."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def send(self, raw: bytes) -> Answer:
        """Send bytes, and read until the server closes."""
        with self.connect() as connection:
            connection.sendall(raw)
            return answer_of(read_all(connection))

    def ask(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path as it is written; underscores in the names of headers are hyphens."""
        sent = {"Host": f"127.0.0.1:{self.port}", "Connection": "close"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        return self.send(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode("latin-1"))

    @contextmanager
    def listening(self, path: str = "/_planfolio/events", **headers: str) -> "Iterator[Events]":
        """Open the event stream."""
        with self.connect() as connection:
            head = "".join(f"{name.replace('_', '-')}: {v}\r\n" for name, v in headers.items())
            host = f"Host: 127.0.0.1:{self.port}\r\n"
            connection.sendall(f"GET {path} HTTP/1.1\r\n{host}{head}\r\n".encode())
            yield Events(connection, bytearray())


@dataclass(frozen=True, slots=True)
class Events:
    """The open event stream of a preview."""

    connection: socket.socket
    seen: bytearray

    def text(self, until: bytes) -> str:
        """Return all that came, as soon as it holds some bytes; fails if the stream ends before."""
        while until not in self.seen:
            more = self.connection.recv(65536)
            assert more, f"the stream ended after {bytes(self.seen)!r}"
            self.seen.extend(more)
        return self.seen.decode()

    def attempt(self) -> Any:
        """Return the data of the next notice, and forget what came up to it."""
        start = b"event: attempt\ndata: "
        while b"\n\n" not in self.seen.partition(start)[2]:
            more = self.connection.recv(65536)
            assert more, f"the stream ended after {bytes(self.seen)!r}"
            self.seen.extend(more)
        data, _, rest = bytes(self.seen).partition(start)[2].partition(b"\n\n")
        self.seen[:] = rest
        return json.loads(data)


@contextmanager
def live(
    first: BuildAttempt | None = None,
    *,
    host: str = "127.0.0.1",
    follow: bool = False,
    **options: Any,
) -> Iterator[Live]:
    """Serve an attempt, or none yet, and end the server at the end."""
    broadcast = Broadcast(follow=follow)
    if first is not None:
        broadcast.publish(first)
    reported: list[str] = []
    app = preview_app(broadcast, host=host, report=reported.append, **options)
    bound = bind("127.0.0.1", port=0)
    server = PreviewServer(app, closing=broadcast.close)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound.socket]}, daemon=True)
    thread.start()
    try:
        yield Live(server, broadcast, bound.port, reported)
    finally:
        server.should_exit = True
        thread.join(20)
        bound.socket.close()
    assert not thread.is_alive()


def read_all(connection: socket.socket) -> bytes:
    """Read until the other end closes; a reset ends it too."""
    parts = []
    while True:
        try:
            part = connection.recv(65536)
        except ConnectionResetError:
            break
        if not part:
            break
        parts.append(part)
    return b"".join(parts)


def answer_of(raw: bytes) -> Answer:
    """Take the text of an answer apart."""
    head, _, body = raw.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(": ") for line in lines)
    headers = {name.lower(): value for name, _, value in pairs}
    return Answer(int(status.split()[1]), headers, body)
