"""One build at a time: a lock on a file beside the output.

The lock is the kernel's, not the file's: it ends with the process that holds it, however that
process ends. A process id in a file would outlive its process and could be given to another.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from planfolio.output.outcome import OutputFailed, shown

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_POLL_SECONDS = 0.02


@contextmanager
def locked(path: Path, *, wait: float, output: Path) -> Iterator[None]:
    """Hold the lock at `path` while the body runs; the file is gone afterwards.

    Waits at most `wait` seconds for another build, then raises OutputFailed, which names `output`.
    Raises OSError where the file cannot be made.
    """
    deadline = time.monotonic() + wait
    while (descriptor := _acquired(path)) is None:
        if time.monotonic() >= deadline:
            raise OutputFailed(
                f"cannot write {shown(output)}: another build has been writing it for "
                f"{wait:g} s; wait for it or stop it, then build again"
            )
        time.sleep(_POLL_SECONDS)
    try:
        yield
    finally:
        _release(path, descriptor)


def _acquired(path: Path) -> int | None:
    """Return the descriptor that holds the lock, or None while another has it."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, 0o666)
    try:
        # The holder before us may have deleted the file while we opened it; a lock on a file
        # without a name excludes nobody.
        if _try_lock(descriptor) and _is_at(path, descriptor):
            return descriptor
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)
    return None


def _is_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

    def _release(path: Path, descriptor: int) -> None:
        # An open file cannot be deleted here; another build may open it in between, and then it
        # stays for that one to delete.
        os.close(descriptor)
        with suppress(OSError):
            path.unlink()

else:

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(path: Path, descriptor: int) -> None:
        with suppress(OSError):
            path.unlink()
        os.close(descriptor)
