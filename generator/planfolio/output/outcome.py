"""What comes of a write: a count of what changed, a refusal, or a failure of the environment."""

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from planfolio.exceptions import EnvironmentFailure, UsageError


@dataclass(frozen=True, slots=True)
class WriteResult:
    """What a write changed, in files of the site (the manifest is not counted).

    `bytes` is what was written anew: the sizes of the added and changed files.
    """

    added: int
    changed: int
    unchanged: int
    removed: int
    bytes: int


class OutputRefused(UsageError):  # noqa: N818
    """The output folder is not one that may be written; the message says why and what to do."""


class OutputFailed(EnvironmentFailure):
    """The environment did not let the site be written: disk, permissions, another build."""


def failure(error: OSError, *, output: Path, state: str) -> OutputFailed:
    """Translate an error of the operating system into one line about the output.

    `state` says what the reader of the site sees now: "the site that was there is unchanged".
    """
    reason = _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
    place = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else ""
    where = f" ({shown(place)})" if place and Path(place) != output else ""
    return OutputFailed(f"cannot write {shown(output)}: {reason}{where}; {state}")


def shown(path: Path | str) -> str:
    """Return a path as it may be printed: nothing in it moves the cursor or breaks the line."""
    text = os.fspath(path)
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable()
        else character.encode("unicode_escape", "backslashreplace").decode("ascii")
        for character in text
    )


_REASONS = {
    errno.ENOSPC: "no space is left on the disk",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "a file is larger than the system allows",
    errno.EROFS: "the filesystem is read-only",
    errno.EACCES: "permission denied",
    errno.EPERM: "operation not permitted",
    errno.ENAMETOOLONG: "a name is too long for this filesystem",
    errno.ENOTDIR: "a file stands where a folder is needed",
    errno.EXDEV: "the folder is a mount of its own and cannot be replaced",
}
