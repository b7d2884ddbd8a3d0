"""What need not be rendered again, because nothing that it is made from has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.portfolio import Document
from planfolio.render import fingerprint, render

if TYPE_CHECKING:
    from collections.abc import Collection

    from planfolio.portfolio import Calendar, Page
    from planfolio.render import Theme


class Pages:
    """Renders, and keeps the last bytes of each URL with the fingerprint that they are of.

    Threads may ask at the same time: at worst a file is rendered twice, to the same bytes.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, bytes]] = {}

    def bytes_of(self, item: Page | Calendar | Document, theme: Theme) -> bytes:
        """Return what `render` does, and raise what it raises."""
        if isinstance(item, Document):
            return render(item, theme=theme)
        made_from = fingerprint(item, theme=theme)
        kept = self._kept.get(item.url)
        if kept is None or kept[0] != made_from:
            kept = (made_from, render(item, theme=theme))
            self._kept[item.url] = kept
        return kept[1]

    def keep(self, urls: Collection[str]) -> None:
        """Forget all but these."""
        for url in [url for url in self._kept if url not in urls]:
            self._kept.pop(url, None)
