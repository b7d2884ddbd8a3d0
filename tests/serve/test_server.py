"""Tests of the server around the preview: its port, its end, and whom it does not wait for."""

import socket
import threading
import time
from contextlib import ExitStack

import pytest
from tests.serve.live import SITE, attempt, live, read_all

from planfolio.exceptions import EnvironmentFailure, UsageError
from planfolio.serve import server
from planfolio.serve.server import HeadTimeoutProtocol, bind

LONG = 5.0
"""Seconds that an end may take on a machine that is busy with other things; it is to take one."""


def listen(port: int = 0) -> socket.socket:
    """Return a socket that another program would listen on."""
    taken = socket.socket()
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    taken.bind(("127.0.0.1", port))
    taken.listen()
    return taken


def test_without_a_port_the_next_free_one_is_taken_and_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The port that was wanted is named, for a line that says why it is another."""
    with listen() as taken:
        first = taken.getsockname()[1]
        monkeypatch.setattr(server, "FIRST_PORT", first)
        with (bound := bind("127.0.0.1")).socket:
            assert bound.port > first
            assert bound.wanted == first
            assert bound.url == f"http://127.0.0.1:{bound.port}/"
    with (bound := bind("127.0.0.1")).socket:
        assert (bound.port, bound.wanted) == (first, None)


def test_a_port_that_was_asked_for_has_to_be_free() -> None:
    """Another would be no help to who counts on it; 0 leaves the choice to the system."""
    with listen() as taken:
        port = taken.getsockname()[1]
        with pytest.raises(EnvironmentFailure, match=f"port {port} is taken") as caught:
            bind("127.0.0.1", port=port)
    assert "--port" in caught.value.hint
    with bind("127.0.0.1", port=0).socket as one, bind("127.0.0.1", port=0).socket as other:
        assert one.getsockname()[1] != other.getsockname()[1]


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "a..b", "", "[]"])
def test_a_host_that_is_not_this_machine_is_a_usage_error(host: str) -> None:
    """An address of another machine, a name that nobody has, what is no name, and nothing."""
    with pytest.raises(UsageError) as caught:
        bind(host, port=0)
    assert "--host" in f"{caught.value} {caught.value.hint}"


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
    if ":" in host and not socket.has_dualstack_ipv6():
        pytest.skip("this machine has no IPv6")
    with (bound := bind(host, port=0)).socket:
        assert bound.url == url.format(bound.port)


def test_the_end_waits_for_nobody_and_leaves_the_port_free() -> None:
    """Open streams end first; a reader that takes nothing and a request that never ends are hung up
    on, and a server can be started again at once."""
    with ExitStack() as stack:
        preview = stack.enter_context(live(attempt(files={**SITE, "plan.json": bytes(20_000_000)})))
        streams = [stack.enter_context(preview.listening()) for _ in range(10)]
        for events in streams:
            events.attempt()
        reading = stack.enter_context(preview.connect())
        reading.sendall(b"GET /plan.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        unfinished = stack.enter_context(preview.connect())
        unfinished.sendall(b"GET / HTTP/1.1\r\nHost")
        started = time.monotonic()
        preview.server.should_exit = True
        for events in streams:
            while events.connection.recv(65536):
                pass
        assert time.monotonic() - started < LONG
    assert time.monotonic() - started < LONG
    bind("127.0.0.1", port=preview.port).socket.close()


def test_who_never_finishes_the_head_of_a_request_is_hung_up_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whether nothing comes, or a byte now and then, or the second request of a connection; who
    waits for an answer or an event is not."""
    monkeypatch.setattr(HeadTimeoutProtocol, "head_seconds", 0.4)
    whole = b"GET /plan.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    release = threading.Event()

    def slow() -> bytes:
        release.wait(20)
        return b"slow"

    with ExitStack() as stack:
        preview = stack.enter_context(live(attempt(files={**SITE, "atom.xml": slow})))
        events = stack.enter_context(preview.listening())
        events.attempt()
        silent, dribbling, second, answered = (
            stack.enter_context(preview.connect()) for _ in range(4)
        )
        answered.sendall(b"GET /atom.xml HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        second.sendall(whole)
        assert second.recv(100).startswith(b"HTTP/1.1 200")
        second.sendall(whole[:20])
        for byte in whole[:-4] * 10:
            try:
                dribbling.sendall(bytes([byte]))
            except OSError:
                break
            time.sleep(0.02)
        else:
            pytest.fail("the server goes on reading")
        assert read_all(silent) == b""
        read_all(second)
        release.set()
        assert answered.recv(100).startswith(b"HTTP/1.1 200")
        preview.broadcast.publish(attempt(2))
        assert events.attempt()["number"] == 2
