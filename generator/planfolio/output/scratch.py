"""Where a build keeps what is not yet the site: its lock and its staging folders.

Both live beside the output, on the same filesystem, under hidden names. Where the output is a
mount of its own, or the folder around it is closed to us, they live inside the output.
"""

import os
import re
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SITE_PREFIX = "replaces-"
"""How the one folder in a staging folder is named, before the inode number that it replaces."""

PROBE = "probe"
"""A second folder in it, for a moment: to find out whether the disk can exchange two."""

INSIDE_LOCK = ".planfolio-lock"
"""The name of the lock when it has to live inside the output."""

_INSIDE_STAGE = ".planfolio-staging-"
_SITE = re.compile(rf"{SITE_PREFIX}[0-9]+")
_RANDOM = re.compile(r"[a-z0-9_]{8}")  # what tempfile.mkdtemp adds to a prefix


@dataclass(frozen=True, slots=True)
class Scratch:
    """The folder for what is temporary, and the names used in it."""

    folder: Path
    lock: Path
    stage_prefix: str
    beside: bool

    def new_stage(self) -> Path:
        """Make an empty staging folder that only its owner can look into."""
        return Path(tempfile.mkdtemp(prefix=self.stage_prefix, dir=self.folder))

    def stages(self) -> Iterator[Path]:
        """Yield the staging folders that are there, live or left behind."""
        with os.scandir(self.folder) as entries:
            names = sorted(e.name for e in entries if e.name.startswith(self.stage_prefix))
        for name in names:
            if _is_stage(self.folder / name, prefix=self.stage_prefix):
                yield self.folder / name


def scratch_of(output: Path) -> Scratch:
    """Return where to keep what is temporary for an output; its parent must exist."""
    if output.exists() and not _is_replaceable(output):
        return Scratch(
            folder=output,
            lock=output / INSIDE_LOCK,
            stage_prefix=_INSIDE_STAGE,
            beside=False,
        )
    return Scratch(
        folder=output.parent,
        lock=output.parent / f".{output.name}.planfolio-lock",
        stage_prefix=f".{output.name}.staging-",
        beside=True,
    )


def is_own_litter(path: Path) -> bool:
    """Whether an entry at the top of an output is temporary and ours."""
    return path.name == INSIDE_LOCK or _is_stage(path, prefix=_INSIDE_STAGE)


def _is_replaceable(output: Path) -> bool:
    parent = output.parent
    same_disk = output.stat().st_dev == parent.stat().st_dev
    return same_disk and os.access(parent, os.W_OK | os.X_OK)


def _is_stage(path: Path, *, prefix: str) -> bool:
    """Whether a folder was made by us: a name is not enough to delete by."""
    name = path.name
    if not (name.startswith(prefix) and _RANDOM.fullmatch(name[len(prefix) :])):
        return False
    with suppress(OSError):
        if not stat.S_ISDIR(path.lstat().st_mode):
            return False
        return all(entry.name == PROBE or _SITE.fullmatch(entry.name) for entry in path.iterdir())
    return False
