"""A whole site in memory, of which each page is made when it is first asked for.

That is the same as having made all at once: a page is a pure function of the plan that the site was
made from, of a theme whose files are in memory, and of nothing that can change.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING

from planfolio.serve import own_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planfolio.render import RenderedSite

LOOKED_AT = 4
"""How many pages count as being looked at: those asked for last."""


class SiteFiles(Mapping[str, bytes]):
    """The files of a site by path. Threads may ask at the same time.

    `assets` are the bytes of the files beside the Markdown. A page that cannot be made is a page
    that says so, and is noted in `failures`, so that nothing raises where the site is served.
    """

    def __init__(self, site: RenderedSite, *, assets: Mapping[str, bytes]) -> None:
        self._site = site
        self._ready: dict[str, bytes] = {**site.theme.static, **assets}
        self._to_make = site.makers
        self._asked: deque[str] = deque(maxlen=LOOKED_AT)
        self.failures: dict[str, Exception] = {}

    def __getitem__(self, path: str) -> bytes:
        if path.endswith(".html"):
            self._asked.append(path)
        ready = self._ready.get(path)
        if ready is not None:
            return ready
        if path not in self._to_make:
            raise KeyError(path)
        try:
            return self.make(path)
        except Exception as error:
            self.failures[path] = error
            said = str(error) or type(error).__name__
            return own_pages.crashed(f"{path}: {said}")

    def __contains__(self, path: object) -> bool:
        return path in self._ready or path in self._to_make

    def __iter__(self) -> Iterator[str]:
        yield from self._to_make
        yield from (path for path in list(self._ready) if path not in self._to_make)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @property
    def looked_at(self) -> tuple[str, ...]:
        """The pages that were asked for last, the last first."""
        return tuple(dict.fromkeys(reversed(self._asked)))

    @property
    def missing(self) -> list[str]:
        """The files that were not made yet."""
        return [path for path in self._to_make if path not in self._ready]

    def make(self, path: str) -> bytes:
        """Make a file now; raises what stands in the way, as a ThemeError of its template."""
        ready = self._ready.get(path)
        if ready is None:
            ready = self._site.render(path)
            self._ready[path] = ready
        return ready
