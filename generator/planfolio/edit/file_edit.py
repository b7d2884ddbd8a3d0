"""The text of a file, spliced, and the exchange of the file for its new bytes."""

import codecs
import contextlib
import difflib
import os
import re
import stat
import tempfile
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from planfolio.exceptions import EnvironmentFailure, UsageError

_LINE_END = re.compile(r"\r\n?|\n")

_PREFIX = ".planfolio-"
"""The reader passes over names that begin with a dot: what a killed run leaves does no harm."""


@dataclass(frozen=True, slots=True)
class Splice:
    """A text for what is between two offsets; equal offsets are a place to insert it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class FileText:
    """A file of UTF-8 text. Offsets count characters of `text`, whose line ends are `\\n`."""

    raw: str
    has_bom: bool = False

    @classmethod
    def of(cls, data: bytes) -> "FileText":
        """Return the text of bytes that the reader has accepted."""
        bare = data.removeprefix(codecs.BOM_UTF8)
        return cls(bare.decode(), has_bom=bare != data)

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return (codecs.BOM_UTF8 if self.has_bom else b"") + self.raw.encode()

    @cached_property
    def text(self) -> str:
        """The text as the reader sees it."""
        return _LINE_END.sub("\n", self.raw)

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place, which counts from 1."""
        above = self.text.split("\n")[: line - 1]
        return sum(map(len, above)) + line - 1 + column - 1

    def line(self, offset: int) -> int:
        """Return the line, from 1, that an offset lies in."""
        return self.text.count("\n", 0, offset) + 1

    def spliced(self, splices: Iterable[Splice]) -> "FileText":
        """Return the file with other text in some places; each takes the line ends around it."""
        pairs = re.finditer("\r\n", self.raw)
        two = [found.start() - before for before, found in enumerate(pairs)]
        raw = self.raw
        for splice in sorted(splices, key=lambda one: (one.start, one.end), reverse=True):
            start, end = (
                offset + bisect_left(two, offset) for offset in (splice.start, splice.end)
            )
            near = _LINE_END.search(raw, start) or _LINE_END.search(raw)
            text = splice.text.replace("\n", near[0] if near else "\n")
            raw = raw[:start] + text + raw[end:]
        return replace(self, raw=raw)


@dataclass(frozen=True, slots=True)
class FileEdit:
    """The bytes of a file of the plan, before a change and after it.

    `path` is relative to the folder of site.toml.
    """

    path: str
    before: bytes
    after: bytes

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The lines that were written, with their numbers."""
        old, new = self._texts()
        steps = difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
        ranges = (range(first, last) for tag, _, _, first, last in steps if tag != "equal")
        return [(index + 1, new[index]) for lines in ranges for index in lines]

    @property
    def deleted(self) -> int:
        """How many lines the file lost."""
        old, new = self._texts()
        return max(0, len(old) - len(new))

    def _texts(self) -> tuple[list[str], list[str]]:
        old, new = (FileText.of(data).text.split("\n") for data in (self.before, self.after))
        return old, new


def write_edit(edit: FileEdit, *, root: Path) -> None:
    """Replace the bytes of a file; for a link, those of its target.

    Mode and owner stay. Raises EnvironmentFailure where the file or its folder cannot be written,
    UsageError where the file is not what was changed.
    """
    try:
        file = (root / edit.path).resolve(strict=True)
        for place in (file, file.parent):
            if not (os.access(place, os.W_OK) and place.stat().st_mode & 0o222):
                what = "the file" if place == file else "its folder"
                raise EnvironmentFailure(
                    f"{edit.path}: {what} is read-only; nothing was written",
                    hint="make it writable",
                )
        _exchange(file, edit)
        written = file.read_bytes()
    except OSError as error:
        message = f"{edit.path} cannot be written: {error.strerror}"
        raise EnvironmentFailure(message) from None
    if written != edit.after:
        raise EnvironmentFailure(f"{edit.path} was changed by another program at the same time")


def _exchange(file: Path, edit: FileEdit) -> None:
    state = file.stat()
    descriptor, name = tempfile.mkstemp(prefix=_PREFIX, dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(edit.after)
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(PermissionError, AttributeError):  # another's file, or Windows
            os.chown(name, state.st_uid, state.st_gid)
        Path(name).chmod(stat.S_IMODE(state.st_mode))
        if file.read_bytes() != edit.before:
            message = f"{edit.path} was changed meanwhile; nothing was written"
            raise UsageError(message, hint="run it again")
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    with contextlib.suppress(OSError):  # not all systems can make a folder durable
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
