"""What the preview answers: the files of the site that is shown, and a few paths of its own.

A request is a key to look up among the files of the site: no path of a request is ever opened.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from html import escape
from mimetypes import MimeTypes
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from planfolio import __version__, bundled
from planfolio.message_text import visible_lines
from planfolio.serve.broadcast import Broadcast, address, state_of
from planfolio.serve.builder import BuildAttempt, PreviewedSite
from planfolio.serve.security import PREVIEW_PREFIX, Guard, preview_page
from planfolio.urls import file_of

_CLIENT = Path(__file__).resolve().parent / "client"
_STYLE = re.compile(rb"<style>.*?</style>\s*", re.DOTALL)
"""The style in a public 404.html. The policy allows none, and the preview finds the files."""

_END_OF_HEAD = re.compile(rb"</head\s*>|</body\s*>", re.IGNORECASE)

_ASK_AGAIN = '<noscript><meta http-equiv="refresh" content="3"></noscript>'
"""Without scripts a page reloads itself; otherwise its client does."""

_MISSING = preview_page("Page not found", "<p>The plan has no page at this address.</p>")
_BUILDING = preview_page(
    "Building the plan",
    "<p>The first build is running. This page reloads when it is done.</p>",
    head='<meta http-equiv="refresh" content="1">',
)

_MEDIA_TYPES = MimeTypes()
"""What Python knows by itself, the same on every machine, and the types that it lacks."""
for _ending, _type in {
    ".avif": "image/avif",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".md": "text/markdown",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}.items():
    _MEDIA_TYPES.add_type(_type, _ending)


def preview_app(
    broadcast: Broadcast,
    *,
    host: str,
    allowed: Iterable[str] = (),
    editor: str = "",
    report: Callable[[str], None],
) -> Guard:
    """Return the preview as an ASGI application.

    `host` is what the server is bound to, `allowed` are further names that it answers to. `editor`
    is the link that opens a place in the editor, or empty where none is known. `report` is handed a
    sentence about each page that could not be rendered.
    """
    preview = _Preview(broadcast, editor, report, _client_files())
    routes = [
        Route(f"{PREVIEW_PREFIX}events", preview.events),
        Route(f"{PREVIEW_PREFIX}state.json", preview.state),
        Route(f"{PREVIEW_PREFIX}{{name}}", preview.client_file),
        Route("/{path:path}", preview.page),
    ]
    return Guard(Starlette(routes=routes), bound=host, allowed=tuple(allowed))


@dataclass(frozen=True, slots=True)
class _Preview:
    """The endpoints; all but the stream run in worker threads, as a page has to be rendered."""

    broadcast: Broadcast
    editor: str
    report: Callable[[str], None]
    client: Mapping[str, bytes]

    async def events(self, request: Request) -> Response:
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        stream = self.broadcast.stream(self._open_pages)
        return StreamingResponse(stream, media_type="text/event-stream")

    def _open_pages(self, attempt: BuildAttempt) -> dict[str, str]:
        """Return the next version of each page that is open, by path: no tab has to ask for it."""
        site = attempt.site
        if site is None:
            return {}
        pages = {}
        for path in site.open_pages:
            where = address(path.removesuffix("index.html"), base=attempt.base)
            page = self._with_client(_STYLE.sub(b"", site.render(path)), attempt)
            pages[where] = page.decode(errors="replace")
        return pages

    def state(self, _: Request) -> Response:
        attempt = self.broadcast.shown
        return _waiting() if attempt is None else JSONResponse(state_of(attempt))

    def client_file(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in self.client:
            return HTMLResponse(_MISSING, 404)
        return Response(self.client[name], media_type=_media_type(name))

    def page(self, request: Request) -> Response:
        attempt = self.broadcast.shown
        if attempt is None:
            return _waiting()
        site = attempt.site
        if site is None:
            advice = "<p>Fix what <code>planfolio check</code> lists, and the plan appears.</p>"
            page = _failed("The plan cannot be built yet", advice, attempt.failure)
            return self._page(page, attempt, status=503)
        path, base = request.scope["path"], attempt.base
        inside = path.removeprefix(base) if path.startswith(base) else None
        if inside is not None and file_of(inside) in site:
            return self._file(file_of(inside), attempt, site)
        moved = self._moved(path, base, site)
        if moved is not None:
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(address(moved, base=base) + query)
        if "404.html" in site:
            return self._file("404.html", attempt, site, status=404)
        return self._page(_MISSING, attempt, status=404)

    def _moved(self, path: str, present: str, site: PreviewedSite) -> str | None:
        """Return the site path that a path without the base, or without its last slash, means."""
        for base in (present, "/"):
            if not f"{path}/".startswith(base):
                continue
            inside = path[len(base) :]
            for meant in (inside, f"{inside}/"):
                if file_of(meant) in site:
                    return meant
        return None

    def _file(
        self, path: str, attempt: BuildAttempt, site: PreviewedSite, *, status: int = 200
    ) -> Response:
        try:
            file = site.file(path)
        except Exception as error:
            reason = f"{path}: {error or type(error).__name__}"
            self.report(f"A page could not be rendered: {reason}")
            # Without a build number its client asks again after each attempt.
            advice = "<p>Fix what is named here, and the page appears.</p>\n"
            page = _failed("This page could not be rendered", advice, reason)
            return self._page(page, replace(attempt, build_id=""), status=500)
        kind = _media_type(path)
        if isinstance(file, Path):
            if not file.is_file():
                return HTMLResponse(_MISSING, 404)
            return FileResponse(file, media_type=kind)
        if kind == "text/html":
            return self._page(_STYLE.sub(b"", file), attempt, status=status)
        return Response(file, media_type=kind)

    def _page(self, html: bytes, attempt: BuildAttempt, *, status: int = 200) -> Response:
        return HTMLResponse(self._with_client(html, attempt), status)

    def _with_client(self, html: bytes, attempt: BuildAttempt) -> bytes:
        """Return a page with the client in its head; one without a head gets it at its end.

        The client is one script element, since the policy allows no script within a page.
        """
        given = {"build": attempt.build_id, "version": __version__, "editor": self.editor}
        element = (
            f'<script type="module" src="{PREVIEW_PREFIX}client.js" '
            f'data-planfolio="{escape(json.dumps(given))}"></script>\n'
        ).encode()
        end = _END_OF_HEAD.search(html)
        place = end.start() if end else len(html)
        return html[:place] + element + html[place:]


def _client_files() -> dict[str, bytes]:
    """Return the files of the client by name."""
    files = {file.name: file.read_bytes() for file in _CLIENT.iterdir() if file.is_file()}
    return files | {
        "idiomorph.js": (bundled.themes() / "default/vendor/idiomorph/idiomorph.js").read_bytes()
    }


def _failed(title: str, advice: str, reason: str) -> bytes:
    """Return a page that says what is wrong, and what to do; its client lists the findings."""
    shown = f"<pre>{escape(visible_lines(reason))}</pre>" if reason else ""
    return preview_page(title, advice + shown, head=_ASK_AGAIN)


def _waiting() -> Response:
    return HTMLResponse(_BUILDING, 503, {"Retry-After": "1"})


def _media_type(path: str) -> str:
    if path == "atom.xml":
        return "application/atom+xml"
    return _MEDIA_TYPES.guess_type(path)[0] or "application/octet-stream"
