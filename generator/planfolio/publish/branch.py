"""A branch as it is, and what has to become of it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planfolio.output.manifest import ManifestUnreadable, read_manifest
from planfolio.output.sitepath import MANIFEST, folders_of
from planfolio.publish.outcome import PublishRefused
from planfolio.spelling import visible as shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planfolio.publish.git import Git
    from planfolio.publish.target import Target

REGULAR = "100644"
_EXECUTABLE = "100755"
_SYMLINK = "120000"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a tree: its mode, as `100644`, and the id of its object."""

    mode: str
    object: str


@dataclass(frozen=True, slots=True)
class Tip:
    """The newest commit of a branch (None: there is no branch yet) and the files of its tree.

    `ours` are the paths of it that planfolio wrote, by the manifest that lies in it; the manifest
    itself is one of them.
    """

    commit: str | None
    entries: Mapping[str, Entry]
    ours: frozenset[str]

    @property
    def foreign(self) -> dict[str, Entry]:
        """The files that planfolio did not write."""
        return {path: entry for path, entry in self.entries.items() if path not in self.ours}


@dataclass(frozen=True, slots=True)
class Update:
    """The files of the next commit, and the site paths that differ from the one before."""

    entries: Mapping[str, Entry]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def read_tip(target: Target, commit: str | None) -> Tip:
    """Return what a branch holds at a commit that is in the repository.

    Raises PublishRefused for a tree with symlinks, and for one whose manifest cannot be trusted to
    say which files may be removed.
    """
    if commit is None:
        return Tip(None, {}, frozenset())
    entries = _entries(target.git, commit)
    for path, entry in entries.items():
        if entry.mode == _SYMLINK:
            raise PublishRefused(
                f"will not publish to {target.shown}: {shown(path)} in it is a symlink",
                hint="delete it there, or choose another branch with --branch",
            )
    return Tip(commit, entries, _ours(target, entries))


def update(tip: Tip, files: Mapping[str, Entry], *, target: Target) -> Update:
    """Return what the branch becomes when it gets the files of a site, the manifest among them.

    Foreign files stay. One that is just what the site brings becomes ours; raises PublishRefused
    for any other in a place that the site needs.
    """
    foreign = tip.foreign
    blocked = sorted(
        {path for path in files.keys() & foreign.keys() if not _same(foreign[path], files[path])}
        | (folders_of(files).keys() & foreign.keys())
        | (folders_of(foreign).keys() & files.keys())
    )
    if blocked:
        raise PublishRefused(
            f"will not publish to {target.shown}: {shown(blocked[0])} in it is not planfolio's, "
            "and the site needs its place",
            hint="delete it there, or choose another branch with --branch",
        )
    before = tip.entries
    site = files.keys() - {MANIFEST}
    return Update(
        entries={**foreign, **files},
        added=tuple(sorted(site - before.keys())),
        changed=tuple(sorted(p for p in site & before.keys() if before[p] != files[p])),
        removed=tuple(sorted((tip.ours & before.keys()) - files.keys() - {MANIFEST})),
    )


def _same(entry: Entry, other: Entry) -> bool:
    return entry.object == other.object and entry.mode in {REGULAR, _EXECUTABLE}


def _entries(git: Git, commit: str) -> dict[str, Entry]:
    entries = {}
    listed = git.output("ls-tree", "-r", "-z", "--full-tree", commit)
    for record in listed.split(b"\0")[:-1]:
        about, _, path = record.partition(b"\t")
        mode, _, object_ = about.decode("ascii").split(" ")
        entries[path.decode("utf-8", "surrogateescape")] = Entry(mode, object_)
    return entries


def _ours(target: Target, entries: Mapping[str, Entry]) -> frozenset[str]:
    if MANIFEST not in entries:
        return frozenset()
    data = target.git.output("cat-file", "blob", entries[MANIFEST].object)
    with tempfile.TemporaryDirectory(prefix="planfolio-") as name:
        Path(name, MANIFEST).write_bytes(data)
        try:
            manifest = read_manifest(Path(name))
        except ManifestUnreadable as problem:
            raise PublishRefused(
                f"will not publish to {target.shown}: its {MANIFEST} cannot be trusted to say "
                f"which files are planfolio's: {problem}",
                hint="restore it there, or choose another branch with --branch",
            ) from None
    return frozenset({MANIFEST, *(manifest or ())})
