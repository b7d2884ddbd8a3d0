"""Tests of the server around the preview: its port, its beginning and its end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest
from tests.serve.live import SITE, answer_of, live, outcome, read_all

from planfolio.exceptions import EnvironmentFailure, UsageError
from planfolio.serve import serving
from planfolio.serve.serving import Server, bind

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = 5.0
"""Seconds that an end may take on a machine that is busy with other things; it is to take one."""

PROGRAM = """
import sys, time
from planfolio.serve.app import Preview
from planfolio.serve.events import Broadcast
from planfolio.serve.guards import hosts_of
from planfolio.serve.serving import bind, serve
from tests.serve.live import outcome

def with_client(html, shown):
    while b"CKA" in html:
        time.sleep(0.01)
    return html

broadcast = Broadcast()
broadcast.publish(outcome())
preview = Preview(
    broadcast=broadcast, hosts=hosts_of("127.0.0.1"), client={}, with_client=with_client
)
bound = bind("127.0.0.1", port=0)
serve(
    preview,
    bound=bound,
    ready=lambda: print(bound.port, flush=True),
    closing=broadcast.close,
    told=lambda sentence: print(sentence, file=sys.stderr, flush=True),
)
print("ended well", flush=True)
"""


@contextmanager
def running(program: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run a server in a process of its own; yield that and its port."""
    started = subprocess.Popen(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    try:
        yield started, int(started.stdout.readline())
    finally:
        started.kill()
        started.communicate()


@pytest.fixture
def process() -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A server in which the page of CKA takes for ever, and its port."""
    with running(PROGRAM) as server:
        yield server


def listen(port: int) -> socket.socket:
    """Return a socket that another program would listen on."""
    taken = socket.socket()
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    taken.bind(("127.0.0.1", port))
    taken.listen()
    return taken


def ask(port: int, path: str) -> socket.socket:
    """Ask for a path, and return the connection."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    return connection


def test_without_a_port_the_next_free_one_is_taken_and_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The port that was wanted is named, for a line that says why it is another."""
    with listen(0) as taken:
        first = taken.getsockname()[1]
        monkeypatch.setattr(serving, "FIRST_PORT", first)
        bound = bind("127.0.0.1")
        with bound.socket:
            assert bound.port > first
            assert bound.wanted == first
            assert bound.url == f"http://127.0.0.1:{bound.port}/"


def test_the_first_port_is_taken_if_it_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then there is nothing to say about it."""
    with listen(0) as probe:
        free = probe.getsockname()[1]
    monkeypatch.setattr(serving, "FIRST_PORT", free)
    bound = bind("127.0.0.1")
    with bound.socket:
        assert (bound.port, bound.wanted) == (free, None)


def test_a_port_that_was_asked_for_has_to_be_free() -> None:
    """Another would be no help to who counts on it: the fault says the ways out."""
    with listen(0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(EnvironmentFailure, match=f"port {port} is taken") as caught:
            bind("127.0.0.1", port=port)
    assert "--port" in caught.value.hint


def test_any_port_is_one_that_is_free() -> None:
    """0 leaves the choice to the system."""
    with bind("127.0.0.1", port=0).socket as one, bind("127.0.0.1", port=0).socket as other:
        assert one.getsockname()[1] != other.getsockname()[1]


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "a..b", "\x00"])
def test_a_host_that_is_not_this_machine_is_a_misuse(host: str) -> None:
    """An address of another machine, a name that nobody has, and what is no name."""
    with pytest.raises(UsageError) as caught:
        bind(host, port=0)
    assert "--host" in caught.value.hint


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:{}/"),
        ("localhost", "http://localhost:{}/"),
        ("0.0.0.0", "http://127.0.0.1:{}/"),  # noqa: S104
        ("::1", "http://[::1]:{}/"),
        ("[::1]", "http://[::1]:{}/"),
        ("::", "http://[::1]:{}/"),
    ],
)
def test_the_address_is_one_that_a_browser_here_can_open(host: str, url: str) -> None:
    """All addresses of a machine are none to go to: the loopback stands for them."""
    if ":" in host and not _has_ipv6():
        pytest.skip("this machine has no IPv6")
    bound = bind(host, port=0)
    with bound.socket:
        assert bound.url == url.format(bound.port)


def test_a_bound_port_is_listened_on_before_anything_is_served() -> None:
    """Who connects at once waits for the answer and is not refused."""
    bound = bind("127.0.0.1", port=0)
    with bound.socket, socket.create_connection(("127.0.0.1", bound.port), timeout=20) as early:
        early.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        ready = threading.Event()
        told: list[str] = []

        async def app(scope: object, receive: object, send: object) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": []})  # type: ignore[operator]
            await send({"type": "http.response.body", "body": b"late"})  # type: ignore[operator]

        server = Server(app, bound=bound, ready=ready.set, closing=lambda: None, told=told.append)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound.socket]})
        thread.start()
        assert ready.wait(20)
        assert answer_of(read_all(early)).status == 200
        server.should_exit = True
        thread.join(20)
        assert told == []


def test_the_end_waits_for_nobody() -> None:
    """Open streams, a reader that takes nothing, and a request that never ends are hung up on."""
    files = {**SITE, "files/big.bin": bytes(20_000_000)}
    with ExitStack() as stack:
        preview = stack.enter_context(live(outcome(files=files)))
        streams = [stack.enter_context(preview.listening()) for _ in range(10)]
        for events in streams:
            events.outcome()
        stack.enter_context(ask(preview.port, "/files/big.bin"))
        unfinished = stack.enter_context(preview.connect())
        unfinished.sendall(b"GET / HTTP/1.1\r\nHost")
        started = time.monotonic()
        preview.server.should_exit = True
        for events in streams:
            while events.connection.recv(65536):
                pass
        read_all(unfinished)
        while preview.server.server_state.connections:
            assert time.monotonic() - started < LONG
            time.sleep(0.01)
    assert time.monotonic() - started < LONG


def test_a_port_is_free_again_at_once() -> None:
    """A server can be started again where one ended, with pages of before still open."""
    with live(outcome(1)) as preview:
        port = preview.port
        stayed = ask(port, "/")
        assert stayed.recv(20).startswith(b"HTTP/1.1 200")
    again = bind("127.0.0.1", port=port)
    again.socket.close()
    stayed.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_process_well_with_pages_open(
    process: tuple[subprocess.Popen[str], int], number: signal.Signals
) -> None:
    """Soon, with twenty streams open and a page that takes for ever; the port is free then."""
    running, port = process
    with ExitStack() as stack:
        for _ in range(20):
            stream = stack.enter_context(ask(port, "/_planfolio/events"))
            assert stream.recv(20).startswith(b"HTTP/1.1 200")
        stack.enter_context(ask(port, "/goals/cka/"))
        time.sleep(0.1)  # so that the page is being made
        started = time.monotonic()
        running.send_signal(number)
        out, err = running.communicate(timeout=LONG)
        assert time.monotonic() - started < LONG
        assert (running.returncode, out, err) == (0, "ended well\n", "")
        listen(port).close()


def test_too_many_connections_are_told_once_and_outlived() -> None:
    """Where the system gives no more of them, those that are new wait until others have gone."""
    few = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (60, 60))\n"
    with running(few + PROGRAM) as (process, port):
        with ExitStack() as stack:
            for _ in range(200):
                address = ("127.0.0.1", port)
                stack.enter_context(socket.create_connection(address, timeout=20))
            assert process.stderr is not None
            told = process.stderr.readline()
        with ask(port, "/") as after:
            assert after.recv(20).startswith(b"HTTP/1.1 200")
        process.send_signal(signal.SIGTERM)
        _, rest = process.communicate(timeout=LONG)
    assert "too many are open" in told
    assert rest == ""


def test_a_low_number_of_open_files_is_raised() -> None:
    """Each connection is one, and some systems give no more than 256 unasked."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    soft = min(before[0], 300)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, before[1]))
    try:
        serving.raise_open_files()
        now = resource.getrlimit(resource.RLIMIT_NOFILE)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert now == (min(4096, before[1]), before[1])


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True
