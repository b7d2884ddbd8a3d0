"""Placeholders in the HTML of a body: a page fills them with links and words of its own."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from planfolio.model.body import Body, Link
from planfolio.model.references import Size

PLACEHOLDER = "\ufdd1"
"""It is on both sides of a placeholder in `Body.markup`; no text has this noncharacter."""


class Target(NamedTuple):
    """Where a link leads: the `url` as a page writes it, and the title of what is there.

    `size` is that of a picture, where it is known: it keeps the room until the picture is loaded.
    """

    url: str
    title: str
    size: Size | None = None


def word_placeholder(words: str) -> str:
    """Return a placeholder for words that are not the owner's: in English until they are shown."""
    return f"{PLACEHOLDER}={words}{PLACEHOLDER}"


def page_html(
    body: Body, targets: Sequence[Target | None], *, words: Callable[[str], str] = str
) -> Markup:
    """Return the HTML for one page, given where each link of a body leads.

    None is nowhere that the readers may see: the label of such a link stays, an unlabelled
    wikilink and an image vanish. `words` translates what is not the owner's, such
    as the title of a callout.
    """
    pieces = body.markup.split(PLACEHOLDER)
    opened = 0
    for index in range(1, len(pieces), 2):
        if pieces[index].startswith("="):
            pieces[index] = escape(words(pieces[index][1:]))
            continue
        number = int(pieces[index].removeprefix("/"))
        link, target = body.links[number], targets[number]
        closing = pieces[index][0] == "/"
        if target is None:
            pieces[index] = ""
        elif closing:
            # A link without words has no name to be read aloud.
            label = "".join(pieces[opened + 1 : index])
            pieces[index] = "</a>" if label.strip() else f"{escape(target.title)}</a>"
        elif link.image:
            pieces[index] = _image(link, target)
        else:
            opened = index
            pieces[index] = f'<a href="{escape(target.url)}"{_title(link)}>'
    return Markup("".join(pieces))  # noqa: S704 (the renderer escapes, and so does this)


def plain_text(text: str, title_of: Callable[[int], str]) -> str:
    """Return a text of a body without markup, given the title of what a link of it leads to.

    `title_of` takes the number of the link, and returns nothing for what readers may not see.
    """
    if PLACEHOLDER not in text:
        return text
    pieces = text.split(PLACEHOLDER)
    pieces[1::2] = [title_of(int(number)) for number in pieces[1::2]]
    return re.sub(" {2,}", " ", "".join(pieces))


def _image(link: Link, target: Target) -> str:
    room = f' width="{target.size.width}" height="{target.size.height}"' if target.size else ""
    source, alt = escape(target.url), escape(link.alt)
    return f'<img src="{source}" alt="{alt}"{_title(link)}{room} loading="lazy">'


def _title(link: Link) -> str:
    return f' title="{escape(link.title)}"' if link.title else ""
