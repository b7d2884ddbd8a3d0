"""The preview as a whole: it watches and builds in one thread, and serves in another."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from typing import TYPE_CHECKING

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
    say: Callable[[str], None],
    report: Callable[[Outcome, frozenset[Path], float], None],
) -> None:
    """Serve a plan to a bound socket, and build it after each change, until SIGINT or SIGTERM.

    `editor` is the link of an editor, see `link_template`; others than the owner do not get it,
    since they see no finding that could be opened, nor where the plan lies. `say` gets sentences
    for the owner, `report` how each build went: see `keep_building`. Any thread calls both.
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
        report=say,
    )

    def build() -> None:
        changes = watch(root, poll=poll, stop=stop, warn=say)
        keep_building(builder, changes=changes, publish=broadcast.publish, report=report)

    threading.Thread(target=build, daemon=True).start()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    server = PreviewServer(app, closing=broadcast.close)
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
    has changed, neither is done. `report` gets the changed files and the seconds too.
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
