"""Bring a new site into the output file by file, where folders cannot be exchanged.

Each file is replaced in one step, and all of them are on the disk before the first one is. What
a page loads comes before the page, pages before those that list them, and what goes goes last: a
reader who follows a link finds its target at each moment.
"""

import os
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from planfolio.output.fill import make_folders, write_manifest
from planfolio.output.manifest import Manifest
from planfolio.output.outcome import OutputRefused, failure, shown
from planfolio.output.sitepath import MANIFEST, fold, folders_of
from planfolio.output.survey import Changes

_READ_BY_PEOPLE = (".html", ".xml", ".json", ".txt", ".ics", ".webmanifest")
_WHILE_REPLACING = ".planfolio-manifest-both.json"


def replace_in_place(
    staged: Path, *, output: Path, changes: Changes, old: Manifest, new: Manifest
) -> None:
    """Move the added and changed files from the staged site to the output, and the manifest.

    While that lasts the manifest names the files of both sites: whatever the moment at which the
    build dies, the next one knows what is ours. Raises OutputFailed when the system stops it half
    way, OutputRefused when a foreign file has come into the way.
    """
    both = Manifest({**old.files, **new.files})
    early, late = _removals(changes, files=new.files)
    our_folders = folders_of(path for path in old.files if path not in new.files)
    try:
        if changes.steps:
            if changes.added:
                write_manifest(staged, manifest=both, name=_WHILE_REPLACING)
                (staged / _WHILE_REPLACING).replace(output / MANIFEST)
            _remove(early, folders=our_folders, output=output)
            make_folders(output, paths=[*changes.added, *changes.changed])
            _move(staged, output=output, changes=changes)
            _remove(late, folders=our_folders, output=output)
        (staged / MANIFEST).replace(output / MANIFEST)
    except OSError as error:
        state = "some of its pages may be new, others not: build again when that is mended"
        raise failure(error, output=output, state=state) from error


def reading_order(path: str) -> tuple[bool, int, bool, str]:
    """Sort key: what pages load, then pages and data from the deepest up, lists of pages last."""
    name = path.rpartition("/")[2]
    is_page = name.endswith(_READ_BY_PEOPLE)
    return is_page, -path.count("/"), name == "index.html", path


def _move(staged: Path, *, output: Path, changes: Changes) -> None:
    added = frozenset(changes.added)
    for path in sorted([*changes.added, *changes.changed], key=reading_order):
        target = output / path
        if path in added and os.path.lexists(target):
            # Not seen in the survey: it has come since, or differs from it in case alone.
            raise OutputRefused(
                f"will not write to {shown(output)}: {shown(path)} in it is not planfolio's, and "
                "the new site needs its place; move it away and build again"
            )
        (staged / path).replace(target)


def _removals(
    changes: Changes, *, files: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split what is to be removed: what makes room for the new site first, the rest at the end."""
    folded = {fold(path) for path in files}
    needed = folded | {fold(folder) for folder in folders_of(files)}
    early = {
        path
        for path in changes.removed
        if fold(path) in needed or any(fold(above) in folded for above in folders_of([path]))
    }
    return tuple(sorted(early)), tuple(p for p in changes.removed if p not in early)


def _remove(paths: Iterable[str], *, folders: Iterable[str], output: Path) -> None:
    for path in paths:
        (output / path).unlink(missing_ok=True)
    for folder in sorted(folders, reverse=True):
        with suppress(OSError):  # it holds something still
            (output / folder).rmdir()
