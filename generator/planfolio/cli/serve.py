"""`planfolio serve`."""

from __future__ import annotations

import contextlib
import gc
import os
import threading
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from planfolio.cli.editors import editor_link, editor_option
from planfolio.cli.options import audience_option, option, plan_options
from planfolio.message_text import visible
from planfolio.model.diagnostics import Diagnostic, errors, new_diagnostics
from planfolio.model.formatting import listing
from planfolio.model.visibility import Visibility
from planfolio.report.formats import counts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from planfolio.cli.console import Session
    from planfolio.serve.builder import BuildAttempt

_READERS = {
    Visibility.PUBLIC: "As the public sees it",
    Visibility.MENTOR: "As a mentor sees it",
    Visibility.PRIVATE: "As you alone see it",
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
@audience_option(Visibility.PRIVATE, "Show the plan as others will see it; private is all of it.")
@option("--follow", is_flag=True, help="Take the open pages to the record that was just saved.")
@editor_option
@option("--poll", is_flag=True, help="Look at all files for changes, for disks that report none.")
@plan_options
def serve_command(
    *,
    host: str,
    port: int | None,
    allowed: tuple[str, ...],
    opens: bool,
    audience: str,
    follow: bool,
    editor: str | None,
    poll: bool,
    session: Session,
) -> None:
    """Show the plan in the browser, and every edit as it is saved.

    Errors are shown over the last good pages until they are fixed. Ctrl-C ends the preview, with
    exit code 0. A port that is given has to be free; without one the next free one is taken.
    """
    from planfolio.serve.server import bind, preview

    root, reader = session.root, Visibility[audience.upper()]
    link = editor_link(editor, root=root, environ=os.environ)
    bound = bind(host, port=port)  # before the slow imports, so that a taken port is told at once

    from planfolio.read.site_file import read_site
    from planfolio.serve.builder import Builder, base_of
    from planfolio.serve.security import is_loopback

    url = bound.url + quote(base_of(read_site(root).settings), safe="/~").lstrip("/")
    moved = "" if bound.wanted is None else f" (port {bound.wanted} is taken)"
    session.result(f"The plan is at {session.out.paint(url, 'strong')}{moved}")
    notices = _Notices(session)
    owner = reader is Visibility.PRIVATE
    notices.notify(
        f"{_READERS[reader]}. Watching {root}; what you save there is shown at once. Ctrl-C ends."
        + ("" if owner else " Findings are shown here alone.")
    )
    if not is_loopback(host):
        what = "your private records too" if owner else "this view of it"
        notices.notify(
            f"Careful: everybody who reaches {host} can read the plan, {what}. "
            "--audience public shows what is for all."
        )
    if opens:
        threading.Thread(target=_open, args=(url, notices), daemon=True).start()
    gc.enable()
    preview(
        Builder(root, audience=reader, as_of=session.today.as_of, editor=link),
        bound=bound,
        allowed=allowed,
        follow=follow,
        poll=poll,
        notify=notices.notify,
        report=notices.report,
    )
    notices.notify("Stopped.")
    notices.ended = True  # what is still being built is lost


def _open(url: str, notices: _Notices) -> None:
    import webbrowser

    with contextlib.suppress(webbrowser.Error):
        if webbrowser.open(url):
            return
    notices.notify(f"No browser could be opened: go to {url}")


class _Notices:
    """Prints what happens in the preview, from any thread.

    A closed terminal or a full disk does not stop the preview.
    """

    def __init__(self, session: Session) -> None:
        self.ended = False
        self._session = session
        self._lock = threading.Lock()
        self._last: BuildAttempt | None = None
        self._known: tuple[Diagnostic, ...] = ()

    def notify(self, text: str) -> None:
        """Print a sentence."""
        self._print([visible(text)])

    def report(self, attempt: BuildAttempt, changed: frozenset[Path], seconds: float) -> None:
        """Print how an attempt went in one line, and the findings that are new."""
        last, self._last = self._last, attempt
        if attempt.ok:
            new = new_diagnostics(attempt.diagnostics, before=self._known)
            self._known = attempt.diagnostics
        else:
            # Other findings may be consequences of the errors.
            known = last.diagnostics if last is not None else ()
            new = new_diagnostics(errors(attempt.diagnostics), before=known)
        cause = "" if last is None else self._cause(changed)
        lines = [self._line(attempt, cause, seconds)]
        if attempt.failure and (last is None or attempt.failure != last.failure):
            lines += [f"  {visible(line)}" for line in attempt.failure.splitlines()]
        self._print(lines, new)

    def _line(self, attempt: BuildAttempt, cause: str, seconds: float) -> str:
        clock = self._session.err.paint(f"{datetime.now().astimezone():%H:%M:%S}", "quiet")
        found = counts(attempt.diagnostics)
        took = f"{seconds * 1000:.0f} ms"
        if attempt.ok:
            return f"{clock} {cause}built in {took}, {found}."
        failed = self._session.err.paint("not built", "error")
        kept = "the last good pages stay" if attempt.site is not None else "no page yet"
        why = found if attempt.diagnostics or not attempt.failure else "failed"
        return f"{clock} {cause}{failed} ({took}), {kept}: {why}."

    def _cause(self, changed: Collection[Path]) -> str:
        if not changed:
            return "A new day: "
        root = self._session.root
        inside = sorted(p.relative_to(root) if p.is_relative_to(root) else p for p in changed)
        return f"{listing([visible(path.as_posix()) for path in inside], most=_NAMED)} changed: "

    def _print(self, lines: Iterable[str], diagnostics: Sequence[Diagnostic] = ()) -> None:
        with self._lock, contextlib.suppress(OSError, ValueError):
            if self.ended:
                return
            for line in lines:
                self._session.note(line)
            if diagnostics:
                self._session.findings(diagnostics, err=True)
