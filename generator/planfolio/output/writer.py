"""The write: lock, compare, stage, exchange."""

import errno
import filecmp
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from planfolio.exceptions import EnvironmentFailure
from planfolio.message_text import visible
from planfolio.output.folder import followed, refuse_dangerous, site_in
from planfolio.output.sitepath import check_site_path, read_manifest
from planfolio.output.stage import (
    Content,
    clear_stage,
    move_files,
    stage_for,
    stage_site,
    swap_folders,
)

if sys.platform != "win32":
    import fcntl


_LOCK_SECONDS = 30.0
"""How long another build of the same output may take."""

_POLL_SECONDS = 0.02


class WriteResult(NamedTuple):
    """How many files of a site were written or removed (the manifest is not counted).

    `bytes` is the size of the added and changed files.
    """

    added: int
    changed: int
    unchanged: int
    removed: int
    bytes: int


def write(files: Mapping[str, Content], output: Path, *, protected: Sequence[Path]) -> WriteResult:
    """Make the output folder hold exactly these files, by site path; a Path is copied in chunks.

    A reader sees the old site or the new one. A file that does not change keeps its inode and
    times, and an output in which nothing changes is not touched. `protected` are the folders of
    the sources, see `refuse_dangerous`.

    Raises UsageError when the folder may not be written, EnvironmentFailure when the system does
    not let it be, and ValueError for site paths that no stage before may pass on.
    """
    for path in files:
        check_site_path(path)
    refuse_dangerous(output, protected=protected)
    folder = followed(output)
    state = "the site that was there, if any, is unchanged"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        stage = stage_for(folder)
        with _locked(stage.parent, output=output):
            clear_stage(stage)
            before = site_in(output) or {}  # again: another build may have come first
            if folder.exists() and not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
                # It could be exchanged, but not cleared away then.
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(output))
            unchanged = _unchanged(files, folder, before)
            fresh = [path for path in files if path not in unchanged]
            removed = before.keys() - files.keys()
            added = len(files.keys() - before.keys())
            result = WriteResult(
                added=added,
                changed=len(fresh) - added,
                unchanged=len(unchanged),
                removed=len(removed),
                bytes=sum(_size(files[path]) for path in fresh),
            )
            if fresh or removed or read_manifest(folder) != frozenset(files):
                try:
                    stage_site(stage, files, output=folder, unchanged=unchanged)
                    if not swap_folders(stage, folder):
                        state = "some of its pages may be new, others not: fix that and build again"
                        move_files(stage, folder, fresh=fresh, removed=removed)
                    state = "the new site is in place"
                finally:
                    clear_stage(stage)
    except OSError as error:
        raise _failure(error, output=output, state=state) from error
    return result


def _unchanged(
    files: Mapping[str, Content], site: Path, before: Mapping[str, int]
) -> frozenset[str]:
    """Return the files that a site holds already, byte for byte; `before` has its sizes."""
    return frozenset(
        path
        for path in files.keys() & before.keys()
        if before[path] == _size(files[path]) and _holds(f"{site}/{path}", files[path])
    )


def _size(content: Content) -> int:
    return content.stat().st_size if isinstance(content, Path) else len(content)


def _holds(path: str, content: Content) -> bool:
    """Tell whether a file of the same size holds this; one that cannot be read does not."""
    try:
        if isinstance(content, Path):
            return filecmp.cmp(path, content, shallow=False)
        with open(path, "rb") as file:  # noqa: PTH123 - thousands of strings
            return file.read() == content
    except OSError:
        return False


@contextmanager
def _locked(folder: Path, *, output: Path) -> Iterator[None]:
    """Hold the lock of a folder while the body runs, at most one build at a time.

    The kernel's lock on the folder itself leaves no file behind and ends with the process, however
    that ends. Where a system has no such lock, builds do not wait for each other.
    """
    if sys.platform == "win32":
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    deadline = time.monotonic() + _LOCK_SECONDS
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise EnvironmentFailure(
                        f"cannot write {visible(str(output))}: another build has been writing it "
                        f"for {_LOCK_SECONDS:g} s; wait for it or stop it, then build again"
                    ) from None
                time.sleep(_POLL_SECONDS)
            except OSError:  # a network filesystem without locks on folders
                break
            else:
                break
        yield
    finally:
        os.close(descriptor)


def _failure(error: OSError, *, output: Path, state: str) -> EnvironmentFailure:
    """Return what a person is told of an error of the system; `state` says what the site is now."""
    reason = error.strerror or type(error).__name__
    place = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else ""
    where = f" ({visible(place)})" if place and Path(place) != output else ""
    return EnvironmentFailure(f"cannot write {visible(str(output))}: {reason}{where}; {state}")
