"""A new site made beside the old one, put in its place, and cleared away.

A staged site begins with its manifest, so that the next build knows what it may delete of what a
build left that died.
"""

import errno
import os
import shutil
import sys
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from planfolio.exceptions import EnvironmentFailure
from planfolio.message_text import visible
from planfolio.output.folder import DESKTOP_FILES, INSIDE_STAGE
from planfolio.output.sitepath import (
    MANIFEST,
    ManifestUnreadable,
    encode_manifest,
    folders_of,
    read_manifest,
)

Content: TypeAlias = bytes | Path
"""What a file of the site holds: these bytes, or the bytes of that file."""

_NEXT = ".planfolio-next.json"
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_READ_BY_PEOPLE = (".html", ".xml", ".json", ".txt", ".ics", ".webmanifest")

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_CANNOT_EXCHANGE = (
    {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}  # an old kernel, a filesystem without it
    | {errno.EPERM, errno.EXDEV, errno.EBUSY}  # a sandbox, a mount
)


def stage_for(output: Path) -> Path:
    """Return the folder in which a new site for an output is made, on the same filesystem.

    It is beside the output, or inside it where the output is a mount or the folder around it may
    not be written.
    """
    above = output.parent
    if output.exists():
        is_mount = output.stat().st_dev != above.stat().st_dev
        if is_mount or not os.access(above, os.W_OK | os.X_OK):
            return output / INSIDE_STAGE
    return above / f".{output.name}{INSIDE_STAGE}"


def stage_site(
    stage: Path, files: Mapping[str, Content], *, output: Path, unchanged: Collection[str]
) -> None:
    """Make the folder of a new site, in which unchanged files are hard links to the old ones.

    Raises OSError.
    """
    os.mkdir(stage, 0o755)  # noqa: PTH102 - the mode, less the umask
    _write(f"{stage}/{MANIFEST}", encode_manifest(files), durable=True)
    for folder in sorted(folders_of(files)):
        os.mkdir(f"{stage}/{folder}", 0o755)  # noqa: PTH102 - thousands of strings
    for path, content in files.items():
        old, new = f"{output}/{path}", f"{stage}/{path}"
        if path not in unchanged:
            _write(new, content)
            continue
        try:
            os.link(old, new)
        except OSError:  # another's file, or a filesystem without links
            shutil.copy2(old, new)


def swap_folders(stage: Path, output: Path) -> bool:
    """Put a staged site in the place of the output in one step; the stage is the old site then.

    Returns False, with nothing changed, where the system cannot do that. Raises OSError.
    """
    if stage.parent == output:
        return False
    if not output.exists():
        stage.rename(output)
        return True
    try:  # owner, group, mode and extended attributes stay
        if sys.platform != "win32":
            owner = output.stat()
            os.chown(stage, owner.st_uid, owner.st_gid)
        shutil.copystat(output, stage)
    except OSError:
        return False  # the folder is another user's: it is left to them
    return exchange(stage, output)


def move_files(stage: Path, output: Path, *, fresh: Iterable[str], removed: Iterable[str]) -> None:
    """Move the `fresh` files of a staged site to the output one by one, and delete the removed.

    What a page loads comes before the page, and pages before those that list them. Meanwhile the
    manifest names the files of both sites. Raises OSError.
    """
    old = read_manifest(output) or frozenset()
    new = read_manifest(stage) or frozenset()
    _replace_manifest(stage, output, old | new)
    _delete(output, removed, folders=folders_of(old).keys() - folders_of(new).keys())
    for folder in sorted(folders_of(new)):
        (output / folder).mkdir(0o755, exist_ok=True)
    for path in sorted(fresh, key=_reading_order):
        (stage / path).replace(output / path)
    _replace_manifest(stage, output, new)


def clear_stage(stage: Path) -> None:
    """Delete what a build left in its stage: an unfinished new site, or the old one.

    Raises EnvironmentFailure if it holds anything that is not planfolio's; that stays.
    """
    if not os.path.lexists(stage):
        return
    if stage.is_symlink() or not stage.is_dir():
        raise EnvironmentFailure(
            f"{visible(str(stage))} is in the way of a new site: move it away and build again"
        )
    try:
        paths = read_manifest(stage) or frozenset()
    except ManifestUnreadable:  # the build died while it wrote it, before anything else
        paths = frozenset()
    with suppress(OSError):
        _delete(stage, paths, folders=folders_of(paths))
    for name in (*DESKTOP_FILES, _NEXT):
        (stage / name).unlink(missing_ok=True)
    left = sorted({path.name for path in stage.iterdir()} - {MANIFEST})
    if left:
        raise EnvironmentFailure(
            f"{visible(str(stage))} was left by a build and cannot be deleted: it holds "
            f"{visible(left[0])}; move that away and delete the folder"
        )
    (stage / MANIFEST).unlink(missing_ok=True)
    stage.rmdir()


def exchange(first: Path, second: Path) -> bool:
    """Swap two entries of a filesystem in one step; False where the system cannot.

    Linux can, by renameat2(2) with RENAME_EXCHANGE. Raises OSError when the system can, but fails.
    """
    if sys.platform != "linux":
        return False
    import ctypes  # 4 ms, and only a build that writes needs it

    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    path, number = ctypes.c_char_p, ctypes.c_int
    renameat2.argtypes = [number, path, number, path, ctypes.c_uint]
    renameat2.restype = number
    names = os.fsencode(first), os.fsencode(second)
    if renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), os.fspath(second))


def _replace_manifest(stage: Path, output: Path, paths: Iterable[str]) -> None:
    """Replace the manifest of an output; the staged one stays, to clear the stage by."""
    _write(f"{stage}/{_NEXT}", encode_manifest(paths), durable=True)
    (stage / _NEXT).replace(output / MANIFEST)


def _write(path: str, content: Content, *, durable: bool = False) -> None:
    """Write a new file, 0644 less the umask.

    Only the manifest is made durable: pages that a power cut spoils are found at the next build,
    which compares them byte by byte.
    """
    descriptor = os.open(path, _CREATE, 0o644)
    try:
        with os.fdopen(descriptor, "wb") as file:
            if isinstance(content, Path):
                with content.open("rb") as source:
                    shutil.copyfileobj(source, file, 1 << 20)
            else:
                file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        error.filename = error.filename or path
        raise


def _delete(site: Path, paths: Iterable[str], *, folders: Iterable[str]) -> None:
    """Delete files of a site, and those of its folders that are empty then. Raises OSError."""
    for path in paths:
        with suppress(FileNotFoundError, NotADirectoryError):
            os.unlink(f"{site}/{path}")  # noqa: PTH108 - thousands of strings
    for folder in sorted(folders, reverse=True):
        try:
            os.rmdir(f"{site}/{folder}")  # noqa: PTH106
        except OSError:
            for name in DESKTOP_FILES:
                (site / folder / name).unlink(missing_ok=True)
            with suppress(OSError):
                (site / folder).rmdir()


def _reading_order(path: str) -> tuple[bool, int, bool, str]:
    """Sort what pages load first, then pages and data from the deepest up, lists of pages last."""
    name = path.rpartition("/")[2]
    return name.endswith(_READ_BY_PEOPLE), -path.count("/"), name == "index.html", path
