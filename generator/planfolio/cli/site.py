"""`planfolio build` and `planfolio publish`: the site into a folder, or onto a branch."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from planfolio.cli.console import Session, stages
from planfolio.cli.editors import editor_link, editor_option
from planfolio.cli.options import audience_option, option, plan_options
from planfolio.message_text import visible
from planfolio.model.formatting import count
from planfolio.model.visibility import Visibility
from planfolio.report.formats import counts, counts_by_severity

if TYPE_CHECKING:
    from planfolio.pipeline import CheckResult
    from planfolio.publish.git import RemoteBranch
    from planfolio.publish.publish import Publication

_READERS = {
    Visibility.PUBLIC: "the public",
    Visibility.MENTOR: "a mentor",
    Visibility.PRIVATE: "the owner",
}
_SITE_ADDRESS = r"""https?://[^]\s/?#"<>\\[]+(/[^\s?#"<>\\]*)?"""


def _base_url(_ctx: click.Context, _param: click.Parameter, url: str | None) -> str | None:
    if url is None:
        return None
    if not (re.fullmatch(_SITE_ADDRESS, url) and url.isprintable()):
        raise click.BadParameter(
            f"{url!r} is not the address of a site, like https://example.org/plan/."
        )
    return url if url.endswith("/") else url + "/"


@click.command("build")
@option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder to write (default: public/ beside site.toml).",
)
@audience_option(Visibility.PUBLIC, "Who the site is for; private is for you alone.")
@option(
    "--base-url",
    metavar="URL",
    callback=_base_url,
    help="The address of the site (default: site.toml's base_url).",
)
@editor_option
@option("--strict", is_flag=True, help="Let warnings stop the build too.")
@plan_options
def build_command(
    *,
    output: Path | None,
    audience: str,
    base_url: str | None,
    editor: str | None,
    strict: bool,
    session: Session,
) -> None:
    """Build the site. Errors in the plan leave the last output as it was."""
    from planfolio.output.folder import refuse_dangerous
    from planfolio.output.writer import write
    from planfolio.pipeline import build

    root, started = session.root, time.monotonic()
    target = root / "public" if output is None else output.absolute()
    refuse_dangerous(target, protected=_protected(root))
    reader = Visibility[audience.upper()]
    link = editor_link(editor, root=root, environ=os.environ)
    session.detail(f"The plan is {root}, the output {target}.")
    with stages(session) as stage:
        made = build(
            root,
            today=session.today,
            audience=reader,
            base_url=base_url,
            strict=strict,
            editor=link,
            progress=stage,
        )
        if made.files is not None:
            stage("writing the files")
            sources = _protected(root, theme=made.check.plan.settings.theme.name)
            written = write({**made.files, **made.copies}, target, protected=sources)
    if made.files is None:
        _refuse(session, made.check, strict=strict)
    changes = _changed_files(written.added, written.changed, written.removed) or "no file changed"
    session.note(
        f"Built {count(made.page_count, 'page')} for {_READERS[reader]} into "
        f"{session.shown(target)}/ in {time.monotonic() - started:.2f} s: {changes}."
    )
    session.detail(f"{written.bytes:,} bytes written, {written.unchanged} files unchanged.")
    found = made.check.diagnostics
    them = "it" if len(found) == 1 else "them"
    see = f" See {them} with planfolio check." if found else ""
    session.note(f"As of {made.check.as_of}: {counts(found)}.{see}")


@click.command("publish")
@click.option(
    "-n",
    "--dry-run",
    is_flag=True,
    help="List what would be added, changed and removed, and push nothing.",
)
@option(
    "--branch",
    metavar="NAME",
    default="gh-pages",
    show_default=True,
    help="The branch that holds the site and nothing else.",
)
@option(
    "--remote",
    metavar="NAME",
    default="origin",
    show_default=True,
    help="The repository to push to: a remote of this one, or an address.",
)
@click.option(
    "-m",
    "--message",
    metavar="TEXT",
    help="The message of the commit (default: Publish the plan as of DATE).",
)
@plan_options
def publish_command(
    *, dry_run: bool, branch: str, remote: str, message: str | None, session: Session
) -> None:
    """Build the site for the public and push it to a branch, as one commit.

    Your files, your index and your branches stay as they are. What others have put on the branch
    (CNAME, say) stays there too. Nothing is pushed when nothing has changed. A pre-push hook is
    run, as for any push.

    The site shows what is public. The repository shows all that is in it: keep the plan itself in
    a private one.
    """
    from planfolio.audience.narrow import narrow
    from planfolio.pipeline import build
    from planfolio.publish.git import UNDER_WAY, open_branch
    from planfolio.publish.publish import publish

    if os.environ.get(UNDER_WAY):
        session.note(
            "A pre-push hook ran planfolio publish during its own push, so nothing was done."
        )
        return
    target = open_branch(session.root, remote=remote, branch=branch, environment=os.environ)
    session.detail(f"The plan is {session.root}, the target {visible(target.shown)}.")
    with stages(session) as stage:
        made = build(session.root, today=session.today, progress=stage)
        if made.files is not None:
            stage(f"publishing to {visible(target.shown)}")
            done = publish(
                target,
                {**made.files, **made.copies},
                message=(message or "").strip() or f"Publish the plan as of {made.check.as_of}",
                dry_run=dry_run,
            )
    if made.files is None:
        found = made.check.errors
        session.stop(found, f"Nothing was published: {counts(found)}.")
    plan = made.check.plan
    if done.differs and narrow(plan, Visibility.PUBLIC) is not plan:
        # Whether a repository is public cannot be known from here.
        warning, tip = session.err.paint("warning:", "warning"), session.err.paint("help:", "help")
        session.note(
            f"{warning} the site hides a part of the plan, but whoever can read "
            f"{visible(target.shown_remote)} can read all that is pushed there: Markdown, and "
            f"earlier versions of the site\n  {tip} keep the plan in a private repository, and "
            "publish the site to one of its own with --remote"
        )
    if dry_run:
        for word in ("added", "changed", "removed"):
            for path in getattr(done, word):
                session.result(f"{word:<8} {visible(path)}")
    session.note(_said(done, target, dry_run=dry_run))
    if done.unnamed:
        session.note(
            "git has no name and e-mail of yours here, so the commit is by planfolio; "
            "git config user.name and user.email set it."
        )
    if done.first and not dry_run:
        session.note(
            f"On GitHub, choose this branch once: Settings, Pages, Deploy from a branch, "
            f"{visible(branch)}, / (root)."
        )


def _refuse(session: Session, checked: CheckResult, *, strict: bool) -> NoReturn:
    """Show the findings that stopped the build, count the others, and exit."""
    from planfolio.pipeline import fails_check

    stopping = {d: fails_check([d], strict=strict) for d in checked.diagnostics}
    failing = [d for d in checked.diagnostics if stopping[d]]
    others = [d for d in checked.diagnostics if not stopping[d]]
    more = f" planfolio check also shows {counts_by_severity(others)}." if others else ""
    session.stop(failing, f"Nothing was built: {counts(failing)}.{more}")


def _protected(root: Path, *, theme: str = "") -> list[Path]:
    """Return the folders of sources; `theme` may be a path outside the plan."""
    from planfolio.pipeline import CONTENT

    own = [root / theme] if "/" in theme or "\\" in theme else []
    return [root, root / CONTENT, root / "themes", *own]


def _said(done: Publication, target: RemoteBranch, *, dry_run: bool) -> str:
    where = visible(target.shown)
    if not done.differs:
        return f"Nothing has changed on {where}: nothing was pushed."
    changes = _changed_files(len(done.added), len(done.changed), len(done.removed))
    files = changes or "only the manifest"
    if dry_run:
        made = ", which would be made" if done.first else ""
        return f"A publish would push one commit to {where}{made}: {files}."
    return f"Published to {where}, commit {(done.commit or '')[:10]}: {files}."


def _changed_files(added: int, changed: int, removed: int) -> str:
    """Return how many files of a site became others: `2 new, 1 changed`; nothing for none."""
    counts = (added, "new"), (changed, "changed"), (removed, "removed")
    return ", ".join(f"{n} {word}" for n, word in counts if n)
