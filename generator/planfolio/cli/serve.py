"""`planfolio serve`."""

from __future__ import annotations

import contextlib
import threading
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import click

from planfolio.cli.options import as_of_option, console_options, site_option
from planfolio.model.diagnostics import errors
from planfolio.model.visibility import Visibility
from planfolio.report.formats import Format, counted
from planfolio.report.printable import printable

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from planfolio.cli.console import Console
    from planfolio.model.diagnostics import Diagnostic
    from planfolio.pipeline import Today
    from planfolio.serve.rebuilding import Attempt
    from planfolio.serve.serving import Bound
    from planfolio.serve.snapshot import Outcome

_READERS = {
    Visibility.PUBLIC: "as the public sees it",
    Visibility.MENTOR: "as a mentor sees it",
    Visibility.PRIVATE: "as you alone see it",
}

_NAMED = 2
"""How many changed files a line names before it counts them."""


@click.command("serve")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    envvar="PLANFOLIO_HOST",
    show_envvar=True,
    help="The address to listen on; 0.0.0.0 lets your whole network read the plan.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    envvar="PLANFOLIO_PORT",
    show_envvar=True,
    help="The port (default: 8000, or the next one that is free); 0 is any.",
)
@click.option(
    "--allow-host",
    "allowed",
    metavar="NAME",
    multiple=True,
    envvar="PLANFOLIO_ALLOW_HOST",
    show_envvar=True,
    help="A further name that the preview answers to, as behind a proxy. Can be repeated.",
)
@click.option("--open", "opens", is_flag=True, help="Open the browser.")
@click.option(
    "--audience",
    type=click.Choice([v.word for v in Visibility]),
    default=Visibility.PRIVATE.word,
    show_default=True,
    envvar="PLANFOLIO_AUDIENCE",
    show_envvar=True,
    help="Show the plan as others will see it; private is all of it.",
)
@click.option(
    "--follow",
    is_flag=True,
    envvar="PLANFOLIO_FOLLOW",
    show_envvar=True,
    help="Take the open pages to the record that was just saved.",
)
@click.option(
    "--editor",
    metavar="NAME|URL",
    envvar="PLANFOLIO_EDITOR",
    show_envvar=True,
    help="The editor that findings open in: vscode, or a URL with {path}, {line} and {column}.",
)
@click.option(
    "--poll",
    is_flag=True,
    envvar="PLANFOLIO_POLL",
    show_envvar=True,
    help="Look for changes again and again, for network folders that tell of none.",
)
@as_of_option
@site_option
@console_options
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

    What is wrong with the plan is shown over its last good pages and goes away when it is mended.
    Ctrl-C ends it, with exit code 0. A port that is given has to be free; without one the next free
    one is taken.
    """
    from planfolio.serve.editors import link_template
    from planfolio.serve.serving import bind, serve

    reader = Visibility[audience.upper()]
    link = None if editor is None else link_template(editor, root=root)
    bound = bind(host, port=port)
    _greet(console, bound, root=root, host=host, reader=reader)

    from planfolio.serve.app import Preview
    from planfolio.serve.events import Broadcast
    from planfolio.serve.guards import hosts_of
    from planfolio.serve.page import client_files, with_client
    from planfolio.serve.rebuilding import Rebuilding
    from planfolio.serve.watch import watch
    from planfolio.serve.workshop import Workshop

    stop = threading.Event()
    broadcast = Broadcast()
    teller = _Teller(console, root=root, stop=stop)
    rebuilding = Rebuilding(
        Workshop(root, audience=reader, now=lambda: datetime.now(UTC), as_of=today.as_of),
        watch=lambda polls: watch(root, poll=polls, stop=stop),
        poll=poll,
        publish=broadcast.publish,
        told=teller.attempt,
        warned=teller.sentence,
        audience=reader,
        stop=stop,
    )
    preview = Preview(
        broadcast=broadcast,
        hosts=hosts_of(host, allowed=allowed),
        client=client_files(),
        # Others are shown no finding that could be opened, nor where the plan lies.
        with_client=partial(with_client, editor=link if reader is Visibility.PRIVATE else None),
        follow=follow,
        told=teller.sentence,
    )

    def ready() -> None:
        if opens:
            threading.Thread(target=_open, args=(bound.url, teller), daemon=True).start()

    rebuilding.start()
    try:
        serve(
            preview,
            bound=bound,
            ready=ready,
            closing=broadcast.close,
            told=teller.sentence,
        )
    finally:
        rebuilding.end()
    _note(console, "Stopped.")


def _greet(console: Console, bound: Bound, *, root: Path, host: str, reader: Visibility) -> None:
    """Say where the preview is, what it watches, and who else can read it."""
    from planfolio.serve.guards import is_loopback

    moved = "" if bound.wanted is None else f" (port {bound.wanted} is taken)"
    here = (
        "" if reader is Visibility.PRIVATE else " What is wrong with the plan is told here alone."
    )
    console.result(f"The plan is at {console.out.paint(bound.url, 'strong')}{moved}")
    _note(
        console,
        f"{_READERS[reader].capitalize()}. Watching {printable(str(root))}; reload is on: what "
        f"you save there is shown at once. Ctrl-C ends.{here}",
    )
    if not is_loopback(host):
        what = "your private records too" if reader is Visibility.PRIVATE else "this view of it"
        _note(
            console,
            f"{console.err.paint('Careful:', 'warning')} everybody who reaches {printable(host)} "
            f"can read the plan, {what}. --audience public shows what is for all.",
        )


def _note(console: Console, text: str) -> None:
    """Say what is good to know; a log on a full disk keeps nobody from reading the plan."""
    with contextlib.suppress(OSError, ValueError):
        console.note(text)


def _open(url: str, teller: _Teller) -> None:
    import webbrowser

    with contextlib.suppress(webbrowser.Error):
        if webbrowser.open(url):
            return
    teller.sentence(f"No browser could be opened: go to {url}")


class _Teller:
    """Tells the person at the terminal of each attempt, from any thread, until `stop` is set.

    A terminal that has gone keeps nobody from reading the plan in the browser.
    """

    def __init__(self, console: Console, *, root: Path, stop: threading.Event) -> None:
        self._console = console
        self._root = root
        self._stop = stop
        self._speaking = threading.Lock()
        self._last: Outcome | None = None
        self._known: tuple[Diagnostic, ...] = ()

    def sentence(self, text: str) -> None:
        """Tell a sentence."""
        self._say([printable(text)], ())

    def attempt(self, attempt: Attempt) -> None:
        """Tell of an attempt in a line, and of what is wrong as far as it is new."""
        outcome, last = attempt.outcome, self._last
        self._last = outcome
        if outcome.ok:
            new = _news(outcome.diagnostics, self._known)
            self._known = outcome.diagnostics
        else:
            # What else is found may only follow from the errors: it would be news twice.
            new = _news(errors(outcome.diagnostics), last.diagnostics if last is not None else ())
        lines = [self._line(attempt, first=last is None)]
        if outcome.failure and (last is None or outcome.failure != last.failure):
            lines += [f"  {printable(line)}" for line in outcome.failure.splitlines()]
        self._say(lines, new)

    def _line(self, attempt: Attempt, *, first: bool) -> str:
        outcome = attempt.outcome
        clock = self._console.err.paint(f"{datetime.now().astimezone():%H:%M:%S}", "quiet")
        found = counted(outcome.diagnostics)
        took = f"{attempt.seconds * 1000:.0f} ms"
        if outcome.ok:
            result = f"built in {took}, {found}."
        else:
            kept = "the last good pages stay" if outcome.files is not None else "no page yet"
            why = found if outcome.diagnostics or not outcome.failure else "failed"
            failed = self._console.err.paint("not built", "error")
            result = f"{failed} ({took}), {kept}: {why}."
        return f"{clock} {self._cause(attempt, first=first)}{result}"

    def _cause(self, attempt: Attempt, *, first: bool) -> str:
        if first:
            return ""
        if not attempt.changed:
            return "All was looked at: "
        paths = sorted(
            path.relative_to(self._root).as_posix()
            if path.is_relative_to(self._root)
            else str(path)
            for path in attempt.changed
        )
        named = ", ".join(map(printable, paths[:_NAMED]))
        more = len(paths) - _NAMED
        return f"{named}{f' and {more} more' if more > 0 else ''} changed: "

    def _say(self, lines: list[str], diagnostics: Collection[Diagnostic]) -> None:
        with self._speaking, contextlib.suppress(OSError, ValueError):
            if self._stop.is_set():
                return
            for line in lines:
                self._console.note(line)
            if diagnostics:
                self._console.findings(
                    tuple(diagnostics), root=self._root, form=Format.FULL, err=True
                )


def _news(
    diagnostics: Collection[Diagnostic], before: Collection[Diagnostic]
) -> tuple[Diagnostic, ...]:
    """Return the findings that were not there before, wherever in their files they stood."""
    known = {(d.code, d.path, d.message) for d in before}
    return tuple(d for d in diagnostics if (d.code, d.path, d.message) not in known)
