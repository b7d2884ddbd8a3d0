"""What the preview answers: the files of the outcome that is shown, and a few paths of its own.

An answer is made of one outcome, taken once. No path is ever opened: a request is a key to look up.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from planfolio.serve import own_pages
from planfolio.serve.aside import Aside
from planfolio.serve.events import HEARTBEAT, base_of, stream_of
from planfolio.serve.guards import METHODS, path_of, refusal, security_headers
from planfolio.serve.media_types import media_type
from planfolio.serve.state import state_of
from planfolio.urls import file_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from starlette.types import Receive, Scope, Send

    from planfolio.serve.events import Broadcast
    from planfolio.serve.guards import Hosts
    from planfolio.serve.snapshot import Files, Outcome

    WithClient: TypeAlias = Callable[[bytes, Outcome], bytes]
    """Takes a page and the outcome that it is of; returns it with the client of the preview."""

RESERVED = "_planfolio/"
"""The folder below the site's own path that the preview keeps for itself."""

_HTML = "text/html; charset=utf-8"
_JSON = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The preview as an ASGI application.

    `client` are the files of the client by name, `with_client` puts it into a page. With `follow`
    the pages are told which record was just saved. `told` is handed a sentence about each page that
    could not be made. `heartbeat` is in seconds.
    """

    broadcast: Broadcast
    hosts: Hosts
    client: Mapping[str, bytes]
    with_client: WithClient
    follow: bool = False
    told: Callable[[str], None] = lambda sentence: None  # noqa: ARG005
    heartbeat: float = HEARTBEAT
    _aside: Aside = field(default_factory=Aside)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        request = Request(scope)
        path = path_of(scope["raw_path"])
        own = None if path is None else _reserved(path, self.broadcast.bases)
        refused = refusal(request.method, request.headers, hosts=self.hosts, part=own is not None)
        if refused is not None:
            response = _page(own_pages.refused(refused), status=refused.status)
            if refused.status == 405:
                response.headers["Allow"] = ", ".join(METHODS)
            response.headers["Connection"] = "close"  # a body that may follow is not read
        elif own == "events":
            response = self._events(request)
        else:
            response = await self._made(path, own=own, query=request.url.query)
        await response(scope, receive, send)

    async def _made(self, path: str | None, *, own: str | None, query: str) -> Response:
        """Return what is asked for, made in a thread: a page may have to be rendered first."""
        outcome = self.broadcast.shown
        if own is not None and own in self.client:
            return _response(self.client[own], media_type(own))
        if outcome is None:
            response = _page(own_pages.building(), status=503)
            response.headers["Retry-After"] = "1"
            return response

        def make() -> Response:
            if own is not None:
                return self._own(own, outcome)
            found = None if path is None else self._redirect(path, outcome, query=query)
            return found or self._file(path, outcome)

        try:
            return await self._aside.run(make)
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            self.told(f"{path or 'a page'} could not be made: {reason}")
            return _page(self._crashed(reason, outcome), status=500)

    def _events(self, request: Request) -> Response:
        headers = security_headers("text/event-stream")
        if request.method == "HEAD":
            return Response(media_type="text/event-stream", headers=headers)
        return StreamingResponse(
            stream_of(self.broadcast, follow=self.follow, heartbeat=self.heartbeat),
            media_type="text/event-stream",
            headers=headers,
        )

    def _own(self, name: str, outcome: Outcome) -> Response:
        if name == "state.json":
            return _response(json.dumps(state_of(outcome)).encode(), _JSON)
        return self._missing(outcome)

    def _redirect(self, path: str, outcome: Outcome, *, query: str) -> Response | None:
        """Return the way to the site from outside it, and to a folder without its last slash."""
        present, *former = (base[1:] for base in self.broadcast.bases)
        inside = path.removeprefix(present) if path.startswith(present) else None
        files = _files(outcome)
        if inside is not None and file_of(inside) in files:
            return None
        if inside and f"{inside}/index.html" in files:
            return _moved(f"{path}/", query)
        left = next((base for base in former if base and path.startswith(base)), None)
        if left is not None:
            return _moved(present + path.removeprefix(left), query)
        return _moved(present, query) if inside is None and path in {"", present[:-1]} else None

    def _crashed(self, reason: str, outcome: Outcome) -> bytes:
        page = own_pages.crashed(reason)
        try:
            # It is of no build, so that its client asks again whatever comes next.
            return self.with_client(page, replace(outcome, build=""))
        except Exception:
            return page  # the client itself may be what cannot be made

    def _file(self, path: str | None, outcome: Outcome) -> Response:
        base = base_of(outcome)[1:]
        if outcome.files is None:
            return _page(self.with_client(own_pages.unbuilt(outcome), outcome), status=503)
        if path is None or not path.startswith(base):
            return self._missing(outcome)
        file = file_of(path.removeprefix(base))
        body = outcome.files.get(file)
        if body is None:
            return self._missing(outcome)
        kind = media_type(file)
        if kind == _HTML and not file.startswith("files/"):  # what was attached stays as it is
            return _page(self.with_client(body, outcome))
        return _response(body, kind)

    def _missing(self, outcome: Outcome) -> Response:
        page = _files(outcome).get("404.html") or own_pages.missing()
        return _page(self.with_client(page, outcome), status=404)


def _reserved(path: str, bases: tuple[str, ...]) -> str | None:
    """Return which of our own paths a path is, below the present or a former place of the site.

    Before the first outcome the place is not known: a page that is open since a server before this
    one then listens where it did.
    """
    if not bases:
        _, folder, name = f"/{path}".rpartition(f"/{RESERVED}")
        return name if folder else None
    for base in bases:
        start = base[1:] + RESERVED
        if path.startswith(start):
            return path.removeprefix(start)
    return None


def _files(outcome: Outcome) -> Files:
    return {} if outcome.files is None else outcome.files


def _moved(path: str, query: str) -> Response:
    location = "/" + quote(path, safe="/~") + (f"?{query}" if query else "")
    headers = security_headers("text/plain") | {"Location": location}
    return Response(status_code=302, headers=headers)


def _page(body: bytes, *, status: int = 200) -> Response:
    headers = security_headers(_HTML, inline_style=own_pages.STYLE)
    return Response(body, status_code=status, media_type=_HTML, headers=headers)


def _response(body: bytes, kind: str) -> Response:
    return Response(body, media_type=kind, headers=security_headers(kind))
