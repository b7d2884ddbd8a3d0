"""Put links into the slots of a body: what one page shows to one audience."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from markupsafe import Markup, escape

from planfolio.markdown.body import tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from planfolio.markdown.body import Body, Link, Piece, Slot


class Size(NamedTuple):
    """The size of a picture in pixels, as a page shows it where there is room."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: `url` as it goes into the page, and the title of what is there.

    `size` is that of a picture, where it is known: with it a page keeps the room until the picture
    is there.
    """

    url: str
    title: str
    size: Size | None = None


Resolve: TypeAlias = "Callable[[Link], Target | None]"
"""Says where a link leads, or None: nowhere that this audience may see."""


def fill(body: Body, resolve: Resolve) -> Markup:
    """Return the HTML of a body for one page and audience.

    Of a link that leads nowhere the label stays; an unlabelled wikilink and an image vanish.
    """
    return Markup(_html(body.pieces, body.links, resolve))  # noqa: S704 (made safe piece by piece)


def fill_plain(body: Body, resolve: Resolve) -> str:
    """Return `Body.plain` with the titles of what unlabelled wikilinks lead to."""
    words: list[str] = []
    for part in body.prose:
        if isinstance(part, str):
            words.append(part)
        elif target := resolve(body.links[part]):
            words.append(target.title)
    return tidy("".join(words))


def _html(pieces: Iterable[Piece], links: tuple[Link, ...], resolve: Resolve) -> str:
    return "".join(
        piece if isinstance(piece, str) else _slot(piece, links, resolve) for piece in pieces
    )


def _slot(slot: Slot, links: tuple[Link, ...], resolve: Resolve) -> str:
    link = links[slot.link]
    target = resolve(link)
    label = _html(slot.label, links, resolve)
    if target is None:
        return "" if link.image else label
    url = escape(target.url)
    title = f' title="{slot.title}"' if slot.title else ""
    if link.image:
        room = f' width="{target.size.width}" height="{target.size.height}"' if target.size else ""
        return f'<img src="{url}" alt="{label}"{title}{room} loading="lazy">'
    # A link without words has no name to be read aloud.
    return f'<a href="{url}"{title}>{label if label.strip() else escape(target.title)}</a>'
