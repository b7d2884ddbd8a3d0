"""Filling a staging folder."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from planfolio.output.fill import link_files


@pytest.fixture
def other_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on another filesystem, to which no file here can be linked."""
    memory = Path("/dev/shm")  # noqa: S108 - a second filesystem is the point
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second filesystem")
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def test_what_can_be_linked_is_the_same_file(tmp_path: Path) -> None:
    """No byte is copied."""
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    (old / "a.css").write_bytes(b"css")
    link_files(new, paths=["a.css"], files={"a.css": b"css"}, output=old)
    assert (new / "a.css").samefile(old / "a.css")


def test_what_cannot_be_linked_is_written_with_the_old_time(
    tmp_path: Path, other_disk: Path
) -> None:
    """A server's caches go by the time, so an unchanged file keeps it."""
    old = tmp_path / "a.css"
    old.write_bytes(b"css")
    link_files(other_disk, paths=["a.css"], files={"a.css": b"css"}, output=tmp_path)
    new = other_disk / "a.css"
    assert new.read_bytes() == b"css"
    assert new.stat().st_mtime_ns == old.stat().st_mtime_ns
