"""Swapping two folders in one step."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from planfolio.output.exchange import exchange_entries


def test_two_full_folders_change_places(
    tmp_path: Path, real_exchange: Callable[[Path, Path], bool]
) -> None:
    """Both names exist before and after, with each other's content."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert real_exchange(tmp_path / "one", tmp_path / "two")
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["two"]
    assert [path.name for path in (tmp_path / "two").iterdir()] == ["one"]


def test_what_is_gone_is_an_error(
    tmp_path: Path, real_exchange: Callable[[Path, Path], bool]
) -> None:
    """An entry that does not exist is not taken for a system that cannot exchange."""
    (tmp_path / "one").mkdir()
    with pytest.raises(OSError, match="No such file") as caught:
        real_exchange(tmp_path / "one", tmp_path / "two")
    assert caught.value.errno == errno.ENOENT


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_say_no(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    """Where there is no renameat2 nothing is called, and nothing changes."""
    monkeypatch.setattr("sys.platform", system)
    (tmp_path / "one").mkdir()
    (tmp_path / "two").touch()
    assert not exchange_entries(tmp_path / "one", tmp_path / "two")
    assert (tmp_path / "one").is_dir()


def test_a_disk_of_its_own_says_no(tmp_path: Path) -> None:
    """Two filesystems cannot exchange: that is an answer, not an error."""
    other = Path("/dev/shm")  # noqa: S108 - a second filesystem is the point
    if not other.is_dir() or other.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second filesystem")
    assert not exchange_entries(tmp_path, other)
