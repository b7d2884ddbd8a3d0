"""`planfolio publish`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from planfolio.cli.console import Progress
from planfolio.cli.options import option, plan_options
from planfolio.model.visibility import Visibility
from planfolio.report.formats import changed_files, counted
from planfolio.spelling import visible

if TYPE_CHECKING:
    from pathlib import Path

    from planfolio.cli.console import Console
    from planfolio.pipeline import Today
    from planfolio.publish import Publication, RemoteBranch


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
    *,
    dry_run: bool,
    branch: str,
    remote: str,
    message: str | None,
    today: Today,
    root: Path,
    console: Console,
) -> None:
    """Build the site for the public and push it to a branch, as one commit.

    Your files, your index and your branches stay as they are. What others have put on the branch
    (CNAME, say) stays there too. Nothing is pushed when nothing has changed. A pre-push hook is
    run, as for any push.

    The site shows what is public. The repository shows all that is in it: keep the plan itself in
    a private one.
    """
    from planfolio.audience import narrow
    from planfolio.pipeline import build
    from planfolio.publish import open_branch, publish
    from planfolio.publish.git import UNDER_WAY

    if os.environ.get(UNDER_WAY):
        console.note(
            "A pre-push hook ran planfolio publish during its own push, so nothing was done."
        )
        return
    target = open_branch(root, remote=remote, branch=branch, environment=os.environ)
    console.detail(f"The plan is {root}, the target {visible(target.shown)}.")
    with Progress(console) as progress:
        made = build(root, today=today, audience=Visibility.PUBLIC, progress=progress.stage)
        if made.files is not None:
            progress.stage(f"publishing to {visible(target.shown)}")
            done = publish(
                target,
                {**made.files, **made.copies},
                message=(message or "").strip() or f"Publish the plan as of {made.check.as_of}",
                dry_run=dry_run,
            )
    if made.files is None:
        found = made.check.errors
        console.stop(found, f"Nothing was published: {counted(found)}.", root=root)
    plan = made.check.plan
    if done.differs and narrow(plan, Visibility.PUBLIC) is not plan:
        # Whether a repository is public cannot be known from here.
        warning, tip = console.err.paint("warning:", "warning"), console.err.paint("help:", "help")
        console.note(
            f"{warning} the site hides a part of the plan, but whoever can read "
            f"{visible(target.shown_remote)} can read all that is pushed there: Markdown, and "
            f"earlier versions of the site\n  {tip} keep the plan in a private repository, and "
            "publish the site to one of its own with --remote"
        )
    if dry_run:
        for word in ("added", "changed", "removed"):
            for path in getattr(done, word):
                console.result(f"{word:<8} {visible(path)}")
    console.note(_said(done, target, dry_run=dry_run))
    if done.unnamed:
        console.note(
            "git knows no name of yours here, so the commit is by planfolio; "
            "git config user.name and user.email set it."
        )
    if done.first and not dry_run:
        console.note(
            f"On GitHub, choose this branch once: Settings, Pages, Deploy from a branch, "
            f"{visible(branch)}, / (root)."
        )


def _said(done: Publication, target: RemoteBranch, *, dry_run: bool) -> str:
    where = visible(target.shown)
    if not done.differs:
        return f"Nothing has changed on {where}: nothing was pushed."
    changes = changed_files(len(done.added), len(done.changed), len(done.removed))
    files = changes or "only the manifest"
    if dry_run:
        made = ", which would be made" if done.first else ""
        return f"A publish would push one commit to {where}{made}: {files}."
    return f"Published to {where}, commit {(done.commit or '')[:10]}: {files}."
