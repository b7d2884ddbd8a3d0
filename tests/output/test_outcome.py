"""Failures and refusals are one clear line."""

import errno
import os
from pathlib import Path

import pytest

from planfolio.output.outcome import failure, shown


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (errno.ENOSPC, "no space is left on the disk"),
        (errno.EDQUOT, "the disk quota is used up"),
        (errno.EROFS, "the filesystem is read-only"),
        (errno.EACCES, "permission denied"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_an_error_of_the_system_becomes_one_line(code: int, reason: str) -> None:
    """The line names the output, the reason, the file, and what the reader of the site sees."""
    error = OSError(code, os.strerror(code), "/srv/.public.staging-x/a.html")
    line = str(failure(error, output=Path("/srv/public"), state="the old site is unchanged"))
    assert line == (
        f"cannot write /srv/public: {reason} (/srv/.public.staging-x/a.html); "
        "the old site is unchanged"
    )


def test_the_output_is_not_named_twice() -> None:
    """When the output itself is the file of the error, it stands once in the line."""
    error = PermissionError(errno.EACCES, "Permission denied", "/srv/public")
    line = str(failure(error, output=Path("/srv/public"), state="nothing was changed"))
    assert line == "cannot write /srv/public: permission denied; nothing was changed"


def test_an_error_without_a_number_still_says_something() -> None:
    """An error that some library made up has at least a name."""
    assert "OSError" in str(failure(OSError(), output=Path("x"), state="s"))


def test_names_cannot_steer_the_terminal() -> None:
    """Control characters and bytes that are no text are escaped; letters of any script stay."""
    assert shown("a\x1b[2J\nb") == "a\\x1b[2J\\nb"
    assert shown(os.fsdecode(b"\xff")) == "\\udcff"
    assert shown(Path("höhe/日本")) == "höhe/日本"
