"""A file exchanged for its new bytes, so that at any moment the old or the new one is there."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from planfolio.exceptions import EnvironmentFailure, UsageError

if TYPE_CHECKING:
    from planfolio.edit.apply import FileEdit

_PREFIX = ".planfolio-"
"""The reader passes over names that begin with a dot: what a killed run leaves does no harm."""


def write_edit(edit: FileEdit, *, root: Path) -> None:
    """Put the new bytes of a file in the place of the old ones; of a link, of what it leads to.

    Mode and owner stay. Raises EnvironmentFailure where the file or its folder cannot be written,
    UsageError where the file is not what was changed.
    """
    try:
        file = (root / edit.path).resolve(strict=True)
        state = file.stat()
        for place in (file, file.parent):
            if not (os.access(place, os.W_OK) and place.stat().st_mode & 0o222):
                what = "the file" if place == file else "its folder"
                raise EnvironmentFailure(
                    f"{edit.path}: {what} is read-only; nothing was written",
                    hint="make it writable",
                )
        _exchange(file, edit, state)
        written = file.read_bytes()
    except OSError as error:
        message = f"{edit.path} cannot be written: {error.strerror}"
        raise EnvironmentFailure(message) from None
    if written != edit.after:
        raise EnvironmentFailure(f"{edit.path} was changed by another program at the same time")


def _exchange(file: Path, edit: FileEdit, state: os.stat_result) -> None:
    descriptor, name = tempfile.mkstemp(prefix=_PREFIX, dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(edit.after)
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(PermissionError, AttributeError):  # another's file, or Windows
            os.chown(name, state.st_uid, state.st_gid)
        Path(name).chmod(stat.S_IMODE(state.st_mode))
        if file.read_bytes() != edit.before:
            message = f"{edit.path} was changed meanwhile; nothing was written"
            raise UsageError(message, hint="run it again")
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    with contextlib.suppress(OSError):  # not all systems can make a folder durable
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
