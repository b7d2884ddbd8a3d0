"""The preview as a whole: it watches and builds in one thread, and serves in another."""

from __future__ import annotations

import contextlib
import signal
import threading
from typing import TYPE_CHECKING, Protocol

from planfolio.model.visibility import Visibility
from planfolio.serve.app import preview_app
from planfolio.serve.broadcast import Broadcast
from planfolio.serve.builder import Builder, keep_building
from planfolio.serve.server import PreviewServer
from planfolio.serve.watcher import watch

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import Path

    from planfolio.serve.builder import Attempt
    from planfolio.serve.server import Bound


class Listener(Protocol):
    """Hears of a preview, from any thread."""

    def sentence(self, text: str) -> None:
        """Hear a sentence for the owner."""

    def attempt(self, attempt: Attempt) -> None:
        """Hear how a build went."""


def preview(
    root: Path,
    *,
    bound: Bound,
    host: str,
    allowed: Collection[str],
    audience: Visibility,
    as_of: date | None,
    editor: str | None,
    follow: bool,
    poll: bool,
    listener: Listener,
) -> None:
    """Serve a plan to a bound socket, and build it after each change, until SIGINT or SIGTERM.

    `editor` is the link of an editor, see `link_template`; others than the owner do not get it,
    since they see no finding that could be opened, nor where the plan lies.
    """
    broadcast = Broadcast()
    stop = threading.Event()
    builder = Builder(root, audience=audience, as_of=as_of)
    app = preview_app(
        broadcast,
        host=host,
        allowed=allowed,
        editor=editor if audience is Visibility.PRIVATE else None,
        follow=follow,
        report=listener.sentence,
    )

    def build() -> None:
        changes = watch(root, poll=poll, stop=stop, warn=listener.sentence)
        keep_building(builder, changes=changes, publish=broadcast.publish, report=listener.attempt)

    threading.Thread(target=build, daemon=True).start()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    server = PreviewServer(app, bound=bound, closing=broadcast.close)
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises the signal that ended it again
        server.run(sockets=[bound.socket])
    stop.set()
