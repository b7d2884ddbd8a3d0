from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from planfolio.read.files import SourceFile
from planfolio.serve.memory import SETTLED, Documents, FileMemory

if TYPE_CHECKING:
    from pathlib import Path

    from planfolio.markdown import Size


class Counted:
    """A memory of a file, and how often the file was read and its bytes were used."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.memory: FileMemory[str] = FileMemory()
        self.read = 0
        self.made = 0

    def ask(self, *touched: Path) -> str:
        """Ask for the value in a new round."""
        self.memory.begin(touched)
        return self.memory.of("a", str(self.file), load=self._load, make=self._make)

    def _load(self) -> bytes:
        self.read += 1
        return self.file.read_bytes()

    def _make(self, data: bytes) -> str:
        self.made += 1
        return data.decode()


@pytest.fixture
def settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Counted:
    """A file that was written long ago, as the clock of the memory has it."""
    file = tmp_path / "a"
    file.write_text("one")
    later = file.stat().st_ctime_ns + 2 * SETTLED
    monkeypatch.setattr("planfolio.serve.memory.time.time_ns", lambda: later)
    return Counted(file)


def test_an_old_file_is_read_once(settled: Counted) -> None:
    """The disk says that it is as it was."""
    assert [settled.ask() for _ in range(3)] == ["one"] * 3
    assert settled.read == 1


def test_a_file_that_someone_says_has_changed_is_read(settled: Counted) -> None:
    """The watcher knows better than a disk that is asked over a network."""
    settled.ask()
    settled.ask(settled.file)
    assert (settled.read, settled.made) == (2, 1)


def test_a_young_file_is_read_each_time_and_used_once(tmp_path: Path) -> None:
    """Within a tick of the clock the disk cannot tell; the hash can."""
    file = tmp_path / "a"
    file.write_text("one")
    counted = Counted(file)
    counted.ask()
    assert counted.ask() == "one"
    assert (counted.read, counted.made) == (2, 1)


def test_the_time_of_writing_can_be_forged_but_not_the_time_of_the_change(
    settled: Counted,
) -> None:
    """As `cp -p` and rsync do: same size, same time of writing, same inode, another content."""
    settled.ask()
    before = settled.file.stat()
    settled.file.write_text("two")
    os.utime(settled.file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert settled.ask() == "two"


def test_a_file_is_looked_at_once_in_a_round(settled: Counted) -> None:
    """So one attempt sees one content, whoever writes meanwhile."""
    settled.ask()
    settled.file.write_text("two")
    again = settled.memory.of("a", str(settled.file), load=lambda: b"two", make=bytes.decode)
    assert again == "one"


def test_a_document_is_the_same_object_while_its_bytes_are_the_same(tmp_path: Path) -> None:
    """What is made of documents is known by their identity."""
    file = tmp_path / "a.md"
    file.write_text("---\ntitle: A\n---\n")
    source = SourceFile("a.md", str(file), "content/a.md")
    documents = Documents()
    documents.begin()
    first = documents.read(source).document
    file.write_text("---\ntitle: A\n---\n")
    documents.begin()
    assert documents.read(source).document is first
    file.write_text("---\ntitle: B\n---\n")
    documents.begin()
    assert documents.read(source).document is not first


def test_a_picture_is_measured_again_when_it_changes(tmp_path: Path) -> None:
    """And one that is gone has no size."""
    file = tmp_path / "a.svg"
    source = SourceFile("a.svg", str(file), "content/a.svg")
    documents = Documents()
    sizes: list[Size | None] = []
    for text in ("<svg width='1' height='2'/>", "<svg width='3' height='2'/>", ""):
        documents.begin()
        file.write_text(text) if text else file.unlink()
        sizes.append(documents.measure(source))
    assert sizes == [(1, 2), (3, 2), None]


def test_a_file_that_is_gone_is_a_fault_and_no_hash(tmp_path: Path) -> None:
    """It stands as a document that could not be read, as without a memory."""
    documents = Documents()
    read = documents.read(SourceFile("a.md", str(tmp_path / "a.md"), "content/a.md"))
    assert read.document.broken
    assert [fault.code for fault in read.diagnostics] == ["F101"]
    assert documents.digests == {}
