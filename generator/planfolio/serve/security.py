"""Guards the preview: who may send requests, how answers may be used; and its own pages.

Every web page that the owner opens may send requests to the port. A name that was made to point
here (DNS rebinding) is refused by its Host, a page of another origin by Origin and Sec-Fetch-Site.
"""

import hashlib
import ipaddress
import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PREVIEW_PREFIX = "/_planfolio/"
"""The folder that the preview keeps for its client, its stream and its state."""

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::[0-9]{1,5})?", re.IGNORECASE)

_PAGE = Path(__file__).with_name("error_page.html").read_text("utf-8")
"""The colours are those of the default theme, written out: a theme may be what is broken."""

_STYLE = _PAGE.partition("<style>")[2].partition("</style>")[0]
_STYLE_HASH = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; script-src 'self'; style-src 'self' 'sha256-{_STYLE_HASH}'; "
    "img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""For all but drawings. The one style element of the pages made here is named by its hash."""

_DRAWING_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'"
)
"""A drawing may style itself, and can do nothing else."""


@dataclass(frozen=True, slots=True)
class Guard:
    """The application behind the checks of each request, with safe headers on each answer.

    `bound` is the host that the server listens on, `allowed` are further names that it answers to.
    Where a whole network may ask, it may do so by any IP address: these cannot be rebound.
    """

    app: ASGIApp
    bound: str
    allowed: Iterable[str] = ()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = Headers(scope=scope)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                answer.update(_safe_headers(answer.get("content-type", "")))
            await send(message)

        refused = self._refusal(scope["method"], scope["path"], headers)
        if refused is None:
            await self.app(scope, receive, send_guarded)
            return
        status, reason = refused
        # The connection is closed, since a body that may follow is not read.
        more = {"Connection": "close"} | ({"Allow": "GET, HEAD"} if status == 405 else {})
        page = preview_page("Request refused", f"<p>{escape(reason)}</p>")
        response = HTMLResponse(page, status, more)
        await response(scope, receive, send_guarded)

    def _refusal(self, method: str, path: str, headers: Headers) -> tuple[int, str] | None:
        """Return a status and a sentence for a request that is refused."""
        host = headers.get("host", "")
        if not self._answers_to(host):
            return 403, (
                f"The preview does not answer to the name {host!r}. If the name is yours, start "
                "it with: planfolio serve --allow-host NAME"
            )
        # A link of another site may lead a person to a page, but not to what pages are made of.
        if not _is_same_origin(headers, host) and (
            path.startswith(PREVIEW_PREFIX) or not _is_visit(headers)
        ):
            return 403, "The preview is for its own pages; another site asked."
        if method not in {"GET", "HEAD"}:
            return 405, "The preview can only be read: GET and HEAD."
        return None

    def _answers_to(self, host: str) -> bool:
        match = _HOST.fullmatch(host)
        name = (match[1] or match[2]).lower() if match else ""
        names = {each.lower().strip("[]") for each in (*_LOOPBACK, self.bound, *self.allowed)}
        return name in names or (not is_loopback(self.bound) and _is_address(name))


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach a server that is bound to this host."""
    name = host.lower().strip("[]")
    return name in _LOOPBACK or (_is_address(name) and ipaddress.ip_address(name).is_loopback)


def preview_page(title: str, main: str, *, head: str = "") -> bytes:
    """Return a page of the preview itself, where the plan has none; all arguments are HTML."""
    parts = {"TITLE": title, "HEAD": head, "MAIN": main}
    return re.sub("TITLE|HEAD|MAIN", lambda part: parts[part[0]], _PAGE).encode()


def _safe_headers(media_type: str) -> Mapping[str, str]:
    headers = {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if not media_type.startswith("application/pdf"):  # a browser's reader styles itself inline
        is_drawing = media_type.startswith("image/svg+xml")
        headers["Content-Security-Policy"] = _DRAWING_POLICY if is_drawing else _POLICY
    return headers


def _is_same_origin(headers: Headers, host: str) -> bool:
    """Tell whether one of our own pages asks, or no page at all."""
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
        return False
    # Another port of this machine is the same site and yet another origin.
    return headers.get("sec-fetch-site", "none") in {"same-origin", "none"}


def _is_visit(headers: Headers) -> bool:
    """Tell whether a person goes to a page in a tab of its own."""
    return (
        "origin" not in headers
        and headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
    )


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
