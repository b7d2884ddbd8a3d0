"""`planfolio serve`."""

from __future__ import annotations

import contextlib
import signal
import threading
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from planfolio.cli.options import option, plan_options
from planfolio.model.diagnostics import errors
from planfolio.model.visibility import Visibility
from planfolio.report.formats import Format, counted
from planfolio.spelling import visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from planfolio.cli.console import Console
    from planfolio.model.diagnostics import Diagnostic
    from planfolio.pipeline import Today
    from planfolio.serve.builder import Attempt
    from planfolio.serve.outcome import Outcome

_READERS = {
    Visibility.PUBLIC: "as the public sees it",
    Visibility.MENTOR: "as a mentor sees it",
    Visibility.PRIVATE: "as you alone see it",
}

_NAMED = 2
"""How many changed files a line names before it counts them."""


@click.command("serve")
@option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on; 0.0.0.0 lets your whole network read the plan.",
)
@option(
    "--port",
    type=click.IntRange(0, 65535),
    help="The port (default: 8000, or the next one that is free); 0 is any.",
)
@option(
    "--allow-host",
    "allowed",
    metavar="NAME",
    multiple=True,
    help="A further name that the preview answers to, as behind a proxy. Can be repeated.",
)
@click.option("--open", "opens", is_flag=True, help="Open the browser.")
@option(
    "--audience",
    type=click.Choice([v.word for v in Visibility]),
    default=Visibility.PRIVATE.word,
    show_default=True,
    help="Show the plan as others will see it; private is all of it.",
)
@option("--follow", is_flag=True, help="Take the open pages to the record that was just saved.")
@option(
    "--editor",
    metavar="NAME|URL",
    help="The editor that findings open in: vscode, or a URL with {path}, {line} and {column}.",
)
@option("--poll", is_flag=True, help="Look at all files for changes, for disks that report none.")
@plan_options
def command(
    *,
    host: str,
    port: int | None,
    allowed: tuple[str, ...],
    opens: bool,
    audience: str,
    follow: bool,
    editor: str | None,
    poll: bool,
    today: Today,
    root: Path,
    console: Console,
) -> None:
    """Show the plan in the browser, and every edit as it is saved.

    Errors are shown over the last good pages until they are fixed. Ctrl-C ends the preview, with
    exit code 0. A port that is given has to be free; without one the next free one is taken.
    """
    from planfolio.serve.editors import link_template
    from planfolio.serve.server import bind

    reader = Visibility[audience.upper()]
    link = None if editor is None else link_template(editor, root=root)
    bound = bind(host, port=port)

    from planfolio.read import read_site
    from planfolio.serve.app import preview_app
    from planfolio.serve.broadcast import Broadcast
    from planfolio.serve.builder import Builder, base_of, keep_building
    from planfolio.serve.server import PreviewServer
    from planfolio.serve.watcher import watch

    base = base_of(read_site(root).site)
    url = bound.url + quote(base, safe="/~").lstrip("/")
    moved = "" if bound.wanted is None else f" (port {bound.wanted} is taken)"
    console.result(f"The plan is at {console.out.paint(url, 'strong')}{moved}")
    notices = _Notices(console, root=root)
    notices.greet(host=host, reader=reader)
    broadcast = Broadcast()
    stop = threading.Event()
    builder = Builder(root, audience=reader, as_of=today.as_of)
    app = preview_app(
        broadcast,
        host=host,
        allowed=allowed,
        # Others see no finding that could be opened, nor where the plan lies.
        editor=link if reader is Visibility.PRIVATE else None,
        follow=follow,
        report=notices.sentence,
    )

    def build() -> None:
        changes = watch(root, poll=poll, stop=stop, warn=notices.sentence)
        keep_building(builder, changes=changes, publish=broadcast.publish, report=notices.attempt)

    threading.Thread(target=build, daemon=True).start()
    if opens:
        threading.Thread(target=_open, args=(url, notices), daemon=True).start()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        PreviewServer(app, bound=bound, closing=broadcast.close).run(sockets=[bound.socket])
    except KeyboardInterrupt:
        pass  # uvicorn raises the signal that ended it once more
    finally:
        notices.end()
        stop.set()
    with contextlib.suppress(OSError, ValueError):
        console.note("Stopped.")


def _open(url: str, notices: _Notices) -> None:
    import webbrowser

    with contextlib.suppress(webbrowser.Error):
        if webbrowser.open(url):
            return
    notices.sentence(f"No browser could be opened: go to {url}")


class _Notices:
    """What the terminal says of the preview, from any thread.

    A terminal that has gone, or a log on a full disk, keeps nobody from reading the plan.
    """

    def __init__(self, console: Console, *, root: Path) -> None:
        self._console = console
        self._root = root
        self._lock = threading.Lock()
        self._ended = False
        self._last: Outcome | None = None
        self._known: tuple[Diagnostic, ...] = ()

    def greet(self, *, host: str, reader: Visibility) -> None:
        """Say what is shown and watched, and who else can read it."""
        from planfolio.serve.guards import is_loopback

        here = "" if reader is Visibility.PRIVATE else " Findings are shown here alone."
        self.sentence(
            f"{_READERS[reader].capitalize()}. Watching {self._root}; what you save there is shown "
            f"at once. Ctrl-C ends.{here}"
        )
        if not is_loopback(host):
            what = "your private records too" if reader is Visibility.PRIVATE else "this view of it"
            self.sentence(
                f"Careful: everybody who reaches {host} can read the plan, {what}. "
                "--audience public shows what is for all."
            )

    def sentence(self, text: str) -> None:
        """Say a sentence."""
        self._say([visible(text)])

    def attempt(self, attempt: Attempt) -> None:
        """Say how an attempt went in a line, and show the findings that are new."""
        outcome, last = attempt.outcome, self._last
        self._last = outcome
        if outcome.ok:
            new = _new(outcome.diagnostics, self._known)
            self._known = outcome.diagnostics
        else:
            # What else is found may only follow from the errors.
            new = _new(errors(outcome.diagnostics), last.diagnostics if last is not None else ())
        lines = [self._line(attempt, first=last is None)]
        if outcome.failure and (last is None or outcome.failure != last.failure):
            lines += [f"  {visible(line)}" for line in outcome.failure.splitlines()]
        self._say(lines, new)

    def end(self) -> None:
        """Say nothing more: what is still being built is lost."""
        with self._lock:
            self._ended = True

    def _line(self, attempt: Attempt, *, first: bool) -> str:
        outcome = attempt.outcome
        clock = self._console.err.paint(f"{datetime.now().astimezone():%H:%M:%S}", "quiet")
        cause = "" if first else self._cause(attempt.changed)
        found = counted(outcome.diagnostics)
        took = f"{attempt.seconds * 1000:.0f} ms"
        if outcome.ok:
            return f"{clock} {cause}built in {took}, {found}."
        failed = self._console.err.paint("not built", "error")
        kept = "the last good pages stay" if outcome.site is not None else "no page yet"
        why = found if outcome.diagnostics or not outcome.failure else "failed"
        return f"{clock} {cause}{failed} ({took}), {kept}: {why}."

    def _cause(self, changed: Collection[Path]) -> str:
        if not changed:
            return "A new day: "
        root = self._root
        inside = sorted(p.relative_to(root) if p.is_relative_to(root) else p for p in changed)
        named = ", ".join(visible(path.as_posix()) for path in inside[:_NAMED])
        more = len(inside) - _NAMED
        return f"{named}{f' and {more} more' if more > 0 else ''} changed: "

    def _say(self, lines: Iterable[str], diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        with self._lock, contextlib.suppress(OSError, ValueError):
            if self._ended:
                return
            for line in lines:
                self._console.note(line)
            if diagnostics:
                self._console.findings(diagnostics, root=self._root, form=Format.FULL, err=True)


def _new(
    diagnostics: Collection[Diagnostic], before: Collection[Diagnostic]
) -> tuple[Diagnostic, ...]:
    """Return the findings that were not there before, wherever in their files they stood."""
    known = {(d.code, d.path, d.message) for d in before}
    return tuple(d for d in diagnostics if (d.code, d.path, d.message) not in known)
