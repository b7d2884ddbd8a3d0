"""What readers of the remote repository can see although the site hides it.

The site is one thing, the repository another: a branch that was published when a record was still
public keeps its page in the history, and a public repository shows all its Markdown. Whether a
repository is public cannot be known from here, so it is said what is there to be seen.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from planfolio.audience import narrow
from planfolio.model.plan import AssetLink
from planfolio.model.visibility import Visibility
from planfolio.pipeline import CONTENT
from planfolio.publish.history import SHORT, versions, without_history
from planfolio.publish.narrowed import NOT_NARROWED, Narrowed, in_old_versions, narrowed_of
from planfolio.publish.outcome import Exposure
from planfolio.render import ASSETS
from planfolio.spelling import visible as shown
from planfolio.urls import file_of, slug

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from planfolio.model.plan import Intro, Plan, Record
    from planfolio.publish.branch import Update
    from planfolio.publish.target import Target
    from planfolio.render import Theme


@dataclass(frozen=True, slots=True)
class Hidden:
    """What of a plan the public may not see, as paths.

    `sources` are the files that say something hidden, relative to the folder of site.toml; `pages`
    are the files that the site would have for the hidden records and their assets. `narrowed` are
    the pages that show less than their sources say.
    """

    sources: frozenset[str]
    pages: frozenset[str]
    narrowed: Narrowed = field(default=NOT_NARROWED, compare=False)

    def __bool__(self) -> bool:
        return bool(self.sources or self.pages)


def hidden_of(plan: Plan, *, theme: Theme) -> Hidden:
    """Return what a public site, made with a theme, hides of the owner's plan.

    A file counts as soon as a record, a field or a block of it is hidden; a page only where the
    whole record is.
    """
    seen = narrow(plan, Visibility.PUBLIC)
    sources: set[str] = set()
    pages: set[str] = set()
    linked: set[str] = set()
    for key, record in plan.records.items():
        left = seen.records.get(key)
        if left is None and not record.implied:
            old = (f"{record.kind.folder}/{slug(alias)}/" for alias in record.fields.aliases)
            pages.update(file_of(url) for url in (record.url, *old))
        if left is None or (left.fields, left.body) != (record.fields, record.body):
            sources.add(record.source.path)
    holders: tuple[Record[Any] | Intro, ...] = (*plan.records.values(), *plan.intros.values())
    for holder in holders:
        linked.update(link.path for link in holder.links if isinstance(link, AssetLink))
    for asset in linked - seen.assets.keys():
        sources.add(f"{CONTENT}/{asset}")
        pages.add(f"{ASSETS}{asset}")
    for kind, intro in plan.intros.items():
        left_intro = seen.intros.get(kind)
        if left_intro is None or left_intro.body != intro.body:
            sources.add(intro.source.path)
    narrowed = narrowed_of(plan, seen=seen, theme=theme)
    return Hidden(frozenset(sources), frozenset(pages), narrowed)


def exposures(
    target: Target,
    *,
    heads: Mapping[str, str],
    parent: str | None,
    update: Update,
    hidden: Hidden,
) -> tuple[Exposure, ...]:
    """Return what the branch, its history and the other branches of the remote show.

    `heads` are the remote's branches, `parent` is the newest commit of the published one. Of the
    other branches only those are looked into whose commits are in the repository of the plan.
    """
    if not hidden:
        return ()
    watched = {*hidden.pages, *hidden.sources, *(target.prefix + path for path in hidden.sources)}
    return tuple(
        exposure
        for exposure in (
            _in_branch(target, _among(update.entries, watched)),
            _in_history(target, parent, watched - set(_among(update.entries, watched))),
            in_old_versions(target, parent, hidden.narrowed),
            _in_other_branches(target, heads, hidden),
        )
        if exposure is not None
    )


def _in_branch(target: Target, paths: Collection[str]) -> Exposure | None:
    if not paths:
        return None
    return Exposure(
        f"{target.shown} holds {_some(paths)}, which the site hides; planfolio leaves what it did "
        "not write",
        "delete it on that branch, and mind that the history keeps it",
    )


def _in_history(target: Target, parent: str | None, paths: Collection[str]) -> Exposure | None:
    found: dict[str, str] = {}
    if parent is not None:
        for version in versions(target, parent, paths):
            found.setdefault(version.path, version.commit)
    if not found:
        return None
    newest = next(iter(found.values()))[:SHORT]
    return Exposure(
        f"the history of {target.shown} holds {_some(sorted(found))}, which the site hides now "
        f"(commit {newest}); whoever can read the repository can read it there",
        without_history(target),
    )


def _in_other_branches(target: Target, heads: Mapping[str, str], hidden: Hidden) -> Exposure | None:
    """Look for the plan's own Markdown in the branches beside the published one."""
    known = _remembered(target)
    shown_in: dict[str, set[str]] = {}
    wanted = {target.prefix + path for path in hidden.sources}
    for ref, commit in heads.items():
        if ref == target.ref:
            continue
        here = next((c for c in (commit, known.get(ref)) if c and target.has(c)), None)
        if here is None:
            continue
        out = target.git.output("ls-tree", "-r", "-z", "--name-only", "--full-tree", here)
        names = out.decode("utf-8", "surrogateescape").split("\0")
        for path in _among(names, wanted):
            shown_in.setdefault(path, set()).add(ref.removeprefix("refs/heads/"))
    if not shown_in:
        return None
    branches = sorted({branch for found in shown_in.values() for branch in found})
    named = branches[0] if len(branches) == 1 else f"{branches[0]} and {len(branches) - 1} more"
    return Exposure(
        f"{target.shown_remote} also holds the Markdown of the plan (branch {named}): if it is a "
        f"public repository, everyone can read {_some(sorted(shown_in))}, whatever the site hides",
        "keep the plan in a private repository; publish --remote can name a public one",
    )


def _remembered(target: Target) -> dict[str, str]:
    """Return the branches of the remote as they were when the repository last heard of them."""
    start = f"refs/remotes/{target.remote}/"
    listed = target.git.run("for-each-ref", "--format=%(objectname) %(refname)", start)
    refs = (line.partition(" ") for line in listed.out.decode("utf-8", "replace").splitlines())
    return {f"refs/heads/{ref.removeprefix(start)}": commit for commit, _, ref in refs}


def _among(paths: Collection[str], wanted: Collection[str]) -> list[str]:
    """Return those of the paths that are wanted, in whatever normal form they are written."""
    folded = {unicodedata.normalize("NFC", path) for path in wanted}
    return sorted(path for path in paths if unicodedata.normalize("NFC", path) in folded)


def _some(paths: Collection[str]) -> str:
    first = shown(min(paths))
    return first if len(paths) == 1 else f"{first} and {len(paths) - 1} more"
