"""Sites in folders, and a server of static pages as a host of them behaves."""

import functools
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from planfolio.model.visibility import Visibility
from planfolio.output.writer import write
from planfolio.pipeline import Today, build


def built_site(
    root: Path,
    output: Path,
    *,
    today: Today,
    audience: Visibility = Visibility.PUBLIC,
    base_url: str | None = None,
) -> Path:
    """Build a plan into a folder; return the folder."""
    made = build(root, today=today, audience=audience, base_url=base_url)
    assert made.files is not None, made.check.errors
    write({**made.files, **made.copies}, output, protected=[root])
    return output


def in_theme(root: Path, copy: Path, theme: str, *, language: str = "en") -> Path:
    """Copy the example plan with another theme or language in its site.toml; return the copy."""
    shutil.copytree(root / "content", copy / "content")
    settings = (root / "site.toml").read_text("utf-8")
    assert 'theme = "default"' in settings
    text = settings.replace('theme = "default"', f'theme = "{theme}"')
    text = text.replace('language = "en"', f'language = "{language}"')
    (copy / "site.toml").write_text(text, "utf-8")
    return copy


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder below a prefix, as a host of static pages does: its 404.html for the rest."""

    prefix = "/"

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "nothing-outside-the-prefix")
        return super().translate_path("/" + path[len(self.prefix) :])

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Keep the test's output quiet."""


@contextmanager
def served(folder: Path, prefix: str = "/") -> Iterator[str]:
    """Serve a folder on a free port of this machine below a prefix; yield the address."""
    handler = functools.partial(
        type("Handler", (_Handler,), {"prefix": prefix}), directory=str(folder)
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    # Ended within hundredths of a second, where half of one is usual.
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
