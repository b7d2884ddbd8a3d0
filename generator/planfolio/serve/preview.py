"""The preview as a whole: it watches and builds in one thread, and serves in another."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from typing import TYPE_CHECKING, Protocol

from planfolio.model.visibility import Visibility
from planfolio.serve.app import preview_app
from planfolio.serve.broadcast import Broadcast
from planfolio.serve.builder import Builder
from planfolio.serve.server import PreviewServer
from planfolio.serve.watcher import watch

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import date
    from pathlib import Path

    from planfolio.serve.builder import Outcome
    from planfolio.serve.server import Bound


class Listener(Protocol):
    """Hears of a preview, from any thread."""

    def sentence(self, text: str) -> None:
        """Hear a sentence for the owner."""

    def attempt(self, outcome: Outcome, changed: frozenset[Path], seconds: float) -> None:
        """Hear how a build went, after a change of which files, and in how many seconds."""


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


def keep_building(
    builder: Builder,
    *,
    changes: Iterable[frozenset[Path]],
    publish: Callable[[Outcome], None],
    report: Callable[[Outcome, frozenset[Path], float], None],
) -> None:
    """Build at the first of `changes`, after each change and on each new day, until they end.

    `changes` are those of `watch`. An outcome is published before it is reported; where nothing
    has changed, neither is done.
    """
    last: Outcome | None = None
    for changed in changes:
        if last is not None and not changed and not builder.is_new_day():
            continue
        started = time.monotonic()
        outcome = builder.attempt(changed)
        if outcome is not last:
            last = outcome
            publish(outcome)
            report(outcome, changed, time.monotonic() - started)
