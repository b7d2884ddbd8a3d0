"""Swap two folders in one step, where the system can.

Linux has renameat2(2) with RENAME_EXCHANGE, on most of its filesystems. Python does not offer it,
so the C library is called. Everywhere else the answer is "not here", and the caller goes on
file by file.
"""

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

Exchange = Callable[[Path, Path], bool]
"""Swaps two existing entries and returns True, or changes nothing and returns False."""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NOT_HERE = frozenset(
    {
        errno.ENOSYS,  # a kernel before 3.15
        errno.EINVAL,  # a filesystem without it
        errno.EOPNOTSUPP,
        errno.EPERM,  # a sandbox that does not know the call
        errno.EXDEV,  # one of the two is a mount
        errno.EBUSY,
    }
)


def exchange_entries(first: Path, second: Path) -> bool:
    """Swap two entries atomically; False where kernel, C library or filesystem cannot.

    Raises OSError when it could be done, but failed: no permission, an entry that is gone.
    """
    if sys.platform != "linux":
        return False
    import ctypes  # 4 ms, and only a build that writes needs it

    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    renameat2.argtypes = [
        ctypes.c_int,
        ctypes.c_char_p,
        ctypes.c_int,
        ctypes.c_char_p,
        ctypes.c_uint,
    ]
    renameat2.restype = ctypes.c_int
    paths = os.fsencode(first), os.fsencode(second)
    if renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _NOT_HERE:
        return False
    raise OSError(code, os.strerror(code), str(second))
