"""Readers of a preview that is edited, who hold every answer against all that they were told.

How an answer is known to be of one build: each page names the build that it is of, and some say
which save of one file they are of, as `mark-7`. So of one build, over all pages and readers, that
file was seen at one save, and every address has one text.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import random
import re
import socket
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from tests.serve.live import Events

if TYPE_CHECKING:
    from collections.abc import Sequence

LONG = 60
"""Seconds that an answer may take: who waits longer is not answered at all."""

PAGES = (
    *("", "aim/", "gaps/", "plan/", "progress/", "goals/", "search/", "print/"),
    *("me/", "goals/cka/", "goals/exam/", "goals/a/", "skills/kubernetes/", "roles/engineer/"),
    *("not/there/", "plan.json"),
)
"""Addresses to read, some of which are there only now and then."""

CLIENT = re.compile(rb'<script type="module" src="[^"]*" data-planfolio="([^"]*)"></script>\n')
_MARK = re.compile(rb"\bmark-(\d+)")
_STYLE = re.compile(rb'href="[./]*(assets/style\.([0-9a-f]+)\.css)"')


@dataclass
class Ledger:
    """What all readers have seen, and what of it cannot be."""

    answers: Counter[int] = field(default_factory=Counter)
    builds: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    _marks: dict[str, set[bytes]] = field(default_factory=dict)
    _texts: dict[tuple[str, str], bytes] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def fault(self, sentence: str) -> None:
        """Note what may not be."""
        with self._lock:
            self.faults.append(sentence)

    def answer(self, path: str, status: int, body: bytes) -> None:
        """Hold an answer against what is known."""
        with self._lock:
            self.answers[status] += 1
            if status == 307:  # the address of the site has a path just now
                return
            if status not in {200, 404}:
                self.faults.append(f"/{path}: {status} {body[:2000]!r}")
            elif path == "plan.json" and status == 200:
                json.loads(body)
            elif path.startswith("assets/") and status == 200:
                name = path.rsplit(".", 2)[1]
                if not hashlib.sha256(body).hexdigest().startswith(name):
                    self.faults.append(f"/{path}: half a stylesheet")
            else:
                self._page(path, status, body)

    def _page(self, path: str, status: int, body: bytes) -> None:
        clients = CLIENT.findall(body)
        if len(clients) != 1 or not body.rstrip().endswith(b"</html>"):
            self.faults.append(f"/{path}: {status}, no whole page: {body!r}")
            return
        build = json.loads(unescape(clients[0].decode()))["build"]
        self.builds.add(build)
        text = hashlib.sha256(body).digest()
        if self._texts.setdefault((build, path), text) != text:
            self.faults.append(f"/{path}: two texts in the build {build}")
        marks = self._marks.setdefault(build, set())
        marks.update(_MARK.findall(body))
        if len(marks) > 1:
            self.faults.append(f"/{path}: the saves {marks} in the build {build}")


class Reader:
    """Someone who goes from page to page, and whose tab listens to the stream of events."""

    def __init__(self, port: int, ledger: Ledger, *, number: int, pause: float) -> None:
        self._port = port
        self._ledger = ledger
        self._chance = random.Random(number)  # noqa: S311 - the same walk each time
        self._pause = pause
        self._over = threading.Event()
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG)
        self._heard = threading.Condition()
        self._last = ""
        self._threads = (
            threading.Thread(target=self._reading, daemon=True),
            threading.Thread(target=self._listening, daemon=True),
        )

    def start(self) -> None:
        """Begin to read and to listen."""
        for thread in self._threads:
            thread.start()

    def heard(self, build: str) -> bool:
        """Tell whether the stream has come to tell of a build as the last one."""
        with self._heard:
            return self._heard.wait_for(lambda: self._last == build, LONG)

    def rest(self) -> None:
        """Stop reading, and listen on: what comes to an end now is the end of the server."""
        self._over.set()
        self._threads[0].join(LONG)

    def end(self) -> None:
        """Close what is open; the server has ended, and the stream with it."""
        self._threads[1].join(LONG)
        self._connection.close()

    def ask(self, path: str) -> tuple[int, bytes]:
        """Return the status and the whole body of an answer; raises what stands in the way."""
        try:
            answer = self._answer(path)
        except ConnectionError:
            # A server may close a connection that lay idle just as it is used again.
            self._connection.close()
            answer = self._answer(path)
        return answer.status, answer.read()

    def _answer(self, path: str) -> http.client.HTTPResponse:
        self._connection.request("GET", f"/{path}")
        return self._connection.getresponse()

    def _reading(self) -> None:
        try:
            while not self._over.wait(self._pause * self._chance.uniform(0.5, 1.5)):
                self._read(self._chance.choice(PAGES))
        except Exception as error:
            self._ledger.fault(f"a reader came to an end: {error!r}")

    def _read(self, path: str) -> None:
        status, body = self.ask(path)
        self._ledger.answer(path, status, body)
        style = _STYLE.search(body)
        if style is not None and self._chance.random() < 0.2:
            name = style[1].decode()
            self._ledger.answer(name, *self.ask(name))

    def _listening(self) -> None:
        with (
            suppress(AssertionError, OSError),
            socket.create_connection(("127.0.0.1", self._port), timeout=LONG) as connection,
        ):
            connection.sendall(
                f"GET /_planfolio/events HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n\r\n".encode()
            )
            events = Events(connection, bytearray())
            number = 0
            while True:
                notice = events.outcome()
                if notice["number"] <= number:
                    self._ledger.fault(f"notice {notice['number']} came after {number}")
                number = notice["number"]
                with self._heard:
                    self._last = notice["build"]
                    self._heard.notify_all()
        if not self._over.is_set():
            self._ledger.fault("a stream of events came to an end")


def started(port: int, ledger: Ledger, *, count: int, pause: float) -> Sequence[Reader]:
    """Return so many readers, under way; each waits so many seconds between two pages."""
    readers = [Reader(port, ledger, number=n, pause=pause) for n in range(count)]
    for reader in readers:
        reader.start()
    return readers
