from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from planfolio.cache import disk
from planfolio.cache.disk import FOLDER, Store

if TYPE_CHECKING:
    from pathlib import Path

KEYS = [bytes([n]) * 32 for n in range(40)]


def file_of(root: Path) -> Path:
    """Return the one file of a cache."""
    (file,) = (root / FOLDER).iterdir()
    return file


def filled(root: Path, entries: dict[bytes, bytes]) -> None:
    """Write a cache."""
    store = Store(root)
    for key, data in entries.items():
        store.put(key, data)
    store.save()


def held(root: Path, key: bytes) -> bytes | None:
    """Ask a cache, as a process of its own would."""
    store = Store(root)
    found = store.get(key)
    store.save()
    return found


def test_what_one_process_put_another_gets(tmp_path: Path) -> None:
    """And nothing for a key that nobody put."""
    filled(tmp_path, {KEYS[0]: b"page", KEYS[1]: b""})
    assert [held(tmp_path, key) for key in KEYS[:3]] == [b"page", b"", None]


def test_nothing_is_written_without_need(tmp_path: Path) -> None:
    """Asking makes no folder, and a cache that gave all is not touched."""
    assert held(tmp_path, KEYS[0]) is None
    assert list(tmp_path.iterdir()) == []
    filled(tmp_path, {KEYS[0]: b"page"})
    before = file_of(tmp_path).stat()
    assert held(tmp_path, KEYS[0]) == b"page"
    assert file_of(tmp_path).stat().st_mtime_ns == before.st_mtime_ns


def test_git_does_not_see_it(tmp_path: Path) -> None:
    """The folder brings its own .gitignore, whatever that of the plan says."""
    filled(tmp_path, {KEYS[0]: b"page"})
    assert (tmp_path / ".planfolio/.gitignore").read_text() == "*\n"


@pytest.mark.parametrize("seed", range(25))
def test_a_damaged_file_gives_what_was_put_or_nothing(tmp_path: Path, seed: int) -> None:
    """Never other bytes, never an exception; and the next build has a cache that works."""
    chance = random.Random(seed)  # noqa: S311 - the same damage each time
    entries = {key: chance.randbytes(chance.choice([10, 500, 9000])) for key in KEYS}
    filled(tmp_path, entries)
    file = file_of(tmp_path)
    data = bytearray(file.read_bytes())
    for _ in range(chance.choice([1, 5, 200])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if seed % 3 == 0:
        del data[chance.randrange(len(data)) :]
    file.write_bytes(data)
    store = Store(tmp_path)
    for key, put in entries.items():
        assert store.get(key) in (put, None)
    for key, put in entries.items():
        store.put(key, put)
    store.save()
    assert all(held(tmp_path, key) == put for key, put in entries.items())


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\x00" + b"\x00" * 5000])
def test_a_file_that_is_something_else_is_replaced(tmp_path: Path, data: bytes) -> None:
    """It is in our folder under our name, and safe to delete."""
    filled(tmp_path, {KEYS[0]: b"page"})
    file_of(tmp_path).write_bytes(data)
    assert held(tmp_path, KEYS[0]) is None
    filled(tmp_path, {KEYS[0]: b"page"})
    assert held(tmp_path, KEYS[0]) == b"page"


def test_a_cache_that_came_with_a_copy_of_the_plan_is_not_believed(tmp_path: Path) -> None:
    """Pages that someone else made for our keys would be shown as ours."""
    filled(tmp_path / "theirs", {KEYS[0]: b"<script>"})
    theirs = file_of(tmp_path / "theirs")
    (tmp_path / "ours" / FOLDER).mkdir(parents=True)
    (tmp_path / "ours" / FOLDER / theirs.name).write_bytes(theirs.read_bytes())
    assert held(tmp_path / "ours", KEYS[0]) is None


def test_a_database_with_more_than_our_table_is_not_believed(tmp_path: Path) -> None:
    """A trigger or a view would act when we read or write."""
    filled(tmp_path, {KEYS[0]: b"page"})
    with closing(sqlite3.connect(file_of(tmp_path))) as connection, connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON kept BEGIN DELETE FROM kept; END")
    assert held(tmp_path, KEYS[0]) is None
    filled(tmp_path, {KEYS[1]: b"next"})
    assert held(tmp_path, KEYS[1]) == b"next"


@pytest.mark.parametrize(
    "place", [".planfolio", ".planfolio/cache", ".planfolio/cache/build.sqlite"]
)
def test_a_link_in_the_place_of_the_cache_is_left_alone(tmp_path: Path, place: str) -> None:
    """A plan that was cloned could let it lead to any file of its new owner."""
    root = tmp_path / "plan"
    filled(root, {KEYS[0]: b"page"})
    elsewhere = tmp_path / "elsewhere"
    (root / place).rename(elsewhere)
    (root / place).symlink_to(elsewhere)
    before = {f: f.read_bytes() for f in tmp_path.rglob("*") if f.is_file()}
    assert held(root, KEYS[0]) is None
    filled(root, {KEYS[1]: b"other"})
    assert {f: f.read_bytes() for f in tmp_path.rglob("*") if f.is_file()} == before


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    """A file where the folder should be stands for any refusal of the disk."""
    (tmp_path / ".planfolio").write_text("in the way")
    filled(tmp_path, {KEYS[0]: b"page"})
    assert held(tmp_path, KEYS[0]) is None


def test_what_was_not_used_for_longest_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file keeps three times what a build needs, and a little more, whatever came before."""
    monkeypatch.setattr(disk, "SPARE", 0)
    for key in KEYS:
        store = Store(tmp_path)
        store.get(KEYS[0])
        store.put(key, bytes(1000))
        store.save()
    left = [key for key in KEYS if held(tmp_path, key) is not None]
    assert len(left) <= 7
    assert KEYS[0] in left
    assert KEYS[-1] in left
    assert left[1:] == KEYS[-len(left) + 1 :]


WRITER = """
import sys
from pathlib import Path
from planfolio.cache.disk import Store
for n in range(15):
    store = Store(Path(sys.argv[1]))
    key = bytes([n]) * 32
    assert store.get(key) in (None, key * 100)
    store.put(key, key * 100)
    store.save()
"""


def test_many_processes_share_it(tmp_path: Path) -> None:
    """Builds at the same time neither fail nor spoil what the others put."""
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(4)]
    assert [process.communicate()[1] for process in running] == [b""] * 4
    assert [process.returncode for process in running] == [0] * 4
    found = [held(tmp_path, key) for key in KEYS[:15]]
    assert [data for data in found if data is not None]
    assert all(data in (None, key * 100) for key, data in zip(KEYS, found, strict=False))
