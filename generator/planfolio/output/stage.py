"""The staging folder: the new site while it is being made, and the old one while it goes.

    .public.staging-k3j9x2ab/
        replaces-1048612/     the new site; after the exchange, the old one

The number is the inode of the folder that the new site is to replace. Only the holder of the lock
makes staging folders, so who holds it may sweep every one that is there: its build is dead. Has
the folder inside the number in its name, then it is the old site, and what is foreign in it must
be looked after first; if not, it is an unfinished new site: new files and links, no more.
"""

import os
import shutil
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from planfolio.output.manifest import Manifest, ManifestUnreadable, read_manifest
from planfolio.output.outcome import OutputFailed, shown
from planfolio.output.scratch import (
    INSIDE_LOCK,
    PROBE,
    SITE_PREFIX,
    Scratch,
    is_own_litter,
)
from planfolio.output.sitepath import MANIFEST
from planfolio.output.survey import Foreign, Survey, survey


@dataclass(frozen=True, slots=True)
class Stage:
    """A staging folder and the site in it."""

    folder: Path
    site: Path

    def holds_old_site(self) -> bool:
        """Whether the exchange took place."""
        number = int(self.site.name.removeprefix(SITE_PREFIX))
        return self.site.exists() and self.site.lstat().st_ino == number


def open_stage(scratch: Scratch, *, output: Path) -> Stage:
    """Make a staging folder with an empty site that is to become the output."""
    folder = scratch.new_stage()
    number = output.lstat().st_ino if output.exists() else 0
    site = folder / f"{SITE_PREFIX}{number}"
    site.mkdir(0o755)
    return Stage(folder, site)


def carry(foreign: Iterable[Foreign], *, old: Path, new: Path) -> bool:
    """Give what is foreign in the old site a second name in the new one, folders anew.

    Nothing is copied, so both names are one file and a later edit reaches both. False where the
    filesystem does not let everything be linked; the old site is as it was in any case.
    """
    folders = []
    try:
        for entry in foreign:
            if entry.is_folder:
                (new / entry.path).mkdir(parents=True, exist_ok=True)
                folders.append(entry.path)
            else:
                (new / entry.path).parent.mkdir(parents=True, exist_ok=True)
                os.link(old / entry.path, new / entry.path, follow_symlinks=False)
        for path in reversed(folders):  # a closed folder takes no more files
            make_like(new / path, model=old / path)
    except (OSError, NotImplementedError):
        return False
    return True


def make_like(folder: Path, *, model: Path) -> None:
    """Give a folder the owner, mode and extended attributes of another. Raises OSError."""
    if sys.platform != "win32":
        wanted, now = model.lstat(), folder.lstat()
        if (wanted.st_uid, wanted.st_gid) != (now.st_uid, now.st_gid):
            os.chown(folder, wanted.st_uid, wanted.st_gid)
    shutil.copystat(model, folder)


def sweep(scratch: Scratch, *, output: Path) -> None:
    """Clear away what killed builds left. To be called by the holder of the lock."""
    for folder in scratch.stages():
        sites = [path for path in folder.iterdir() if path.name != PROBE]
        for site in sites:
            close_stage(Stage(folder, site), output=output, just_exchanged=False)
        if not sites:
            with suppress(OSError):
                _delete(folder)


def close_stage(stage: Stage, *, output: Path, just_exchanged: bool) -> None:
    """Bring what is foreign in a replaced site to the output, then delete the staging folder.

    Raises OutputFailed when something foreign could not be brought; it stays where it is then.
    What cannot be deleted is left to the next build.
    """
    if stage.holds_old_site():
        _dissolve(stage.site, output=output, old_wins=just_exchanged)
    if not stage.holds_old_site():
        with suppress(OSError):
            _delete(stage.folder)


def _dissolve(old: Path, *, output: Path, old_wins: bool) -> None:
    """Empty an old site: ours is deleted, foreign goes to the output unless it is there already.

    After an orderly exchange, what is not there changed in the moments between link and exchange,
    so the old site has the newer file (`old_wins`). After a killed build the owner may have
    edited the output since, so the output has. The manifest goes last: without it, nobody could
    tell what is ours if this were interrupted.
    """
    try:
        before, after = read_manifest(old), read_manifest(output)
        found = survey(old, ours=before.files if before else ())
        if after is not None:  # else the owner has emptied the output since
            for entry in found.foreign:
                _bring(entry, old=old, output=output, manifest=after, old_wins=old_wins)
    except (OSError, ManifestUnreadable) as error:
        raise OutputFailed(
            f"files in {shown(output)} that are not planfolio's could not be carried over: "
            f"{error}; they are kept in {shown(old)}, move them from there and delete it"
        ) from error
    with suppress(OSError):
        _delete_surveyed(old, found=found)


def _bring(entry: Foreign, *, old: Path, output: Path, manifest: Manifest, old_wins: bool) -> None:
    """Move one foreign entry to the output, unless it is there already. Raises OSError."""
    source, target = old / entry.path, output / entry.path
    if not os.path.lexists(target):
        if entry.is_folder:
            target.mkdir(parents=True)
            make_like(target, model=source)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)
        return
    is_folder = stat.S_ISDIR(target.lstat().st_mode)
    if entry.is_folder and is_folder:
        return
    if os.path.samestat(source.lstat(), target.lstat()):
        return
    if not entry.is_folder and manifest.holds(entry.path, source):
        return  # it was adopted
    if entry.path in manifest.files or is_folder or entry.is_folder:
        raise FileExistsError(f"{shown(entry.path)} is now planfolio's, or of another type")
    if old_wins:
        source.replace(target)


def _delete_surveyed(site: Path, *, found: Survey) -> None:
    """Delete what a survey found, and no more: what has come since keeps its folder alive."""
    root = os.fspath(site)
    for entry in found.foreign:
        if entry.is_folder:
            _open_up(f"{root}/{entry.path}")
        else:
            (site / entry.path).unlink(missing_ok=True)
    for path in found.ours:
        os.unlink(f"{root}/{path}")  # noqa: PTH108 - strings: there may be thousands
    for path in sorted(found.folders, reverse=True):
        os.rmdir(f"{root}/{path}")  # noqa: PTH106
    for left in site.iterdir():
        if left.name == INSIDE_LOCK:
            left.unlink()
        elif is_own_litter(left):
            _delete(left)
    (site / MANIFEST).unlink(missing_ok=True)
    site.rmdir()


def _delete(folder: Path) -> None:
    """Delete a tree of new files and links. Walked without recursion: foreign trees may be deep."""
    folders = [folder]
    for current in folders:  # grows on the way
        _open_up(current)
        for path in current.iterdir():
            if stat.S_ISDIR(path.lstat().st_mode):
                folders.append(path)
            else:
                path.unlink()
    for current in reversed(folders):
        current.rmdir()


def _open_up(folder: Path | str) -> None:
    """Make sure that entries can be deleted from a folder."""
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        Path(folder).chmod(stat.S_IRWXU)
