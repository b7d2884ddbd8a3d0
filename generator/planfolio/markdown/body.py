"""A compiled body: HTML with slots for links, and what the text holds, as plain immutable data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from planfolio.markdown.anchors import anchor_slug
from planfolio.model.visibility import Visibility


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the text of a body: lines and columns from 1, in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link to somewhere within the plan: a relative address or a wikilink.

    `target` and `fragment` are what was written on either side of the first `#`, percent-decoded;
    each may be empty. `labelled` is false only for a wikilink without a label of its own. `place`
    is the address as it stands in the text, for a wikilink with its brackets; for a link by
    reference it is the address in the definition, so that many uses of one definition share it.
    """

    target: str
    fragment: str
    wiki: bool
    image: bool
    labelled: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Slot:
    """The place in the HTML of `Body.links[link]`.

    `label` is the HTML between the tags; for an image it is the alternative text, escaped.
    `title` is the escaped title, empty when there is none.
    """

    link: int
    label: tuple[Piece, ...]
    title: str = ""


Piece: TypeAlias = str | Slot
"""Finished HTML, or a slot."""


@dataclass(frozen=True, slots=True)
class Task:
    """An item of a task list; a `leaf` has no task within it."""

    text: str
    done: bool
    leaf: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: `level` is that of its HTML element (2 to 6), `anchor` its id in the page."""

    level: int
    text: str
    anchor: str
    place: Place


@dataclass(frozen=True, slots=True)
class Note:
    """Something in the text that could not be done as written, and what was done instead."""

    message: str
    place: Place


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the text that must not stand: what is wrong, and the way out."""

    message: str
    hint: str
    place: Place


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the text for a narrower audience: its lines (from 1) with its marks.

    `mark` is the line that opens it.
    """

    visibility: Visibility
    first: int
    last: int
    mark: str


@dataclass(frozen=True, slots=True)
class Body:
    """A Markdown text, compiled.

    `text` is the source as given; it still names what an audience may not see. Nothing else here
    holds the target of an unlabelled wikilink outside `links`: headings, anchors, tasks and
    `plain` leave it out, as `fill` does when it leads nowhere.

    `prose` is the text without markup and without code blocks, a line for each block; a number
    stands for the title of the page that the link of that index leads to.

    `blocks` are the parts for a narrower audience, in the order of their opening marks; one may
    lie within another. With `faults`, which are wrong marks of such parts, the body may not be
    published.
    """

    text: str
    pieces: tuple[Piece, ...]
    links: tuple[Link, ...] = ()
    tasks: tuple[Task, ...] = ()
    headings: tuple[Heading, ...] = ()
    notes: tuple[Note, ...] = ()
    prose: tuple[str | int, ...] = ()
    prefix: str = ""
    blocks: tuple[Block, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def plain(self) -> str:
        """The text without markup, without code blocks and without unlabelled wikilinks."""
        return tidy("".join(part for part in self.prose if isinstance(part, str)))

    def visibility_at(self, line: int) -> Visibility:
        """Return who may see a line (from 1) of the text, as far as the body itself says."""
        around = (b.visibility for b in self.blocks if b.first <= line <= b.last)
        return max(around, default=Visibility.PUBLIC)

    def find_anchor(self, fragment: str) -> str | None:
        """Return the id in the page of the heading that a fragment means, None without one.

        Both ways of writing are understood: `#first-steps` as on a git host, and the words of the
        heading as in a wikilink, `[[goal#First steps]]`.
        """
        anchors = {heading.anchor for heading in self.headings}
        wanted = (self.prefix + fragment, self.prefix + anchor_slug(fragment))
        return next((anchor for anchor in wanted if anchor in anchors), None)


def tidy(text: str) -> str:
    """Return lines of text without empty ones and without runs of space."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
