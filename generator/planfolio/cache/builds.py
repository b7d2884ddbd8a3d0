"""What one build leaves to the next: documents by the hash of their files, pages by fingerprint."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from planfolio.cache.codec import UnfitError, decode, encode
from planfolio.cache.disk import Store
from planfolio.cache.identity import identity
from planfolio.diagnostics import Diagnostic
from planfolio.pipeline import Reuse
from planfolio.stage1_read.documents import Reader
from planfolio.stage1_read.files import read_bytes
from planfolio.stage5_layout import Document
from planfolio.stage6_render import fingerprint, render

if TYPE_CHECKING:
    from pathlib import Path

    from planfolio.stage1_read.documents import Read
    from planfolio.stage1_read.files import SourceFile
    from planfolio.stage5_layout import Calendar, Page
    from planfolio.stage6_render import Theme


class BuildCache:
    """The cache beside a plan, as what a build can use again. `save` when the build is done."""

    def __init__(self, root: Path) -> None:
        self._store = Store(root)
        self._program = identity()
        self._reader: Reader | None = None

    @property
    def reuse(self) -> Reuse:
        """What `make` and `check` take."""
        return Reuse(read=self._read, rendered=self._rendered)

    def save(self) -> None:
        """Leave what was made to the next build; a disk that cannot take it is no fault."""
        self._store.save()

    def _read(self, source: SourceFile) -> Read:
        if self._reader is None:
            self._reader = Reader()
        data = read_bytes(source, path=source.shown)
        if isinstance(data, Diagnostic):
            return self._reader.unread(source, data)
        key = self._key(b"document", source.shown.encode(errors="surrogatepass"), data)
        kept = self._store.get(key)
        if kept is not None:
            try:
                return decode(kept)
            except UnfitError:
                pass
        made = self._reader.parse(source, data)
        try:
            self._store.put(key, encode(made))
        except UnfitError:
            return made
        return made

    def _rendered(self, item: Page | Calendar | Document, theme: Theme) -> bytes:
        if isinstance(item, Document):
            return render(item, theme=theme)
        key = self._key(b"rendered", fingerprint(item, theme=theme).encode())
        kept = self._store.get(key)
        if kept is None:
            kept = render(item, theme=theme)
            self._store.put(key, kept)
        return kept

    def _key(self, *parts: bytes) -> bytes:
        digest = hashlib.sha256(self._program)
        for part in parts:
            digest.update(len(part).to_bytes(8, "big") + part)
        return digest.digest()
