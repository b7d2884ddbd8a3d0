"""Tests of the exchange of a file: whole, with its mode, and never where it may not be written."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from tests.reading import read_in

from planfolio.edit.file_edit import FileEdit, write_edit
from planfolio.exceptions import EnvironmentFailure, UsageError

OLD, NEW = b"---\ntitle: Talks\n---\n", b"---\ntitle: Talks\ndone: 2026-09-30\n---\n"
EDIT = FileEdit("content/goals/talks.md", OLD, NEW)

DIE = """
import os, sys
from pathlib import Path
from planfolio.edit.file_edit import FileEdit, write_edit

root, left = Path(sys.argv[1]), int(sys.argv[2])

def trace(frame, event, _):
    global left
    if "file_edit" not in frame.f_code.co_filename:
        return None
    left -= event == "line"
    if left < 0:
        os._exit(9)
    return trace

old, new = (Path(name).read_bytes() for name in sys.argv[4:])
sys.settrace(trace)
write_edit(FileEdit(sys.argv[3], old, new), root=root)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file of a plan that holds the old bytes."""
    file = tmp_path / EDIT.path
    file.parent.mkdir(parents=True)
    file.write_bytes(OLD)
    return file


def test_a_file_has_its_new_bytes_and_its_mode(file: Path, tmp_path: Path) -> None:
    """The mode stays, and nothing is left beside the file."""
    file.chmod(0o640)
    write_edit(EDIT, root=tmp_path)
    assert file.read_bytes() == NEW
    assert file.stat().st_mode & 0o777 == 0o640
    assert list(file.parent.iterdir()) == [file]


def test_of_a_link_the_target_is_exchanged(file: Path, tmp_path: Path) -> None:
    """The link stays a link to the same file."""
    target = file.with_name("target.txt")
    file.rename(target)
    target.chmod(0o604)
    file.symlink_to("target.txt")
    write_edit(EDIT, root=tmp_path)
    assert file.readlink() == Path("target.txt")
    assert target.read_bytes() == NEW
    assert target.stat().st_mode & 0o777 == 0o604


@pytest.mark.parametrize("place", ["file", "folder"])
def test_what_is_read_only_stays_as_it_is(place: str, file: Path, tmp_path: Path) -> None:
    """A file or folder that nobody may write is refused, even where the user could."""
    closed = file if place == "file" else file.parent
    mode = closed.stat().st_mode
    closed.chmod(mode & ~0o222)
    with pytest.raises(EnvironmentFailure, match="read-only"):
        write_edit(EDIT, root=tmp_path)
    closed.chmod(mode)
    assert file.read_bytes() == OLD
    assert list(file.parent.iterdir()) == [file]


def test_a_full_disk_changes_nothing(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the new bytes cannot be made durable, the old file stays, and nothing beside it; so it
    does where an editor has saved since the file was read."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        with pytest.raises(EnvironmentFailure, match="No space left"):
            write_edit(EDIT, root=tmp_path)
    assert file.read_bytes() == OLD
    file.write_bytes(OLD + b"more\n")
    with pytest.raises(UsageError, match="changed meanwhile"):
        write_edit(EDIT, root=tmp_path)
    assert file.read_bytes() == OLD + b"more\n"
    assert list(file.parent.iterdir()) == [file]


def test_what_another_program_wrote_at_the_same_time_stays_and_is_told(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor that saves right after the exchange wins; who typed the command learns of it."""

    def meddle(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):  # the exchange is over
            file.write_bytes(b"theirs")

    monkeypatch.setattr(os, "fsync", meddle)
    with pytest.raises(EnvironmentFailure, match="by another program at the same time"):
        write_edit(EDIT, root=tmp_path)
    assert file.read_bytes() == b"theirs"


def test_whoever_is_killed_leaves_the_old_or_the_new_file(file: Path, tmp_path: Path) -> None:
    """Killed at each line of the exchange in turn; what is left over is not read as a record."""
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(OLD)
    new.write_bytes(NEW)
    seen, leftovers = set(), 0
    for line in range(200):
        file.write_bytes(OLD)
        done = subprocess.run(
            [sys.executable, "-c", DIE, tmp_path, str(line), EDIT.path, old, new], check=False
        )
        seen.add(file.read_bytes())
        beside = [other for other in file.parent.iterdir() if other != file]
        leftovers += len(beside)
        assert read_in(tmp_path).ids == ["goal/talks"]
        assert all(re.match(r"\.planfolio-", other.name) for other in beside)
        for other in beside:
            other.unlink()
        if done.returncode == 0:
            break
    assert done.returncode == 0
    assert line > 15
    assert seen == {OLD, NEW}
    assert leftovers > 0
