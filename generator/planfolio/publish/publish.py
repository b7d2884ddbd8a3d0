"""The publish itself: look at the branch, make a commit on top of it, push it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.output.manifest import encode_manifest
from planfolio.output.sitepath import MANIFEST, check_site_paths
from planfolio.publish.branch import Tip, read_tip, update
from planfolio.publish.commit import author_for, blobs, commit
from planfolio.publish.exposure import exposures
from planfolio.publish.outcome import Publication, PublishFailed, PublishRefused
from planfolio.publish.target import MovedOn
from planfolio.render import ASSETS
from planfolio.spelling import visible as shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planfolio.model.plan import Plan
    from planfolio.publish.exposure import Hidden
    from planfolio.publish.target import Target

CNAME = "CNAME"
"""The file that names the domain of a site on a branch of GitHub Pages."""

NO_JEKYLL = ".nojekyll"
"""The empty file that tells GitHub Pages to serve the branch as it is."""

_TRIES = 2


def publish(
    target: Target,
    files: Mapping[str, bytes],
    *,
    hidden: Hidden,
    message: str,
    dry_run: bool = False,
) -> Publication:
    """Make a branch hold the files of a site, besides what in it is not ours, by one commit.

    `files` maps site paths to bytes; `hidden` is what the site hides, looked for in the remote.
    Where nothing would change nothing is pushed; with `dry_run` nothing ever is. The first publish
    makes a branch without a history. If the branch moves on meanwhile, it is looked at once more.

    Raises PublishRefused for a branch that may not be written, PublishFailed where git or the
    remote does not let it be, and ValueError for site paths that no stage before may hand over.
    """
    check_site_paths(files)
    moved = ""
    for _ in range(_TRIES):
        try:
            return _attempt(target, files, hidden=hidden, message=message, dry_run=dry_run)
        except MovedOn as problem:
            moved = str(problem)
    raise PublishFailed(
        f"{target.shown} changed {_TRIES} times while the site was being published ({moved})",
        hint="publish again when whoever else writes to it is done",
    )


def refuse_linked_assets(files: Iterable[str], *, plan: Plan) -> None:
    """Raise PublishRefused if a file of the site (by site path) comes through a symlink.

    A link may lead to what is not meant for the public, under a name that is.
    """
    for path in sorted(files):
        asset = plan.assets.get(path.removeprefix(ASSETS)) if path.startswith(ASSETS) else None
        if asset is not None and asset.is_symlink():
            raise PublishRefused(
                f"will not publish {shown(str(asset))}: it is a symlink",
                hint="put a copy of the file in its place",
            )


def _attempt(
    target: Target, files: Mapping[str, bytes], *, hidden: Hidden, message: str, dry_run: bool
) -> Publication:
    heads = target.heads()
    tip = _tip(target, heads.get(target.ref))
    _refuse_sources(target, tip)
    site = _with_own_files(files, tip)
    change = update(tip, blobs(target.git, site, keep=not dry_run), target=target)
    differs = tip.commit is None or change.entries != tip.entries
    seen = exposures(target, heads=heads, parent=tip.commit, update=change, hidden=hidden)
    author: Mapping[str, str] = {}
    pushed = None
    if differs and not dry_run:
        author = author_for(target.git)
        pushed = commit(
            target.git, change.entries, parent=tip.commit, message=message, author=author
        )
        target.push(pushed)
    return Publication(
        added=change.added,
        changed=change.changed,
        removed=change.removed,
        differs=differs,
        first=tip.commit is None,
        commit=pushed,
        unnamed=bool(author),
        exposures=seen,
    )


def _tip(target: Target, head: str | None) -> Tip:
    if head is not None:
        target.fetch()
        if not target.has(head):
            raise MovedOn("it was rewritten")
    return read_tip(target, head)


def _refuse_sources(target: Target, tip: Tip) -> None:
    """Keep the site off the branch that the plan itself is written on."""
    on = target.git.run("symbolic-ref", "--quiet", "HEAD").out.decode("utf-8", "replace").strip()
    if on == target.ref and f"{target.prefix}site.toml" in tip.entries:
        raise PublishRefused(
            f"will not publish to {target.shown}: the plan itself is on that branch",
            hint="give the site a branch of its own: --branch gh-pages",
        )


def _with_own_files(files: Mapping[str, bytes], tip: Tip) -> dict[str, bytes]:
    """Return a site with `.nojekyll` and its manifest.

    That file and CNAME are left out where the owner, or a setting of GitHub's, put them there.
    """
    theirs = {NO_JEKYLL, CNAME} & tip.foreign.keys()
    site = {path: data for path, data in {NO_JEKYLL: b"", **files}.items() if path not in theirs}
    return {**site, MANIFEST: encode_manifest(site)}
