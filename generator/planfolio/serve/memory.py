"""Files that need not be read again, because the disk says that they are as they were."""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from planfolio.model.diagnostics import Diagnostic
from planfolio.read.documents import Reader
from planfolio.read.files import read_bytes
from planfolio.read.pictures import read_head, size_in

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from planfolio.markdown import Size
    from planfolio.read.documents import Read
    from planfolio.read.files import SourceFile

V = TypeVar("V")

SETTLED = 2_000_000_000
"""Nanoseconds after which the times of a file tell whether it was written again. Until then two
writes may bear the same time; no file system counts coarser than two seconds."""


class State(NamedTuple):
    """What a disk says of a file without reading it; another state may be another content."""

    modified: int
    changed: int
    size: int
    inode: int
    device: int


@dataclass(frozen=True, slots=True)
class _Known(Generic[V]):
    """A file as it was read. Its state is kept only if it says enough: see `SETTLED`."""

    state: State | None
    digest: bytes
    value: V


class FileMemory(Generic[V]):
    """Values made of files, by path, each for as long as the content of its file stays the same.

    What one round does not ask for is forgotten with the next.
    """

    def __init__(self) -> None:
        self._before: dict[str, _Known[V]] = {}
        self._now: dict[str, _Known[V]] = {}
        self._touched: frozenset[str] = frozenset()

    def begin(self, touched: Collection[Path] = ()) -> None:
        """Begin a round; files of which someone says that they changed are read in any case."""
        self._before, self._now = self._now, {}
        self._touched = frozenset(map(str, touched))

    @property
    def digests(self) -> Mapping[str, bytes]:
        """The hashes of this round's files, by path."""
        return {path: known.digest for path, known in self._now.items()}

    def of(
        self, path: str, file: str, *, load: Callable[[], bytes], make: Callable[[bytes], V]
    ) -> V:
        """Return the value of a file, made of its bytes if these are not known.

        What `load` raises is passed on. With the same bytes it is the same object as before. A
        file is looked at once in a round.
        """
        if path in self._now:
            return self._now[path].value
        known = self._before.get(path)
        now = time.time_ns()
        # Asked before the file is read: what is written in between is another state the next time.
        state = _state(file)
        if known is None or known.state is None or known.state != state or file in self._touched:
            data = load()
            digest = hashlib.sha256(data).digest()
            value = make(data) if known is None or known.digest != digest else known.value
            known = _Known(state if _is_settled(state, now) else None, digest, value)
        self._now[path] = known
        return known.value


class Documents:
    """Reads Markdown files and the sizes of pictures, of what did not change only once."""

    def __init__(self, reader: Reader | None = None) -> None:
        self._reader = Reader() if reader is None else reader
        self._memory: FileMemory[Read] = FileMemory()
        self._sizes: FileMemory[Size | None] = FileMemory()

    def begin(self, touched: Collection[Path] = ()) -> None:
        """Begin a round; see `FileMemory.begin`."""
        self._memory.begin(touched)
        self._sizes.begin(touched)

    @property
    def digests(self) -> Mapping[str, bytes]:
        """The hashes of this round's Markdown by path, without what cannot be read."""
        return self._memory.digests

    def read(self, source: SourceFile) -> Read:
        """Read a file as `Reader.read` does."""

        def load() -> bytes:
            data = read_bytes(source, path=source.shown)
            if isinstance(data, Diagnostic):
                raise _UnreadError(data)
            return data

        def make(data: bytes) -> Read:
            return self._reader.parse(source, data)

        try:
            return self._memory.of(source.shown, source.file, load=load, make=make)
        except _UnreadError as error:
            return self._reader.unread(source, error.fault)

    def measure(self, source: SourceFile) -> Size | None:
        """Tell the size of a picture as `read.pictures.measure` does."""

        def load() -> bytes:
            return read_head(source)

        try:
            return self._sizes.of(source.path, source.file, load=load, make=size_in)
        except OSError:
            return None


class _UnreadError(Exception):
    def __init__(self, fault: Diagnostic) -> None:
        super().__init__(fault.message)
        self.fault = fault


def _state(file: str) -> State | None:
    try:
        stat = os.stat(file)  # noqa: PTH116 - no Path is made of it: there are thousands
    except OSError:
        return None
    return State(stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino, stat.st_dev)


def _is_settled(state: State | None, now: int) -> bool:
    return state is not None and max(state.modified, state.changed) < now - SETTLED
