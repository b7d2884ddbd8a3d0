"""A compiled body: HTML with a hole for each link, and what the text holds, as plain values."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from planfolio.model.visibility import Visibility

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planfolio.model.diagnostics import Diagnostic
    from planfolio.model.source_tree import Span

HOLE = "\ufdd1"
"""Stands on both sides of a hole in `Body.markup`; no text holds it, since it is no character."""

_NOT_IN_ANCHOR = re.compile(r"[^a-z0-9_-]")


class Size(NamedTuple):
    """The size of a picture in pixels, as a page shows it where there is room."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: the `url` as a page writes it, and the title of what is there.

    `size` is that of a picture, where it is known: it keeps the room until the picture is loaded.
    """

    url: str
    title: str
    size: Size | None = None


class Link(NamedTuple):
    """A link to somewhere within the plan: a relative address or a wikilink.

    `target` and `fragment` are what was written on either side of the first `#`, percent-decoded;
    each may be empty. `span` is the address as it stands in the text; for a wikilink and a link by
    reference it is the whole.
    """

    target: str
    fragment: str
    wiki: bool
    image: bool
    span: Span
    title: str = ""
    alt: str = ""


class Task(NamedTuple):
    """An item of a task list.

    One that is `cancelled` takes what stands under it along. A `leaf` is an item that is not
    cancelled and has nothing left under it: the leaves are what a checklist counts.
    """

    text: str
    done: bool
    leaf: bool
    span: Span
    cancelled: bool = False


class Heading(NamedTuple):
    """A heading: `level` is that of its HTML element (2 to 6), `anchor` its id in the page."""

    level: int
    text: str
    anchor: str
    span: Span


@dataclass(frozen=True, slots=True)
class AudienceBlock:
    """A part of the text for a narrower audience: its lines (from 1) with its marks.

    `mark` is the line that opens it.
    """

    visibility: Visibility
    first: int
    last: int
    mark: str


@dataclass(frozen=True, slots=True)
class Body:
    """A Markdown text, compiled. Spans count lines and columns in the text, from 1.

    `text` is the source with `\\n` as line end and with comments blanked out; it still names what
    an audience may not see. Nothing else here holds the target of an unlabelled wikilink outside
    `links`.

    `plain` is the text without markup, code blocks and unlabelled wikilinks, a line for each block.
    `blocks` are the parts for a narrower audience, in the order of their opening marks; one may
    lie within another. `diagnostics` are what is wrong with the text, without path and subject.
    """

    text: str
    markup: str
    plain: str
    links: tuple[Link, ...] = ()
    tasks: tuple[Task, ...] = ()
    headings: tuple[Heading, ...] = ()
    blocks: tuple[AudienceBlock, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def html(
        self, targets: Sequence[Target | None], *, words: Callable[[str], str] = str
    ) -> Markup:
        """Return the HTML for one page, given where each of `links` leads.

        None stands for nowhere that the readers may see: the label of such a link stays, an
        unlabelled wikilink and an image vanish. `words` translates what is not the owner's, such
        as the title of a callout.
        """
        pieces = self.markup.split(HOLE)
        opened = 0
        for at in range(1, len(pieces), 2):
            if pieces[at].startswith("="):
                pieces[at] = escape(words(pieces[at][1:]))
                continue
            number = int(pieces[at].removeprefix("/"))
            link, target = self.links[number], targets[number]
            closing = pieces[at][0] == "/"
            if target is None:
                pieces[at] = ""
            elif closing:
                # A link without words has no name to be read aloud.
                label = "".join(pieces[opened + 1 : at])
                pieces[at] = "</a>" if label.strip() else f"{escape(target.title)}</a>"
            elif link.image:
                pieces[at] = _image(link, target)
            else:
                opened = at
                pieces[at] = f'<a href="{escape(target.url)}"{_title(link)}>'
        return Markup("".join(pieces))  # noqa: S704 (the renderer escapes, and so does this)

    @property
    def leaves(self) -> tuple[Task, ...]:
        """The items of the checklist: the tasks that count, in the order of the text."""
        return tuple(task for task in self.tasks if task.leaf)

    def visibility_at(self, line: int) -> Visibility:
        """Return who may see a line (from 1) of the text, as far as the body itself says."""
        around = (b.visibility for b in self.blocks if b.first <= line <= b.last)
        return max(around, default=Visibility.PUBLIC)


def word_hole(words: str) -> str:
    """Return a hole for words that are not the owner's; they are English until they are shown."""
    return f"{HOLE}={words}{HOLE}"


def anchor_slug(text: str) -> str:
    """Return a text as the large git hosts write it in an anchor, in NFC; it may be empty.

    Letters and digits of any script stay, in lower case; spaces become hyphens; the rest goes.
    """
    if text.isascii():
        return _NOT_IN_ANCHOR.sub("", "-".join(text.lower().split()))
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
    hyphened = "-".join(composed.split())
    return "".join(c for c in hyphened if c in "-_" or unicodedata.category(c)[0] in "LMN")


def _image(link: Link, target: Target) -> str:
    room = f' width="{target.size.width}" height="{target.size.height}"' if target.size else ""
    source, alt = escape(target.url), escape(link.alt)
    return f'<img src="{source}" alt="{alt}"{_title(link)}{room} loading="lazy">'


def _title(link: Link) -> str:
    return f' title="{escape(link.title)}"' if link.title else ""
