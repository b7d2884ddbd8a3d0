"""Look at the output as it is: which files are ours, which are not, and what is to be done."""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from planfolio.output.outcome import OutputRefused, shown
from planfolio.output.scratch import is_own_litter
from planfolio.output.sitepath import MANIFEST, folders_of

_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True, order=True)
class Foreign:
    """An entry of the output that is not ours; a link to a folder is no folder."""

    path: str
    is_folder: bool


@dataclass(frozen=True, slots=True)
class Survey:
    """What an output holds: our files with their sizes in bytes, and what is foreign.

    A foreign folder comes before what it holds. `folders` are all of them, ours and foreign.
    """

    ours: Mapping[str, int]
    foreign: tuple[Foreign, ...]
    folders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What has to happen to the files of an output, each list sorted by path."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def steps(self) -> int:
        """How many files have to be written or removed."""
        return len(self.added) + len(self.changed) + len(self.removed)


def survey(folder: Path, *, ours: Collection[str]) -> Survey:
    """Look through a folder of which the paths `ours` belong to us. No link is followed."""
    root = os.fspath(folder)
    our_folders = folders_of(ours)
    present: dict[str, int] = {}
    foreign: list[Foreign] = []
    folders: list[str] = []
    pending = [""]
    while pending:
        above = pending.pop()
        with os.scandir(f"{root}/{above}") as entries:
            for entry in entries:
                path = above + entry.name
                if entry.is_dir(follow_symlinks=False):
                    if not above and is_own_litter(folder / path):
                        continue
                    if path not in our_folders:
                        foreign.append(Foreign(path, is_folder=True))
                    folders.append(path)
                    pending.append(f"{path}/")
                elif path in ours and entry.is_file(follow_symlinks=False):
                    present[path] = entry.stat(follow_symlinks=False).st_size
                elif path != MANIFEST and not (not above and is_own_litter(folder / path)):
                    foreign.append(Foreign(path, is_folder=False))
    return Survey(ours=present, foreign=tuple(sorted(foreign)), folders=tuple(folders))


def changes(files: Mapping[str, bytes], *, output: Path, found: Survey) -> Changes:
    """Compare a new site with the output, byte for byte.

    A foreign file that holds just what we would write becomes ours. Any other that stands in the
    way raises OutputRefused: it would be lost.
    """
    adopted = _adopted(files, output=output, found=found)
    added, changed, unchanged = [], [], []
    for path in sorted(files):
        size = found.ours.get(path)
        if path in adopted:
            unchanged.append(path)
        elif size is None:
            added.append(path)
        elif size == len(files[path]) and _holds(f"{output}/{path}", files[path]):
            unchanged.append(path)
        else:
            changed.append(path)
    removed = sorted(path for path in found.ours if path not in files)
    return Changes(tuple(added), tuple(changed), tuple(unchanged), tuple(removed))


def _adopted(files: Mapping[str, bytes], *, output: Path, found: Survey) -> set[str]:
    adopted = set()
    folders = folders_of(files)
    for entry in found.foreign:
        path = entry.path
        if any(above in files for above in folders_of([path])):
            raise _in_the_way(output, path)
        if entry.is_folder:
            if path in files:
                raise _in_the_way(output, path)
        elif path in folders:
            raise _in_the_way(output, path)
        elif path in files:
            if not _holds(f"{output}/{path}", files[path], only_regular=True):
                raise _in_the_way(output, path)
            adopted.add(path)
    return adopted


def _in_the_way(output: Path, path: str) -> OutputRefused:
    return OutputRefused(
        f"will not write to {shown(output)}: {shown(path)} in it is not planfolio's, and the new "
        "site needs its place; move it away, or rename the record that becomes this page"
    )


def _holds(path: str, data: bytes, *, only_regular: bool = False) -> bool:
    """Whether a file holds these bytes; one that cannot be read does not."""
    try:
        if only_regular and not Path(path).is_file():  # opening a FIFO would wait for a writer
            return False
        descriptor = os.open(path, _OPEN)
    except OSError:
        return False
    try:
        return os.read(descriptor, len(data) + 1) == data
    except OSError:
        return False
    finally:
        os.close(descriptor)
