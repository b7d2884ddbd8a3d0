"""Pages that need not be rendered again, because nothing that they are made from has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planfolio.stage6_render import fingerprint, render_page

if TYPE_CHECKING:
    from collections.abc import Collection

    from planfolio.stage5_layout import Page
    from planfolio.stage6_render import Theme


class Pages:
    """Renders pages, and keeps the last bytes of each URL with the fingerprint that they are of.

    Threads may ask at the same time: at worst a page is rendered twice, to the same bytes.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, bytes]] = {}

    def bytes_of(self, page: Page, theme: Theme) -> bytes:
        """Return what `render_page` does, and raise what it raises."""
        made_from = fingerprint(page, theme=theme)
        kept = self._kept.get(page.url)
        if kept is None or kept[0] != made_from:
            kept = (made_from, render_page(page, theme=theme))
            self._kept[page.url] = kept
        return kept[1]

    def keep(self, urls: Collection[str]) -> None:
        """Forget all pages but these."""
        for url in [url for url in self._kept if url not in urls]:
            self._kept.pop(url, None)
