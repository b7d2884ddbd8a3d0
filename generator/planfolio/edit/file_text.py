"""The text of a file in two forms: as its bytes have it, and as the reader sees it."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Splice:
    """A text for what stands between two offsets; equal offsets are a place to insert it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class FileText:
    """A file of UTF-8 text. Offsets count characters of `text`, whose line ends are `\\n`."""

    raw: str
    has_bom: bool = False

    @classmethod
    def of(cls, data: bytes) -> FileText:
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

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset at which each line begins."""
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place, which counts from 1."""
        return self.line_starts[line - 1] + column - 1

    def line(self, offset: int) -> int:
        """Return the line, from 1, that an offset lies in."""
        return self.text.count("\n", 0, offset) + 1

    def spliced(self, splices: Iterable[Splice]) -> FileText:
        """Return the file with other text in some places; each takes the line ends around it."""
        raw = self.raw
        for splice in sorted(splices, key=lambda one: (one.start, one.end), reverse=True):
            start, end = self._raw_offset(splice.start), self._raw_offset(splice.end)
            near = _LINE_END.search(raw, start) or _LINE_END.search(raw)
            text = splice.text.replace("\n", near[0] if near else "\n")
            raw = raw[:start] + text + raw[end:]
        return replace(self, raw=raw)

    def _raw_offset(self, offset: int) -> int:
        return offset + bisect_left(self._pairs, offset)

    @cached_property
    def _pairs(self) -> list[int]:
        """The offsets in `text` of the line ends that are two characters in `raw`."""
        pairs = re.finditer("\r\n", self.raw)
        return [found.start() - before for before, found in enumerate(pairs)]
